use subtle::ConstantTimeEq;

use crate::derive::{derive_into, hmac};
use crate::secret::Secret;
use crate::{Id, InstanceKey, SignInName, labels, symbols};

const SLIP_BYTES: usize = 10;

impl InstanceKey {
    /// HMAC-SHA-256 (RFC 2104) over the parts, each with its length before it, under a
    /// key for this label alone. A label is a fixed name, never used for two purposes.
    pub fn mac(&self, label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        let mut key = Secret::zero();
        let labels = [labels::MAC, label];
        derive_into(self.secret().bytes(), &labels, key.bytes_mut());
        hmac(&key, parts)
    }

    /// Whether `tag` is what [`mac`](Self::mac) gives, in constant time. A tag of another
    /// length does not hold.
    pub fn mac_holds(&self, label: &'static str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.mac(label, parts).as_slice().ct_eq(tag).into()
    }
}

/// Shows which instance key this is without giving it away. The database keeps it, so
/// that a process with a wrong key notices before it does harm.
pub fn fingerprint(instance: &InstanceKey) -> Id {
    let mut out = Id::default();
    let secret = instance.secret().bytes();
    derive_into(secret, &[labels::FINGERPRINT], &mut out);
    out
}

/// What stands in the database in place of a sign-in name.
pub fn name_tag(instance: &InstanceKey, name: &SignInName) -> [u8; 32] {
    instance.mac(labels::MAC_NAME, &[name.as_str().as_bytes()])
}

/// The code under an attendance slip: 80 bits over the words printed on it, as 16
/// characters in fours.
pub fn slip_code(instance: &InstanceKey, words: &[&[u8]]) -> String {
    let tag = instance.mac(labels::MAC_SLIP, words);
    let symbols = symbols::from_bytes(&tag[..SLIP_BYTES]);
    symbols::print(&symbols, 4)
}

/// Whether a typed code is this slip's. Case, spaces, hyphens and O for 0 do not
/// matter.
pub fn slip_holds(instance: &InstanceKey, words: &[&[u8]], typed: &str) -> bool {
    let tag = instance.mac(labels::MAC_SLIP, words);
    let right = symbols::from_bytes(&tag[..SLIP_BYTES]);
    symbols::read(typed, right.len()).is_some_and(|typed| typed.ct_eq(&right).into())
}
