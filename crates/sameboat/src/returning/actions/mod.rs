//! What members do about seats that were lost, and what their writes carry out.

pub mod freezes;
pub mod returns;
pub mod tags;

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::{self, Beginning, Named, State};
use crate::ids::MemberId;
use crate::returning::model::Voice;
use crate::standing::{self, Going};

/// Whether 72 hours are over, or earlier keys are still to be granted.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    returns::is_due(tx, member)
}

/// Carries out what the clock has decided.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    returns::settle(tx, instance, member)
}

/// Somebody went: nothing waits for them or because of them any more.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    freezes::forget(tx, after.scope(), who)?;
    returns::went(tx, after, who)
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    freezes::reseal(tx, after)?;
    returns::reseal(tx, after)
}

/// In how many returns and freezings a member stands.
pub fn count_mine(tx: &mut Tx<'_>, member: &Member) -> Outcome<(usize, usize)> {
    let me = member.id();
    let returns = returns::list(tx, member)?;
    let returns = returns.iter().filter(|back| {
        [Some(back.old), back.new, Some(back.back.by)].contains(&Some(me))
            || back.back.same.contains(&me)
    });
    let freezings = freezes::list(tx, member)?;
    let freezings = freezings.iter().filter(|ice| {
        ice.who == me || ice.freezing.yes.contains(&me) || ice.freezing.thaw.contains(&me)
    });
    Ok((returns.count(), freezings.count()))
}

/// Those who have the key, without the ones it is about.
fn voices(members: &[Named], now: i64, without: &[MemberId]) -> Vec<Voice> {
    let beginning = Beginning::of(members.iter().map(|named| &named.about));
    let others = members.iter().filter(|n| n.state.has_key() && !without.contains(&n.id));
    let voice = |named: &Named| Voice {
        id: named.id,
        by: named.about.by,
        branch: named.about.branch_of(named.id),
        known: beginning.knows(&named.about, now),
        here: named.state == State::Here,
    };
    others.map(voice).collect()
}

/// How many hold the key, and how many belong to the group: here, on a break or frozen.
fn count(members: &[Named], without: Option<MemberId>) -> (usize, usize) {
    let all = || members.iter().filter(|named| Some(named.id) != without);
    let with_key = all().filter(|named| named.state.has_key()).count();
    (with_key, all().filter(|named| named.state != State::Gone).count())
}

/// A seat goes for good, whether it has the key or is frozen.
fn drop_seat(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    hand: &Member,
    who: MemberId,
) -> Outcome<Member> {
    let members = groups::list_members(tx, hand)?;
    let state = members.iter().find(|named| named.id == who).map(|named| named.state);
    let after = match state {
        Some(State::Here | State::Break) => groups::go_out(tx, instance, hand, who, State::Gone)?,
        Some(State::Frozen) => {
            groups::end_grants(tx, instance, hand.scope(), (who, Some(State::Gone)))?;
            groups::afresh(tx, hand)?
        }
        Some(State::Gone) | None => groups::afresh(tx, hand)?,
    };
    standing::went(tx, &after, who, Going::Left)?;
    standing::reseal(tx, &after)?;
    Ok(after)
}
