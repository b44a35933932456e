//! Handing a key to a member: boxed to their public half by somebody else, later
//! wrapped under their own secret, which costs far less to open.

use zeroize::Zeroizing;

use crate::secret::Secret;
use crate::wrap::{open_key, seal_key};
use crate::{
    BoxError, BoxInfo, Chance, EpochOrItem, FreshPart, GroupKey, MemberPublic, MemberSecret,
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

/// What a member is granted when the key turns.
#[derive(Debug)]
pub enum Granted {
    /// The key, for whoever has not the one before.
    Whole(GroupKey),
    /// The fresh part of it, for whoever has ([`GroupKey::next`]).
    Fresh(FreshPart),
}

const WHOLE: u8 = 1;
const FRESH: u8 = 2;

/// Boxes the key of an epoch to a member, or its fresh part. The public half comes out of a
/// [`CheckedRoster`](crate::CheckedRoster). Both have one size.
///
/// # Errors
/// [`BoxError`] when the public key is unusable.
pub fn grant_box(
    public: &MemberPublic,
    to: &GrantTo<'_>,
    epoch: u32,
    granted: &Granted,
    chance: &mut Chance<'_>,
) -> Result<Vec<u8>, BoxError> {
    let (kind, bytes) = match granted {
        Granted::Whole(key) => (WHOLE, key.expose()),
        Granted::Fresh(part) => (FRESH, part.expose()),
    };
    let mut content = Zeroizing::new([0; 33]);
    content[0] = kind;
    content[1..].copy_from_slice(bytes);
    hpke_box(public, &to.info(epoch), content.as_slice(), chance)
}

/// Opens what [`grant_box`] made. Its maker is not known: use the key only where the tag of its
/// epoch's row holds and the key passes that row's check ([`GroupKey::passes`]).
///
/// # Errors
/// [`OpenError`] when it was damaged or moved, or is for another member or epoch.
pub fn grant_unbox(
    secret: &MemberSecret,
    to: &GrantTo<'_>,
    epoch: u32,
    boxed: &[u8],
) -> Result<Granted, OpenError> {
    let opened = hpke_unbox(secret, &to.info(epoch), boxed)?;
    let (kind, bytes) = opened.bytes().split_first().ok_or(OpenError::Malformed)?;
    let secret = Secret::from_slice(bytes).ok_or(OpenError::Malformed)?;
    match *kind {
        WHOLE => Ok(Granted::Whole(GroupKey::from_secret(epoch, secret))),
        FRESH => Ok(Granted::Fresh(FreshPart(secret))),
        _ => Err(OpenError::Malformed),
    }
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

/// Opens what [`grant_wrap`] made. Nobody but the member can make one.
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
