use core::fmt;

use zeroize::Zeroizing;

use crate::member::public;
use crate::secret::Secret;
use crate::{Chance, KeyFileError, boxes, text_line};

const SECRET_NAME: &str = "backup-secret-v1";
const PUBLIC_NAME: &str = "backup-public-v1";

public! {
    /// The key that backups are sealed to. It may lie on the server.
    OperatorPublic
}

/// The key that opens backups. It is kept away from the server.
pub struct OperatorSecret(Secret);

impl OperatorSecret {
    /// A new pair's secret half.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        Self(Secret::random(chance))
    }

    /// The half to seal to.
    pub fn public(&self) -> OperatorPublic {
        OperatorPublic(boxes::public_of(&self.0))
    }

    /// One line for a file: `backup-secret-v1 0 <64 hex digits> <8 hex digits to check>`.
    pub fn to_file(&self) -> Zeroizing<String> {
        text_line::write(SECRET_NAME, 0, self.0.bytes())
    }

    /// Reads what [`to_file`](Self::to_file) wrote.
    ///
    /// # Errors
    /// [`KeyFileError`] for anything else.
    pub fn from_file(text: &str) -> Result<Self, KeyFileError> {
        match text_line::read(SECRET_NAME, text) {
            Some((0, secret)) => Ok(Self(secret)),
            _ => Err(KeyFileError),
        }
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.0
    }
}

impl fmt::Debug for OperatorSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

impl OperatorPublic {
    /// One line for a file: `backup-public-v1 0 <64 hex digits> <8 hex digits to check>`.
    pub fn to_file(&self) -> String {
        text_line::write(PUBLIC_NAME, 0, self.as_bytes()).to_string()
    }

    /// Reads what [`to_file`](Self::to_file) wrote.
    ///
    /// # Errors
    /// [`KeyFileError`] for anything else.
    pub fn from_file(text: &str) -> Result<Self, KeyFileError> {
        match text_line::read(PUBLIC_NAME, text) {
            Some((0, bytes)) => Ok(Self(*bytes.bytes())),
            _ => Err(KeyFileError),
        }
    }
}
