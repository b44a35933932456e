use subtle::ConstantTimeEq;

use crate::derive::{derive_into, hmac};
use crate::secret::Secret;
use crate::{Id, InstanceKey, SignInName, labels, symbols};

const SLIP_BYTES: usize = 10;

impl InstanceKey {
    /// HMAC-SHA-256 (RFC 2104) over the parts, each with its length before it, under a
    /// key for this label alone, which comes from the newest instance key. A label is a
    /// fixed name, never used for two purposes.
    pub fn mac(&self, label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
        mac(self.secret(), label, parts)
    }

    /// Whether `tag` is what [`mac`](Self::mac) gives under one of the keys held, in
    /// constant time. For what lies outside the database, where a change of the key can't
    /// reach it: cookies, forms, printed codes. A tag of another length does not hold.
    pub fn mac_holds(&self, label: &'static str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.secrets().fold(false, |holds, (_, secret)| holds | is(secret, label, parts, tag))
    }

    /// The same under the newest key alone. For rows: they are tagged anew when the key is
    /// changed, so that whoever got hold of the one before can't forge any.
    pub fn mac_holds_now(&self, label: &'static str, parts: &[&[u8]], tag: &[u8]) -> bool {
        is(self.secret(), label, parts, tag)
    }
}

fn mac(secret: &Secret, label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
    let mut key = Secret::zero();
    let labels = [labels::MAC.as_bytes(), label.as_bytes()];
    derive_into(secret.bytes(), &labels, key.bytes_mut());
    hmac(&key, parts)
}

fn is(secret: &Secret, label: &'static str, parts: &[&[u8]], tag: &[u8]) -> bool {
    mac(secret, label, parts).as_slice().ct_eq(tag).into()
}

/// Shows which instance key is the newest without giving it away. The database keeps it, so
/// that a process with a wrong key notices before it does harm.
pub fn fingerprint(instance: &InstanceKey) -> Id {
    let mut out = Id::default();
    let secret = instance.secret().bytes();
    derive_into(secret, &[labels::FINGERPRINT.as_bytes()], &mut out);
    out
}

/// What stands in the database in place of a sign-in name.
pub fn name_tag(instance: &InstanceKey, name: &SignInName) -> [u8; 32] {
    instance.mac(labels::MAC_NAME, &[name.as_str().as_bytes()])
}

/// The same under each of the keys held, the newest first: who has not signed in since the
/// key was changed is found by an older one.
pub fn name_tags(instance: &InstanceKey, name: &SignInName) -> Vec<[u8; 32]> {
    let parts = [name.as_str().as_bytes()];
    instance.secrets().map(|(_, secret)| mac(secret, labels::MAC_NAME, &parts)).collect()
}

/// The code under an attendance slip: 80 bits over the words printed on it, as 16
/// characters in fours.
pub fn slip_code(instance: &InstanceKey, words: &[&[u8]]) -> String {
    symbols::print(&slip(instance.secret(), words), 4)
}

/// Whether a typed code is this slip's, under one of the keys held. Case, spaces, hyphens
/// and O for 0 do not matter.
pub fn slip_holds(instance: &InstanceKey, words: &[&[u8]], typed: &str) -> bool {
    let Some(typed) = symbols::read(typed, SLIP_BYTES * 8 / 5) else { return false };
    let holds = |secret| bool::from(typed.ct_eq(&slip(secret, words)));
    instance.secrets().fold(false, |found, (_, secret)| found | holds(secret))
}

fn slip(secret: &Secret, words: &[&[u8]]) -> Vec<u8> {
    symbols::from_bytes(&mac(secret, labels::MAC_SLIP, words)[..SLIP_BYTES])
}
