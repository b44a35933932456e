//! How people come in and go out. Answers lie among the nameless things while the meeting is open,
//! and saying one changes no row but theirs: no version, no event, no spent key.

use rounds::Role;
use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Member;
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::groups::nameless::{self, Batch, Item, Mark};
use crate::ids::MeetingId;
use crate::meetings::kept;
use crate::meetings::model::{ENOUGH, Half, Line, Meeting, Mood, Picture, Running};

/// The name of the batch.
const MOODS: &str = "moods";

/// One size, with room for more answers than a circle has seats.
fn batch() -> Batch {
    Batch { name: MOODS.to_owned(), row_bytes: 12 * 1024 }
}

/// An answer.
#[derive(Clone, Serialize, Deserialize)]
struct Answer {
    /// The field that [`nameless::ABOUT`] names: which line of which meeting, so that nobody can
    /// tie two answers of one person together.
    about: String,
    #[serde(rename = "t")]
    mood: Mood,
}

fn about(id: MeetingId, half: Half) -> String {
    format!("{}.{id}", half.word())
}

fn mark(member: &Member, about: &str) -> Mark {
    nameless::mark_about(member, MOODS, about)
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It is so now, or was already.
    Done,
    /// They do not sit in the circle.
    NotHere,
    /// Only whoever leads does this.
    NotLead,
    /// It is not asked, or not any more.
    NotAsked,
}

/// Says how this member is, or takes it back. Both look alike in the database.
///
/// # Errors
/// [`Refusal::Conflict`] when the meeting is not open.
pub fn say_mood(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    (half, mood): (Half, Option<Mood>),
) -> Outcome<Said> {
    let meeting = kept::get(tx, member, id)?;
    let running = meeting.open().ok_or(Refusal::Conflict("meet-not-open"))?;
    if !running.is_here(member.id()) {
        return Ok(Said::NotHere);
    }
    if running.moods.open() != Some(half) || !are_enough(tx, member)? {
        return Ok(Said::NotAsked);
    }
    let mut items = nameless::items::<Answer>(tx, member, &batch())?;
    let about = about(id, half);
    let mine = mark(member, &about);
    items.retain(|item| item.mark != mine);
    items.extend(mood.map(|mood| Item { mark: mine, words: Answer { about, mood } }));
    save(tx, member, items)?;
    Ok(Said::Done)
}

/// Shows how people leave. Whoever leads says when; it is shown once.
///
/// # Errors
/// [`Refusal::Conflict`] when the meeting is not open.
pub fn show_mood(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<Said> {
    let mut meeting = kept::get(tx, member, id)?;
    let running = meeting.open().ok_or(Refusal::Conflict("meet-not-open"))?;
    if !running.is_here(member.id()) {
        return Ok(Said::NotHere);
    }
    if running.holder(Role::Facilitator) != Some(member.id()) {
        return Ok(Said::NotLead);
    }
    match running.moods.line(Half::Going) {
        Line::Unasked => return Ok(Said::NotAsked),
        Line::TooFew | Line::Shown(_) => return Ok(Said::Done),
        Line::Open => (),
    }
    if !are_enough(tx, member)? {
        return Ok(Said::NotAsked);
    }
    let mut next = running.clone();
    end_line(tx, member, id, (&mut next, Half::Going))?;
    meeting.running = Some(next);
    kept::save(tx, member, &mut meeting)?;
    Ok(Said::Done)
}

/// What this member said in the line that is open now.
pub fn my_mood(tx: &mut Tx<'_>, member: &Member, meeting: &Meeting) -> Outcome<Option<Mood>> {
    let Some(half) = meeting.open().and_then(|running| running.moods.open()) else {
        return Ok(None);
    };
    let mine = mark(member, &about(meeting.id, half));
    let items = nameless::items::<Answer>(tx, member, &batch())?;
    Ok(items.into_iter().find(|item| item.mark == mine).map(|item| item.words.mood))
}

/// The row is there before anybody says anything: one that appeared would tell of it.
pub fn ready(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    if nameless::is_there(tx, member, MOODS)? {
        return Ok(());
    }
    nameless::save::<Answer>(tx, member, &batch(), &[])
}

/// The circle went on, in this transaction: one line may be over, and the other begin.
pub fn follow(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    running: &mut Running,
) -> Outcome<()> {
    if running.moods.coming_is_over(&running.meeting) {
        end_line(tx, member, id, (running, Half::Coming))?;
    }
    if running.moods.going_begins(&running.meeting) {
        ready(tx, member)?;
        running.moods.set(Half::Going, Line::Open);
    }
    Ok(())
}

/// The meeting is over: nothing of it stays.
pub fn forget(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    nameless::end(tx, member, &batch())
}

/// Makes the picture of a line and drops its answers.
fn end_line(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    (running, half): (&mut Running, Half),
) -> Outcome<()> {
    let items = nameless::items::<Answer>(tx, member, &batch())?;
    let about = about(id, half);
    let (over, rest): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|item| item.words.about == about);
    save(tx, member, rest)?;
    let answers: Vec<Mood> = over.into_iter().map(|item| item.words.mood).collect();
    let line = match Picture::of(&answers) {
        _ if !are_enough(tx, member)? => Line::Unasked,
        Some(picture) => Line::Shown(picture),
        None => Line::TooFew,
    };
    running.moods.set(half, line);
    Ok(())
}

/// Whether so many have the group's key that it is asked at all.
fn are_enough(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let members = groups::list_members(tx, member)?;
    Ok(members.iter().filter(|named| named.state.has_key()).count() >= ENOUGH)
}

fn save(tx: &mut Tx<'_>, member: &Member, mut items: Vec<Item<Answer>>) -> Outcome<()> {
    // In the order of marks: whoever answered last does not stand last.
    items.sort_by(|a, b| a.mark.cmp(&b.mark));
    if !nameless::fits(&batch(), &items)? {
        return Err(Refusal::Conflict("nameless-full").into());
    }
    nameless::save(tx, member, &batch(), &items)
}
