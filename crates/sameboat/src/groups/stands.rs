//! How members stand: the row's column counts only with a tag under the instance key, and beside the
//! roster. Whoever can write to the database lets nobody in, keeps nobody out, and takes nobody's
//! word away by it.

use std::collections::BTreeSet;

use seal::{GroupSeat, InstanceKey};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Outcome, Refusal, Stop};
use crate::gone;
use crate::groups::epochs;
use crate::groups::model::State;
use crate::groups::store::stands::{self as store, StandingRow};
use crate::ids::MemberId;
use crate::instance_key::{Change, Retagged};

const LABEL: &str = "groups.standing";

fn with_facts<T>(scope: &GroupScope, row: &StandingRow, then: impl FnOnce(&[&[u8]]) -> T) -> T {
    let (state, day) = (row.state.word().as_bytes(), row.day.to_be_bytes());
    then(&[scope.bytes(), row.member.bytes(), state, &day])
}

fn holds(instance: &InstanceKey, scope: &GroupScope, row: &StandingRow) -> bool {
    with_facts(scope, row, |facts| instance.mac_holds_now(LABEL, facts, &row.tag))
}

/// The tag of a member's row.
pub fn tag(
    instance: &InstanceKey,
    scope: &GroupScope,
    (member, state, day): (MemberId, State, i64),
) -> Vec<u8> {
    let row = StandingRow { member, state, day, tag: Vec::new() };
    with_facts(scope, &row, |facts| instance.mac(LABEL, facts)).to_vec()
}

/// How somebody stands from now on. Whoever goes stands in the gone list, too, by whichever way.
pub fn save(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (member, state): (MemberId, State),
) -> Outcome<()> {
    if state == State::Gone {
        gone::note(tx, gone::Kind::Member, scope.bytes(), member.bytes())?;
    }
    write(tx, instance, scope, (member, state))
}

/// The same for whoever stands in the gone list already.
pub fn write(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (member, state): (MemberId, State),
) -> Outcome<()> {
    let day = clock::day(tx.now());
    let tag = tag(instance, &scope, (member, state, day));
    Ok(store::save(tx, scope, StandingRow { member, state, day, tag })?)
}

/// How somebody stands, by their row and by whether they stand in the roster of now. A row whose tag
/// does not hold was changed by hand; one that the roster contradicts was put back. Then the roster
/// says who has the key, and whoever has none is waited for like somebody frozen.
fn believed(instance: &InstanceKey, scope: &GroupScope, row: &StandingRow, inside: bool) -> State {
    let state = holds(instance, scope, row).then_some(row.state);
    match (state, inside) {
        (Some(State::Gone), _) => State::Gone,
        (Some(State::Break), true) => State::Break,
        (_, true) => State::Here,
        (_, false) => State::Frozen,
    }
}

/// How everybody stands who is or was in the group.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, State)>> {
    let (scope, instance) = (member.scope(), member.person().instance());
    let roster = roster(tx, instance, scope)?;
    let rows = store::list(tx, scope)?.into_iter();
    let stands = rows.map(|row| {
        let inside = roster.as_ref().map(|roster| roster.contains(&row.member));
        // Without a roster whose tag holds, the row's own tag is all there is.
        let inside = inside.unwrap_or(row.state.has_key());
        (row.member, believed(instance, &scope, &row, inside))
    });
    Ok(stands.collect())
}

fn roster(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<Option<BTreeSet<MemberId>>> {
    match epochs::current(tx, instance, scope) {
        Ok(now) => Ok(Some(now.members().into_iter().map(|(id, _)| id.into()).collect())),
        Err(Stop::Refused(Refusal::NotFound)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// How somebody stands who holds the key of now, or not.
pub fn of(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (member, has_key): (MemberId, bool),
) -> Outcome<Option<State>> {
    let row = store::find(tx, scope, member)?;
    Ok(row.map(|row| believed(instance, &scope, &row, has_key)))
}

/// How the holder of a seat stands who opens nothing with it, or of whom it is not asked; none where
/// the group does not know the seat.
pub fn state_of(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    seat: &GroupSeat,
) -> Outcome<Option<State>> {
    let (scope, member) = (GroupScope::of_seat(seat), MemberId::from(seat.member));
    let Some(row) = store::find(tx, scope, member)? else { return Ok(None) };
    Ok(Some(if holds(instance, &scope, &row) { row.state } else { State::Frozen }))
}

/// Whether this program froze somebody: what a row that was changed by hand says does not count.
pub fn is_frozen(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<bool> {
    let (scope, instance) = (member.scope(), member.person().instance());
    let row = store::find(tx, scope, who)?;
    Ok(row.is_some_and(|row| row.state == State::Frozen && holds(instance, &scope, &row)))
}

/// Whether this seat was ever taken: somebody at the door has a seat that the group does not know.
pub fn knows(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<bool> {
    is_known(tx, GroupScope::of_seat(seat), MemberId::from(seat.member))
}

/// Whether somebody of this id is or was in the group.
pub fn is_known(tx: &mut Tx<'_>, scope: GroupScope, member: MemberId) -> Outcome<bool> {
    Ok(store::find(tx, scope, member)?.is_some())
}

/// The same member with the keys of now; none if they went.
pub fn if_in(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Member>> {
    match super::afresh(tx, member) {
        Ok(member) => Ok(Some(member)),
        Err(Stop::Refused(Refusal::NotFound)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The instance key is changed: the rows of all groups are tagged anew.
pub fn redo(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for (group, row) in store::list_all(tx)? {
        let scope = GroupScope::under_new_key(group);
        let whole = holds(&change.before, &scope, &row);
        if whole {
            let tag = tag(&change.now, &scope, (row.member, row.state, row.day));
            store::save(tx, scope, StandingRow { tag, ..row })?;
        }
        done.count(whole);
    }
    Ok(done)
}
