//! Boxes to a public key: HPKE (RFC 9180), DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20Poly1305.
//!
//! A box is `version (1) | encapsulated key (32) | ciphertext | tag (16)`; its content
//! is padded like a sealed value. In base mode it says nothing about who made it; in
//! auth mode it opens only beside the public key of the one who did.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open,
    single_shot_seal_with_rng,
};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::parts::{Reader, join};
use crate::secret::Secret;
use crate::{
    Chance, MemberPublic, MemberSecret, OpenError, Opened, PersonKey, PersonPublic, labels, pad,
};

const VERSION: u8 = 1;
const ENCAPSULATED: usize = 32;
const TAG: usize = 16;

/// How much longer a box is than its padded content, in bytes.
pub(crate) const OVERHEAD: usize = 1 + ENCAPSULATED + TAG;

/// The epoch or the item that a box is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochOrItem<'a> {
    /// A group's epoch.
    Epoch(u32),
    /// The id of an item.
    Item(&'a [u8]),
}

/// What a box is about. It opens only with the very same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoxInfo<'a> {
    /// A fixed name of the purpose, never used again for another.
    pub label: &'static str,
    /// The group's id; in a box to a person, the person's.
    pub group: &'a [u8],
    /// The epoch or the item.
    pub epoch_or_item: EpochOrItem<'a>,
    /// The id of the member who is to open it; of a letter, the id of its row.
    pub member: &'a [u8],
}

impl BoxInfo<'_> {
    /// As bytes, each part with its length; `purpose` keeps boxes to members, to
    /// persons and to letter-boxes apart.
    pub(crate) fn encode(&self, purpose: &str) -> Vec<u8> {
        let number;
        let (kind, about): (&[u8], &[u8]) = match self.epoch_or_item {
            EpochOrItem::Epoch(epoch) => {
                number = epoch.to_be_bytes();
                (b"epoch", &number)
            }
            EpochOrItem::Item(item) => (b"item", item),
        };
        join(&[
            labels::FORMAT.as_bytes(),
            purpose.as_bytes(),
            self.label.as_bytes(),
            self.group,
            kind,
            about,
            self.member,
        ])
    }
}

/// Why nothing could be put into a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BoxError {
    /// The public key is none that HPKE allows: a box to it could be opened by anyone.
    #[error("the public key is not a usable X25519 key")]
    BadPublicKey,
}

/// A box that only this member opens.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn hpke_box(
    public: &MemberPublic,
    info: &BoxInfo<'_>,
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    put(&public.0, &info.encode(labels::BOX_MEMBER), bytes, chance)
}

/// Opens a box made by [`hpke_box`].
///
/// # Errors
/// [`OpenError`] when it was damaged, is about something else, or is for another member.
pub fn hpke_unbox(
    secret: &MemberSecret,
    info: &BoxInfo<'_>,
    boxed: &[u8],
) -> Result<Opened, OpenError> {
    take(secret.secret(), &info.encode(labels::BOX_MEMBER), boxed)
}

/// A box that only this person opens, in whichever group or none.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn person_box(
    public: &PersonPublic,
    info: &BoxInfo<'_>,
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    put_words(&public.0, &info.encode(labels::BOX_PERSON), bytes, chance)
}

/// Opens a box made by [`person_box`].
///
/// # Errors
/// [`OpenError`] when it was damaged, is about something else, or is for another person.
pub fn person_unbox(
    key: &PersonKey,
    info: &BoxInfo<'_>,
    boxed: &[u8],
) -> Result<Opened, OpenError> {
    take_words(&key.pair_secret(), &info.encode(labels::BOX_PERSON), boxed)
}

/// The public half of a secret.
pub(crate) fn public_of(secret: &Secret) -> [u8; 32] {
    X25519HkdfSha256::sk_to_pk(&private(secret)).to_bytes().into()
}

fn private(secret: &Secret) -> <X25519HkdfSha256 as Kem>::PrivateKey {
    Deserializable::from_bytes(secret.bytes()).expect("any 32 bytes are an X25519 secret")
}

