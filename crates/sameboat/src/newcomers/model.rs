//! When earlier words open: pure.

use serde::{Deserialize, Serialize};

use crate::agreements::{Earlier, Version};
use crate::clock::{DAY, HOUR};
use crate::ids::MemberId;

/// How long members have to say that they would rather not yet (microseconds).
pub const WAIT: i64 = 72 * HOUR;

/// How long it is tried to grant every earlier epoch (microseconds). Epochs of which no key is
/// left with anybody are never granted.
const TRIED: i64 = 90 * DAY;

/// Somebody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coming {
    /// When (microseconds UTC).
    pub since: i64,
    /// What the agreement said then.
    pub rule: Earlier,
    /// Which row of objections it goes with.
    pub edition: u64,
}

impl Coming {
    /// From when on earlier words may open (microseconds UTC).
    pub fn opens_at(&self) -> i64 {
        match self.rule {
            Earlier::AfterADay => self.since + WAIT,
            Earlier::AtOnce | Earlier::Never => self.since,
        }
    }

    /// Whether nothing is granted for it any more.
    pub fn is_over(&self, now: i64) -> bool {
        now >= self.opens_at() + TRIED
    }

    /// Whether earlier epochs are granted now. `rule` is what the agreement says now: a group that
    /// thought better of it meanwhile opens nothing more.
    pub fn opens(&self, rule: Earlier, objected: bool, now: i64) -> bool {
        let agreed = match rule {
            Earlier::Never => false,
            Earlier::AtOnce | Earlier::AfterADay => true,
        };
        let free = match self.rule {
            Earlier::Never => false,
            Earlier::AtOnce => true,
            Earlier::AfterADay => !objected,
        };
        agreed && free && now >= self.opens_at()
    }
}

/// Under which rule somebody comes in while an epoch begins; none where nothing earlier opens. Where
/// some of the words were written while the group had said “after 72 hours”, those wait so long.
pub fn coming_under(version: &Version, now: u32) -> Option<Earlier> {
    let waits = || (1..now).any(|epoch| version.opening_of(epoch) == Earlier::AfterADay);
    match version.papers.earlier {
        Earlier::Never => None,
        Earlier::AtOnce if !waits() => Some(Earlier::AtOnce),
        Earlier::AtOnce | Earlier::AfterADay => Some(Earlier::AfterADay),
    }
}

/// One item of the nameless row: of which newcomers one member says “not yet”. The item that is
/// nobody's tells which edition of the row it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotYet {
    /// Of whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<MemberId>,
    /// Changes with every save of any member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_72_hours_earlier_words_open_unless_somebody_would_rather_not() {
        let coming = Coming { since: 1000, rule: Earlier::AfterADay, edition: 0 };
        let rule = Earlier::AfterADay;
        assert!(!coming.opens(rule, false, 1000 + WAIT - 1));
        assert!(coming.opens(rule, false, 1000 + WAIT));
        assert!(!coming.opens(rule, true, 1000 + WAIT));
    }

    #[test]
    fn what_the_group_says_now_closes_and_never_opens() {
        let at_once = Coming { since: 0, rule: Earlier::AtOnce, edition: 0 };
        assert!(at_once.opens(Earlier::AtOnce, true, 0));
        assert!(!at_once.opens(Earlier::Never, false, 0));
        let never = Coming { since: 0, rule: Earlier::Never, edition: 0 };
        assert!(!never.opens(Earlier::AtOnce, false, WAIT));
    }
}
