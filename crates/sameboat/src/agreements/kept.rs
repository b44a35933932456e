//! Versions and stances between their sealed rows and what they say.

use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::model::{Opening, Papers, Stance, Version, VersionState, with_rule};
use crate::agreements::store::{self, PaperRow};
use crate::clock;
use crate::error::Outcome;
use crate::groups;
use crate::ids::MemberId;

const PAPER_LABEL: &str = "agreements.papers";
const STANCE_LABEL: &str = "agreements.stance";

/// What lies sealed in a version's row.
#[derive(Serialize, Deserialize)]
struct Kept {
    papers: Papers,
    by: MemberId,
    made: i64,
    draft: bool,
    /// Of a version in force; none where it was put in force before this was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    openings: Vec<Opening>,
    #[serde(default)]
    ended: Option<i64>,
}

/// All versions that this member may read, the newest first.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Version>> {
    let rows = store::list_papers(tx, member.scope())?;
    rows.into_iter()
        .filter(|row| groups::may_open(member, &row.words))
        .map(|row| {
            let key = row.number.to_be_bytes();
            let kept: Kept = groups::open_words(member, PAPER_LABEL, &key, None, &row.words)?;
            let Kept { papers, by, made, draft, openings, ended } = kept;
            let PaperRow { number, state, day, .. } = row;
            Ok(Version { number, state, day, made, by, draft, ended, papers, openings })
        })
        .collect()
}

/// Writes a new version down, and gives its number.
pub fn add(tx: &mut Tx<'_>, member: &Member, state: VersionState, papers: &Papers) -> Outcome<i64> {
    let number = next_number(tx, member.scope())?;
    let day = clock::day(tx.now());
    let draft = state == VersionState::Working;
    let openings = if draft { openings(tx, member, papers)? } else { Vec::new() };
    let kept =
        Kept { papers: papers.clone(), by: member.id(), made: day, draft, openings, ended: None };
    let key = number.to_be_bytes();
    let words = groups::seal_words_of(tx, member, PAPER_LABEL, &key, None, &kept)?;
    store::add_paper(tx, member.scope(), PaperRow { number, state, day, words })?;
    Ok(number)
}

/// What newcomers may read of each epoch's words once these papers are in force.
fn openings(tx: &mut Tx<'_>, member: &Member, papers: &Papers) -> Outcome<Vec<Opening>> {
    let now = groups::epoch(tx, member.scope())?;
    let before = list(tx, member)?.into_iter().find(Version::in_force);
    let openings = match before {
        Some(before) if before.openings.is_empty() => {
            with_rule(Vec::new(), before.papers.earlier, now)
        }
        Some(before) => before.openings,
        None => Vec::new(),
    };
    Ok(with_rule(openings, papers.earlier, now))
}

/// Writes down, as a version is put in force, from which epoch on its rule about newcomers counts.
pub fn open_from_now(tx: &mut Tx<'_>, member: &Member, version: &Version) -> Outcome<()> {
    let openings = openings(tx, member, &version.papers)?;
    seal_anew(tx, member, Version { openings, ..version.clone() })
}

fn next_number(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<i64> {
    let newest = store::list_papers(tx, scope)?.first().map(|row| row.number);
    Ok(newest.unwrap_or(0) + 1)
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
            let writer = Some(id.bytes().as_slice());
            let stance = groups::open_words(member, STANCE_LABEL, &key, writer, &row.words)?;
            Ok((id, stance))
        })
        .collect()
}

/// Keeps what this member says.
pub fn write_stance(tx: &mut Tx<'_>, member: &Member, number: i64, stance: &Stance) -> Outcome<()> {
    write_stance_of(tx, member, member.id(), number, stance)
}

/// Keeps what somebody says, by the hand of another.
pub fn write_stance_of(
    tx: &mut Tx<'_>,
    hand: &Member,
    who: MemberId,
    number: i64,
    stance: &Stance,
) -> Outcome<()> {
    let key = stance_row(number, who);
    let writer = Some(who.bytes().as_slice());
    let words = groups::seal_words_of(tx, hand, STANCE_LABEL, &key, writer, stance)?;
    let day = clock::day(tx.now());
    Ok(store::save_stance(tx, hand.scope(), number, who, day, words)?)
}

fn stance_row(number: i64, member: MemberId) -> Vec<u8> {
    [number.to_be_bytes().as_slice(), member.bytes()].concat()
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
    let all = list(tx, after)?;
    let passed = |v: &Version| v.number == number && v.state == VersionState::Passed;
    if let Some(version) = all.into_iter().find(|v| passed(v)) {
        seal_anew(tx, after, version)?;
    }
    write_stance_of(tx, after, newcomer, number, stance)
}

/// Remembers on which day the founder's powers over a draft ended: they do not come back.
pub fn end_powers(tx: &mut Tx<'_>, member: &Member, version: &Version, day: i64) -> Outcome<()> {
    seal_anew(tx, member, Version { ended: Some(day), ..version.clone() })
}

fn seal_anew(tx: &mut Tx<'_>, after: &Member, version: Version) -> Outcome<()> {
    let Version { number, made, by, draft, ended, papers, openings, .. } = version;
    let key = number.to_be_bytes();
    let kept = Kept { papers, by, made, draft, openings, ended };
    let words = groups::seal_words_of(tx, after, PAPER_LABEL, &key, None, &kept)?;
    Ok(store::save_paper_words(tx, after.scope(), number, words)?)
}

/// Seals the versions that count, and the stances to them, under the new key.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let scope = after.scope();
    for version in list(tx, after)? {
        if version.state == VersionState::Passed {
            continue;
        }
        let number = version.number;
        seal_anew(tx, after, version)?;
        for (id, stance) in list_stances(tx, after, number)? {
            let key = stance_row(number, id);
            let writer = Some(id.bytes().as_slice());
            let words = groups::seal_words_of(tx, after, STANCE_LABEL, &key, writer, &stance)?;
            store::save_stance_words(tx, scope, number, id, words)?;
        }
    }
    Ok(())
}
