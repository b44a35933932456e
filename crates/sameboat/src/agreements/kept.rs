//! Versions and stances between their sealed rows and what they say.
//!
//! What decides stands under the seal: how a version stands and since when, and of everybody who said
//! something whether it lets the version pass. The clear columns only repeat it, and a row with a
//! stance holds the reasons alone: without it the word counts all the same.

use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::model::{Earlier, Opening, Papers, Said, Stance, Version, VersionState};
use crate::agreements::model::{careful, ended_by_the_clock, with_rule};
use crate::agreements::store::{self, PaperRow};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::ids::MemberId;
use crate::sealed::Filled;

const PAPER_LABEL: &str = "agreements.papers";
const STANCE_LABEL: &str = "agreements.stance";

/// Bytes that a stance is filled up to, so that its size tells neither an objection nor who proposed.
const FILLED: &[usize] = &[8 * 1024, 64 * 1024];

/// What lies sealed in a version's row.
#[derive(Serialize, Deserialize)]
struct Kept {
    papers: Papers,
    by: MemberId,
    made: i64,
    draft: bool,
    state: VersionState,
    day: i64,
    openings: Vec<Opening>,
    /// Of a draft that took the place of an earlier one: the day of the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    begun: Option<i64>,
    ended: Option<i64>,
    said: Vec<Said>,
    spoke: Vec<MemberId>,
}

/// What lies sealed in a stance's row. The mark is the one that the version holds beside the word.
#[derive(Serialize, Deserialize)]
struct KeptStance<S> {
    stance: S,
    mark: u64,
}

/// All versions that this member may read, the newest first.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Version>> {
    // With keys from before a turn nothing would seem to be in force.
    let now = groups::epoch(tx, member)?;
    member.keys().of(now).ok_or(Refusal::Conflict("trouble-turned"))?;
    // A version stands as its row says only under the current key, since standing papers are sealed
    // anew with every turn: what lies under an earlier one has passed, or was put back.
    let today = clock::day(tx.now());
    let mut versions = Vec::new();
    for row in store::list_papers(tx, member.scope())? {
        if !groups::may_open(member, &row.words) {
            continue;
        }
        let Some(version) = open(tx, member, &row, today)? else { continue };
        let current = groups::is_current(member, &row.words);
        let state = if current { version.state } else { VersionState::Passed };
        versions.push(Version { state, ..version });
    }
    Ok(versions)
}

/// A version; none where its row is damaged.
fn open(tx: &mut Tx<'_>, member: &Member, row: &PaperRow, today: i64) -> Outcome<Option<Version>> {
    let number = row.number;
    let key = number.to_be_bytes();
    let kept = groups::read_words(tx, member, (PAPER_LABEL, &key, None), &row.words)?;
    let Some(kept) = kept else { return Ok(None) };
    let Kept { papers, by, made, draft, state, day, openings, begun, ended, said, spoke }: Kept =
        kept;
    let begun = begun.unwrap_or(made);
    // A draft that holds is one no longer; what the clock ended before that day stays ended.
    let until = if state == VersionState::Working { today } else { day };
    let ended = ended.or(ended_by_the_clock(begun, until).filter(|_| draft));
    let version = Version {
        number,
        state,
        day,
        made,
        by,
        draft,
        begun,
        ended,
        papers,
        openings,
        said,
        spoke,
    };
    Ok(Some(version))
}

/// Seals a version as it is, and repeats beside it in clear how it stands.
pub fn save(tx: &mut Tx<'_>, hand: &Member, version: Version) -> Outcome<()> {
    let Version {
        number,
        state,
        day,
        made,
        by,
        draft,
        begun,
        ended,
        papers,
        openings,
        said,
        spoke,
    } = version;
    let begun = Some(begun).filter(|begun| *begun != made);
    let kept = Kept { papers, by, made, draft, state, day, openings, begun, ended, said, spoke };
    let key = number.to_be_bytes();
    let words = groups::seal_words_of(tx, hand, PAPER_LABEL, &key, None, &kept)?;
    Ok(store::save_paper(tx, hand.scope(), PaperRow { number, state, day, words })?)
}

/// Writes a new version down, and gives its number.
pub fn add(tx: &mut Tx<'_>, member: &Member, state: VersionState, papers: &Papers) -> Outcome<i64> {
    let number = next_number(tx, member.scope())?;
    let day = clock::day(tx.now());
    let all = list(tx, member)?;
    let draft = state == VersionState::Working;
    let openings = if draft { openings(tx, member, papers)? } else { Vec::new() };
    let begun = all.iter().find(|version| draft && version.in_force()).map(|before| before.begun);
    let begun = begun.unwrap_or(day);
    let mut spoke: Vec<MemberId> = all.into_iter().flat_map(|version| version.spoke).collect();
    spoke.sort();
    spoke.dedup();
    let (papers, by, made, ended, said) = (papers.clone(), member.id(), day, None, Vec::new());
    let version = Version {
        number,
        state,
        day,
        made,
        by,
        draft,
        begun,
        ended,
        papers,
        openings,
        said,
        spoke,
    };
    save(tx, member, version)?;
    Ok(number)
}

