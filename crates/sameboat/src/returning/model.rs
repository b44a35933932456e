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

/// A member, as far as it matters for deciding about somebody's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Who.
    pub id: MemberId,
    /// By whose link they came.
    pub by: Option<MemberId>,
    /// The branch of links that they belong to.
    pub branch: MemberId,
    /// Whether the others had time to know them.
    pub known: bool,
    /// Whether they are here, and not on a break.
    pub here: bool,
}

impl Voice {
    /// Whether they may be one person with two seats: one came by the other's link, or both came,
    /// in the end, by links of one member who did not begin the group.
    pub fn is_tied_to(&self, other: &Voice) -> bool {
        self.branch == other.branch
            || self.by == Some(other.branch)
            || other.by == Some(self.branch)
    }
}

/// Whether enough have said so, of those who have the key and are not the one it is about: two whom
/// the others know and who are not tied to each other; or all who are here, `known` of them known,
/// so that a small group whose members came by each other's links can decide at all.
pub fn is_enough(said: &[MemberId], others: &[Voice], known: usize) -> bool {
    let said: Vec<&Voice> = others.iter().filter(|voice| said.contains(&voice.id)).collect();
    let heard: Vec<&&Voice> = said.iter().filter(|voice| voice.known).collect();
    let apart = heard.iter().any(|one| heard.iter().any(|other| !one.is_tied_to(other)));
    let all = said.len() >= FREEZERS.min(others.len()).max(1)
        && others.iter().all(|voice| !voice.here || said.contains(&voice));
    apart || all && heard.len() >= known
}

/// Whether enough members have the key once one more place is frozen: half of those who belong to
/// the group.
pub fn leaves_half(with_key: usize, members: usize) -> bool {
    2 * with_key.saturating_sub(1) >= members
}

/// Somebody is on the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Who made the link, having met them or heard their voice.
    pub by: MemberId,
    /// Who says the same.
    #[serde(default)]
    pub same: Vec<MemberId>,
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
        Return { by, same: Vec::new(), epochs: Vec::new(), stopped: None, done: None }
    }

    /// Whether enough members have said that it is really them. `members` counts all who belong to
    /// the group, without the seat that came in by the link; `others` are those who have the key,
    /// without either seat.
    pub fn is_vouched(&self, members: usize, others: &[Voice]) -> bool {
        let said: Vec<MemberId> = self.same.iter().copied().chain([self.by]).collect();
        members < SECOND_FROM || is_enough(&said, others, FREEZERS)
    }

    /// Whether somebody may say the same.
    pub fn takes(&self, who: MemberId, old: MemberId) -> bool {
        !self.same.contains(&who) && self.by != who && old != who && self.done.is_none()
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
    pub fn is_decided(&self, others: &[Voice]) -> bool {
        match self.ice {
            None => is_enough(&self.yes, others, FREEZERS),
            // Who is alone with somebody frozen must be able to undo it.
            Some(_) => is_enough(&self.thaw, others, 0),
        }
    }
}
