use thiserror::Error;
use zeroize::Zeroizing;

use crate::{InstanceKey, text_line};

const NAME: &str = "instance-key-v1";

/// The text is no key file: cut off, changed, or of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the text is not a whole key file of this kind")]
pub struct KeyFileError;

impl InstanceKey {
    /// The keys as lines for their file, the newest first, each
    /// `instance-key-v1 <number> <64 hex digits> <8 hex digits to check>`.
    pub fn to_file(&self) -> Zeroizing<String> {
        let lines: Vec<Zeroizing<String>> = self
            .secrets()
            .map(|(number, secret)| text_line::write(NAME, number, secret.bytes()))
            .collect();
        // Room for all from the start: a string that grows would leave keys behind.
        let mut text = Zeroizing::new(String::with_capacity(lines.iter().map(|l| l.len()).sum()));
        lines.iter().for_each(|line| text.push_str(line));
        text
    }

    /// Reads what [`to_file`](Self::to_file) wrote, in whatever order the lines stand. The
    /// highest number is the newest.
    ///
    /// # Errors
    /// [`KeyFileError`] for anything else, and for two lines with one number.
    pub fn from_file(text: &str) -> Result<Self, KeyFileError> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let read = lines.map(|line| text_line::read(NAME, line)).collect::<Option<_>>();
        read.and_then(Self::from_secrets).ok_or(KeyFileError)
    }
}
