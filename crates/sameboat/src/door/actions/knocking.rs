//! On the outer side of a door: knocking, waiting, stepping back.

use seal::{GroupSeat, InstanceKey, LinkSecret, MemberSecret, letter_put};
use storekit::Tx;
use zeroize::Zeroizing;

use crate::access::{GroupScope, Person};
use crate::clock;
use crate::door::actions::guests::{TAG_LABEL, info, with_facts};
use crate::door::actions::invitations;
use crate::door::model::{AT_DOOR_DAYS, Letter};
use crate::door::store::{self, DoorRow};
use crate::door::typed;
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::{self, State};
use crate::ids::{GroupId, MemberId};
use crate::{leaving, people, random};

/// Puts a letter into the letter-box and uses the link up; the seat goes on the person's keyring
/// now, so that it opens with no further step once somebody let them in. False when the link
/// opens nothing any more.
///
/// # Errors
/// [`Refusal::Conflict`] when this person is in the group or at its door, when their place there is
/// frozen, and while what somebody there wrote to them is unread.
pub fn knock(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    secret: &LinkSecret,
    letter: Letter,
) -> Outcome<bool> {
    let found = invitations::find_copy(tx, instance, secret)?;
    let Some(opened) = found else { return Ok(false) };
    let scope = opened.scope;
    may_knock(tx, person, scope)?;
    let now = tx.now();
    if !invitations::use_up(tx, instance, secret)? {
        return Ok(false);
    }
    let id = MemberId::random(tx);
    let own = random::within(tx, MemberSecret::random);
    let public = *own.public().as_bytes();
    let letter = Letter { public, version: opened.copy.version, ..letter };
    let bytes = Zeroizing::new(serde_json::to_vec(&letter.filled()).map_err(Fault::new)?);
    let (epoch, letterbox) = groups::letterbox(tx, instance, scope)?;
    let boxed = random::within(tx, |c| {
        letter_put(&letterbox, &info(&scope, epoch, &id), &bytes, c).map_err(Fault::new)
    })?;
    let mut row = DoorRow {
        id,
        invitation: opened.link,
        day: clock::day(now),
        boxed: true,
        epoch,
        letter: boxed,
        tag: Vec::new(),
    };
    row.tag = with_facts(&scope, &row, |facts| instance.mac(TAG_LABEL, facts)).to_vec();
    store::add_guest(tx, scope, row)?;
    people::add_seat(
        tx,
        person,
        GroupSeat { group: *scope.bytes(), member: *id.bytes(), secret: own, epoch: 0 },
    )?;
    typed::forget(tx, person, &opened)?;
    Ok(true)
}

/// Whether this person may knock where a link leads, if it leads anywhere.
///
/// # Errors
/// As [`knock`].
pub fn may_knock_with(tx: &mut Tx<'_>, person: &Person, secret: &LinkSecret) -> Outcome<()> {
    match invitations::find_copy(tx, person.instance(), secret)? {
        Some(opened) => may_knock(tx, person, opened.scope),
        None => Ok(()),
    }
}

/// A second seat would take the place of the one on the ring, and nobody could hold that one again.
/// The ring is read in this very transaction: two may knock at once.
fn may_knock(tx: &mut Tx<'_>, person: &Person, scope: GroupScope) -> Outcome<()> {
    let Some(seat) = find_seat(tx, person, scope.group())? else { return Ok(()) };
    let refused = match groups::state_of(tx, person.instance(), &seat)? {
        Some(State::Here | State::Break) => true,
        Some(State::Frozen) => return Err(Refusal::Conflict("joining-frozen").into()),
        Some(State::Gone) if leaving::is_written_to(tx, person.instance(), &seat)? => {
            return Err(Refusal::Conflict("joining-farewell").into());
        }
        Some(State::Gone) => false,
        None => has_letter(tx, &seat)?,
    };
    if refused { Err(Refusal::Conflict("joining-already").into()) } else { Ok(()) }
}

fn find_seat(tx: &mut Tx<'_>, person: &Person, group: GroupId) -> Outcome<Option<GroupSeat>> {
    let seats = people::seats(tx, person)?;
    Ok(seats.into_iter().find(|seat| seat.group == *group.bytes()))
}

/// A door that somebody stands at, or stood at in vain.
pub struct AtDoor {
    /// The group.
    pub group: GroupId,
    /// Its outside name; empty when it is no more.
    pub outside: String,
    /// Whether a member can still let them in. If not, nobody says why: the reason is never told.
    pub waiting: bool,
}

/// The doors at which this person stands.
pub fn doors_of(tx: &mut Tx<'_>, instance: &InstanceKey, person: &Person) -> Outcome<Vec<AtDoor>> {
    let oldest = clock::day(tx.now()) - AT_DOOR_DAYS;
    let mut doors = Vec::new();
    for seat in person.seats() {
        if groups::knows(tx, seat)? {
            continue;
        }
        let scope = GroupScope::of_seat(seat);
        let day = store::find_day(tx, scope, MemberId::from(seat.member))?;
        doors.push(AtDoor {
            group: scope.group(),
            outside: groups::outside_name(tx, instance, scope)?.unwrap_or_default(),
            waiting: day.is_some_and(|day| day >= oldest),
        });
    }
    Ok(doors)
}

/// Goes away from a door, and takes the letter along.
///
/// # Errors
/// [`Refusal::NotFound`] when this person does not stand there, or was let in meanwhile.
pub fn step_back(tx: &mut Tx<'_>, person: &Person, group: GroupId) -> Outcome<()> {
    let seat = find_seat(tx, person, group)?.ok_or(Refusal::NotFound)?;
    if groups::knows(tx, &seat)? {
        return Err(Refusal::NotFound.into());
    }
    take_letter_back(tx, &seat)?;
    people::remove_seat(tx, person, group)
}

/// Whether the letter that was put in with this seat lies at the door.
pub fn has_letter(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<bool> {
    let id = MemberId::from(seat.member);
    Ok(store::find_day(tx, GroupScope::of_seat(seat), id)?.is_some())
}

/// The letter that was put in with this seat goes from the door, if it lies there.
pub fn take_letter_back(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<()> {
    store::remove_guest(tx, GroupScope::of_seat(seat), MemberId::from(seat.member))?;
    Ok(())
}

/// In all groups: links that are over, and letters of those who were not let in.
pub fn forget_old(tx: &mut Tx<'_>) -> Outcome<()> {
    let now = tx.now();
    store::remove_over(tx, now)?;
    Ok(store::remove_old_guests(tx, clock::day(now) - AT_DOOR_DAYS)?)
}
