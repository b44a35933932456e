//! The group's key: opening it, sealing under it, turning it.

use std::collections::BTreeMap;

use seal::{
    EpochFacts, GrantTo, GroupKey, Id, InstanceKey, KeyKind, LetterboxPublic, MemberPublic,
    MemberSecret, Place, Roster, Sealed, grant_box, grant_unbox, grant_unwrap, grant_wrap,
    key_check, roster_tag,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::model::{About, State};
use crate::groups::store::{self, EpochRow, Grant, Seat};
use crate::groups::{envelopes, nameless};
use crate::ids::MemberId;
use crate::{live, random, sealed};

/// The keys that a member was granted.
pub struct Keys {
    current: u32,
    waiting: bool,
    granted: BTreeMap<u32, GroupKey>,
}

impl Keys {
    /// Opens what a seat holds. A grant that does not open, or opens to a key that is not its
    /// epoch's, gives nothing.
    pub fn open(scope: GroupScope, member: MemberId, secret: &MemberSecret, seat: &Seat) -> Keys {
        let to = GrantTo { group: scope.bytes(), member: member.bytes() };
        let granted = seat.grants.iter().filter_map(|grant| {
            let key = open_grant(&to, secret, grant)?;
            key.passes(&grant.key_check).then_some((grant.epoch, key))
        });
        let waiting = seat.envelopes || seat.grants.iter().any(|grant| grant.boxed);
        Keys { current: seat.epoch, waiting, granted: granted.collect() }
    }

    /// The same keys, and the one that the group just turned to.
    fn turned(mut self, key: GroupKey) -> Keys {
        self.current = key.epoch();
        self.granted.insert(self.current, key);
        self
    }

    /// Whether a box waits to be wrapped ([`settle`]).
    pub fn waiting(&self) -> bool {
        self.waiting
    }

    /// The key that is sealed under now, if it was granted.
    pub fn current(&self) -> Option<&GroupKey> {
        self.granted.get(&self.current)
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &GroupKey> {
        self.granted.values()
    }

    /// The key of an epoch, if it was granted.
    pub fn of(&self, epoch: u32) -> Option<&GroupKey> {
        self.granted.get(&epoch)
    }
}

fn open_grant(to: &GrantTo<'_>, secret: &MemberSecret, grant: &Grant) -> Option<GroupKey> {
    let opened = if grant.boxed {
        grant_unbox(secret, to, grant.epoch, &grant.bytes)
    } else {
        grant_unwrap(secret, to, grant.epoch, &grant.bytes)
    };
    opened.ok()
}

/// Seals words of this member under the epoch of this very transaction.
///
/// # Errors
/// [`Refusal::NotFound`] when the member went meanwhile.
pub fn seal_words(
    tx: &mut Tx<'_>,
    member: &Member,
    label: &'static str,
    row: &[u8],
    words: &impl Serialize,
) -> Outcome<Sealed> {
    seal_words_of(tx, member, label, row, Some(member.id().bytes()), words)
}

/// Seals words whose writer is another member, or nobody: standing papers, sealed anew.
pub fn seal_words_of(
    tx: &mut Tx<'_>,
    member: &Member,
    label: &'static str,
    row: &[u8],
    writer: Option<&[u8]>,
    words: &impl Serialize,
) -> Outcome<Sealed> {
    let scope = member.scope();
    let bytes = sealed::pack(words)?;
    let place = Place { label, scope: scope.bytes(), row, writer };
    let key = key_of_now(tx, member)?;
    Ok(random::within(tx, |c| key.seal(&place, &bytes, c)))
}

/// The key of the epoch of this very transaction.
///
/// # Errors
/// [`Refusal::NotFound`] when the member went meanwhile.
pub fn key_of_now(tx: &mut Tx<'_>, member: &Member) -> Outcome<GroupKey> {
    let scope = member.scope();
    let epoch = store::get_epoch(tx, scope)?;
    if let Some(key) = member.keys().of(epoch) {
        return Ok(key.clone());
    }
    // Somebody turned the key after this request was let in: the new grant is waiting.
    let seat = store::find_seat(tx, scope, member.id())?.ok_or(Refusal::NotFound)?;
    let keys = Keys::open(scope, member.id(), member.secret(), &seat);
    Ok(keys.current().cloned().ok_or(Refusal::NotFound)?)
}

/// Opens words of the group.
///
/// # Errors
/// [`Refusal::Conflict`] when the key was turned after this request was let in; a fault when the
/// row was changed by somebody else.
pub fn open_words<T: DeserializeOwned>(
    member: &Member,
    label: &'static str,
    row: &[u8],
    writer: Option<&[u8]>,
    value: &Sealed,
) -> Outcome<T> {
    let epoch = value.key_number().ok_or_else(|| Fault::because("no sealed value in a row"))?;
    let key = member.keys().of(epoch).ok_or(Refusal::Conflict("trouble-turned"))?;
    let scope = member.scope();
    let place = Place { label, scope: scope.bytes(), row, writer };
    sealed::unpack(&key.open(&place, value)?)
}

/// Whether this member was granted the epoch that these words were sealed under.
pub fn may_open(member: &Member, sealed: &Sealed) -> bool {
    let epoch = sealed.key_number().filter(|_| sealed.key_kind() == Some(KeyKind::Group));
    epoch.is_some_and(|epoch| member.keys().of(epoch).is_some())
}

/// At a member's own write: boxes that others left are opened and wrapped, which costs less.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    let scope = member.scope();
    let Some(seat) = store::find_seat(tx, scope, member.id())? else { return Ok(()) };
    let id = member.id();
    let to = GrantTo { group: scope.bytes(), member: id.bytes() };
    for grant in seat.grants.iter().filter(|grant| grant.boxed) {
        let Some(key) = open_grant(&to, member.secret(), grant) else { continue };
        if !key.passes(&grant.key_check) {
            continue;
        }
        let wrapped = random::within(tx, |c| grant_wrap(member.secret(), &to, &key, c));
        store::save_grant(tx, scope, member.id(), grant.epoch, false, wrapped)?;
    }
    if seat.envelopes {
        envelopes::settle(tx, member)?;
    }
    Ok(())
}

/// The first epoch of a new group, with one member in it.
pub fn first_epoch(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    member: MemberId,
    secret: &MemberSecret,
) -> Outcome<GroupKey> {
    let key = random::within(tx, |c| GroupKey::random(1, c));
    let roster = Roster::new(vec![(*member.bytes(), secret.public())]).map_err(Fault::new)?;
    write_epoch(tx, instance, scope, &key, &roster)?;
    let to = GrantTo { group: scope.bytes(), member: member.bytes() };
    let wrapped = random::within(tx, |c| grant_wrap(secret, &to, &key, c));
    store::save_grant(tx, scope, member, 1, false, wrapped)?;
    Ok(key)
}

/// What changes in the roster when the key turns.
pub enum Change {
    /// Somebody is let in, or has a new secret.
    In(MemberId, MemberPublic),
    /// Several are let in.
    AllIn(Vec<(MemberId, MemberPublic)>),
    /// Somebody goes: their grants are deleted.
    Out(MemberId),
    /// Nobody: what is written from now on opens to others than what was written before.
    Nobody,
}

/// Turns the key, in this transaction: last roster checked, new key, granted to the new roster.
/// Gives back the member with the new key, who then seals the standing papers anew
/// ([`crate::standing::reseal`]).
///
/// # Errors
/// [`Refusal::Conflict`] when somebody else turned it at the same time.
pub fn turn(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    change: Change,
) -> Outcome<Member> {
    let scope = member.scope();
    let before = store::get_epoch(tx, scope)?;
    let seat = store::find_seat(tx, scope, member.id())?.ok_or(Refusal::NotFound)?;
    let keys = Keys::open(scope, member.id(), member.secret(), &seat);
    let mut members = checked_roster(tx, instance, scope, before)?;
    match change {
        Change::In(id, public) => {
            members.retain(|(known, _)| known != id.bytes());
            members.push((*id.bytes(), public));
        }
        Change::AllIn(all) => {
            members.extend(all.into_iter().map(|(id, public)| (*id.bytes(), public)));
        }
        Change::Out(id) => {
            members.retain(|(known, _)| known != id.bytes());
            store::remove_grants(tx, scope, id)?;
            live::somebody_went(tx, scope)?;
        }
        Change::Nobody => {}
    }
    let roster = Roster::new(members).map_err(Fault::new)?;
    let epoch = before + 1;
    if !store::move_epoch(tx, scope, before)? {
        return Err(Refusal::Conflict("trouble-turned").into());
    }
    let key = random::within(tx, |c| GroupKey::random(epoch, c));
    write_epoch(tx, instance, scope, &key, &roster)?;
    for (id, public) in roster.members() {
        let to = GrantTo { group: scope.bytes(), member: id };
        let boxed = random::within(tx, |c| grant_box(public, &to, &key, c)).map_err(Fault::new)?;
        store::save_grant(tx, scope, MemberId::from(*id), epoch, true, boxed)?;
    }
    // Whoever goes seals the papers of those who stay as their last act, and keeps no grant.
    Ok(member.with_keys(keys.turned(key), seat.state))
}

/// The number of the group's key of now.
pub fn epoch(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<u32> {
    Ok(store::get_epoch(tx, scope)?)
}

/// The members of an epoch, from a row whose tag holds.
pub fn checked_roster(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    epoch: u32,
) -> Outcome<Vec<(Id, MemberPublic)>> {
    let row = store::get_epoch_row(tx, scope, epoch)?;
    let roster = Roster::parse(&row.roster).map_err(Fault::new)?;
    let facts = EpochFacts {
        group: scope.bytes(),
        epoch,
        roster: &roster,
        letterbox: &LetterboxPublic::from_bytes(row.letterbox),
        key_check: &row.key_check,
    };
    let checked = facts.check(instance, &row.tag).map_err(Fault::new)?;
    Ok(checked.members().to_vec())
}

/// The letter-box of the epoch of now, from a row whose tag holds.
pub fn letterbox(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<(u32, LetterboxPublic)> {
    let epoch = store::get_epoch(tx, scope)?;
    checked_roster(tx, instance, scope, epoch)?;
    let row = store::get_epoch_row(tx, scope, epoch)?;
    Ok((epoch, LetterboxPublic::from_bytes(row.letterbox)))
}

/// The public keys of the epoch of now, from a roster whose tag holds.
pub fn public_keys(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<Vec<(Id, MemberPublic)>> {
    let epoch = store::get_epoch(tx, scope)?;
    checked_roster(tx, instance, scope, epoch)
}

/// Who was granted the key that these words stand under.
pub fn holders(tx: &mut Tx<'_>, member: &Member, words: &Sealed) -> Outcome<Vec<MemberId>> {
    let epoch = words.key_number().ok_or_else(|| Fault::because("no sealed value in a row"))?;
    Ok(store::list_holders(tx, member.scope(), epoch)?)
}

/// The public key of a member of the epoch of now: from the roster, nowhere else.
pub fn public_key(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    member: MemberId,
) -> Outcome<MemberPublic> {
    let members = public_keys(tx, instance, scope)?;
    let found = members.into_iter().find(|(id, _)| id == member.bytes());
    Ok(found.ok_or(Refusal::NotFound)?.1)
}

fn write_epoch(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    key: &GroupKey,
    roster: &Roster,
) -> Outcome<()> {
    let (letterbox, check) = (key.letterbox(), key_check(key));
    let facts = EpochFacts {
        group: scope.bytes(),
        epoch: key.epoch(),
        roster,
        letterbox: &letterbox,
        key_check: &check,
    };
    let row = EpochRow {
        number: key.epoch(),
        letterbox: *letterbox.as_bytes(),
        key_check: check,
        roster: roster.encode(),
        tag: roster_tag(instance, &facts).to_vec(),
    };
    let day = clock::day(tx.now());
    Ok(store::add_epoch(tx, scope, day, row)?)
}

/// The label of what a group knows of a member.
pub const MEMBER_LABEL: &str = "groups.member";

/// What the group knows of a member, opened.
pub fn open_about(member: &Member, row: &store::MemberRow) -> Outcome<About> {
    let id = row.id.bytes();
    open_words(member, MEMBER_LABEL, id, Some(id), &row.words)
}

/// Seals what the group knows of its members anew, after a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let today = clock::day(tx.now());
    for row in store::list_members(tx, after.scope())? {
        // Who went is remembered by those who knew them; who is frozen may come back.
        if row.state == State::Gone {
            continue;
        }
        let mut about = open_about(after, &row)?;
        about.forget_names(today);
        let id = *row.id.bytes();
        let words = seal_words_of(tx, after, MEMBER_LABEL, &id, Some(&id), &about)?;
        store::save_member_words(tx, after.scope(), row.id, words)?;
    }
    nameless::refresh(tx, after)
}
