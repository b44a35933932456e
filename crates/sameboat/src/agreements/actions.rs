//! What people do with their group's papers: say what they think, change, take back.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::kept;
use crate::agreements::model::{
    Deciding, Papers, Stance, Version, VersionState, WAIT_DAYS, careful, ends_powers, now_holds,
};
use crate::agreements::store;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, Named, State};
use crate::ids::MemberId;
use crate::standing;

/// The first version: the founder's draft, which they stand behind.
pub fn begin(tx: &mut Tx<'_>, founder: &Member, papers: &Papers) -> Outcome<()> {
    let number = kept::add(tx, founder, VersionState::Working, papers)?;
    kept::write_stance(tx, founder, number, &Stance::default())
}

/// The version in force: the ratified one, or the working draft.
pub fn holding(tx: &mut Tx<'_>, member: &Member) -> Outcome<Version> {
    Ok(kept::in_force(&kept::list(tx, member)?))
}

/// The version that is proposed beside the one in force, if there is one.
pub fn proposed(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Version>> {
    let all = kept::list(tx, member)?;
    Ok(all.into_iter().find(|version| version.state == VersionState::Proposed))
}

/// The version that waits for everybody's word: a proposal, or the working draft.
pub fn waiting(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Version>> {
    Ok(kept::list(tx, member)?.into_iter().find(Version::waits))
}

/// Whether somebody who is here, or frozen, objects to a line of the version that waits.
pub fn is_objected(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let Some(version) = waiting(tx, member)? else { return Ok(false) };
    let gone = |named: &groups::Named| named.state == groups::State::Gone;
    let members = groups::list_members(tx, member)?;
    let mut objecting = version.said.iter().filter(|said| !said.passes);
    Ok(objecting.any(|said| !members.iter().any(|m| m.id == said.who && gone(m))))
}

/// What a newcomer accepted at the door, and the version in force that they have not answered.
#[derive(Clone)]
pub struct Unanswered {
    /// The newest version that they said something to.
    pub read: Version,
    /// The one in force.
    pub holds: Version,
}

/// For somebody who was let in under another version than the one they read: both. They are bound
/// by what they accepted, and asked again.
pub fn unanswered(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Unanswered>> {
    let holds = holding(tx, member)?;
    let members = groups::list_members(tx, member)?;
    let me = members.iter().find(|named| named.id == member.id());
    if me.is_none_or(|me| clock::day(me.about.since) < holds.made) {
        return Ok(None);
    }
    let me = member.id();
    if holds.heard(me) {
        return Ok(None);
    }
    let mut older = kept::list(tx, member)?.into_iter().filter(|v| v.number < holds.number);
    let read = older.find(|version| version.heard(me));
    Ok(read.map(|read| Unanswered { read, holds }))
}

/// The version that this member is asked about: one that waits, or the one in force that a
/// newcomer has not answered.
pub fn asked_about(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Version>> {
    let waits = waiting(tx, member)?;
    if let Some(version) = &waits
        && stance_of(tx, member, version, member.id())?.is_none()
    {
        return Ok(waits);
    }
    Ok(unanswered(tx, member)?.map(|both| both.holds).or(waits))
}

/// What one member said to a version, if they said something.
pub fn stance_of(
    tx: &mut Tx<'_>,
    member: &Member,
    version: &Version,
    who: MemberId,
) -> Outcome<Option<Stance>> {
    let all = kept::list_stances(tx, member, version)?;
    Ok(all.into_iter().find(|(id, _)| *id == who).map(|(_, stance)| stance))
}

/// Says what this member thinks of a version, and puts it in force when it now holds.
pub fn say(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    number: i64,
    stance: &Stance,
) -> Outcome<()> {
    let all = kept::list(tx, member)?;
    let version = all.iter().find(|version| version.number == number);
    if !version.ok_or(Refusal::NotFound)?.waits() {
        let again = unanswered(tx, member)?.map(|both| both.holds.number);
        if again != Some(number) {
            return Err(Refusal::Conflict("agreement-moved-on").into());
        }
    }
    kept::write_stance(tx, member, number, stance)?;
    settle(tx, instance, member).map(drop)
}

/// Whether a version waits for nobody any more, or none is in force.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let today = clock::day(tx.now());
    let all = kept::list(tx, member)?;
    let over = all.iter().any(|version| version.waits() && today - version.day >= WAIT_DAYS);
    Ok(over || !all.iter().any(Version::in_force))
}

/// To how many versions this member has said something.
pub fn count_stances(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    let mut count = 0;
    for version in store::list_papers(tx, member.scope())? {
        let all = store::list_stances(tx, member.scope(), version.number)?;
        count += all.iter().filter(|row| row.member == member.id()).count();
    }
    Ok(count)
}

/// Puts a version in force when it now holds, and turns the key at once where another rule about
/// newcomers holds with it. What holds by the clock is put in force by the next member's write. Gives
/// back the member with the key of now.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<Member> {
    decide(tx, instance, member)?;
    standing::turn_due(tx, instance, member)
}

fn decide(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let mut all = kept::list(tx, member)?;
    if !all.iter().any(Version::in_force)
        && let Some(version) = careful(&all)
    {
        tracing::error!("no version of a group's papers was in force: the newest one is again");
        all.retain(|old| old.number != version.number);
        all.push(version.clone());
        kept::save(tx, member, version)?;
    }
    let Some(version) = all.iter().find(|version| version.waits()) else { return Ok(()) };
    let members = groups::list_members(tx, member)?;
    let mut stances = version.counted();
    // What somebody said counts until they are gone: freezing a place decides nothing.
    stances.retain(|(id, _)| !members.iter().any(|m| m.id == *id && m.state == State::Gone));
    let active = active(&all, &members);
    let today = clock::day(tx.now());
    let deciding = match version.state {
        VersionState::Working => Deciding::First { founder: founder(&members) },
        VersionState::Proposed | VersionState::Holds | VersionState::Passed => Deciding::Change,
    };
    if !now_holds(&stances, &active, today - version.day, deciding) {
        if version.is_founders() && ends_powers(&stances) {
            // They do not come back.
            kept::save(tx, member, Version { ended: Some(today), ..version.clone() })?;
        }
        return Ok(());
    }
    // From which epoch on its rule about newcomers counts stands in it.
    let openings = kept::openings(tx, member, &version.papers)?;
    for old in all.iter().filter(|old| old.number != version.number && old.in_force()) {
        pass(tx, member, old.number)?;
    }
    let (state, day) = (VersionState::Holds, today);
    kept::save(tx, member, Version { openings, state, day, ..version.clone() })?;
    groups::save_outside(tx, instance, member, &version.papers.outside)
}

/// Whether the key must turn before anything more is written: what newcomers may read of it is
/// another matter than of what was written before.
pub fn must_turn(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let now = groups::epoch(tx, member)?;
    let holds = kept::list(tx, member)?.into_iter().find(Version::in_force);
    Ok(holds.is_some_and(|holds| holds.waits_for_turn(now)))
}

/// Whoever began the group, if they are not gone.
fn founder(members: &[Named]) -> Option<MemberId> {
    members.iter().find(|m| m.about.founder && m.state != State::Gone).map(|m| m.id)
}

/// Active: not on a break, and has said something to some version. Whoever is frozen is waited for
/// like anybody else. Where the version in force is lost, with who had spoken, everybody is.
fn active(all: &[Version], members: &[Named]) -> Vec<MemberId> {
    let here = members.iter().filter(|m| matches!(m.state, State::Here | State::Frozen));
    let lost = !all.iter().any(Version::in_force);
    let spoke = |id: &MemberId| lost || all.iter().any(|version| version.spoke.contains(id));
    here.map(|m| m.id).filter(spoke).collect()
}

/// What somebody may do about the papers just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Change the working draft at once, in everybody's view.
    Directly,
    /// Propose a new version; their own open proposal is replaced.
    Propose,
    /// Wait: somebody else's proposal comes first.
    WaitFor(MemberId),
    /// Nothing: the draft is the founder's until three have said yes to all of it.
    Nothing,
}

/// What this member may do, and the papers that a change starts from.
pub fn may_change(tx: &mut Tx<'_>, member: &Member) -> Outcome<(May, Papers)> {
    let holds = holding(tx, member)?;
    if holds.is_founders() {
        // Without a founder the draft belongs to everybody.
        let founder = founder(&groups::list_members(tx, member)?);
        let mine = founder.is_none_or(|id| id == member.id());
        return Ok((if mine { May::Directly } else { May::Nothing }, holds.papers));
    }
    Ok(match proposed(tx, member)? {
        None => (May::Propose, holds.papers),
        Some(open) if open.by == member.id() => (May::Propose, open.papers),
        Some(open) => (May::WaitFor(open.by), holds.papers),
    })
}

/// Changes the working draft, or proposes a new version. Everybody is asked anew; whoever changes
/// stands behind it.
///
/// # Errors
/// [`Refusal::NotAllowed`] for a draft that is somebody else's, [`Refusal::Conflict`] while
/// another proposal is open.
pub fn change(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    papers: &Papers,
) -> Outcome<()> {
    let state = match may_change(tx, member)?.0 {
        May::Directly => VersionState::Working,
        May::Propose => VersionState::Proposed,
        May::WaitFor(_) => return Err(Refusal::Conflict("agreement-one-at-a-time").into()),
        May::Nothing => return Err(Refusal::NotAllowed("agreement-not-yours-alone").into()),
    };
    // Beside a draft that is everybody's by now, a proposal leaves that draft in force.
    let old = match state {
        VersionState::Working => Some(holding(tx, member)?),
        VersionState::Proposed | VersionState::Holds | VersionState::Passed => {
            proposed(tx, member)?
        }
    };
    let number = kept::add(tx, member, state, papers)?;
    if let Some(old) = old {
        pass(tx, member, old.number)?;
    }
    kept::write_stance(tx, member, number, &Stance::default())?;
    if state == VersionState::Working {
        groups::save_outside(tx, instance, member, &papers.outside)?;
    }
    settle(tx, instance, member).map(drop)
}

/// Takes one's own proposal back.
///
/// # Errors
/// [`Refusal::NotAllowed`] for somebody else's, [`Refusal::Conflict`] when it stands no more.
pub fn withdraw(tx: &mut Tx<'_>, member: &Member, number: i64) -> Outcome<()> {
    let open = proposed(tx, member)?.filter(|open| open.number == number);
    let open = open.ok_or(Refusal::Conflict("agreement-moved-on"))?;
    if open.by != member.id() {
        return Err(Refusal::NotAllowed("agreement-not-your-proposal").into());
    }
    pass(tx, member, number)
}

fn pass(tx: &mut Tx<'_>, member: &Member, number: i64) -> Outcome<()> {
    let found = kept::list(tx, member)?.into_iter().find(|version| version.number == number);
    let Some(version) = found else { return Ok(()) };
    let (state, day) = (VersionState::Passed, clock::day(tx.now()));
    kept::save(tx, member, Version { state, day, ..version })
}

/// Takes away all that somebody said to any version.
pub fn forget_stances(tx: &mut Tx<'_>, scope: GroupScope, who: MemberId) -> Outcome<()> {
    Ok(store::remove_stances_of(tx, scope, who)?)
}
