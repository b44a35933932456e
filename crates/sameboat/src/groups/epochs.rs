//! The epochs of a group: which one is current, and whether a row of theirs may be believed.
//!
//! The current epoch is the highest row whose tag holds under the instance key. An earlier one
//! counts where its own tag holds and the row after it names that tag. What somebody put there who
//! can write to the database and has not the instance key counts for nothing.

use seal::{
    EpochFacts, GroupKey, Id, InstanceKey, LetterboxPublic, MemberPublic, Roster, key_check,
    roster_tag,
};
use storekit::Tx;

use crate::access::GroupScope;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::store::epochs::{self as store, EpochRow};
use crate::ids::MemberId;

/// An epoch whose row may be believed.
#[derive(Clone)]
pub struct Epoch {
    /// Its number; a higher one is newer.
    pub number: u32,
    /// Where letters go.
    pub letterbox: LetterboxPublic,
    /// Shows which key is meant.
    pub key_check: [u8; 32],
    /// Who has the key, with their public keys.
    pub roster: Roster,
    /// The tag of its row.
    pub tag: Vec<u8>,
}

impl Epoch {
    /// The public key of a member, if they are in.
    pub fn public(&self, member: MemberId) -> Option<MemberPublic> {
        let found = self.roster.members().iter().find(|(id, _)| id == member.bytes());
        found.map(|(_, public)| *public)
    }

    /// What the tag of its row covers; `before` is the tag of the epoch before.
    pub fn facts<'a>(&'a self, scope: &'a GroupScope, before: Option<&'a [u8]>) -> EpochFacts<'a> {
        EpochFacts {
            group: scope.bytes(),
            epoch: self.number,
            roster: &self.roster,
            letterbox: &self.letterbox,
            key_check: &self.key_check,
            before: before.unwrap_or_default(),
        }
    }

    /// The members with their public keys.
    pub fn members(&self) -> Vec<(Id, MemberPublic)> {
        self.roster.members().to_vec()
    }
}

/// The current epoch: the highest row whose tag holds.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub fn current(tx: &mut Tx<'_>, instance: &InstanceKey, scope: GroupScope) -> Outcome<Epoch> {
    let mut below = u32::MAX;
    while let Some(row) = store::find_below(tx, scope, below)? {
        below = row.number;
        if let Some(epoch) = believe(instance, scope, row) {
            return Ok(epoch);
        }
    }
    Err(Refusal::NotFound.into())
}

/// An epoch by its number; none where its row is not there, where its tag does not hold, or where
/// the epoch after it follows another one.
pub fn find(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    number: u32,
) -> Outcome<Option<Epoch>> {
    let Some(row) = store::find(tx, scope, number)? else { return Ok(None) };
    let after = number.checked_add(1).map(|next| store::find(tx, scope, next)).transpose()?;
    let follows = after.flatten().is_none_or(|next| {
        let before = next.before.clone();
        believe(instance, scope, next).is_none() || before.as_ref() == Some(&row.tag)
    });
    Ok(believe(instance, scope, row).filter(|_| follows))
}

/// What a row says, where its tag holds under this key.
pub fn believe(instance: &InstanceKey, scope: GroupScope, row: EpochRow) -> Option<Epoch> {
    let epoch = parse(&row)?;
    let facts = epoch.facts(&scope, row.before.as_deref());
    facts.check(instance, &row.tag).ok()?;
    Some(epoch)
}

fn parse(row: &EpochRow) -> Option<Epoch> {
    Some(Epoch {
        number: row.number,
        letterbox: LetterboxPublic::from_bytes(row.letterbox.as_slice().try_into().ok()?),
        key_check: row.key_check.as_slice().try_into().ok()?,
        roster: Roster::parse(&row.roster).ok()?,
        tag: row.tag.clone(),
    })
}

/// Writes the row of a new epoch, and gives back its tag. Rows above the one before it, whose tags do not hold, go.
///
/// # Errors
/// [`Refusal::Conflict`] when somebody else turned the key at the same time.
pub fn write(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (key, roster): (&GroupKey, &Roster),
    before: Option<&Epoch>,
) -> Outcome<Vec<u8>> {
    store::remove_above(tx, scope, before.map_or(0, |epoch| epoch.number))?;
    let (letterbox, key_check) = (key.letterbox(), key_check(key));
    let roster = roster.clone();
    let mut epoch = Epoch { number: key.epoch(), letterbox, key_check, roster, tag: Vec::new() };
    let before = before.map(|epoch| epoch.tag.clone());
    epoch.tag = roster_tag(instance, &epoch.facts(&scope, before.as_deref())).to_vec();
    let row = EpochRow {
        number: epoch.number,
        letterbox: epoch.letterbox.as_bytes().to_vec(),
        key_check: epoch.key_check.to_vec(),
        roster: epoch.roster.encode(),
        before,
        tag: epoch.tag.clone(),
    };
    let day = clock::day(tx.now());
    match store::add(tx, scope, day, row) {
        Ok(()) => Ok(epoch.tag),
        Err(storekit::Error::Unique(_)) => Err(Refusal::Conflict("trouble-turned").into()),
        Err(other) => Err(other.into()),
    }
}

/// Whether this is the highest row as it stands there: then nobody turned the key since.
pub fn is_highest(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    (number, tag): (u32, &[u8]),
) -> Outcome<bool> {
    let top = store::find_top(tx, scope)?;
    Ok(top.is_some_and(|(top, its)| top == number && its == tag))
}

const GRANT_LABEL: &str = "groups.grant";

/// The tag of a grant: that this member was given the key of this epoch.
pub fn grant_tag(
    instance: &InstanceKey,
    scope: GroupScope,
    (member, epoch): (MemberId, u32),
) -> [u8; 32] {
    instance.mac(GRANT_LABEL, &[scope.bytes(), member.bytes(), &epoch.to_be_bytes()])
}

/// Whether a grant was made by the program, under this key.
pub fn grant_holds(
    instance: &InstanceKey,
    scope: GroupScope,
    (member, epoch): (MemberId, u32),
    tag: &[u8],
) -> bool {
    let parts: [&[u8]; 3] = [scope.bytes(), member.bytes(), &epoch.to_be_bytes()];
    instance.mac_holds_now(GRANT_LABEL, &parts, tag)
}
