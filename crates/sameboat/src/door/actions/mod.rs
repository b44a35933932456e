//! What people do at a door, on either side of it.

pub mod guests;
pub mod invitations;
pub mod knocking;
pub mod lists;
mod new_key;

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::clock;
use crate::door::model;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, State};
use crate::{agreements, leaving, standing};
pub use new_key::{redo_links, redo_tags};

/// Whether the group takes anybody in now, by the hand of this member.
///
/// # Errors
/// [`Refusal::NotAllowed`] when it is full, or closed and past its beginning, and for whoever is
/// asked to leave.
pub fn may_come_in(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    leaving::not_while_asked(tx, member)?;
    let version = agreements::holding(tx, member)?;
    let members = groups::list_members(tx, member)?;
    let known = members.iter().filter(|named| !named.about.lost);
    let begun = known.map(|named| named.about.since).min().unwrap_or(tx.now());
    let age = clock::day(tx.now()) - clock::day(begun);
    let people = members.iter().filter(|named| named.state != State::Gone).count();
    model::has_room(&version.papers, people, age).map_err(|why| Refusal::NotAllowed(why).into())
}

/// Whether nobody can be let in because somebody's list of whom they must not meet is lost.
pub fn is_list_lost(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(lists::is_one_lost(&lists::all(tx, member)?))
}

/// Seals anew what members keep about the door, after a turn. Letters still in a box stay there:
/// those who could open them still can, and who lets a newcomer in takes them out first.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    invitations::reseal(tx, after)?;
    guests::reseal(tx, after)?;
    lists::reseal(tx, after)
}

/// Remembers for those who asked that somebody was stopped because of their list. Every list is
/// sealed anew then, so that the rows don't tell whose it was.
pub fn note_stops(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let guests = guests::read(tx, instance, member)?;
    if guests.is_empty() {
        return Ok(());
    }
    let mut lists = lists::all(tx, member)?;
    let mut changed = false;
    for (_, own) in lists.iter_mut().filter(|(_, own)| own.list.tell) {
        for (row, letter) in &guests {
            changed |= own.list.has(&letter.name) && own.stop(row.id);
        }
    }
    if changed { lists::write_all(tx, member, lists) } else { Ok(()) }
}

/// The papers are sealed anew by every room that keeps some.
fn reseal_all(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    standing::reseal(tx, after)
}
