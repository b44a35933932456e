//! A whole backup, sealed to the operator's public key and streamed.
//!
//! `"seal-backup-v1" | box (113) | chunks`: the box (HPKE) holds a random key for this
//! one backup and [`BackupFacts`]; the chunks are STREAM (Hoang, Reyhanitabar, Rogaway,
//! Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
//! CRYPTO 2015) over XChaCha20-Poly1305, 64 KiB each, with a counter and a mark on the
//! last, so that a backup that was cut, reordered or joined does not open to its end.
//! Anyone can seal to a public key: a backup that opens is whole, not proof of who made it.

mod operator;
mod reader;
mod writer;

use aead_stream::{Key, Nonce, StreamBE32};
use chacha20poly1305::XChaCha20Poly1305;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::Id;
use crate::derive::derive_into;
use crate::labels;
use crate::parts::join;
use crate::secret::Secret;

pub use operator::{OperatorPublic, OperatorSecret};
pub use reader::BackupReader;
pub use writer::BackupWriter;

const MAGIC: &[u8; 14] = b"seal-backup-v1";
const FACTS: usize = 16 + 8;
const BOX: usize = crate::boxes::OVERHEAD + 64;
const CHUNK: usize = 64 * 1024;
const SEALED_CHUNK: usize = CHUNK + 16;

/// How many bytes stand before the chunks.
pub const HEADER_BYTES: usize = MAGIC.len() + BOX;

type Stream = StreamBE32<XChaCha20Poly1305>;

/// What a restore wants to know before it touches anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupFacts {
    /// The [`fingerprint`](crate::fingerprint) of the instance key that belongs to it.
    pub instance: Id,
    /// When it was begun, in microseconds UTC since 1970.
    pub made_at: i64,
}

/// Why a backup was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BackupError {
    /// Not a backup of this format.
    #[error("this is not a backup of a known format")]
    Malformed,
    /// Sealed to another operator's key, or its beginning was changed.
    #[error("the operator's key does not open this backup")]
    OtherKey,
    /// A piece was changed, moved or left out, or the end is missing.
    #[error("the backup is damaged or cut off")]
    Damaged,
    /// More than 256 TiB.
    #[error("the backup is too long")]
    TooLong,
    /// The operator's public key is none that can be sealed to.
    #[error("the operator's public key is not usable")]
    BadPublicKey,
}

fn info() -> Vec<u8> {
    join(&[labels::FORMAT.as_bytes(), labels::BOX_BACKUP.as_bytes(), MAGIC])
}

fn stream_key(backup: &Secret) -> (Zeroizing<[u8; 32]>, [u8; 19]) {
    let (mut key, mut nonce) = (Zeroizing::new([0; 32]), [0; 19]);
    derive_into(backup.bytes(), &[labels::BACKUP_KEY.as_bytes()], key.as_mut_slice());
    derive_into(backup.bytes(), &[labels::BACKUP_NONCE.as_bytes()], &mut nonce);
    (key, nonce)
}

fn stream_parts<'a>(
    key: &'a [u8; 32],
    nonce: &'a [u8; 19],
) -> (&'a Key<XChaCha20Poly1305>, &'a Nonce<XChaCha20Poly1305, Stream>) {
    (key.into(), nonce.into())
}
