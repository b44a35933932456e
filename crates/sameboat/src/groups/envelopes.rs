//! Words for fewer than the group: a key for each item, and an envelope with it for each reader.
//!
//! An envelope names its writer: it is boxed with their member secret and opens only beside their
//! public key, which stands in the checked roster of the epoch in which it was made. At its reader's
//! own next write it is wrapped under their own secret, with whose it is. Words that do not come from
//! the writer under whose id they stand are shown to nobody. Whoever goes leaves no envelope behind.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use seal::{
    Envelope, EnvelopeFrom, EnvelopeTo, Id, InstanceKey, KeyKind, MemberPublic, MemberSecret,
    Place, Sealed, envelope_box, envelope_epoch, envelope_unbox, envelope_unwrap, envelope_wrap,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Fault, Outcome, Refusal, Stop};
use crate::groups::reading::{Reading, unless_damaged};
use crate::groups::store::envelopes::{self as rows, EnvelopeRow};
use crate::groups::{epochs, keys};
use crate::ids::MemberId;
use crate::{random, sealed};

/// What an envelope is about.
pub type Item = [u8; 16];

/// Where words stand: their label, their row, and who wrote them.
#[derive(Clone, Copy)]
pub struct Spot {
    /// The fixed name beside the type.
    pub label: &'static str,
    /// The row's id.
    pub row: Item,
    /// Whose words they are.
    pub writer: MemberId,
}

type Roster = Vec<(Id, MemberPublic)>;

/// A member who hands envelopes over, as the roster of this very epoch knows them.
pub struct Hand<'a> {
    writer: &'a Member,
    from: EnvelopeFrom,
    roster: Roster,
}

impl<'a> Hand<'a> {
    /// # Errors
    /// [`Refusal::NotFound`] when the writer went meanwhile, or has another secret by now.
    pub fn of(tx: &mut Tx<'_>, instance: &InstanceKey, writer: &'a Member) -> Outcome<Hand<'a>> {
        let (scope, me) = (writer.scope(), *writer.id().bytes());
        let now = epochs::current(tx, instance, scope)?;
        let (epoch, roster) = (now.number, now.members());
        let hand = Hand { writer, from: EnvelopeFrom { member: me, epoch }, roster };
        if hand.public(writer.id())? != writer.secret().public() {
            return Err(Refusal::NotFound.into());
        }
        Ok(hand)
    }

    /// The public key of somebody in the roster.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for somebody who is not in it.
    pub fn public(&self, who: MemberId) -> Outcome<MemberPublic> {
        let found = self.roster.iter().find(|(id, _)| id == who.bytes());
        Ok(found.ok_or(Refusal::NotFound)?.1)
    }

    /// The envelope for one reader.
    pub fn boxed(
        &self,
        tx: &mut Tx<'_>,
        (item, reader, public): (&Item, MemberId, &MemberPublic),
        envelope: &Envelope,
    ) -> Outcome<Vec<u8>> {
        let (scope, sender) = (self.writer.scope(), (&self.from, self.writer.secret()));
        let to = to(&scope, item, &reader);
        let boxed = random::within(tx, |c| envelope_box(sender, (&to, public), envelope, c));
        Ok(boxed.map_err(Fault::new)?)
    }

    /// The envelope that the writer keeps.
    pub fn own(&self, tx: &mut Tx<'_>, item: &Item, envelope: &Envelope) -> Vec<u8> {
        let (scope, me) = (self.writer.scope(), self.writer.id());
        wrapped(tx, self.writer.secret(), &to(&scope, item, &me), (me, envelope))
    }
}

/// An envelope under its holder's own secret.
pub fn wrapped(
    tx: &mut Tx<'_>,
    secret: &MemberSecret,
    to: &EnvelopeTo<'_>,
    (sender, envelope): (MemberId, &Envelope),
) -> Vec<u8> {
    random::within(tx, |c| envelope_wrap(secret, to, (sender.bytes(), envelope), c))
}

/// Who may have handed envelopes over: the members of each epoch whose roster's tag holds.
#[derive(Default)]
pub struct Senders(BTreeMap<u32, Roster>);

