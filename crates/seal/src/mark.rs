use core::fmt;

use crate::derive::{derive, hmac};
use crate::secret::Secret;
use crate::{Chance, labels};

/// Makes a person's marks. It stands in their keyring, and stays when their other keys are made
/// new. Clone, because it is taken out of the keyring while that is kept for saving.
#[derive(Clone)]
pub struct MarkKey(Secret);

impl MarkKey {
    /// A new key.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        Self(Secret::random(chance))
    }

    /// The key that these bytes are.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::from_bytes(bytes))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }
}

impl fmt::Debug for MarkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

/// A person's mark in one batch of nameless things. It lets the writer take their own
/// back and shows that three come from three people; nobody else can compute it, and in
/// another batch the same person's mark is another.
pub fn mark(key: &MarkKey, batch: &[u8]) -> [u8; 32] {
    hmac(&derive(key.expose(), labels::MARK), &[batch])
}
