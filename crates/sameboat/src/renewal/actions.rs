//! Making a person's keys new, and what must not be in a new passphrase.

use seal::{GroupSeat, InstanceKey, MemberSecret};
use storekit::Tx;

use crate::access::{Member, Person};
use crate::agreements::frame;
use crate::error::Outcome;
use crate::groups::{self, State};
use crate::kept::{self, SeatChange};
use crate::people::{self, Keys, NewLocks, Proof, Renewed};
use crate::{random, standing};

/// Words that whoever knows this person would try first: of their sign-in name, and of what their
/// groups and they themselves are called there. A group that does not open adds none: new keys
/// are what helps then.
pub fn known_words(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<String>> {
    let mut known = Vec::from_iter(people::own_word(tx, person.id(), person.key())?);
    for seat in person.seats() {
        let Ok(Some(member)) = groups::member(tx, person, seat) else { continue };
        let Ok(frame) = frame(tx, &member) else { continue };
        known.extend(frame.name_of(member.id()).map(str::to_owned));
        known.extend([frame.papers().inside.clone(), frame.papers().outside.clone()]);
    }
    let parts: Vec<String> = known.iter().flat_map(|name| words_in(name)).collect();
    known.extend(parts);
    Ok(known)
}

fn words_in(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned)
}

/// A seat before and after, and the member of it while they have the key.
struct Turned {
    old: GroupSeat,
    new: GroupSeat,
    member: Option<Member>,
}

/// Makes all keys new, and seals under them whatever hung on the old ones. Each of their groups
/// turns its key.
pub fn renew(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    with: (&Keys, &Proof),
) -> Outcome<Renewed> {
    let (keys, proof) = with;
    people::still_here(tx, person)?;
    let mut turned = Vec::new();
    for seat in people::seats(tx, person)? {
        turned.extend(turn(tx, instance, person, seat)?);
    }
    let seats = turned.iter().map(|turned| turned.new.clone()).collect();
    let renewed = people::renew(tx, instance, person, NewLocks { keys, seats, proof })?;
    kept::turn(tx, &renewed.change)?;
    for Turned { old, new, member } in &turned {
        if let Some(member) = member {
            let change = SeatChange { member, secret: &new.secret, keys: &renewed.change };
            kept::turn_in_group(tx, &change)?;
            standing::reseal(tx, member)?;
        }
        kept::turn_seat(tx, instance, (old, new))?;
    }
    Ok(renewed)
}

/// The seat with a new secret; none where the old one must stay: at a door it is what the letter
/// names, and somebody who is frozen is given the key again by it.
fn turn(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    old: GroupSeat,
) -> Outcome<Option<Turned>> {
    let member = groups::member(tx, person, &old)?;
    let state = groups::state_of(tx, instance, &old)?;
    // Whoever opens the group's key is in it, whatever a row says.
    if member.is_none() && matches!(state, None | Some(State::Frozen)) {
        return Ok(None);
    }
    let secret = random::within(tx, MemberSecret::random);
    let new = GroupSeat { secret, ..old.clone() };
    let member = member.map(|member| groups::renew_secret(tx, instance, &member, &new.secret));
    Ok(Some(Turned { member: member.transpose()?, old, new }))
}
