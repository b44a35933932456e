//! What people do about being in a group: another name, a break, going.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::agreements;
use crate::clock;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::{self, MemberName, Named, State};
use crate::ids::MemberId;
use crate::leaving::model::{Departure, How, SHOWN_DAYS};
use crate::leaving::store::{self, AboutRow};
use crate::people;
use crate::standing::{self, Going, Words};

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
/// A field to mend when somebody here has a name that looks the same.
pub fn rename(tx: &mut Tx<'_>, member: &Member, name: MemberName) -> Outcome<()> {
    let all = groups::list_members(tx, member)?;
    let same = name.skeleton();
    let mut others = all.iter().filter(|named| named.id != member.id() && named.state.has_key());
    if others.any(|named| named.about.name.skeleton() == same) {
        return Err(FieldIssue::only("name", "me-name-alike"));
    }
    let mut about = about_me(tx, member)?.about;
    about.name = name;
    groups::rename_self(tx, member, &about)
}

/// Leaves: the grants, the turn of the key, the seat on the ring, all in this transaction. Whoever
/// is the last ends the group.
pub fn leave(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    words: Words,
) -> Outcome<()> {
    let person = member.person().clone();
    let here = groups::list_members(tx, member)?;
    let mut others = here.iter().filter(|named| named.id != member.id());
    if others.any(|named| named.state.has_key()) {
        store::remove_farewell(tx, member.scope(), member.id())?;
        go_out(tx, instance, member, member.id(), How::Left, Some(words))?;
    } else {
        groups::end(tx, member)?;
    }
    people::remove_seat(tx, &person, member.group())
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
        How::Left => Going::Left,
        How::AskedByAll | How::AskedByFounder => Going::Asked,
    };
    standing::went(tx, &after, who, going)?;
    standing::reseal(tx, &after)?;
    let day = clock::day(tx.now());
    let row = who.bytes();
    let sealed = groups::seal_words_of(tx, &after, DEPARTURE_LABEL, row, None, &how)?;
    store::add_departure(tx, after.scope(), AboutRow { member: who, day, words: sealed })?;
    // Who went may have been the only one that a proposal waited for.
    agreements::settle(tx, instance, &after)?;
    Ok(after)
}

/// Who went lately, for those who were there.
pub fn departures(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Departure>> {
    let since = clock::day(tx.now()) - SHOWN_DAYS;
    let rows = store::list_departures(tx, member.scope(), since)?;
    rows.into_iter()
        .filter(|row| groups::may_open(member, &row.words))
        .map(|row| {
            let id = *row.member.bytes();
            let how = groups::open_words(member, DEPARTURE_LABEL, &id, None, &row.words)?;
            Ok(Departure { who: row.member, day: row.day, how })
        })
        .collect()
}
