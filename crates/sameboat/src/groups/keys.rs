//! The group's key: opening it, sealing under it, turning it.

use std::collections::BTreeMap;

use seal::{
    FreshPart, Granted, GroupKey, Id, InstanceKey, KeyKind, LetterboxPublic, MemberPublic,
    MemberSecret, Place, Roster, Sealed,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::grants::{Holder, grant, open_grant, wrap};
use crate::groups::model::{About, State};
use crate::groups::reading::unless_damaged;
use crate::groups::store::{self, Seat};
use crate::groups::{envelopes, epochs, nameless, stands};
use crate::ids::MemberId;
use crate::sealed::Filled;
use crate::{live, random, sealed};

/// The keys that a member was granted.
pub struct Keys {
    current: u32,
    tag: Vec<u8>,
    /// The epoch from which on standing papers open: the current one, but for whoever turned the
    /// key in this transaction, who seals them anew.
    papers: u32,
    waiting: bool,
    granted: BTreeMap<u32, GroupKey>,
}

impl Keys {
    /// Opens what a seat holds. A grant that does not open, or opens to a key that is not its
    /// epoch's, gives nothing; neither does a box of an epoch whose row is not to be believed.
    pub fn open(
        tx: &mut Tx<'_>,
        instance: &InstanceKey,
        to: &Holder<'_>,
        seat: &Seat,
    ) -> Outcome<Keys> {
        let now = epochs::current(tx, instance, to.scope)?;
        let mut granted = BTreeMap::new();
        for grant in seat.grants.iter().filter(|grant| grant.epoch <= now.number) {
            if let Some(key) = open_grant(tx, instance, to, grant, &granted)? {
                granted.insert(grant.epoch, key);
            }
        }
        // The current key is the one that the row whose tag holds speaks of, and no other.
        let is_it = granted.get(&now.number).is_some_and(|key| key.passes(&now.key_check));
        if !is_it {
            granted.remove(&now.number);
        }
        let waiting = seat.envelopes || seat.grants.iter().any(|grant| grant.boxed);
        Ok(Keys { current: now.number, tag: now.tag, papers: now.number, waiting, granted })
    }

    /// The same keys, and the one that the group just turned to.
    fn turned(mut self, key: GroupKey, tag: Vec<u8>, papers: u32) -> Keys {
        self.current = key.epoch();
        self.tag = tag;
        self.papers = papers;
        self.granted.insert(self.current, key);
        self
    }

    /// Whether a box waits to be wrapped ([`settle`]).
    pub fn waiting(&self) -> bool {
        self.waiting
    }

    /// The number of the current epoch.
    pub fn epoch(&self) -> u32 {
        self.current
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
    if epochs::is_highest(tx, scope, (member.keys().current, &member.keys().tag))? {
        return Ok(member.keys().current().cloned().ok_or(Refusal::NotFound)?);
    }
    // Somebody turned the key after this request was let in: the new grant is waiting.
    let keys = keys_of(tx, member)?.ok_or(Refusal::NotFound)?.0;
    Ok(keys.current().cloned().ok_or(Refusal::NotFound)?)
}

/// What a member was granted by now, and how they stand; none when the group does not know them.
pub fn keys_of(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<(Keys, State)>> {
    let scope = member.scope();
    let Some(seat) = store::find_seat(tx, scope, member.id())? else { return Ok(None) };
    let holder = Holder { scope, member: member.id(), secret: member.secret() };
    let keys = Keys::open(tx, member.person().instance(), &holder, &seat)?;
    if keys.current < member.seen() {
        return Err(Refusal::Conflict("trouble-put-back").into());
    }
    Ok(Some((keys, seat.state)))
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
    let epoch = value.key_number().ok_or_else(|| Fault::damaged("no sealed value in a row"))?;
    let key = member.keys().of(epoch).ok_or(Refusal::Conflict("trouble-turned"))?;
    let scope = member.scope();
    let place = Place { label, scope: scope.bytes(), row, writer };
    sealed::unpack(&key.open(&place, value)?)
}

/// Opens a standing paper: it is sealed anew whenever the key turns, so one under an earlier key
/// was put there by somebody who had that key.
///
/// # Errors
/// As [`open_words`].
pub fn open_paper<T: DeserializeOwned>(
    member: &Member,
    label: &'static str,
    row: &[u8],
    writer: Option<&[u8]>,
    value: &Sealed,
) -> Outcome<T> {
    if !is_current(member, value) {
        return Err(Fault::damaged("a standing paper under a key of before").into());
    }
    open_words(member, label, row, writer, value)
}

/// Whether a value stands under the current key, or under one that came since.
pub fn is_current(member: &Member, value: &Sealed) -> bool {
    let group = value.key_kind() == Some(KeyKind::Group);
    group && value.key_number().is_some_and(|epoch| epoch >= member.keys().papers)
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
    let holder = Holder { scope, member: member.id(), secret: member.secret() };
    let keys = Keys::open(tx, member.person().instance(), &holder, &seat)?;
    for grant in seat.grants.iter().filter(|grant| grant.boxed) {
        if let Some(key) = keys.of(grant.epoch) {
            wrap(tx, member.person().instance(), &holder, key)?;
        }
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
    epochs::write(tx, instance, scope, (&key, &roster), None)?;
    wrap(tx, instance, &Holder { scope, member, secret }, &key)?;
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
    let before = epochs::current(tx, instance, scope)?;
    let (keys, state) = keys_of(tx, member)?.ok_or(Refusal::NotFound)?;
    let old = keys.current().cloned().ok_or(Refusal::NotFound)?;
    let mut members = before.members();
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
    let epoch = before.number + 1;
    let fresh = random::within(tx, FreshPart::random);
    let key = old.next(&fresh, scope.bytes(), epoch, &roster);
    let tag = epochs::write(tx, instance, scope, (&key, &roster), Some(&before))?;
    let (part, whole) = (Granted::Fresh(fresh), Granted::Whole(key.clone()));
    for (id, public) in roster.members() {
        let id = MemberId::from(*id);
        // Whoever had the key before needs the fresh part alone.
        let granted = if before.public(id) == Some(*public) { &part } else { &whole };
        grant(tx, instance, scope, (id, public), (epoch, granted))?;
    }
    let papers =
        if member.keys().current == before.number { member.keys().papers } else { before.number };
    // Whoever goes seals the papers of those who stay as their last act, and keeps no grant.
    Ok(member.with_keys(keys.turned(key, tag, papers), state))
}

/// The number of the current epoch.
pub fn epoch(tx: &mut Tx<'_>, member: &Member) -> Outcome<u32> {
    let keys = member.keys();
    // Its tag was asked when this member's keys were opened.
    if epochs::is_highest(tx, member.scope(), (keys.current, &keys.tag))? {
        return Ok(keys.current);
    }
    Ok(epochs::current(tx, member.person().instance(), member.scope())?.number)
}

/// The members of an epoch, from a row that is to be believed.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none.
pub fn checked_roster(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    epoch: u32,
) -> Outcome<Vec<(Id, MemberPublic)>> {
    let found = epochs::find(tx, instance, scope, epoch)?;
    Ok(found.ok_or(Refusal::NotFound)?.members())
}

/// The letter-box of the current epoch.
pub fn letterbox(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<(u32, LetterboxPublic)> {
    let epoch = epochs::current(tx, instance, scope)?;
    Ok((epoch.number, epoch.letterbox))
}

/// The public keys of the current epoch, from a roster whose tag holds.
pub fn public_keys(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<Vec<(Id, MemberPublic)>> {
    Ok(epochs::current(tx, instance, scope)?.members())
}

/// Who was granted the key that these words stand under. A grant that the program did not make
/// makes nobody a reader.
pub fn holders(tx: &mut Tx<'_>, member: &Member, words: &Sealed) -> Outcome<Vec<MemberId>> {
    let epoch = words.key_number().ok_or_else(|| Fault::damaged("no sealed value in a row"))?;
    let (instance, scope) = (member.person().instance(), member.scope());
    let all = store::list_holders(tx, scope, epoch)?.into_iter();
    let holds =
        |(id, tag): &(MemberId, Vec<u8>)| epochs::grant_holds(instance, scope, (*id, epoch), tag);
    Ok(all.filter(holds).map(|(id, _)| id).collect())
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

/// The label of what a group knows of a member.
pub const MEMBER_LABEL: &str = "groups.member";

/// What the group knows of a member, opened. Of who went it stays under the key of that day.
pub fn read_about(member: &Member, row: &store::MemberRow) -> Outcome<About> {
    let id = row.id.bytes();
    let open = if is_current(member, &row.words) { open_paper } else { open_words };
    let filled = open(member, MEMBER_LABEL, id, Some(id), &row.words);
    let about = filled.map(|filled: Filled<About>| Some(filled.words));
    Ok(unless_damaged(MEMBER_LABEL, about)?.words().unwrap_or_else(About::lost))
}

/// Bytes that it is filled up to, so that the size of the row tells neither a name nor whose link it
/// was.
const ABOUT_FILLED: &[usize] = &[1024, 2048];

/// Seals what the group knows of a member.
pub fn seal_about(tx: &mut Tx<'_>, hand: &Member, who: MemberId, about: &About) -> Outcome<Sealed> {
    let (id, filled) = (who.bytes(), Filled::new(about, ABOUT_FILLED));
    seal_words_of(tx, hand, MEMBER_LABEL, id, Some(id), &filled)
}

/// Seals what the group knows of its members anew, after a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let today = clock::day(tx.now());
    let stands = stands::list(tx, after)?;
    for row in store::list_members(tx, after.scope())? {
        // Who went is remembered by those who knew them; who is frozen may come back.
        let gone = stands.iter().any(|(id, state)| *id == row.id && *state == State::Gone);
        if gone || !is_current(after, &row.words) {
            continue;
        }
        let mut about = read_about(after, &row)?;
        about.forget_names(today);
        let words = seal_about(tx, after, row.id, &about)?;
        store::save_member_words(tx, after.scope(), row.id, words)?;
    }
    nameless::refresh(tx, after)
}
