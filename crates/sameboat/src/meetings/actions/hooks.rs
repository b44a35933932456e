//! What happens to meetings when the group's key turns, somebody goes, or a day has passed.

use storekit::Tx;

use crate::access::Member;
use crate::error::{Fault, Outcome};
use crate::ids::MemberId;
use crate::meetings::actions::close::end;
use crate::meetings::kept;
use crate::meetings::model::{Meeting, STALE};

/// Coming meetings, and one that is open, are standing papers: whoever comes in reads them.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for mut meeting in kept::list_ahead(tx, after)? {
        kept::save(tx, after, &mut meeting)?;
    }
    Ok(())
}

/// Somebody went: no role, no seat, no turn is theirs.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    for mut meeting in kept::list_ahead(tx, after)? {
        meeting.words.roles.forget(who);
        meeting.coming.forget(who);
        meeting.running = meeting.running.map(|running| running.without(who));
        kept::save(tx, after, &mut meeting)?;
    }
    Ok(())
}

/// In how many meetings something of this member is kept: a role, whether they come, a seat, that
/// they came.
pub fn count_mine(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    let me = member.id().to_string();
    let mut all = kept::list_ahead(tx, member)?;
    all.extend(kept::list_closed(tx, member, i64::MAX)?);
    let mut count = 0;
    for Meeting { words, coming, running, .. } in &all {
        // As it is sealed: whatever a meeting comes to hold of somebody, it is found.
        let kept = serde_json::to_string(&(words, coming, running)).map_err(Fault::new)?;
        count += usize::from(kept.contains(&me));
    }
    Ok(count)
}

/// Whether a meeting was left open for so long that it is to be closed.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let now = tx.now();
    Ok(kept::list_ahead(tx, member)?.iter().any(|meeting| is_left_open(meeting, now)))
}

fn is_left_open(meeting: &Meeting, now: i64) -> bool {
    let begun = meeting.open().map(|running| running.begun.max(meeting.starts_at));
    begun.is_some_and(|begun| now - begun > STALE)
}

/// A meeting that nobody closed is closed by the next member's write after a day: its
/// transitions must not stay.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    let now = tx.now();
    for mut meeting in kept::list_ahead(tx, member)? {
        if is_left_open(&meeting, now) {
            end(tx, member, &mut meeting)?;
        }
    }
    Ok(())
}
