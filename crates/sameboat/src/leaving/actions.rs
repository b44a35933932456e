//! What people do about being in a group: another name, a break, going.

use seal::{GroupSeat, InstanceKey};
use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::{GroupScope, Member, Person};
use crate::clock;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::{self, MemberName, Named, State};
use crate::ids::MemberId;
use crate::leaving::model::{Departure, How, SHOWN_DAYS};
use crate::leaving::partings;
use crate::leaving::store::{self, AboutRow};
use crate::standing::{self, Going, Words};
use crate::{agreements, door, people};

const DEPARTURE_LABEL: &str = "leaving.departure";

/// What the group knows of this member.
pub fn about_me(tx: &mut Tx<'_>, member: &Member) -> Outcome<Named> {
    let all = groups::list_members(tx, member)?;
    let me = all.into_iter().find(|named| named.id == member.id());
    Ok(me.ok_or(Refusal::NotFound)?)
}

/// Another name for this group to use.
///
/// # Errors
/// A field to mend when somebody who is or was here has a name that is written alike: their words
/// stand there, whether they are frozen or gone. And when there were several new names lately.
pub fn rename(tx: &mut Tx<'_>, member: &Member, name: MemberName) -> Outcome<()> {
    let all = groups::list_members(tx, member)?;
    let mut about = about_me(tx, member)?.about;
    let mut others = all.iter().filter(|named| named.id != member.id());
    if !about.name.is_alike(&name) && others.any(|named| named.about.is_called(&name)) {
        return Err(FieldIssue::only("name", "me-name-alike"));
    }
    if !about.take_name(name, clock::day(tx.now())) {
        return Err(FieldIssue::only("name", "me-name-often"));
    }
    groups::rename(tx, member, member.id(), &about)
}

/// Leaves: the grants, the turn of the key, the seat on the ring, all in this transaction. Whoever
/// is the last ends the group. Where all others are frozen, they are given the key first.
pub fn leave(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    words: Words,
) -> Outcome<()> {
    let person = member.person().clone();
    let mut hand = member.clone();
    if !others_have_the_key(tx, &hand)? {
        hand = standing::thaw_all(tx, instance, &hand)?;
    }
    if others_have_the_key(tx, &hand)? {
        store::remove_farewell(tx, hand.scope(), hand.id())?;
        go_out(tx, instance, &hand, hand.id(), How::Left, Some(words))?;
    } else {
        groups::end(tx, member)?;
    }
    people::remove_seat(tx, &person, member.group())
}

fn others_have_the_key(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let all = groups::list_members(tx, member)?;
    Ok(all.iter().any(|named| named.id != member.id() && named.state.has_key()))
}

/// Leaves every group and every door, and takes the sign-in away with all that hangs on it, in one
/// transaction.
pub fn leave_for_good(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    how: (Words, &people::Proof),
) -> Outcome<()> {
    let (words, proof) = how;
    people::still_here(tx, person)?;
    people::still_proven(tx, proof)?;
    for seat in people::seats(tx, person)? {
        match groups::member(tx, person, &seat)? {
            Some(member) => leave(tx, instance, &member, words)?,
            None => leave_outside(tx, instance, &seat, words)?,
        }
    }
    people::remove(tx, person)
}

/// Somebody who has no key to a group goes from its door, from its list of the frozen, or puts an
/// envelope away unread. Of the frozen the name goes now, and the rest by a member's next write.
fn leave_outside(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    seat: &GroupSeat,
    words: Words,
) -> Outcome<()> {
    let (scope, who) = (GroupScope::of_seat(seat), MemberId::from(seat.member));
    match groups::state_of(tx, instance, seat)? {
        None => return door::take_letter_back(tx, seat),
        Some(State::Frozen) => {
            groups::end_grants(tx, instance, scope, (who, Some(State::Gone)))?;
            partings::add(tx, instance, scope, (who, words))?;
            match words {
                Words::WithName => {}
                Words::WithoutName => groups::forget_name(tx, scope, who)?,
                Words::Removed => {
                    agreements::forget_stances(tx, scope, who)?;
                    groups::forget_name(tx, scope, who)?;
                }
            }
        }
        Some(State::Here | State::Break | State::Gone) => {}
    }
    Ok(store::remove_farewell(tx, scope, who)?)
}

/// Whether somebody has a frozen place, in which only a member's next write can take their words
/// away.
pub fn is_frozen_somewhere(tx: &mut Tx<'_>, person: &Person) -> Outcome<bool> {
    for seat in person.seats() {
        if groups::state_of(tx, person.instance(), seat)? == Some(State::Frozen) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody left for good whose words and places are still here.
pub fn is_parting(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(!partings::list(tx, member)?.is_empty())
}

/// What a frozen member who left for good could not do themselves.
pub fn part(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    for (who, words) in partings::list(tx, member)? {
        standing::words_of_leaver(tx, member, who, words)?;
        standing::went(tx, member, who, Going::Left)?;
        note(tx, member, who, How::Left)?;
        store::remove_parting(tx, member.scope(), who)?;
    }
    Ok(())
}

/// Somebody goes, by the hand of this member: everything that must happen with it.
pub fn go_out(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    who: MemberId,
    how: How,
    words: Option<Words>,
) -> Outcome<Member> {
    let after = groups::go_out(tx, instance, by, who, State::Gone)?;
    if let Some(choice) = words {
        standing::words_of_leaver(tx, &after, who, choice)?;
    }
    let going = match how {
        How::Left | How::CameBack => Going::Left,
        How::AskedByAll | How::AskedByFounder => Going::Asked,
    };
    standing::went(tx, &after, who, going)?;
    standing::reseal(tx, &after)?;
    note(tx, &after, who, how)?;
    // Who went may have been the only one that a proposal waited for.
    agreements::settle(tx, instance, &after)
}

/// What lies sealed in a row. The row repeats the day for finding it alone.
#[derive(Serialize, Deserialize)]
struct Went {
    how: How,
    day: i64,
}

fn note(tx: &mut Tx<'_>, after: &Member, who: MemberId, how: How) -> Outcome<()> {
    let day = clock::day(tx.now());
    let went = Went { how, day };
    let words = groups::seal_words_of(tx, after, DEPARTURE_LABEL, who.bytes(), None, &went)?;
    Ok(store::add_departure(tx, after.scope(), AboutRow { member: who, day, words })?)
}

/// Tells that somebody came back with another seat.
pub fn note_return(tx: &mut Tx<'_>, after: &Member, old: MemberId) -> Outcome<()> {
    note(tx, after, old, How::CameBack)
}

/// Whether it is kept that the holder of this seat went.
pub fn has_departure(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<bool> {
    Ok(store::has_departure(tx, GroupScope::of_seat(seat), MemberId::from(seat.member))?)
}

/// Who went lately, for those who were there.
pub fn departures(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Departure>> {
    let since = clock::day(tx.now()) - SHOWN_DAYS;
    let rows = store::list_departures(tx, member.scope(), since)?;
    let mut all = Vec::new();
    for row in rows.into_iter().filter(|row| groups::may_open(member, &row.words)) {
        let place = (DEPARTURE_LABEL, row.member.bytes().as_slice(), None);
        let went: Option<Went> = groups::read_words(tx, member, place, &row.words)?;
        all.extend(went.map(|Went { how, day }| Departure { who: row.member, day, how }));
    }
    Ok(all)
}
