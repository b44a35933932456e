//! Meetings between their sealed rows and what they say.

use rounds::Role;
use seal::{InstanceKey, Sealed};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Member;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::{self, enclosed};
use crate::ids::MeetingId;
use crate::live::{self, Change};
use crate::meetings::model::{Coming, Inside, Meeting, Running, Stage, Words};
use crate::meetings::store::{self, MeetingRow};

/// What live pages show of a meeting.
const PIECES: [&str; 2] = ["round", "order"];
const WORDS_LABEL: &str = "meetings.words";
const COMING_LABEL: &str = "meetings.coming";
const RUNNING_LABEL: &str = "meetings.running";
const WHISPER_LABEL: &str = "meetings.whisper";

/// One meeting.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, or it is from before this member came.
pub fn get(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<Meeting> {
    let row = store::find(tx, member.scope(), id)?.ok_or(Refusal::NotFound)?;
    open(tx, member, row)?.ok_or_else(|| Refusal::NotFound.into())
}

/// Meetings that are planned or open, the earliest first.
pub fn list_ahead(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Meeting>> {
    let rows = store::list_ahead(tx, member.scope())?;
    let opened = rows.into_iter().filter_map(|row| open(tx, member, row).transpose());
    let mut ahead: Vec<Meeting> = opened.collect::<Outcome<_>>()?;
    ahead.retain(|meeting| meeting.stage != Stage::Closed);
    ahead.sort_by_key(|meeting| (meeting.starts_at, meeting.id));
    Ok(ahead)
}

/// Meetings that are over, the latest first.
pub fn list_closed(tx: &mut Tx<'_>, member: &Member, most: i64) -> Outcome<Vec<Meeting>> {
    let rows = store::list_closed(tx, member.scope(), most)?;
    let opened = rows.into_iter().filter_map(|row| open(tx, member, row).transpose());
    let mut closed: Vec<Meeting> = opened.collect::<Outcome<_>>()?;
    closed.retain(|meeting| meeting.stage == Stage::Closed);
    Ok(closed)
}

/// How many meetings can't be read any more, because their rows are damaged.
pub fn count_damaged(tx: &mut Tx<'_>, member: &Member, most: i64) -> Outcome<usize> {
    let scope = member.scope();
    let mut rows = store::list_ahead(tx, scope)?;
    rows.extend(store::list_closed(tx, scope, most)?);
    let mut damaged = 0;
    for row in rows.iter().filter(|row| groups::may_open(member, &row.words)) {
        let place = (WORDS_LABEL, row.id.bytes().as_slice(), None);
        let sure: Option<Sure<Words>> = groups::read_words(tx, member, place, &row.words)?;
        damaged += usize::from(sure.is_none());
    }
    Ok(damaged)
}

/// What lies sealed in a meeting's row. Who answers for what is told to “the facilitator” hangs on the
/// stage and the time, so what the columns say of them is for finding rows alone.
#[derive(Serialize, Deserialize)]
struct Sure<W> {
    words: W,
    stage: Stage,
    starts_at: i64,
}

fn open(tx: &mut Tx<'_>, member: &Member, row: MeetingRow) -> Outcome<Option<Meeting>> {
    if !groups::may_open(member, &row.words) {
        return Ok(None);
    }
    let current = groups::is_current(member, &row.words);
    let MeetingRow { id, version, words, coming, running, .. } = row;
    let place = (WORDS_LABEL, id.bytes().as_slice(), None);
    let sure: Option<Sure<Words>> = groups::read_words(tx, member, place, &words)?;
    let Some(Sure { words, mut stage, starts_at }) = sure else { return Ok(None) };
    // What is ahead is sealed anew whenever the key turns, what is over is not.
    if stage != Stage::Closed && !current {
        return Ok(None);
    }
    let coming: Option<Coming> = unseal(tx, member, (COMING_LABEL, id), coming)?;
    let mut running: Option<Running> = unseal(tx, member, (RUNNING_LABEL, id), running)?;
    // Without its circle a meeting is still to come: somebody begins it once more.
    if stage == Stage::Open && running.is_none() {
        stage = Stage::Planned;
    }
    if let Some(running) = &mut running {
        let senders = enclosed::senders(tx, member, running.whispers.locked())?;
        running.hear(|locked| enclosed::open((member, &senders), WHISPER_LABEL, locked));
    }
    let coming = coming.unwrap_or_default();
    Ok(Some(Meeting { id, stage, starts_at, version, words, coming, running }))
}

/// None where there is nothing, or where it is damaged.
fn unseal<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    member: &Member,
    (label, id): (&'static str, MeetingId),
    value: Option<Sealed>,
) -> Outcome<Option<T>> {
    let Some(value) = value else { return Ok(None) };
    groups::read_paper(tx, member, (label, id.bytes(), None), &value)
}

fn seal_up(
    tx: &mut Tx<'_>,
    member: &Member,
    label: &'static str,
    id: MeetingId,
    value: &impl Serialize,
) -> Outcome<Sealed> {
    groups::seal_words_of(tx, member, label, id.bytes(), None, value)
}

fn close_up(tx: &mut Tx<'_>, member: &Member, meeting: &Meeting) -> Outcome<MeetingRow> {
    let Meeting { id, stage, starts_at, version, .. } = *meeting;
    let sure = Sure { words: &meeting.words, stage, starts_at };
    let words = seal_up(tx, member, WORDS_LABEL, id, &sure)?;
    // What was said about coming, and every transition, is gone when the meeting is closed.
    let over = stage == Stage::Closed;
    let coming =
        if over { None } else { Some(seal_up(tx, member, COMING_LABEL, id, &meeting.coming)?) };
    let running = match meeting.open() {
        Some(running) => Some(seal_up(tx, member, RUNNING_LABEL, id, running)?),
        None => None,
    };
    Ok(MeetingRow { id, stage, starts_at, version, words, coming, running })
}

/// Locks the signals that this member has just given to whoever leads. `false` when they have no key
/// here just now.
pub fn lock_signals(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    running: &mut Running,
) -> Outcome<bool> {
    for given in running.whispers.not_yet(&running.signals) {
        let leads = running.holder(Role::Facilitator);
        let (Some(leads), Some(inside)) = (leads, Inside::of(&given)) else { return Ok(false) };
        let both = (member, leads);
        match enclosed::enclose(tx, instance, both, (WHISPER_LABEL, &inside)) {
            Ok(locked) => running.whispers.add(given, locked),
            Err(Stop::Refused(Refusal::NotFound)) => return Ok(false),
            Err(stop) => return Err(stop),
        }
    }
    Ok(true)
}

/// Keeps a new meeting.
pub fn add(tx: &mut Tx<'_>, member: &Member, meeting: &Meeting) -> Outcome<()> {
    let row = close_up(tx, member, meeting)?;
    Ok(store::add(tx, member.scope(), row)?)
}

/// Keeps a change, as the next version. Every change of a meeting comes through here.
///
/// # Errors
/// [`Refusal::Conflict`] when somebody else changed it in between.
pub fn save(tx: &mut Tx<'_>, member: &Member, meeting: &mut Meeting) -> Outcome<()> {
    let before = meeting.version;
    meeting.version += 1;
    if meeting.stage != Stage::Open && meeting.running.take().is_some() {
        // How often the piece went round is nobody's business afterwards.
        meeting.version = 1;
    }
    let (scope, row) = (member.scope(), close_up(tx, member, meeting)?);
    if !store::save(tx, scope, row, before)? {
        return Err(Refusal::Conflict("meet-faster").into());
    }
    for piece in PIECES {
        live::changed(tx, &Change { scope, piece, id: *meeting.id.bytes(), version: before + 1 })?;
    }
    Ok(())
}
