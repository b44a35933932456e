//! Who gets a group's key in an epoch: the roster, and the tag that shows that the
//! running program, not only somebody with the database, wrote it.

use core::fmt;

use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::derive::{derive, derive_into};
use crate::parts::Reader;
use crate::secret::Secret;
use crate::{Chance, GroupKey, Id, InstanceKey, LetterboxPublic, MemberPublic, labels};

const VERSION: u8 = 1;
const SEAT: usize = 16 + 32;

/// A value that shows which key it is without giving it away. It stands in the
/// epoch's row.
pub fn key_check(key: &GroupKey) -> [u8; 32] {
    *derive(key.expose(), labels::KEY_CHECK).bytes()
}

impl GroupKey {
    /// Whether this is the key that the check was made from. Ask before its first use.
    pub fn passes(&self, check: &[u8; 32]) -> bool {
        key_check(self).ct_eq(check).into()
    }
}

/// The chance that goes into the key of one epoch. Whoever has the key before needs no more.
pub struct FreshPart(pub(crate) Secret);

impl FreshPart {
    /// A new one. It is never used for two epochs.
    pub fn random(chance: &mut Chance<'_>) -> Self {
        Self(Secret::random(chance))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }
}

impl fmt::Debug for FreshPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

impl GroupKey {
    /// The group's key in `epoch`, which follows this one: HKDF-SHA-256 (RFC 5869) over the fresh
    /// part and this key; `info` names the group, the epoch and the roster. So nobody makes an
    /// epoch who has not the one before, and nobody puts another roster to a key.
    pub fn next(&self, fresh: &FreshPart, group: &[u8], epoch: u32, roster: &Roster) -> GroupKey {
        let mut both = Zeroizing::new([0; 64]);
        both[..32].copy_from_slice(fresh.expose());
        both[32..].copy_from_slice(self.expose());
        let label = labels::NEXT_GROUP.as_bytes();
        let mut key = Secret::zero();
        let parts = [label, group, &epoch.to_be_bytes(), &roster.encode()];
        derive_into(both.as_slice(), &parts, key.bytes_mut());
        GroupKey::from_secret(epoch, key)
    }
}

/// The members of an epoch and their public keys, sorted by id, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster(Vec<(Id, MemberPublic)>);

/// Why a roster was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RosterError {
    /// The bytes are no roster, or one that is not sorted.
    #[error("the roster is not of a known format")]
    Malformed,
    /// The same member stands there twice.
    #[error("a member stands in the roster twice")]
    Twice,
    /// More than 65,535 members.
    #[error("the roster is too long")]
    TooLong,
    /// The tag is not this epoch's: somebody without the instance key changed a row.
    #[error("the roster's tag does not hold")]
    TagRefused,
}

impl Roster {
    /// Sorts the members by id.
    ///
    /// # Errors
    /// [`RosterError::Twice`] or [`RosterError::TooLong`].
    pub fn new(mut members: Vec<(Id, MemberPublic)>) -> Result<Self, RosterError> {
        if members.len() > usize::from(u16::MAX) {
            return Err(RosterError::TooLong);
        }
        members.sort_by_key(|(id, _)| *id);
        if members.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(RosterError::Twice);
        }
        Ok(Self(members))
    }

    /// The members in order of their ids.
    pub fn members(&self) -> &[(Id, MemberPublic)] {
        &self.0
    }

    /// The one way to write this roster:
    /// `version (1) | count (2) | (id (16) | public key (32))…`.
    pub fn encode(&self) -> Vec<u8> {
        let count = u16::try_from(self.0.len()).expect("`new` and `parse` let no more in");
        let mut out = Vec::with_capacity(3 + self.0.len() * SEAT);
        out.push(VERSION);
        out.extend(count.to_be_bytes());
        for (id, public) in &self.0 {
            out.extend(id);
            out.extend(public.as_bytes());
        }
        out
    }

    /// Reads what [`encode`](Self::encode) wrote, and nothing else.
    ///
    /// # Errors
    /// [`RosterError::Malformed`] or [`RosterError::Twice`].
    pub fn parse(bytes: &[u8]) -> Result<Self, RosterError> {
        let members = read(bytes).ok_or(RosterError::Malformed)?;
        if !members.is_sorted_by_key(|(id, _)| *id) {
            return Err(RosterError::Malformed);
        }
        Self::new(members)
    }
}

fn read(bytes: &[u8]) -> Option<Vec<(Id, MemberPublic)>> {
    let mut reader = Reader(bytes);
    if reader.u8()? != VERSION {
        return None;
    }
    let count = reader.u16()?;
    let members = (0..count)
        .map(|_| Some((reader.array()?, MemberPublic(reader.array()?))))
        .collect::<Option<_>>()?;
    reader.end()?;
    Some(members)
}

/// All that an epoch's row says and its tag covers.
#[derive(Clone, Copy, Debug)]
pub struct EpochFacts<'a> {
    /// The group's id.
    pub group: &'a [u8],
    /// The epoch's number.
    pub epoch: u32,
    /// Who is in.
    pub roster: &'a Roster,
    /// Where letters go.
    pub letterbox: &'a LetterboxPublic,
    /// See [`key_check`].
    pub key_check: &'a [u8; 32],
    /// The tag of the epoch before; empty in the first. So the rows of a group hang together.
    pub before: &'a [u8],
}

/// The tag of an epoch's row, under the instance key.
pub fn roster_tag(instance: &InstanceKey, facts: &EpochFacts<'_>) -> [u8; 32] {
    facts.with_parts(|parts| instance.mac(labels::MAC_ROSTER, parts))
}

/// Whether the tag is this row's, under the newest instance key, in constant time.
pub fn roster_holds(instance: &InstanceKey, facts: &EpochFacts<'_>, tag: &[u8]) -> bool {
    facts.with_parts(|parts| instance.mac_holds_now(labels::MAC_ROSTER, parts, tag))
}

impl<'a> EpochFacts<'a> {
    /// The roster, once its tag holds. Keys are boxed only to members found in it.
    ///
    /// # Errors
    /// [`RosterError::TagRefused`].
    pub fn check(
        &self,
        instance: &InstanceKey,
        tag: &[u8],
    ) -> Result<CheckedRoster<'a>, RosterError> {
        if !roster_holds(instance, self, tag) {
            return Err(RosterError::TagRefused);
        }
        Ok(CheckedRoster(self.roster))
    }

    fn with_parts<T>(&self, then: impl FnOnce(&[&[u8]]) -> T) -> T {
        then(&[
            self.group,
            &self.epoch.to_be_bytes(),
            &self.roster.encode(),
            self.letterbox.as_bytes(),
            self.key_check,
            self.before,
        ])
    }
}

/// A roster whose tag held.
#[derive(Clone, Copy, Debug)]
pub struct CheckedRoster<'a>(&'a Roster);

impl<'a> CheckedRoster<'a> {
    /// The public key of a member who is in.
    pub fn public(&self, member: &Id) -> Option<&'a MemberPublic> {
        let members = &self.0.0;
        let found = members.binary_search_by_key(member, |(id, _)| *id).ok()?;
        Some(&members[found].1)
    }

    /// Everybody who is in, in order of their ids.
    pub fn members(&self) -> &'a [(Id, MemberPublic)] {
        &self.0.0
    }
}
