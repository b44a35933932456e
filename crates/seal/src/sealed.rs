use core::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::key::KeyKind;
use crate::value;

/// Words that are sealed. Only the right key at the right [`Place`](crate::Place)
/// opens them.
///
/// It can be stored and read back and nothing else: there is no comparing,
/// serialising or showing. Any bytes can become one; bad ones fail to open.
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Takes bytes as a store gave them back.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes to store.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// The kind of key that it says opens it, unchecked until it is opened. `None` when the
    /// bytes are no sealed value.
    pub fn key_kind(&self) -> Option<KeyKind> {
        value::header(&self.0).map(|header| header.kind)
    }

    /// The number of the key that it says opens it (a group's epoch, the instance
    /// key's number, otherwise 0), unchecked until it is opened. `None` when the bytes are
    /// no sealed value.
    pub fn key_number(&self) -> Option<u32> {
        value::header(&self.0).map(|header| header.number)
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sealed]")
    }
}

/// Opened words, overwritten on drop. `Debug` does not show them.
pub struct Opened(pub(crate) Zeroizing<Vec<u8>>);

impl Opened {
    /// The words as text.
    ///
    /// # Errors
    /// [`OpenError::NotText`] when they are not UTF-8.
    pub fn text(&self) -> Result<&str, OpenError> {
        core::str::from_utf8(&self.0).map_err(|_| OpenError::NotText)
    }

    /// The bytes as they were before sealing.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sealed]")
    }
}

/// Why something sealed did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Not of this format: too short, of an unknown version, or badly padded.
    #[error("the sealed value is not of a known format")]
    Malformed,
    /// It names another kind of key, or another number, than the key at hand.
    #[error("the sealed value belongs to another key")]
    OtherKey,
    /// The key does not open it here: it was changed, moved, given another label or
    /// writer, or belongs to another key.
    #[error("the sealed value does not open here")]
    Refused,
    /// It opened, but is not text.
    #[error("the opened value is not text")]
    NotText,
}
