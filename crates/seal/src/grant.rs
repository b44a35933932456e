//! Handing a key to a member: boxed to their public half by somebody else, later
//! wrapped under their own secret, which costs far less to open.

use crate::secret::Secret;
use crate::wrap::{open_key, seal_key};
use crate::{
    BoxError, BoxInfo, Chance, EnvelopeKey, EpochOrItem, GroupKey, MemberPublic, MemberSecret,
    OpenError, hpke_box, hpke_unbox, labels,
};

/// To whom a group's key is granted. The epoch is the key's own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantTo<'a> {
    /// The group's id.
    pub group: &'a [u8],
    /// The member's id.
    pub member: &'a [u8],
}

impl<'a> GrantTo<'a> {
    fn info(&self, epoch: u32) -> BoxInfo<'a> {
        BoxInfo {
            label: labels::GRANT_GROUP,
            group: self.group,
            epoch_or_item: EpochOrItem::Epoch(epoch),
            member: self.member,
        }
    }
}

/// To whom an envelope's key is handed, and for which item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnvelopeTo<'a> {
    /// The group's id.
    pub group: &'a [u8],
    /// The item's id.
    pub item: &'a [u8],
    /// The member's id.
    pub member: &'a [u8],
}

impl<'a> EnvelopeTo<'a> {
    fn info(&self) -> BoxInfo<'a> {
        BoxInfo {
            label: labels::GRANT_ENVELOPE,
            group: self.group,
            epoch_or_item: EpochOrItem::Item(self.item),
            member: self.member,
        }
    }
}

/// Boxes a group's key to a member. The public half comes out of a
/// [`CheckedRoster`](crate::CheckedRoster).
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn grant_box(
    public: &MemberPublic,
    to: &GrantTo<'_>,
    key: &GroupKey,
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    hpke_box(public, &to.info(key.epoch()), key.expose(), chance)
}

/// Opens what [`grant_box`] made. Compare the key with the epoch's key check before
/// its first use ([`GroupKey::passes`]).
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or epoch.
pub fn grant_unbox(
    secret: &MemberSecret,
    to: &GrantTo<'_>,
    epoch: u32,
    boxed: &[u8],
) -> Result<GroupKey, OpenError> {
    let opened = hpke_unbox(secret, &to.info(epoch), boxed)?;
    let key = Secret::from_slice(opened.bytes()).ok_or(OpenError::Malformed)?;
    Ok(GroupKey::from_secret(epoch, key))
}

/// Wraps a group's key under the member's own secret.
pub fn grant_wrap(
    secret: &MemberSecret,
    to: &GrantTo<'_>,
    key: &GroupKey,
    chance: &mut Chance<'_>,
) -> Vec<u8> {
    let about = to.info(key.epoch()).encode(labels::WRAP_MEMBER);
    seal_key(&secret.wrap_key(), &about, key.expose(), chance)
}

/// Opens what [`grant_wrap`] made. Compare the key with the epoch's key check before
/// its first use ([`GroupKey::passes`]).
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or epoch.
pub fn grant_unwrap(
    secret: &MemberSecret,
    to: &GrantTo<'_>,
    epoch: u32,
    wrapped: &[u8],
) -> Result<GroupKey, OpenError> {
    let about = to.info(epoch).encode(labels::WRAP_MEMBER);
    let key = open_key(&secret.wrap_key(), &about, wrapped)?;
    Ok(GroupKey::from_secret(epoch, key))
}

/// Boxes an envelope's key to one of its readers.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn envelope_box(
    public: &MemberPublic,
    to: &EnvelopeTo<'_>,
    key: &EnvelopeKey,
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    hpke_box(public, &to.info(), key.expose(), chance)
}

/// Opens what [`envelope_box`] made.
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or item.
pub fn envelope_unbox(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    boxed: &[u8],
) -> Result<EnvelopeKey, OpenError> {
    let opened = hpke_unbox(secret, &to.info(), boxed)?;
    let key = Secret::from_slice(opened.bytes()).ok_or(OpenError::Malformed)?;
    Ok(EnvelopeKey::from_secret(key))
}

/// Wraps an envelope's key under the reader's or writer's own secret.
pub fn envelope_wrap(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    key: &EnvelopeKey,
    chance: &mut Chance<'_>,
) -> Vec<u8> {
    let about = to.info().encode(labels::WRAP_MEMBER);
    seal_key(&secret.wrap_key(), &about, key.expose(), chance)
}

/// Opens what [`envelope_wrap`] made.
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or item.
pub fn envelope_unwrap(
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    wrapped: &[u8],
) -> Result<EnvelopeKey, OpenError> {
    let about = to.info().encode(labels::WRAP_MEMBER);
    Ok(EnvelopeKey::from_secret(open_key(&secret.wrap_key(), &about, wrapped)?))
}
