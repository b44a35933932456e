//! Keys from keys: HKDF-SHA-256 (RFC 5869), no salt, one label a use.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::labels::FORMAT;
use crate::parts::{join, length};
use crate::secret::Secret;

/// The key for one use of `from`.
pub(crate) fn derive(from: &[u8], label: &str) -> Secret {
    let mut key = Secret::zero();
    derive_into(from, &[label.as_bytes()], key.bytes_mut());
    key
}

/// Bytes for one use of `from`; the parts, of which the first is the label, go in with their
/// lengths.
pub(crate) fn derive_into(from: &[u8], parts: &[&[u8]], out: &mut [u8]) {
    let mut info = join(&[FORMAT.as_bytes()]);
    for part in parts {
        info.extend(length(part.len()));
        info.extend(*part);
    }
    Hkdf::<Sha256>::new(None, from)
        .expand(&info, out)
        .expect("HKDF-SHA-256 gives up to 8,160 bytes and we ask for at most 32");
}

/// HMAC-SHA-256 over parts with their lengths.
pub(crate) fn hmac(key: &Secret, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.bytes())
        .expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&length(part.len()));
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
