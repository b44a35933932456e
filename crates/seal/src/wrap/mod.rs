//! What opens a person key: a passphrase, a recovery code, a sign-in cookie.
//!
//! Each wrap is bound to the person's id, so that a row moved to another person does
//! not open. A wrapped key is `nonce (24) | key (32) | tag (16)`, XChaCha20-Poly1305.
//! Wraps are sealed in every build, also where words are not.

mod cost;
mod passphrase;
mod recovery;
mod sign_in;

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::derive::derive_into;
use crate::parts::{Reader, join};
use crate::secret::Secret;
use crate::{Chance, Id, OpenError, labels};

pub use cost::{Argon2Cost, CostRefused};
#[cfg(feature = "testing")]
pub use passphrase::argon2_runs;
pub use passphrase::{PassphraseTry, PassphraseWrap, WrapError};
pub use recovery::{RecoveryCode, RecoveryError};
pub use sign_in::SignInSecret;

/// Length of a wrapped key, in bytes.
pub(crate) const WRAPPED: usize = NONCE + 32 + TAG;

const NONCE: usize = 24;
const TAG: usize = 16;

/// The id of the row that belongs to a secret, under its own label.
pub(crate) fn row_id(secret: &[u8], label: &str) -> Id {
    let mut id = Id::default();
    derive_into(secret, &[label.as_bytes()], &mut id);
    id
}

/// What a wrap of a person key is bound to.
pub(crate) fn about(label: &str, head: &[u8], person: &[u8]) -> Vec<u8> {
    join(&[labels::FORMAT.as_bytes(), label.as_bytes(), head, person])
}

/// Seals a key under a key made for nothing else.
pub(crate) fn seal_key(
    under: &Secret,
    about: &[u8],
    key: &[u8; 32],
    chance: &mut Chance<'_>,
) -> Vec<u8> {
    seal_short(under, about, key, chance)
}

/// Opens what [`seal_key`] made.
pub(crate) fn open_key(under: &Secret, about: &[u8], wrapped: &[u8]) -> Result<Secret, OpenError> {
    let key = open_short::<32>(under, about, wrapped)?;
    Secret::from_slice(&*key).ok_or(OpenError::Malformed)
}

/// Seals a key and the few bytes that belong to it, all of one length: it is not padded.
pub(crate) fn seal_short(
    under: &Secret,
    about: &[u8],
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Vec<u8> {
    let nonce: [u8; NONCE] = chance.bytes();
    let mut out = Vec::with_capacity(NONCE + bytes.len() + TAG);
    out.extend(nonce);
    out.extend(bytes);
    let tag = XChaCha20Poly1305::new(under.bytes().into())
        .encrypt_inout_detached(&XNonce::from(nonce), about, (&mut out[NONCE..]).into())
        .expect("a key is far shorter than the cipher's limit");
    out.extend(tag);
    out
}

/// Opens what [`seal_short`] made of so many bytes.
pub(crate) fn open_short<const LEN: usize>(
    under: &Secret,
    about: &[u8],
    wrapped: &[u8],
) -> Result<Zeroizing<[u8; LEN]>, OpenError> {
    let (nonce, mut bytes, tag) = split::<LEN>(wrapped).ok_or(OpenError::Malformed)?;
    XChaCha20Poly1305::new(under.bytes().into())
        .decrypt_inout_detached(
            &XNonce::from(nonce),
            about,
            bytes.as_mut_slice().into(),
            &Tag::from(tag),
        )
        .map_err(|_| OpenError::Refused)?;
    Ok(bytes)
}

type Split<const LEN: usize> = ([u8; NONCE], Zeroizing<[u8; LEN]>, [u8; TAG]);

fn split<const LEN: usize>(wrapped: &[u8]) -> Option<Split<LEN>> {
    let mut reader = Reader(wrapped);
    let parts = (reader.array()?, Zeroizing::new(reader.array()?), reader.array()?);
    reader.end()?;
    Some(parts)
}
