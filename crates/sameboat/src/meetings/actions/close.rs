//! The end of a meeting, and the next one.

use storekit::Tx;

use crate::access::Member;
use crate::agreements;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::ids::{MeetingId, MemberId};
use crate::meetings::actions::harvest::{take, write_harvest};
use crate::meetings::actions::mood;
use crate::meetings::actions::plan::add;
use crate::meetings::actions::run::{Seen, is_lost};
use crate::meetings::kept;
use crate::meetings::model::{Meeting, Plan, ROLES, RoleAsk, Roles, Stage};

/// What closing brings.
#[derive(Clone)]
pub struct Close {
    /// What the group keeps, and how often it was written when the form was shown.
    pub harvest: (String, u32),
    /// The next meeting, if its date stands.
    pub next: Option<Plan>,
    /// The form was about a circle to which nobody else had come.
    pub only_me: bool,
    /// For each role of the next one, in the order of `ROLES`, who is asked.
    pub asked: [Option<MemberId>; 4],
}

/// How a meeting came to its end.
pub enum Ended {
    /// It is closed.
    Closed,
    /// It was closed already; the next one is as it was set then.
    Before,
    /// Nobody came but one member: it is planned as before.
    PutBack,
}

/// Closes a meeting. Its transitions go in the same transaction; what stays is the harvest, the
/// running order and, if the agreement says so, who came. Sent twice, it closes once. One to which
/// nobody came but one member is put back among those to come.
///
/// # Errors
/// [`Refusal::NotAllowed`] when somebody else leads, or a round is not over; a field to mend when
/// somebody else wrote down in between what is kept.
pub fn close(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    input: &Close,
    last_seen: Seen<'_>,
) -> Outcome<Ended> {
    let mut meeting = kept::get(tx, member, id)?;
    match meeting.stage {
        Stage::Planned => return Ok(Ended::PutBack),
        Stage::Open => (),
        Stage::Closed => {
            // Words that somebody wrote while another closed it are for keeping all the same.
            if !input.harvest.0.is_empty() {
                write_harvest(tx, member, id, &input.harvest)?;
            }
            return Ok(Ended::Before);
        }
    }
    if input.only_me && !meeting.is_alone() {
        return Err(FieldIssue::only("harvest", "meet-close-came-since"));
    }
    let now = tx.now();
    let lost = is_lost(&meeting, now, last_seen);
    let may = meeting.open().is_some_and(|running| running.may_close(member.id(), lost));
    may.then_some(()).ok_or(Refusal::NotAllowed("meet-may-not-close"))?;
    if !input.only_me {
        take(tx, member, &mut meeting, &input.harvest)?;
    }
    end(tx, member, &mut meeting)?;
    if meeting.stage == Stage::Planned {
        return Ok(Ended::PutBack);
    }
    let Some(plan) = &input.next else {
        return Ok(Ended::Closed);
    };
    let mut roles = Roles::default();
    for (role, who) in ROLES.into_iter().zip(input.asked) {
        // Roles are offered, never given; what somebody says for themselves is a yes.
        match who {
            Some(who) if who == member.id() => roles.ask(role, who, RoleAsk::Take),
            Some(who) => roles.ask(role, member.id(), RoleAsk::Offer(who)),
            None => continue,
        };
    }
    add(tx, member, plan, Some(roles))?;
    Ok(Ended::Closed)
}

/// Ends a meeting that is open. One to which nobody came but one member is none: it stands as it was
/// planned, so that nobody alone ends the founder's duty.
pub fn end(tx: &mut Tx<'_>, member: &Member, meeting: &mut Meeting) -> Outcome<()> {
    mood::forget(tx, member)?;
    if meeting.is_alone() {
        meeting.stage = Stage::Planned;
        return kept::save(tx, member, meeting);
    }
    let papers = agreements::holding(tx, member)?.papers;
    if let Some(running) = meeting.open() {
        let (order, came) = (running.order(), running.came());
        meeting.words.order = order;
        meeting.words.came = if papers.keeps_who_came() { came } else { Vec::new() };
    }
    meeting.words.roles = Roles::default();
    meeting.stage = Stage::Closed;
    kept::save(tx, member, meeting)
}
