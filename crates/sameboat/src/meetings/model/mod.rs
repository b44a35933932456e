//! What a meeting is, before, while and after people sit together: pure.

mod mood;
mod order;
mod roles;
mod running;
mod whispers;

pub use mood::{ENOUGH, Half, Line, Mood, Moods, Picture};
pub use order::{Edit, Item, KINDS, Way, edit, first, kind_of, kind_word, last, steps_of, usual};
pub use roles::{ROLES, RoleAsk, Roles, role_of, role_word};
pub use running::{Running, Sitter, Wish, signal_of, signal_word};
pub use whispers::{Inside, Whispers};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::{DAY, HOUR};
use crate::error::FieldIssue;
use crate::ids::{MeetingId, MemberId};
use crate::notebook::clean;

/// The longest place, in characters.
const PLACE: usize = 500;
/// The longest harvest, in characters.
const HARVEST: usize = 4000;
/// How long a meeting that nobody began still counts as the next one, and one that nobody closed
/// as going on.
pub const STALE: i64 = 18 * HOUR;

/// How long before its time the group's last meeting can be the next one: until then another is to
/// be set.
const LAST_IS_NEAR: i64 = 14 * DAY;
/// How long before its time a meeting can begin.
const EARLY: i64 = 2 * HOUR;

/// How a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is to come.
    Planned,
    /// People sit together.
    Open,
    /// It is over.
    Closed,
}

impl Stage {
    /// The word in the row.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Planned => "planned",
            Stage::Open => "open",
            Stage::Closed => "closed",
        }
    }

    /// From the word in the row.
    pub fn from_word(word: &str) -> Option<Stage> {
        [Stage::Planned, Stage::Open, Stage::Closed].into_iter().find(|one| one.word() == word)
    }
}

/// Whether somebody came in when the first meeting, which began then, was surely over: who comes in
/// the middle of it is there.
pub fn came_after(first: i64, since: i64) -> bool {
    since > first + STALE
}

/// What lies sealed in every meeting.
#[derive(Clone, Serialize, Deserialize)]
pub struct Words {
    /// A place, a link or a number.
    pub place: String,
    /// Who does what.
    pub roles: Roles,
    /// The running order.
    pub order: Vec<Item>,
    /// How often it was changed, so that nobody moves a step that they saw elsewhere.
    pub order_turn: u64,
    /// What the group keeps from it.
    pub harvest: String,
    /// How often the harvest was written, so that nobody writes over somebody else's unseen.
    pub harvest_turn: u32,
    /// Who came, once it is closed and if the agreement keeps it.
    pub came: Vec<MemberId>,
    /// Whether it is the group's last one: to look back, and to part.
    #[serde(default)]
    pub last: bool,
}

/// Who said that they come, and who said that they can't. Nobody is asked why.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Coming(BTreeMap<MemberId, bool>);

impl Coming {
    /// Somebody says so.
    pub fn say(&mut self, who: MemberId, comes: bool) {
        self.0.insert(who, comes);
    }

    /// What they said.
    pub fn of(&self, who: MemberId) -> Option<bool> {
        self.0.get(&who).copied()
    }

    /// Those who come.
    pub fn who(&self) -> impl Iterator<Item = MemberId> {
        self.0.iter().filter(|(_, comes)| **comes).map(|(who, _)| *who)
    }

    /// Somebody went.
    pub fn forget(&mut self, who: MemberId) {
        self.0.remove(&who);
    }
}

/// A meeting, opened.
#[derive(Clone)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// How it stands.
    pub stage: Stage,
    /// When it begins (microseconds UTC).
    pub starts_at: i64,
    /// Grows with every change.
    pub version: i64,
    /// Place, roles, running order, harvest.
    pub words: Words,
    /// Who comes.
    pub coming: Coming,
    /// The circle, while it is open.
    pub running: Option<Running>,
}

impl Meeting {
    /// The circle, if people sit together now.
    pub fn open(&self) -> Option<&Running> {
        self.running.as_ref().filter(|_| self.stage == Stage::Open)
    }

    /// Whether it is open, and nobody came but one member.
    pub fn is_alone(&self) -> bool {
        self.open().is_some_and(Running::is_alone)
    }

    /// Whether it is still to come, so late that nobody seems to have begun it.
    pub fn was_missed(&self, now: i64) -> bool {
        self.stage == Stage::Planned && now - self.starts_at > STALE
    }

    /// Whether it may begin: people sit down around its time. Whoever wants it earlier, or another
    /// day, changes the date, which all see.
    pub fn may_begin(&self, now: i64) -> bool {
        self.stage == Stage::Planned && now >= self.starts_at - EARLY && !self.was_missed(now)
    }

    /// Whether it is over, and was so lately that how somebody left it is still near: a day, and
    /// the longest that one goes on.
    pub fn was_lately(&self, now: i64) -> bool {
        self.stage == Stage::Closed && now < self.starts_at + STALE + DAY
    }

    /// Whether it is the group's last one, and far enough away that others come before it.
    pub fn is_far_last(&self, now: i64) -> bool {
        self.words.last && self.stage == Stage::Planned && self.starts_at - now > LAST_IS_NEAR
    }

    /// The minutes planned.
    pub fn minutes(&self) -> u32 {
        self.words.order.iter().map(|item| u32::from(item.plan.minutes.get())).sum()
    }

    /// Who answers for what is told to “the facilitator”.
    pub fn on_duty(&self) -> Option<MemberId> {
        let named = self.words.roles.held(rounds::Role::Facilitator);
        match self.open() {
            Some(running) => running.on_duty(named),
            None => named,
        }
    }
}

/// A date, a place: what a form brings to a meeting.
#[derive(Debug, Clone)]
pub struct Plan {
    /// When (microseconds UTC).
    pub starts_at: i64,
    /// Where, in words.
    pub place: String,
}

/// The place, as somebody typed it.
///
/// # Errors
/// The sentence to show beside the field `place`.
pub fn place(typed: &str) -> Result<String, FieldIssue> {
    let place = tidy(typed);
    fits(&place, PLACE, FieldIssue { field: "place", key: "meet-place-long" }).map(|()| place)
}

/// The harvest, as somebody typed it.
///
/// # Errors
/// The sentence to show beside the field `harvest`.
pub fn harvest(typed: &str) -> Result<String, FieldIssue> {
    let text = tidy(typed);
    fits(&text, HARVEST, FieldIssue { field: "harvest", key: "meet-harvest-long" }).map(|()| text)
}

/// Words of several lines, without what no keyboard types, and without space around them.
pub fn tidy(typed: &str) -> String {
    clean(typed).trim().to_owned()
}

fn fits(text: &str, most: usize, issue: FieldIssue) -> Result<(), FieldIssue> {
    if text.chars().count() > most { Err(issue) } else { Ok(()) }
}

#[cfg(test)]
#[path = "../tests.rs"]
mod tests;
