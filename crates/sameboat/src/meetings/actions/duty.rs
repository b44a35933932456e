//! Who answers for what is told to “the facilitator”, and what lies ahead.

use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::{self, Named, State};
use crate::ids::MemberId;
use crate::meetings::actions::plan::founder;
use crate::meetings::model::{Meeting, Running, STALE, Stage};
use crate::meetings::{kept, store};

/// What a group has before it.
pub struct Ahead {
    /// People sit together now.
    pub open: Option<Meeting>,
    /// The next one.
    pub next: Option<Meeting>,
    /// Those after it.
    pub later: Vec<Meeting>,
    /// Planned, and nobody began them.
    pub missed: Vec<Meeting>,
}

/// Reads what lies ahead.
pub fn ahead(tx: &mut Tx<'_>, member: &Member) -> Outcome<Ahead> {
    let now = tx.now();
    let mut all = Ahead { open: None, next: None, later: Vec::new(), missed: Vec::new() };
    for meeting in kept::list_ahead(tx, member)? {
        if meeting.stage == Stage::Open {
            all.open = Some(meeting);
        } else if meeting.was_missed(now) {
            all.missed.push(meeting);
        } else if all.next.is_none() && !meeting.is_far_last(now) {
            all.next = Some(meeting);
        } else {
            all.later.push(meeting);
        }
    }
    Ok(all)
}

/// When the first meeting of this group was that was held and closed (microseconds UTC).
pub fn first_met(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<i64>> {
    Ok(store::first_closed(tx, member.scope())?)
}

/// The facilitator on duty, who answers for what is told to “the facilitator”: tonight's (whoever
/// took over from somebody who has not come does not count), from a
/// meeting's close the one named for the next, before the first whoever began the group. Nobody,
/// if nobody is named, or whoever was went, or is on a break and not in the circle.
pub fn on_duty(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<MemberId>> {
    let now = tx.now();
    let ahead = ahead(tx, member)?;
    let open = ahead.open.filter(|open| now - open.starts_at < STALE);
    let sits = open.as_ref().and_then(Meeting::open).map(Running::came).unwrap_or_default();
    let named = match open {
        Some(open) => open.on_duty(),
        None if !store::any_closed(tx, member.scope())? => founder(tx, member)?,
        None => ahead.next.and_then(|next| next.on_duty()),
    };
    let members = groups::list_members(tx, member)?;
    let serves = |m: &Named| m.state == State::Here || m.is_on_break() && sits.contains(&m.id);
    Ok(named.filter(|who| members.iter().any(|m| m.id == *who && serves(m))))
}