/// What newcomers may read of each epoch's words once these papers are in force.
pub fn openings(tx: &mut Tx<'_>, member: &Member, papers: &Papers) -> Outcome<Vec<Opening>> {
    let now = groups::epoch(tx, member)?;
    let all = list(tx, member)?;
    let openings = match all.iter().find(|version| version.in_force()) {
        Some(before) => before.openings.clone(),
        None if all.is_empty() => Vec::new(),
        // What was agreed before is not known any more.
        None => vec![Opening { epoch: 1, earlier: Earlier::Never }],
    };
    Ok(with_rule(openings, papers.earlier, now))
}

/// Where no row says what is in force, it was taken away or damaged: the newest version that ever was
/// goes on, and opens nothing earlier. Without any the group goes on without papers.
pub fn in_force(all: &[Version]) -> Version {
    let found = all.iter().find(|version| version.in_force()).cloned();
    found.or_else(|| careful(all)).unwrap_or_else(Version::lost)
}

fn next_number(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<i64> {
    let newest = store::list_papers(tx, scope)?.first().map(|row| row.number);
    Ok(newest.unwrap_or(0) + 1)
}

/// What everybody said to a version, as far as their rows are there.
pub fn list_stances(
    tx: &mut Tx<'_>,
    member: &Member,
    version: &Version,
) -> Outcome<Vec<(MemberId, Stance)>> {
    let rows = store::list_stances(tx, member.scope(), version.number)?;
    let mut stances = Vec::new();
    for row in rows.into_iter().filter(|row| groups::may_open(member, &row.words)) {
        let id = row.member;
        let key = stance_row(version.number, id);
        let writer = Some(id.bytes().as_slice());
        let filled: Option<Filled<KeptStance<Stance>>> =
            groups::read_words(tx, member, (STANCE_LABEL, &key, writer), &row.words)?;
        let Some(Filled { words: KeptStance { stance, mark }, .. }) = filled else { continue };
        if version.said.iter().any(|said| said.who == id && said.mark == mark) {
            stances.push((id, stance));
        }
    }
    Ok(stances)
}

/// Keeps what this member says.
pub fn write_stance(tx: &mut Tx<'_>, member: &Member, number: i64, stance: &Stance) -> Outcome<()> {
    write_stance_of(tx, member, member.id(), number, stance)
}

/// Keeps what somebody says, by the hand of another: the word in the version's row, the reasons in a
/// row of their own.
pub fn write_stance_of(
    tx: &mut Tx<'_>,
    hand: &Member,
    who: MemberId,
    number: i64,
    stance: &Stance,
) -> Outcome<()> {
    let mut mark = [0; 8];
    tx.fill(&mut mark);
    let mark = u64::from_be_bytes(mark);
    let found = list(tx, hand)?.into_iter().find(|version| version.number == number);
    if let Some(mut version) = found {
        version.hear(Said { who, passes: stance.lets_pass(), mark });
        save(tx, hand, version)?;
    }
    let day = clock::day(tx.now());
    let words = seal_stance(tx, hand, (number, who), KeptStance { stance, mark })?;
    Ok(store::save_stance(tx, hand.scope(), number, who, day, words)?)
}

fn seal_stance(
    tx: &mut Tx<'_>,
    hand: &Member,
    (number, who): (i64, MemberId),
    kept: KeptStance<impl Serialize>,
) -> Outcome<seal::Sealed> {
    let (key, writer) = (stance_row(number, who), Some(who.bytes().as_slice()));
    groups::seal_words_of(tx, hand, STANCE_LABEL, &key, writer, &Filled::new(kept, FILLED))
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
    write_stance_of(tx, after, newcomer, number, stance)
}

/// Seals the versions that count, and the stances to them, under the new key.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let scope = after.scope();
    for version in list(tx, after)? {
        if version.state == VersionState::Passed {
            continue;
        }
        let said = version.said.clone();
        for (who, stance) in list_stances(tx, after, &version)? {
            let mark = said.iter().find(|said| said.who == who).map(|said| said.mark);
            let kept = KeptStance { stance, mark: mark.unwrap_or_default() };
            let words = seal_stance(tx, after, (version.number, who), kept)?;
            store::save_stance_words(tx, scope, version.number, who, words)?;
        }
        save(tx, after, version)?;
    }
    Ok(())
}
