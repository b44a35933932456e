//! What people do about meetings.

mod close;
mod duty;
mod harvest;
mod hooks;
mod mood;
mod plan;
mod run;

pub use close::{Close, Ended, close};
pub use duty::{ahead, first_met, on_duty};
pub use harvest::{harvest_draft, keep_harvest_draft, write_harvest};
pub use hooks::{count_mine, is_due, reseal, settle, went};
pub use mood::{Said, my_mood, say_mood, show_mood};
pub use plan::{add, add_last, ask_role, change, last_meeting, remove, say_coming, set};
pub use run::{Moved, begin, change_order, come, is_lost, wish};

use storekit::Tx;

use crate::access::Member;
use crate::error::{Outcome, Refusal};
use crate::ids::MeetingId;
use crate::meetings::kept;
use crate::meetings::model::{Meeting, Stage};

/// A meeting that has not begun.
///
/// # Errors
/// [`Refusal::Conflict`] when it has.
fn planned(tx: &mut Tx<'_>, member: &Member, id: MeetingId) -> Outcome<Meeting> {
    let meeting = kept::get(tx, member, id)?;
    match meeting.stage {
        Stage::Planned => Ok(meeting),
        Stage::Open | Stage::Closed => Err(Refusal::Conflict("meet-has-begun").into()),
    }
}
