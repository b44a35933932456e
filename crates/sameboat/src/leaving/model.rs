//! Rules of going: pure.

use serde::{Deserialize, Serialize};

use crate::ids::MemberId;

/// How somebody went, as the group is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Of their own will.
    Left,
    /// All others asked them to.
    AskedByAll,
    /// The founder asked them to, before anything was ratified.
    AskedByFounder,
    /// They lost everything and came back: this is the seat that they had.
    CameBack,
}

impl How {
    /// The key of the sentence on Today.
    pub fn key(self) -> &'static str {
        match self {
            How::Left => "went-left",
            How::AskedByAll => "went-asked",
            How::AskedByFounder => "went-asked-by-founder",
            How::CameBack => "went-came-back",
        }
    }
}

/// Somebody went.
pub struct Departure {
    /// Who.
    pub who: MemberId,
    /// On which day (UTC).
    pub day: i64,
    /// How.
    pub how: How,
}

/// Days for which Today says that somebody went.
pub const SHOWN_DAYS: i64 = 14;

/// Somebody is asked to leave, and the others have not all said yes yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// Who began it.
    pub by: MemberId,
    /// Who said yes, `by` among them.
    pub yes: Vec<MemberId>,
    /// Who decides: those who were in when it began, so that nobody can be let in against it. None
    /// where it began before this was kept.
    #[serde(default)]
    pub deciders: Option<Vec<MemberId>>,
}

/// Days after which an asking falls, if not everybody said yes.
pub const ASKING_DAYS: i64 = 14;

/// How many others at least must say yes.
pub const AT_LEAST: usize = 2;

impl Asking {
    /// A new one; who begins it says yes.
    pub fn new(by: MemberId, deciders: Vec<MemberId>) -> Asking {
        Asking { by, yes: vec![by], deciders: Some(deciders) }
    }

    /// Whether somebody's word is asked for.
    pub fn asks(&self, who: MemberId) -> bool {
        self.deciders.as_ref().is_none_or(|deciders| deciders.contains(&who))
    }

    /// Says yes; saying it twice is fine.
    pub fn say_yes(&mut self, who: MemberId) {
        if !self.yes.contains(&who) {
            self.yes.push(who);
        }
    }

    /// Takes a yes back.
    pub fn take_back(&mut self, who: MemberId) {
        self.yes.retain(|id| *id != who);
    }

    /// Whether all others said yes. `others` are those of the deciders who are waited for.
    pub fn is_decided(&self, others: &[MemberId]) -> bool {
        others.len() >= AT_LEAST && others.iter().all(|id| self.yes.contains(id))
    }

    /// Whether it has fallen.
    pub fn has_fallen(age_days: i64) -> bool {
        age_days >= ASKING_DAYS
    }
}

/// What stands in the envelope.
#[derive(Clone, Serialize, Deserialize)]
pub struct Farewell {
    /// The outside name of the group, as it was then.
    pub outside: String,
    /// Why.
    pub reason: String,
    /// When (microseconds UTC).
    pub at: i64,
}
