//! Before a meeting: when and where, who comes, who does what.

use rounds::Role;
use storekit::Tx;

use crate::access::Member;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, State};
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions::planned;
use crate::meetings::model::{self, Coming, Item, Meeting, Plan, RoleAsk, Roles, Stage, Words};
use crate::meetings::{kept, store};
use crate::web::Once;

/// Meetings that are over among which the last one is looked for: after it come few.
const LOOKS_BACK: i64 = 5;

/// Sets a meeting; the group's last one, if an order for that is given. A group's first one has the
/// first evening's order, and is opened and led by whoever began the group, until they pass these
/// roles on.
pub fn set(
    tx: &mut Tx<'_>,
    member: &Member,
    (plan, last): (&Plan, Option<&[Item]>),
    once: Once,
) -> Outcome<MeetingId> {
    once.spend(tx)?;
    match last {
        Some(order) => add_last(tx, member, plan, order),
        None => add(tx, member, plan, None),
    }
}

/// The same, beside something else that this form does. `roles` are those that were named.
pub fn add(
    tx: &mut Tx<'_>,
    member: &Member,
    plan: &Plan,
    roles: Option<Roles>,
) -> Outcome<MeetingId> {
    let before = store::any_closed(tx, member.scope())?;
    let mut ahead = kept::list_ahead(tx, member)?;
    ahead.retain(|meeting| !meeting.words.last);
    let first = !before && roles.is_none() && ahead.is_empty();
    let roles = match roles {
        Some(roles) => roles,
        None if first => Roles::of_first(founder(tx, member)?),
        None => Roles::default(),
    };
    let order = if first { model::first() } else { model::usual() };
    put(tx, member, plan, (roles, order, false))
}

/// The group's last meeting, with time to look back and to part.
pub fn add_last(
    tx: &mut Tx<'_>,
    member: &Member,
    plan: &Plan,
    order: &[Item],
) -> Outcome<MeetingId> {
    put(tx, member, plan, (Roles::default(), order.to_vec(), true))
}

fn put(
    tx: &mut Tx<'_>,
    member: &Member,
    plan: &Plan,
    (roles, order, last): (Roles, Vec<Item>, bool),
) -> Outcome<MeetingId> {
    let id = MeetingId::random(tx);
    let words = Words {
        place: plan.place.clone(),
        roles,
        order,
        order_turn: 0,
        harvest: String::new(),
        harvest_turn: 0,
        came: Vec::new(),
        last,
    };
    let meeting = Meeting {
        id,
        stage: Stage::Planned,
        starts_at: plan.starts_at,
        version: 1,
        words,
        coming: Coming::default(),
        running: None,
    };
    kept::add(tx, member, &meeting)?;
    Ok(id)
}

/// The group's last meeting and when it is, if it was set: one to come, or else the latest that was
/// held.
pub fn last_meeting(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<(MeetingId, i64)>> {
    let now = tx.now();
    let mut all = kept::list_ahead(tx, member)?;
    all.retain(|meeting| !meeting.was_missed(now));
    all.extend(kept::list_closed(tx, member, LOOKS_BACK)?);
    let last = all.iter().find(|meeting| meeting.words.last);
    Ok(last.map(|meeting| (meeting.id, meeting.starts_at)))
}

/// Whoever began the group, if they are here.
pub fn founder(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<MemberId>> {
    let members = groups::list_members(tx, member)?;
    let founder = members.into_iter().find(|m| m.state == State::Here && m.about.founder);
    Ok(founder.map(|founder| founder.id))
}

/// Another time or place; the last one can become one like others. Who comes says so again only if
/// they want to.
pub fn change(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    (plan, last): (&Plan, bool),
) -> Outcome<()> {
    let mut meeting = planned(tx, member, id)?;
    meeting.words.last &= last;
    meeting.starts_at = plan.starts_at;
    meeting.words.place.clone_from(&plan.place);
    kept::save(tx, member, &mut meeting)
}

/// A meeting that will not be.
pub fn remove(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<()> {
    planned(tx, member, id)?;
    Ok(store::remove(tx, member.scope(), id)?)
}

/// Somebody says whether they come. Nobody is asked why, nor asked again.
pub fn say_coming(tx: &mut Tx<'_>, member: &Member, id: MeetingId, comes: bool) -> Outcome<()> {
    let mut meeting = planned(tx, member, id)?;
    if meeting.coming.of(member.id()) == Some(comes) {
        return Ok(());
    }
    meeting.coming.say(member.id(), comes);
    kept::save(tx, member, &mut meeting)
}

/// Takes a role, lays it down, or asks somebody to take it; false when somebody else has it.
///
/// # Errors
/// [`Refusal::NotFound`] when whoever is asked is not here.
pub fn ask_role(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    (role, ask): (Role, RoleAsk),
) -> Outcome<bool> {
    let mut meeting = planned(tx, member, id)?;
    let members = groups::list_members(tx, member)?;
    if let RoleAsk::Offer(to) = ask {
        let here = members.iter().any(|named| named.id == to && named.state == State::Here);
        here.then_some(()).ok_or(Refusal::NotFound)?;
    }
    let before = meeting.words.roles.clone();
    let rests = |who: &MemberId| members.iter().any(|m| m.id == *who && m.is_on_break());
    let away = before.held(role).filter(|held| *held != member.id() && rests(held));
    // Whoever takes a break keeps no role from the others.
    if let (Some(away), RoleAsk::Take | RoleAsk::Offer(_)) = (away, ask) {
        meeting.words.roles.ask(role, away, RoleAsk::Leave);
    }
    if !meeting.words.roles.ask(role, member.id(), ask) {
        return Ok(false);
    }
    if meeting.words.roles != before {
        kept::save(tx, member, &mut meeting)?;
    }
    Ok(true)
}
