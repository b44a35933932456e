//! Whom members must not meet.

use seal::{InstanceKey, Sealed};
use storekit::Tx;

use crate::access::Member;
use crate::door::actions::guests;
use crate::door::model::{MustNotMeet, OwnList};
use crate::door::store;
use crate::error::Outcome;
use crate::groups::{self, State};
use crate::ids::MemberId;
use crate::web::Once;

const LABEL: &str = "door.must-not-meet";

/// This member's own list.
pub fn my_list(tx: &mut Tx<'_>, member: &Member) -> Outcome<OwnList> {
    let rows = store::list_lists(tx, member.scope())?;
    let own = rows.into_iter().find(|(id, _)| *id == member.id());
    let own = own.map(|(id, words)| open(tx, member, id, &words)).transpose()?;
    Ok(own.flatten().unwrap_or_default())
}

/// Whether a row is kept for this member, empty or not.
pub fn has_list(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(store::list_lists(tx, member.scope())?.iter().any(|(id, _)| *id == member.id()))
}

/// Keeps this member's own list. It is told of those who knock from now on: whoever may change a
/// list and look could else ask it who is waiting, name by name.
pub fn save_list(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (list, once): (MustNotMeet, Once),
) -> Outcome<()> {
    once.spend(tx)?;
    super::note_stops(tx, instance, member)?;
    let waiting = guests::read(tx, instance, member)?;
    change(tx, member, |own| {
        for (row, _) in waiting.iter().filter(|(_, letter)| list.has(&letter.name)) {
            own.know(row.id);
        }
        own.list = list;
        own.lost = false;
    })
}

/// The owner has read that somebody was stopped.
pub fn mark_seen(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    super::note_stops(tx, instance, member)?;
    change(tx, member, |own| own.stops.iter_mut().for_each(|stopped| stopped.seen = true))
}

fn change(tx: &mut Tx<'_>, member: &Member, change: impl FnOnce(&mut OwnList)) -> Outcome<()> {
    // With keys from before a turn no list opens, and this one would be lost.
    let member = &groups::afresh(tx, member)?;
    let mut lists = all(tx, member)?;
    if let Some((_, own)) = lists.iter_mut().find(|(id, _)| *id == member.id()) {
        change(own);
    }
    write_all(tx, member, lists)
}

/// Puts the names of one member's list on another one's: the same person with another seat.
pub fn pass_list_on(tx: &mut Tx<'_>, hand: &Member, old: MemberId, new: MemberId) -> Outcome<()> {
    let mut lists = all(tx, hand)?;
    let was = lists.iter().find(|(id, _)| *id == old).map(|(_, own)| (own.list.clone(), own.lost));
    let is = lists.iter_mut().find(|(id, _)| *id == new);
    if let (Some((was, lost)), Some((_, own))) = (was, is) {
        let known = own.list.names.clone();
        own.list.names.extend(was.names.into_iter().filter(|name| !known.contains(name)));
        own.list.tell |= was.tell;
        own.lost |= lost;
    }
    write_all(tx, hand, lists)
}

/// Everybody who is in has a row, whether they name anybody or not: a group begins with it.
pub fn begin(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    let mut lists = all(tx, member)?;
    lists.iter_mut().for_each(|(_, own)| own.lost = false);
    write_all(tx, member, lists)
}

/// Writes down whom a newcomer must not meet.
pub fn add(tx: &mut Tx<'_>, member: &Member, who: MemberId, list: MustNotMeet) -> Outcome<()> {
    let mut lists = all(tx, member)?;
    lists.retain(|(id, _)| *id != who);
    lists.push((who, OwnList { list, ..OwnList::default() }));
    write_all(tx, member, lists)
}

/// Whether somebody's list is missing, or an old one was put in its place: whom they must not meet is
/// not known.
pub fn is_one_lost(lists: &[(MemberId, OwnList)]) -> bool {
    lists.iter().any(|(_, own)| own.lost)
}

/// The list of everybody who is in.
pub fn all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, OwnList)>> {
    let rows = store::list_lists(tx, member.scope())?;
    let members = groups::list_members(tx, member)?;
    let here = members.iter().filter(|named| named.state != State::Gone);
    let mut lists: Vec<(MemberId, OwnList)> = here
        .map(|named| {
            let row = rows.iter().find(|(id, _)| *id == named.id);
            let own = row.map(|(id, words)| open(tx, member, *id, words)).transpose()?.flatten();
            Ok((named.id, own.unwrap_or(OwnList { lost: true, ..OwnList::default() })))
        })
        .collect::<Outcome<_>>()?;
    let edition = newest(&lists);
    for (_, own) in &mut lists {
        own.lost |= own.edition != edition;
    }
    Ok(lists)
}

/// The lists of those who went, until the next turn takes them away.
pub fn of_gone(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, OwnList)>> {
    let members = groups::list_members(tx, member)?;
    let here = |id: MemberId| members.iter().any(|n| n.id == id && n.state != State::Gone);
    let mut gone = Vec::new();
    for (id, words) in store::list_lists(tx, member.scope())? {
        if !here(id) {
            gone.extend(open(tx, member, id, &words)?.map(|own| (id, own)));
        }
    }
    Ok(gone)
}

fn newest(lists: &[(MemberId, OwnList)]) -> u64 {
    lists.iter().map(|(_, own)| own.edition).max().unwrap_or_default()
}

/// Writes them all at once, each of one size: no row tells who named somebody.
pub fn write_all(tx: &mut Tx<'_>, member: &Member, lists: Vec<(MemberId, OwnList)>) -> Outcome<()> {
    let edition = newest(&lists).saturating_add(1);
    for (id, own) in lists {
        let writer = Some(id.bytes().as_slice());
        let own = OwnList { edition, ..own }.filled();
        let words = groups::seal_words_of(tx, member, LABEL, id.bytes(), writer, &own)?;
        store::save_list(tx, member.scope(), id, words)?;
    }
    Ok(())
}

/// After a turn: the lists of those who are in, and nobody else's.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let lists = all(tx, after)?;
    for (id, _) in store::list_lists(tx, after.scope())? {
        if !lists.iter().any(|(known, _)| *known == id) {
            store::remove_list(tx, after.scope(), id)?;
        }
    }
    write_all(tx, after, lists)
}

/// A list; none where it is damaged, which is as if it were missing.
fn open(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MemberId,
    words: &Sealed,
) -> Outcome<Option<OwnList>> {
    groups::read_paper(tx, member, (LABEL, id.bytes(), Some(id.bytes())), words)
}
