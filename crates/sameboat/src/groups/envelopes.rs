//! Words for fewer than the group: a key for each item, and an envelope with it for each reader.
//!
//! An envelope is boxed to a public key of the roster and, at its reader's own next write, wrapped
//! under their own secret. Whoever goes leaves none behind.

use std::collections::BTreeMap;

use seal::{
    EnvelopeKey, EnvelopeTo, InstanceKey, KeyKind, MemberSecret, Place, Sealed, envelope_box,
    envelope_unbox, envelope_unwrap, envelope_wrap,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::keys;
use crate::groups::store::envelopes::{self as rows, EnvelopeRow};
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

/// The keys of a member's envelopes, by item.
#[derive(Default)]
pub struct Opened(BTreeMap<Item, EnvelopeKey>);

impl Opened {
    /// The key of an item, if this member is one of its readers.
    pub fn of(&self, item: &Item) -> Option<&EnvelopeKey> {
        self.0.get(item)
    }
}

/// A new key for an item, in an envelope for its writer and for each reader.
///
/// # Errors
/// [`Refusal::NotFound`] when a reader is not in the roster.
pub fn make(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    writer: &Member,
    (item, readers): (&Item, &[MemberId]),
) -> Outcome<EnvelopeKey> {
    let key = random::within(tx, EnvelopeKey::random);
    let scope = writer.scope();
    let roster = keys::public_keys(tx, instance, scope)?;
    keep(tx, scope, writer.id(), writer.secret(), (item, &key))?;
    for reader in readers.iter().filter(|reader| **reader != writer.id()) {
        let public = roster.iter().find(|(id, _)| id == reader.bytes());
        let (_, public) = public.ok_or(Refusal::NotFound)?;
        let to = to(&scope, item, reader);
        let boxed = random::within(tx, |c| envelope_box(public, &to, &key, c));
        let bytes = boxed.map_err(Fault::new)?;
        rows::save(tx, scope, *reader, EnvelopeRow { item: *item, boxed: true, bytes })?;
    }
    Ok(key)
}

/// Wraps a key for its holder.
fn keep(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    member: MemberId,
    secret: &MemberSecret,
    (item, key): (&Item, &EnvelopeKey),
) -> Outcome<()> {
    let to = to(&scope, item, &member);
    let bytes = random::within(tx, |c| envelope_wrap(secret, &to, key, c));
    Ok(rows::save(tx, scope, member, EnvelopeRow { item: *item, boxed: false, bytes })?)
}

/// All envelopes of this member, opened. One that somebody damaged opens nothing.
pub fn open_all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Opened> {
    let (scope, id) = (member.scope(), member.id());
    let all = rows::list(tx, scope, id)?.into_iter();
    let open = |row: EnvelopeRow| Some((row.item, unlock(scope, id, member.secret(), &row)?));
    Ok(Opened(all.filter_map(open).collect()))
}

/// How many envelopes there are for this member.
pub fn count(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    Ok(rows::list(tx, member.scope(), member.id())?.len())
}

/// The key of one item, if this member is one of its readers.
pub fn find(tx: &mut Tx<'_>, member: &Member, item: &Item) -> Outcome<Option<EnvelopeKey>> {
    let (scope, id) = (member.scope(), member.id());
    let row = rows::find(tx, scope, item, id)?;
    Ok(row.and_then(|row| unlock(scope, id, member.secret(), &row)))
}

fn unlock(
    scope: GroupScope,
    member: MemberId,
    secret: &MemberSecret,
    row: &EnvelopeRow,
) -> Option<EnvelopeKey> {
    let to = to(&scope, &row.item, &member);
    let open = if row.boxed { envelope_unbox } else { envelope_unwrap };
    open(secret, &to, &row.bytes).ok()
}

fn to<'a>(scope: &'a GroupScope, item: &'a Item, member: &'a MemberId) -> EnvelopeTo<'a> {
    EnvelopeTo { group: scope.bytes(), item, member: member.bytes() }
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
    for row in rows::list(tx, scope, id)?.into_iter().filter(which) {
        if let Some(key) = unlock(scope, id, member.secret(), &row) {
            keep(tx, scope, id, secret, (&row.item, &key))?;
        }
    }
    Ok(())
}

/// Who holds an envelope for this item.
pub fn readers(tx: &mut Tx<'_>, member: &Member, item: &Item) -> Outcome<Vec<MemberId>> {
    Ok(rows::list_readers(tx, member.scope(), item)?)
}

/// Takes away all envelopes of an item that is gone.
pub fn remove(tx: &mut Tx<'_>, member: &Member, item: &Item) -> Outcome<()> {
    Ok(rows::remove(tx, member.scope(), item)?)
}

/// Takes away the envelopes of somebody who went.
pub fn remove_of(tx: &mut Tx<'_>, by: &Member, who: MemberId) -> Outcome<()> {
    Ok(rows::remove_of(tx, by.scope(), who)?)
}

/// Seals words with an item's key.
pub fn seal(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    key: &EnvelopeKey,
    (spot, words): (&Spot, &impl Serialize),
) -> Outcome<Sealed> {
    let bytes = sealed::pack(words)?;
    Ok(random::within(tx, |c| key.seal(&place(&scope, spot), &bytes, c)))
}

/// Opens words that stand under the group's key or an item's. `None` when they are not for this
/// member: written before they came, or for others.
pub fn open<T: DeserializeOwned>(
    member: &Member,
    key: Option<&EnvelopeKey>,
    spot: &Spot,
    words: &Sealed,
) -> Outcome<Option<T>> {
    if words.key_kind() == Some(KeyKind::Envelope) {
        let scope = member.scope();
        let Some(key) = key else { return Ok(None) };
        return Ok(Some(sealed::unpack(&key.open(&place(&scope, spot), words)?)?));
    }
    if !keys::may_open(member, words) {
        return Ok(None);
    }
    let writer = Some(spot.writer.bytes().as_slice());
    keys::open_words(member, spot.label, &spot.row, writer, words).map(Some)
}

fn place<'a>(scope: &'a GroupScope, spot: &'a Spot) -> Place<'a> {
    let writer = Some(spot.writer.bytes().as_slice());
    Place { label: spot.label, scope: scope.bytes(), row: &spot.row, writer }
}
