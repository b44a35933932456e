//! From when on somebody's word counts where a group decides about a member's place.

use crate::clock::{DAY, HOUR};
use crate::groups::model::About;

/// How long somebody must have been in, as a rule (microseconds).
const KNOWN_AFTER: i64 = 72 * HOUR;
/// How long the first evening lasts, from the first who came in beside whoever began the group.
const FIRST_EVENING: i64 = DAY;
/// Until how long after its beginning a group can still have its first evening.
const GATHERING: i64 = 28 * DAY;

/// When a group began, and when its first evening was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beginning {
    begun: i64,
    evening: i64,
}

impl Beginning {
    /// From when everybody came in, those who went included as far as that is known.
    pub fn of<'a>(all: impl Iterator<Item = &'a About>) -> Beginning {
        let mut since: Vec<i64> =
            all.filter(|about| !about.lost).map(|about| about.since).collect();
        since.sort_unstable();
        let begun = since.first().copied().unwrap_or_default();
        Beginning { begun, evening: since.get(1).copied().unwrap_or(begun) }
    }

    /// Whether the others had time to know this member: 72 hours, or they were there on the first
    /// evening. Without the second rule a phone that is lost in the first days could not be frozen.
    pub fn knows(&self, about: &About, now: i64) -> bool {
        let first_evening =
            about.since <= self.evening + FIRST_EVENING && about.since <= self.begun + GATHERING;
        !about.lost && (first_evening || now - about.since >= KNOWN_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::groups::model::{MemberName, Role};

    fn since(since: i64) -> About {
        About::new(MemberName::parse("Bo").expect("a name"), Role::Member, since)
    }

    #[test]
    fn who_came_on_the_first_evening_counts_at_once_and_others_after_72_hours() {
        let all = [0, 4 * DAY, 4 * DAY + HOUR, 6 * DAY].map(since);
        let beginning = Beginning::of(all.iter());
        let now = 6 * DAY + HOUR;
        assert_eq!(
            all.each_ref().map(|about| beginning.knows(about, now)),
            [true, true, true, false]
        );
        assert!(!beginning.knows(&all[3], 9 * DAY - 1));
        assert!(beginning.knows(&all[3], 9 * DAY));
        assert!(!beginning.knows(&About::lost(), 9 * DAY), "by whose link they came is not known");
    }

    #[test]
    fn two_who_are_long_alone_have_no_first_evening_with_a_third_to_come() {
        let all = [0, 300 * DAY, 300 * DAY + HOUR].map(since);
        let beginning = Beginning::of(all.iter());
        assert!(!beginning.knows(&all[2], 300 * DAY + 2 * HOUR));
        assert!(beginning.knows(&all[0], 300 * DAY));
    }
}