type Public = <X25519HkdfSha256 as Kem>::PublicKey;

fn public_key(bytes: &[u8; 32]) -> Option<Public> {
    Public::from_bytes(bytes).ok()
}

pub(crate) fn put(
    public: &[u8; 32],
    info: &[u8],
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    put_as(&OpModeS::Base, public, info, (bytes, chance))
}

/// A box that opens only beside the public half of this secret.
pub(crate) fn put_from(
    sender: &Secret,
    public: &[u8; 32],
    info: &[u8],
    with: (&[u8], &mut Chance<'_>),
) -> Result<Vec<u8>, BoxError> {
    let pair = (private(sender), X25519HkdfSha256::sk_to_pk(&private(sender)));
    put_as(&OpModeS::Auth(pair), public, info, with)
}

fn put_as(
    mode: &OpModeS<'_, X25519HkdfSha256>,
    public: &[u8; 32],
    info: &[u8],
    (bytes, chance): (&[u8], &mut Chance<'_>),
) -> Result<Vec<u8>, BoxError> {
    let public = public_key(public).ok_or(BoxError::BadPublicKey)?;
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(
        mode, &public, info, &pad::pad(bytes), &[VERSION], chance
    )
    .map_err(|_| BoxError::BadPublicKey)?;
    let mut out = Vec::with_capacity(1 + ENCAPSULATED + ciphertext.len());
    out.push(VERSION);
    out.extend(encapsulated.to_bytes());
    out.extend(ciphertext);
    Ok(out)
}

pub(crate) fn take(secret: &Secret, info: &[u8], boxed: &[u8]) -> Result<Opened, OpenError> {
    take_as(&OpModeR::Base, secret, info, boxed)
}

/// Opens what [`put_from`] made, if this is the sender.
pub(crate) fn take_from(
    sender: &[u8; 32],
    secret: &Secret,
    info: &[u8],
    boxed: &[u8],
) -> Result<Opened, OpenError> {
    let sender = public_key(sender).ok_or(OpenError::Refused)?;
    take_as(&OpModeR::Auth(sender), secret, info, boxed)
}

fn take_as(
    mode: &OpModeR<'_, X25519HkdfSha256>,
    secret: &Secret,
    info: &[u8],
    boxed: &[u8],
) -> Result<Opened, OpenError> {
    let (encapsulated, ciphertext) = split(boxed).ok_or(OpenError::Malformed)?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated)
        .map_err(|_| OpenError::Malformed)?;
    let words = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        mode,
        &private(secret),
        &encapsulated,
        info,
        ciphertext,
        &[VERSION],
    )
    .map_err(|_| OpenError::Refused)?;
    opened(words)
}

fn split(boxed: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = Reader(boxed);
    if reader.u8()? != VERSION {
        return None;
    }
    let encapsulated = reader.take(ENCAPSULATED)?;
    (reader.0.len() >= TAG).then_some((encapsulated, reader.0))
}

fn opened(words: Vec<u8>) -> Result<Opened, OpenError> {
    let mut words = Zeroizing::new(words);
    pad::unpad(&mut words).ok_or(OpenError::Malformed)?;
    Ok(Opened(words))
}

/// [`put`] for people's words: in clear, in the same layout, where sealing is off.
pub(crate) fn put_words(
    public: &[u8; 32],
    info: &[u8],
    bytes: &[u8],
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    if crate::SEALING {
        return put(public, info, bytes, chance);
    }
    let mut out = vec![0; 1 + ENCAPSULATED];
    out[0] = VERSION;
    out.extend(pad::pad(bytes).iter());
    out.extend([0; TAG]);
    Ok(out)
}

/// [`take`] for what [`put_words`] made.
pub(crate) fn take_words(secret: &Secret, info: &[u8], boxed: &[u8]) -> Result<Opened, OpenError> {
    if crate::SEALING {
        return take(secret, info, boxed);
    }
    let (_, ciphertext) = split(boxed).ok_or(OpenError::Malformed)?;
    opened(ciphertext[..ciphertext.len() - TAG].to_vec())
}
