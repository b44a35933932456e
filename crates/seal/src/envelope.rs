//! Words for fewer than the group: sealed with a key of their own, which is handed to each
//! reader in an envelope. It opens only as its writer's, and only these words.
//!
//! HPKE in auth mode (RFC 9180, section 5.1.3): the box is made with the writer's member
//! secret, and opens only beside the public half of it, which the reader takes from a
//! [`CheckedRoster`](crate::CheckedRoster). So who can write to the database, but holds
//! no secret of a member, can hand nobody words of their own as a member's.
//!
//! ```text
//! box        epoch (4) | box in auth mode of key (32) | print of the words (16)
//! wrapped    nonce (24) | sender (16) | key (32) | print of the words (16) | tag (16)
//! ```

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::parts::{Reader, join};
use crate::secret::Secret;
use crate::wrap::{open_short, seal_short};
use crate::{
    BoxError, Chance, EnvelopeKey, Id, MemberPublic, MemberSecret, OpenError, Opened, Place,
    Sealed, boxes, labels,
};

const PRINT: usize = 16;
const CONTENT: usize = 32 + PRINT;
const WRAPPED: usize = 16 + CONTENT;

/// Length of a boxed envelope, in bytes; a wrapped one is shorter.
pub const ENVELOPE_BOX: usize = 4 + boxes::OVERHEAD + 64;

/// The key of one thing, and which sealed words it is for.
pub struct Envelope {
    key: EnvelopeKey,
    print: [u8; PRINT],
}

/// For whom an envelope is, about which item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvelopeTo<'a> {
    /// The group's id.
    pub group: &'a [u8],
    /// The item's id.
    pub item: &'a [u8],
    /// The reader's member id.
    pub member: &'a [u8],
}

/// Who hands an envelope over, and in which epoch of the group: the reader looks up their
/// public half in the roster of that epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvelopeFrom {
    /// The writer's member id.
    pub member: Id,
    /// The epoch.
    pub epoch: u32,
}

impl Envelope {
    /// Seals words with a new key.
    pub fn seal(place: &Place<'_>, words: &[u8], chance: &mut Chance<'_>) -> (Self, Sealed) {
        let key = EnvelopeKey::random(chance);
        let sealed = key.seal(place, words, chance);
        let print = print(&sealed);
        (Self { key, print }, sealed)
    }

    /// Opens the words that it was made with, and no others.
    ///
    /// # Errors
    /// [`OpenError`] when they are others, or stand elsewhere.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Opened, OpenError> {
        if !bool::from(print(sealed).ct_eq(&self.print)) {
            return Err(OpenError::Refused);
        }
        self.key.open(place, sealed)
    }

    fn content(&self) -> Zeroizing<Vec<u8>> {
        // Room for all from the start: a buffer that grows would leave the key behind.
        let mut out = Zeroizing::new(Vec::with_capacity(WRAPPED));
        out.extend(self.key.expose());
        out.extend(self.print);
        out
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let key = EnvelopeKey::from_secret(Secret::from_slice(reader.take(32)?)?);
        let print = reader.array()?;
        reader.end()?;
        Some(Self { key, print })
    }
}

/// Which words these are. Two values alike in it would have to be looked for by their writer.
fn print(sealed: &Sealed) -> [u8; PRINT] {
    let digest: [u8; 32] = Sha256::digest(sealed.as_bytes()).into();
    *digest.first_chunk().expect("half of a digest")
}

impl EnvelopeTo<'_> {
    fn boxed(&self, from: &EnvelopeFrom) -> Vec<u8> {
        self.with(labels::BOX_ENVELOPE, &[&from.epoch.to_be_bytes(), &from.member])
    }

    fn wrapped(&self) -> Vec<u8> {
        self.with(labels::WRAP_ENVELOPE, &[])
    }

    fn with(&self, purpose: &str, more: &[&[u8]]) -> Vec<u8> {
        let first = [labels::FORMAT.as_bytes(), purpose.as_bytes()];
        let about = [self.group, self.item, self.member];
        join(&[&first[..], &about[..], more].concat())
    }
}

/// Boxes an envelope to one of its readers. The reader's public half comes out of a
/// [`CheckedRoster`](crate::CheckedRoster); the sender's stands in the one of the epoch.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn envelope_box(
    (from, sender): (&EnvelopeFrom, &MemberSecret),
    (to, public): (&EnvelopeTo<'_>, &MemberPublic),
    envelope: &Envelope,
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    let (info, content) = (to.boxed(from), envelope.content());
    let boxed = boxes::put_from(sender.secret(), &public.0, &info, (&content, chance))?;
    Ok([&from.epoch.to_be_bytes(), &boxed[..]].concat())
}

/// In which epoch a box says that it was made. It is believed once the box has opened.
pub fn envelope_epoch(boxed: &[u8]) -> Option<u32> {
    Reader(boxed).u32()
}

/// Opens what [`envelope_box`] made, if this member made it.
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, is for another member or item, or was made
/// by another sender or in another epoch.
pub fn envelope_unbox(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    (from, sender): (&EnvelopeFrom, &MemberPublic),
    boxed: &[u8],
) -> Result<Envelope, OpenError> {
    let mut reader = Reader(boxed);
    if reader.u32().ok_or(OpenError::Malformed)? != from.epoch {
        return Err(OpenError::Refused);
    }
    let opened = boxes::take_from(&sender.0, secret.secret(), &to.boxed(from), reader.0)?;
    Envelope::parse(opened.bytes()).ok_or(OpenError::Malformed)
}

/// Wraps an envelope under the secret of its reader, or its writer; it keeps whose it is.
pub fn envelope_wrap(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    (sender, envelope): (&Id, &Envelope),
    chance: &mut Chance<'_>,
) -> Vec<u8> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(WRAPPED));
    bytes.extend(sender);
    bytes.extend(envelope.content().iter());
    seal_short(&secret.wrap_key(), &to.wrapped(), &bytes, chance)
}

/// Opens what [`envelope_wrap`] made: who sent it, and the envelope.
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or item.
pub fn envelope_unwrap(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    wrapped: &[u8],
) -> Result<(Id, Envelope), OpenError> {
    let bytes = open_short::<WRAPPED>(&secret.wrap_key(), &to.wrapped(), wrapped)?;
    let (sender, content) = bytes.split_first_chunk().ok_or(OpenError::Malformed)?;
    Ok((*sender, Envelope::parse(content).ok_or(OpenError::Malformed)?))
}