impl Senders {
    /// Those of all these envelopes. Wrapped ones name theirs.
    pub fn of<'b>(
        tx: &mut Tx<'_>,
        instance: &InstanceKey,
        scope: GroupScope,
        envelopes: impl Iterator<Item = &'b [u8]>,
    ) -> Outcome<Senders> {
        let mut all = Senders::default();
        for bytes in envelopes.filter(|bytes| bytes.len() == seal::ENVELOPE_BOX) {
            let epoch = envelope_epoch(bytes).unwrap_or_default();
            if let Entry::Vacant(place) = all.0.entry(epoch) {
                place.insert(find_roster(tx, instance, scope, epoch)?.unwrap_or_default());
            }
        }
        Ok(all)
    }

    /// Opens an envelope: who sent it, and what is in it. Where it is known whose it must be, nobody
    /// else's opens.
    pub fn open(
        &self,
        secret: &MemberSecret,
        to: &EnvelopeTo<'_>,
        (bytes, whose): (&[u8], Option<MemberId>),
    ) -> Option<(MemberId, Envelope)> {
        let theirs = |id: &Id| whose.is_none_or(|whose| whose.bytes() == id);
        if let Ok((sender, envelope)) = envelope_unwrap(secret, to, bytes) {
            return theirs(&sender).then_some((sender.into(), envelope));
        }
        let epoch = envelope_epoch(bytes)?;
        self.0.get(&epoch)?.iter().filter(|(id, _)| theirs(id)).find_map(|(id, public)| {
            let from = EnvelopeFrom { member: *id, epoch };
            let envelope = envelope_unbox(secret, to, (&from, public), bytes).ok()?;
            Some(((*id).into(), envelope))
        })
    }
}

/// The members of an epoch; nobody where there is no such epoch, or its tag does not hold.
fn find_roster(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    epoch: u32,
) -> Outcome<Option<Roster>> {
    Ok(epochs::find(tx, instance, scope, epoch)?.map(|epoch| epoch.members()))
}

/// Seals words for their writer and these readers, in an envelope for each. Those that were there
/// for this item before are gone.
///
/// # Errors
/// [`Refusal::NotFound`] when a reader is not in the roster.
pub fn put(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (writer, readers): (&Member, &[MemberId]),
    (spot, words): (&Spot, &impl Serialize),
) -> Outcome<Sealed> {
    let (scope, item, me) = (writer.scope(), spot.row, writer.id());
    let hand = Hand::of(tx, instance, writer)?;
    let bytes = sealed::pack(words)?;
    let place = place(&scope, spot);
    let (envelope, words) = random::within(tx, |c| Envelope::seal(&place, &bytes, c));
    rows::remove(tx, scope, &item)?;
    let own = hand.own(tx, &item, &envelope);
    rows::save(tx, scope, me, EnvelopeRow { item, boxed: false, bytes: own })?;
    for reader in readers.iter().copied().filter(|reader| *reader != me) {
        let public = hand.public(reader)?;
        let bytes = hand.boxed(tx, (&item, reader, &public), &envelope)?;
        rows::save(tx, scope, reader, EnvelopeRow { item, boxed: true, bytes })?;
    }
    Ok(words)
}

/// The envelopes of a member, by item.
pub struct Opened {
    member: Member,
    rows: BTreeMap<Item, Vec<u8>>,
    senders: Senders,
}

impl Opened {
    fn new(tx: &mut Tx<'_>, member: &Member, rows: Vec<EnvelopeRow>) -> Outcome<Opened> {
        let (scope, bytes) = (member.scope(), rows.iter().map(|row| &row.bytes[..]));
        let senders = Senders::of(tx, member.person().instance(), scope, bytes)?;
        let rows = rows.into_iter().map(|row| (row.item, row.bytes)).collect();
        Ok(Opened { member: member.clone(), rows, senders })
    }

    /// The envelope about an item, if this member is one of its readers, and it comes from this
    /// member, or from whom it is to be seen.
    fn find(&self, item: &Item, whose: Option<MemberId>) -> Option<(MemberId, Envelope)> {
        let (scope, me) = (self.member.scope(), self.member.id());
        let bytes = self.rows.get(item)?;
        self.senders.open(self.member.secret(), &to(&scope, item, &me), (bytes, whose))
    }
}

/// All envelopes of this member. One that somebody damaged opens nothing.
pub fn open_all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Opened> {
    let all = rows::list(tx, member.scope(), member.id())?;
    Opened::new(tx, member, all)
}

/// The one about an item, if this member is one of its readers.
pub fn find(tx: &mut Tx<'_>, member: &Member, item: &Item) -> Outcome<Opened> {
    let row = rows::find(tx, member.scope(), item, member.id())?;
    Opened::new(tx, member, row.into_iter().collect())
}

/// How many envelopes there are for this member.
pub fn count(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    Ok(rows::list(tx, member.scope(), member.id())?.len())
}

