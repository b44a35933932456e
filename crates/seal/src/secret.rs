use core::fmt;
use zeroize::Zeroize;

use crate::Chance;

/// 32 secret bytes. They stand on the heap, so that moving the value leaves no copy
/// behind, and are overwritten on drop.
#[derive(Clone)]
pub(crate) struct Secret(Box<[u8; 32]>);

impl Secret {
    pub fn zero() -> Self {
        Self(Box::new([0; 32]))
    }

    pub fn random(chance: &mut Chance<'_>) -> Self {
        let mut secret = Self::zero();
        chance.fill(secret.bytes_mut());
        secret
    }

    pub fn from_bytes(mut bytes: [u8; 32]) -> Self {
        let secret = Self(Box::new(bytes));
        bytes.zeroize();
        secret
    }

    /// `None` unless the slice has 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::zero();
        if bytes.len() != secret.0.len() {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}
