//! While people sit together: one wish, one transaction.

use rounds::{Context, Refused};
use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::clock::SECOND;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups;
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions::mood;
use crate::meetings::kept;
use crate::meetings::model::{self, Edit, Meeting, Running, Stage, Wish};
use crate::random;

/// When a member's page was last heard of (microseconds UTC).
pub type Seen<'a> = &'a dyn Fn(MemberId) -> i64;

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It is so now, or was already.
    Done,
    /// It is not, and why.
    Refused(Refused),
}

/// Begins a meeting: chairs stand ready for those who come, and whoever begins it sits down.
///
/// # Errors
/// [`Refusal::Conflict`] when another one is open, or it is not its time.
pub fn begin(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<()> {
    let mut meeting = kept::get(tx, member, id)?;
    if meeting.stage != Stage::Planned {
        return Ok(());
    }
    if kept::list_ahead(tx, member)?.iter().any(|other| other.stage == Stage::Open) {
        return Err(Refusal::Conflict("meet-one-at-a-time").into());
    }
    let now = tx.now();
    meeting.may_begin(now).then_some(()).ok_or(Refusal::Conflict("meet-not-its-time"))?;
    let running = Running::open(&meeting.words, &meeting.coming, now);
    let running = running.ok_or(Refusal::Conflict("meet-order-long"))?;
    meeting.running = Some(seated(&running, member, now)?);
    meeting.stage = Stage::Open;
    mood::ready(tx, member)?;
    kept::save(tx, member, &mut meeting)
}

/// Sits down in a meeting that is open, beside something else that is done.
pub fn come(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<()> {
    let (mut meeting, now) = (kept::get(tx, member, id)?, tx.now());
    let running = meeting.open().ok_or(Refusal::Conflict("meet-not-open"))?;
    meeting.running = Some(seated(running, member, now)?);
    kept::save(tx, member, &mut meeting)
}

fn seated(running: &Running, member: &Member, now: i64) -> Outcome<Running> {
    let mut context = Context { now: seconds(now), facilitator_seen_at: None, chance: &mut |_| 0 };
    let seated = running.after(member.id(), &Wish::Sit, running.meeting.version(), &mut context);
    match seated {
        Ok(seated) => Ok(seated),
        Err(Refused::Already) => Ok(running.clone()),
        Err(_) => Err(Refusal::Conflict("meet-order-long").into()),
    }
}

/// Somebody in the circle asks for something. `seen` is the version of the circle that their page
/// showed.
///
/// # Errors
/// [`Refusal::Conflict`] when the meeting is not open; a field to mend when a name is there already.
pub fn wish(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (member, id): (&Member, MeetingId),
    asked: (&Wish, u64),
    last_seen: Seen<'_>,
) -> Outcome<Moved> {
    let mut meeting = kept::get(tx, member, id)?;
    let mut next = match after(tx, member, &meeting, (asked, last_seen))? {
        Ok(next) => next,
        Err(refused) => return Ok(refused),
    };
    if !kept::lock_signals(tx, instance, member, &mut next)? {
        return Ok(Moved::Refused(Refused::NobodyLeads));
    }
    mood::follow(tx, member, id, &mut next)?;
    meeting.running = Some(next);
    kept::save(tx, member, &mut meeting)?;
    Ok(Moved::Done)
}

/// The circle after a wish, or what became of it instead.
fn after(
    tx: &mut Tx<'_>,
    member: &Member,
    meeting: &Meeting,
    ((wish, seen), last_seen): ((&Wish, u64), Seen<'_>),
) -> Outcome<Result<Running, Moved>> {
    let running = meeting.open().ok_or(Refusal::Conflict("meet-not-open"))?;
    if let Wish::AddName(name) = wish {
        let members = groups::list_members(tx, member)?;
        let mut members = members.iter().map(|named| named.about.name.as_str());
        if running.has_name(name) || members.any(|other| groups::written_alike(name, other)) {
            return Err(FieldIssue::only("name", "phone-name-twice"));
        }
    }
    let mut context = Context {
        now: seconds(tx.now()),
        facilitator_seen_at: running.lead_heard(last_seen).map(seconds),
        chance: &mut |below| random::below(tx, below),
    };
    Ok(running.after(member.id(), wish, seen, &mut context).map_err(|refused| match refused {
        Refused::Already => Moved::Done,
        refused => Moved::Refused(refused),
    }))
}

/// Another running order, before the meeting or in it.
pub fn change_order(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    (edit, seen): (&Edit, u64),
) -> Outcome<Moved> {
    let mut meeting = kept::get(tx, member, id)?;
    match meeting.stage {
        Stage::Closed => Err(Refusal::Conflict("meet-not-open").into()),
        Stage::Open => {
            let order = Wish::Order(edit.clone());
            let mut next = match after(tx, member, &meeting, ((&order, seen), &|_| 0))? {
                Ok(next) => next,
                Err(refused) => return Ok(refused),
            };
            mood::follow(tx, member, id, &mut next)?;
            meeting.running = Some(next);
            kept::save(tx, member, &mut meeting)?;
            Ok(Moved::Done)
        }
        Stage::Planned if seen != meeting.words.order_turn => {
            Ok(Moved::Refused(Refused::Stale { now_at: meeting.words.order_turn }))
        }
        Stage::Planned => {
            if !model::edit(&mut meeting.words.order, edit) {
                return Ok(Moved::Refused(Refused::Full));
            }
            meeting.words.order_turn += 1;
            kept::save(tx, member, &mut meeting)?;
            Ok(Moved::Done)
        }
    }
}

/// Whether the facilitator's connection is lost, so that anybody may take the role.
pub fn is_lost(meeting: &Meeting, now: i64, last_seen: Seen<'_>) -> bool {
    let heard = meeting.open().and_then(|running| running.lead_heard(last_seen));
    let facilitator_seen_at = heard.map(seconds);
    let context = Context { now: seconds(now), facilitator_seen_at, chance: &mut |_| 0 };
    context.facilitator_is_lost()
}

fn seconds(micros: i64) -> u64 {
    u64::try_from(micros / SECOND).unwrap_or(0)
}
