//! When a version holds, and when the extra powers of whoever began the group end.

use super::Stance;
use crate::ids::MemberId;

/// Days after which who did not answer is asked once more.
pub const ASK_AGAIN_DAYS: i64 = 11;
/// Days after which who did not answer is not waited for.
pub const WAIT_DAYS: i64 = 14;
/// How many must have said yes, founder included, before anything is ratified.
const RATIFIERS: usize = 3;

/// What kind of decision a version waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deciding {
    /// Nothing was ratified yet: three must have said yes, the founder among them while they are
    /// here.
    First {
        /// Whoever began the group, if they are still here.
        founder: Option<MemberId>,
    },
    /// Another version holds meanwhile.
    Change,
}

/// Days after the first draft on which the extra powers of whoever began the group end, whatever
/// anybody said.
const POWERS_DAYS: i64 = 28;

/// Whether the extra powers of whoever began the group end with a draft to which this was said:
/// three let every line pass. An objection, of the founder or of anybody else, keeps the draft from
/// holding, not the powers from ending.
pub fn ends_powers(stances: &[(MemberId, Stance)]) -> bool {
    stances.iter().filter(|(_, stance)| stance.lets_pass()).count() >= RATIFIERS
}

/// The day on which those powers ended by the clock, if it has come. It is reckoned from the first
/// draft: another draft in its place puts nothing off.
pub fn ended_by_the_clock(begun: i64, today: i64) -> Option<i64> {
    let day = begun + POWERS_DAYS;
    (today >= day).then_some(day)
}

/// Whether a version that stands for decision now holds.
///
/// `stances` holds what those who are here said; `active` everybody who is not on a break and ever
/// said something. An objection stops it until it is changed or withdrawn; who did not answer is
/// waited for until day 14.
pub fn now_holds(
    stances: &[(MemberId, Stance)],
    active: &[MemberId],
    age_days: i64,
    deciding: Deciding,
) -> bool {
    let said = |id: &MemberId| stances.iter().any(|(who, _)| who == id);
    if stances.is_empty() || stances.iter().any(|(_, stance)| !stance.lets_pass()) {
        return false;
    }
    let enough = match deciding {
        Deciding::First { founder } => {
            stances.len() >= RATIFIERS && founder.is_none_or(|founder| said(&founder))
        }
        Deciding::Change => true,
    };
    enough && (age_days >= WAIT_DAYS || active.iter().all(said))
}
