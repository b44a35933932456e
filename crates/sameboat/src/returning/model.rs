//! Rules of coming back and of freezing: pure.

use serde::{Deserialize, Serialize};

use crate::clock::HOUR;
use crate::ids::MemberId;

/// How long everybody sees it, and can stop it (microseconds).
pub const SHOWN: i64 = 72 * HOUR;
/// From how many members on a second one must say the same.
pub const SECOND_FROM: usize = 4;
/// How many members freeze somebody at once.
pub const FREEZERS: usize = 2;

/// Somebody is on the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Who made the link, having met them or heard their voice.
    pub by: MemberId,
    /// Who says the same.
    pub second: Option<MemberId>,
    /// What the old seat could read when the 72 hours began.
    pub epochs: Vec<u32>,
    /// Who stopped it.
    pub stopped: Option<MemberId>,
    /// The day (UTC) on which the old seat went, while earlier keys are still to be granted.
    pub done: Option<i64>,
}

impl Return {
    /// A new one.
    pub fn new(by: MemberId) -> Return {
        Return { by, second: None, epochs: Vec::new(), stopped: None, done: None }
    }

    /// Whether enough members have said that it is really them. `members` counts those who have
    /// the key, without the seat that came in by the link.
    pub fn is_vouched(&self, members: usize) -> bool {
        members < SECOND_FROM || self.second.is_some()
    }

    /// Whether somebody may say the same.
    pub fn takes_second(&self, who: MemberId, old: MemberId) -> bool {
        self.second.is_none() && self.by != who && old != who && self.done.is_none()
    }
}

/// When the 72 hours are over: to the full hour, so that it is no clock on whoever came in.
pub fn until(now: i64) -> i64 {
    ((now + SHOWN) / HOUR + 1) * HOUR
}

/// Somebody is to be frozen, or is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freezing {
    /// Who says that they should be.
    pub yes: Vec<MemberId>,
    /// What they had, once they are.
    pub ice: Option<Held>,
    /// Who says that they should have the key again.
    pub thaw: Vec<MemberId>,
}

/// What somebody had when they were frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The last epoch in whose roster they stand.
    pub last: u32,
    /// The epochs granted to them.
    pub epochs: Vec<u32>,
    /// On which day (UTC).
    pub day: i64,
}

impl Freezing {
    /// Says yes to freezing or to thawing, or takes it back.
    pub fn say(&mut self, who: MemberId, yes: bool) {
        let list = if self.ice.is_some() { &mut self.thaw } else { &mut self.yes };
        list.retain(|id| *id != who);
        list.extend(yes.then_some(who));
    }

    /// Whether it is decided, of those who have the key and are not the one it is about.
    pub fn is_decided(&self, others: &[MemberId]) -> bool {
        let (list, needed) = match self.ice {
            None => (&self.yes, FREEZERS),
            // Who is alone with somebody frozen must be able to undo it.
            Some(_) => (&self.thaw, FREEZERS.min(others.len()).max(1)),
        };
        list.iter().filter(|id| others.contains(id)).count() >= needed
    }
}
