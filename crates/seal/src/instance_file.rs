use thiserror::Error;
use zeroize::Zeroizing;

use crate::{InstanceKey, text_line};

const NAME: &str = "instance-key-v1";

/// The text is no key file: cut off, changed, or of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the text is not a whole key file of this kind")]
pub struct KeyFileError;

impl InstanceKey {
    /// The key as one line for its file:
    /// `instance-key-v1 <number> <64 hex digits> <8 hex digits to check>`.
    pub fn to_file(&self) -> Zeroizing<String> {
        text_line::write(NAME, self.number(), self.secret().bytes())
    }

    /// Reads what [`to_file`](Self::to_file) wrote.
    ///
    /// # Errors
    /// [`KeyFileError`] for anything else.
    pub fn from_file(text: &str) -> Result<Self, KeyFileError> {
        let (number, secret) = text_line::read(NAME, text).ok_or(KeyFileError)?;
        Ok(Self::from_secret(number, secret))
    }
}