/// At a member's own write: boxes that others left are opened and wrapped, which costs less.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    wrap(tx, member, member.secret(), |row| row.boxed)
}

/// Wraps all of a member's envelopes under their new secret.
pub fn rewrap(tx: &mut Tx<'_>, member: &Member, new: &MemberSecret) -> Outcome<()> {
    wrap(tx, member, new, |_| true)
}

fn wrap(
    tx: &mut Tx<'_>,
    member: &Member,
    secret: &MemberSecret,
    which: impl Fn(&EnvelopeRow) -> bool,
) -> Outcome<()> {
    let (scope, id) = (member.scope(), member.id());
    let rows: Vec<_> = rows::list(tx, scope, id)?.into_iter().filter(which).collect();
    let opened = Opened::new(tx, member, rows)?;
    for item in opened.rows.keys() {
        let Some((sender, envelope)) = opened.find(item, None) else { continue };
        let bytes = wrapped(tx, secret, &to(&scope, item, &id), (sender, &envelope));
        rows::save(tx, scope, id, EnvelopeRow { item: *item, boxed: false, bytes })?;
    }
    Ok(())
}

/// Takes away all envelopes of an item that is gone.
pub fn remove(tx: &mut Tx<'_>, member: &Member, item: &Item) -> Outcome<()> {
    Ok(rows::remove(tx, member.scope(), item)?)
}

/// Takes away the envelopes of somebody who went.
pub fn remove_of(tx: &mut Tx<'_>, by: &Member, who: MemberId) -> Outcome<()> {
    Ok(rows::remove_of(tx, by.scope(), who)?)
}

/// Opens words that stand under the group's key or in an envelope. `None` when they are not for this
/// member: written before they came, for others, or not by whom they are said to be.
fn open<T: DeserializeOwned>(
    member: &Member,
    opened: &Opened,
    spot: &Spot,
    words: &Sealed,
) -> Outcome<Option<T>> {
    if words.key_kind() != Some(KeyKind::Envelope) {
        return open_of_group(member, spot, words);
    }
    let Some((_, envelope)) = opened.find(&spot.row, Some(spot.writer)) else { return Ok(None) };
    Ok(Some(sealed::unpack(&envelope.open(&place(&member.scope(), spot), words)?)?))
}

/// The same, of words that may be damaged.
///
/// # Errors
/// Whatever else stopped it.
pub fn read<T: DeserializeOwned>(
    member: &Member,
    opened: &Opened,
    spot: &Spot,
    words: &Sealed,
) -> Outcome<Reading<T>> {
    unless_damaged(spot.label, open(member, opened, spot, words))
}

/// Reads words in an envelope whose row does not say who wrote them: the envelope does.
pub fn read_from_anybody<T: DeserializeOwned>(
    opened: &Opened,
    (label, row): (&'static str, &Item),
    words: &Sealed,
) -> Outcome<Reading<(MemberId, T)>> {
    let Some((writer, envelope)) = opened.find(row, None) else { return Ok(Reading::Closed) };
    let (scope, spot) = (opened.member.scope(), Spot { label, row: *row, writer });
    let words = envelope.open(&place(&scope, &spot), words).map_err(Stop::from);
    let words = words.and_then(|words| sealed::unpack(&words));
    unless_damaged(label, words.map(|words| Some((writer, words))))
}

/// Reads words that stand under the group's key. Those from before this member came are closed, and
/// so are those in envelopes.
pub fn read_of_group<T: DeserializeOwned>(
    member: &Member,
    spot: &Spot,
    words: &Sealed,
) -> Outcome<Reading<T>> {
    unless_damaged(spot.label, open_of_group(member, spot, words))
}

fn open_of_group<T: DeserializeOwned>(
    member: &Member,
    spot: &Spot,
    words: &Sealed,
) -> Outcome<Option<T>> {
    if !keys::may_open(member, words) {
        return Ok(None);
    }
    let writer = Some(spot.writer.bytes().as_slice());
    keys::open_words(member, spot.label, &spot.row, writer, words).map(Some)
}

/// For whom an envelope is.
pub fn to<'a>(scope: &'a GroupScope, item: &'a Item, member: &'a MemberId) -> EnvelopeTo<'a> {
    EnvelopeTo { group: scope.bytes(), item, member: member.bytes() }
}

/// Where words in an envelope stand.
pub fn place<'a>(scope: &'a GroupScope, spot: &'a Spot) -> Place<'a> {
    let writer = Some(spot.writer.bytes().as_slice());
    Place { label: spot.label, scope: scope.bytes(), row: &spot.row, writer }
}
