//! What people do with their group's papers.

use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::model::{Papers, Stance, Version, VersionState, now_holds};
use crate::agreements::store::{self, PaperRow};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, Named, State};
use crate::ids::MemberId;

const PAPER_LABEL: &str = "agreements.papers";
const STANCE_LABEL: &str = "agreements.stance";

/// The first version: the founder's draft, which they stand behind.
pub fn begin(tx: &mut Tx<'_>, founder: &Member, papers: &Papers) -> Outcome<()> {
    add(tx, founder, 1, VersionState::Working, papers)?;
    write_stance(tx, founder, 1, &Stance::default())
}

/// The version in force: the ratified one, or the working draft.
pub fn holding(tx: &mut Tx<'_>, member: &Member) -> Outcome<Version> {
    let all = list(tx, member)?;
    let holds = |v: &&Version| matches!(v.state, VersionState::Holds | VersionState::Working);
    let found = all.iter().find(holds).cloned();
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// The version that waits for everybody's word, if there is one.
pub fn proposed(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Version>> {
    let all = list(tx, member)?;
    Ok(all.into_iter().find(|version| version.state == VersionState::Proposed))
}

/// All versions that this member may read, the newest first.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Version>> {
    let rows = store::list_papers(tx, member.scope())?;
    rows.into_iter()
        .filter(|row| groups::may_open(member, &row.words))
        .map(|row| {
            let key = row.number.to_be_bytes();
            let papers = groups::open_words(member, PAPER_LABEL, &key, None, &row.words)?;
            Ok(Version { number: row.number, state: row.state, day: row.day, papers })
        })
        .collect()
}

/// What everybody said to a version.
pub fn list_stances(
    tx: &mut Tx<'_>,
    member: &Member,
    number: i64,
) -> Outcome<Vec<(MemberId, Stance)>> {
    let rows = store::list_stances(tx, member.scope(), number)?;
    rows.into_iter()
        .filter(|row| groups::may_open(member, &row.words))
        .map(|row| {
            let id = row.member;
            let key = stance_row(number, id);
            let words = &row.words;
            let stance = groups::open_words(member, STANCE_LABEL, &key, Some(id.bytes()), words)?;
            Ok((id, stance))
        })
        .collect()
}

/// Says what this member thinks of a version, and puts it in force when it now holds.
pub fn say(tx: &mut Tx<'_>, member: &Member, number: i64, stance: &Stance) -> Outcome<()> {
    let all = list(tx, member)?;
    let version = all.iter().find(|version| version.number == number);
    let version = version.ok_or(Refusal::NotFound)?;
    match version.state {
        VersionState::Working | VersionState::Proposed => {}
        VersionState::Holds | VersionState::Passed => {
            return Err(Refusal::Conflict("agreement-moved-on").into());
        }
    }
    write_stance(tx, member, number, stance)?;
    settle(tx, member)
}

/// Puts a version in force when it now holds. What holds by the clock is put in force by the next
/// member's write.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    let all = list(tx, member)?;
    let waiting = |v: &&Version| matches!(v.state, VersionState::Working | VersionState::Proposed);
    let Some(version) = all.iter().find(waiting) else { return Ok(()) };
    let members = groups::list_members(tx, member)?;
    let stances = list_stances(tx, member, version.number)?;
    let active = active(&members, &all, tx, member)?;
    let today = clock::day(tx.now());
    let founder = match version.state {
        VersionState::Working => members.iter().find(|m| m.about.founder).map(|m| m.id),
        VersionState::Proposed | VersionState::Holds | VersionState::Passed => None,
    };
    let here: Vec<_> = stances
        .into_iter()
        .filter(|(id, _)| members.iter().any(|m| m.id == *id && m.state.has_key()))
        .collect();
    if !now_holds(&here, &active, today - version.day, founder) {
        return Ok(());
    }
    let scope = member.scope();
    for old in all.iter().filter(|v| v.number != version.number && in_force(v)) {
        store::save_paper_state(tx, scope, old.number, VersionState::Passed, today)?;
    }
    Ok(store::save_paper_state(tx, scope, version.number, VersionState::Holds, today)?)
}

fn in_force(version: &Version) -> bool {
    matches!(version.state, VersionState::Holds | VersionState::Working)
}

