//! The format of a sealed value:
//! `version (1) | key kind (1) | key number (4) | nonce (24) | ciphertext | tag (16)`.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). Its nonce of 24 bytes is long enough
//! to be drawn at random for every value.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::key::KeyKind;
use crate::pad;
use crate::parts::Reader;
use crate::secret::Secret;
use crate::{Chance, OpenError, Opened, Place, Sealed};

const VERSION: u8 = 1;
const NONCE: usize = 24;
const HEADER: usize = 6 + NONCE;
const TAG: usize = 16;

/// How much longer a sealed value is than its padded content, in bytes.
pub(crate) const OVERHEAD: usize = HEADER + TAG;

/// A key as this format sees it.
#[derive(Clone, Debug)]
pub(crate) struct SealingKey {
    pub kind: KeyKind,
    pub number: u32,
    pub secret: Secret,
}

pub(crate) struct Header {
    pub kind: KeyKind,
    pub number: u32,
    nonce: [u8; NONCE],
}

/// What the first bytes say. Anyone can write them: they are believed only once the
/// value has opened.
pub(crate) fn header(bytes: &[u8]) -> Option<Header> {
    let mut reader = Reader(bytes);
    if reader.u8()? != VERSION {
        return None;
    }
    let header = Header {
        kind: KeyKind::from_byte(reader.u8()?)?,
        number: reader.u32()?,
        nonce: reader.array()?,
    };
    (reader.0.len() >= TAG).then_some(header)
}

/// Seals, with the usual padding.
pub(crate) fn seal(
    key: &SealingKey,
    place: &Place<'_>,
    content: &[u8],
    chance: &mut Chance<'_>,
) -> Sealed {
    seal_to(key, place, content, pad::padded_len(content.len()), chance)
}

/// Seals, with padding up to exactly `padded` bytes; the caller has made sure that
/// the content is shorter.
pub(crate) fn seal_to(
    key: &SealingKey,
    place: &Place<'_>,
    content: &[u8],
    padded: usize,
    chance: &mut Chance<'_>,
) -> Sealed {
    let nonce: [u8; NONCE] = chance.bytes();
    // Room for all from the start: a buffer that grows would leave words behind.
    let mut out = Vec::with_capacity(padded + OVERHEAD);
    out.push(VERSION);
    out.push(key.kind.to_byte());
    out.extend(key.number.to_be_bytes());
    out.extend(nonce);
    pad::pad_into(&mut out, content, padded);
    let (header, words) = out.split_at_mut(HEADER);
    let tag = if crate::SEALING {
        XChaCha20Poly1305::new(key.secret.bytes().into())
            .encrypt_inout_detached(&XNonce::from(nonce), &place.associated(header), words.into())
            .expect("the cipher takes 256 GiB, more than memory holds")
    } else {
        Tag::default()
    };
    out.extend(tag);
    Sealed::from_bytes(out)
}

/// Opens what [`seal`] or [`seal_to`] made.
pub(crate) fn open(
    key: &SealingKey,
    place: &Place<'_>,
    sealed: &Sealed,
) -> Result<Opened, OpenError> {
    let bytes = sealed.as_bytes();
    let found = header(bytes).ok_or(OpenError::Malformed)?;
    if found.kind != key.kind || found.number != key.number {
        return Err(OpenError::OtherKey);
    }
    let (header, rest) = bytes.split_at(HEADER);
    let (words, tag) = rest.split_at(rest.len() - TAG);
    let mut words = Zeroizing::new(words.to_vec());
    if crate::SEALING {
        let tag = Tag::try_from(tag).map_err(|_| OpenError::Malformed)?;
        XChaCha20Poly1305::new(key.secret.bytes().into())
            .decrypt_inout_detached(
                &XNonce::from(found.nonce),
                &place.associated(header),
                words.as_mut_slice().into(),
                &tag,
            )
            .map_err(|_| OpenError::Refused)?;
    }
    pad::unpad(&mut words).ok_or(OpenError::Malformed)?;
    Ok(Opened(words))
}
