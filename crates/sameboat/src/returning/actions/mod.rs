//! What members do about seats that were lost, and what their writes carry out.

pub mod freezes;
pub mod returns;

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::{self, State};
use crate::ids::MemberId;
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
        [Some(back.old), back.new, Some(back.back.by), back.back.second].contains(&Some(me))
    });
    let freezings = freezes::list(tx, member)?;
    let freezings = freezings.iter().filter(|ice| {
        ice.who == me || ice.freezing.yes.contains(&me) || ice.freezing.thaw.contains(&me)
    });
    Ok((returns.count(), freezings.count()))
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
            groups::end_grants(tx, hand.scope(), who, Some(State::Gone))?;
            groups::afresh(tx, hand)?
        }
        Some(State::Gone) | None => groups::afresh(tx, hand)?,
    };
    standing::went(tx, &after, who, Going::Left)?;
    standing::reseal(tx, &after)?;
    Ok(after)
}