/// Active: not on a break, and has said something to some version.
fn active(
    members: &[Named],
    all: &[Version],
    tx: &mut Tx<'_>,
    member: &Member,
) -> Outcome<Vec<MemberId>> {
    let mut spoke = Vec::new();
    for version in all {
        spoke.extend(list_stances(tx, member, version.number)?.into_iter().map(|(id, _)| id));
    }
    let here = members.iter().filter(|m| m.state == State::Here).map(|m| m.id);
    Ok(here.filter(|id| spoke.contains(id)).collect())
}

/// The founder changes the working draft itself. Everybody is asked anew, the founder stands
/// behind it.
///
/// # Errors
/// [`Refusal::NotAllowed`] once something was ratified, or for anybody else.
pub fn replace_working(tx: &mut Tx<'_>, member: &Member, papers: &Papers) -> Outcome<()> {
    let version = holding(tx, member)?;
    let members = groups::list_members(tx, member)?;
    let founder = members.iter().any(|m| m.id == member.id() && m.about.founder);
    if version.state != VersionState::Working || !founder {
        return Err(Refusal::NotAllowed("agreement-not-yours-alone").into());
    }
    let scope = member.scope();
    let today = clock::day(tx.now());
    store::save_paper_state(tx, scope, version.number, VersionState::Passed, today)?;
    let next = next_number(tx, scope)?;
    add(tx, member, next, VersionState::Working, papers)?;
    write_stance(tx, member, next, &Stance::default())
}

fn next_number(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<i64> {
    let newest = store::list_papers(tx, scope)?.first().map(|row| row.number);
    Ok(newest.unwrap_or(0) + 1)
}

fn add(
    tx: &mut Tx<'_>,
    member: &Member,
    number: i64,
    state: VersionState,
    papers: &Papers,
) -> Outcome<()> {
    let key = number.to_be_bytes();
    let words = groups::seal_words_of(tx, member, PAPER_LABEL, &key, None, papers)?;
    let day = clock::day(tx.now());
    Ok(store::add_paper(tx, member.scope(), PaperRow { number, state, day, words })?)
}

fn write_stance(tx: &mut Tx<'_>, member: &Member, number: i64, stance: &Stance) -> Outcome<()> {
    let key = stance_row(number, member.id());
    let words = groups::seal_words(tx, member, STANCE_LABEL, &key, stance)?;
    let day = clock::day(tx.now());
    Ok(store::save_stance(tx, member.scope(), number, member.id(), day, words)?)
}

/// Binds a newcomer to the version that they accepted at the door, with what they said to it. Where
/// the group has moved on meanwhile, that version is sealed anew too, so that they can see what
/// changed since.
pub fn bind(
    tx: &mut Tx<'_>,
    after: &Member,
    number: i64,
    newcomer: MemberId,
    stance: &Stance,
) -> Outcome<()> {
    let scope = after.scope();
    let passed = list(tx, after)?;
    let passed = passed.iter().find(|v| v.number == number && v.state == VersionState::Passed);
    if let Some(version) = passed {
        let key = number.to_be_bytes();
        let words = groups::seal_words_of(tx, after, PAPER_LABEL, &key, None, &version.papers)?;
        store::save_paper_words(tx, scope, number, words)?;
    }
    let key = stance_row(number, newcomer);
    let writer = Some(newcomer.bytes().as_slice());
    let words = groups::seal_words_of(tx, after, STANCE_LABEL, &key, writer, stance)?;
    let day = clock::day(tx.now());
    Ok(store::save_stance(tx, scope, number, newcomer, day, words)?)
}

fn stance_row(number: i64, member: MemberId) -> Vec<u8> {
    [number.to_be_bytes().as_slice(), member.bytes()].concat()
}

/// Seals the versions that count, and the stances to them, under the new key.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let scope = after.scope();
    for version in list(tx, after)? {
        if version.state == VersionState::Passed {
            continue;
        }
        let number = version.number;
        let key = number.to_be_bytes();
        let words = groups::seal_words_of(tx, after, PAPER_LABEL, &key, None, &version.papers)?;
        store::save_paper_words(tx, scope, number, words)?;
        for (id, stance) in list_stances(tx, after, number)? {
            let key = stance_row(number, id);
            let writer = Some(id.bytes().as_slice());
            let words = groups::seal_words_of(tx, after, STANCE_LABEL, &key, writer, &stance)?;
            store::save_stance_words(tx, scope, number, id, words)?;
        }
    }
    Ok(())
}
