//! The steps of a meeting and the minutes planned for them.

use serde::{Deserialize, Serialize};

/// The most minutes a step may be planned for: four hours.
pub const MAX_MINUTES: u16 = 240;

/// A step's number. It stays with the step when the order changes and is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepId(pub u32);

/// Minutes planned, 1 to [`MAX_MINUTES`]. A plan and no alarm: nothing ends because
/// they are over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Minutes(u16);

impl Minutes {
    /// `None` unless `minutes` is 1 to [`MAX_MINUTES`].
    #[must_use]
    pub const fn new(minutes: u16) -> Option<Self> {
        if minutes >= 1 && minutes <= MAX_MINUTES { Some(Self(minutes)) } else { None }
    }

    /// The number of minutes.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Minutes {
    type Error = &'static str;

    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        Self::new(minutes).ok_or("a step is planned for 1 to 240 minutes")
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

/// What a step is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StepKind {
    /// People come in.
    Arrive,
    /// Somebody says some words to all.
    Words(Words),
    /// Everybody is asked once, with a talking piece.
    Round {
        /// What is asked.
        question: Question,
        /// Whether a silence may be kept between turns.
        silence: bool,
    },
    /// Quiet, together.
    Silence,
    /// Quiet, with a page that only its writer reads.
    Writing,
    /// What several of us have in common.
    CommonGround,
    /// The agreement is read, changed, accepted.
    Agreement,
    /// The next date and who does what then.
    NextTime,
    /// Closing words.
    Closing,
    /// Free talk.
    Open,
}

/// Which words are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Words {
    /// The opening: a reading, thanks, a silence, or whatever was chosen.
    Opening,
    /// What the group is for, what it can't do, and the right to pass.
    Purpose,
}

/// What a round asks. The sentence itself is kept by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Question {
    /// How do I arrive?
    CheckIn,
    /// My name, and what brought me, as much as I like.
    WhatBroughtMe,
    /// What I would like to share, if I am willing.
    Sharing,
    /// What was the same for me, what was different?
    Echo,
    /// How do I leave?
    CheckOut,
    /// A question that the caller keeps under this number.
    Own(u32),
}

/// What a step is to be: its kind and its minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it is for.
    pub kind: StepKind,
    /// How long it is planned to take.
    pub minutes: Minutes,
}

/// A step in the running order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number.
    pub id: StepId,
    /// What it is to be.
    pub plan: Plan,
}

impl Step {
    /// Whether it is a round with a talking piece.
    #[must_use]
    pub const fn is_round(&self) -> bool {
        matches!(self.plan.kind, StepKind::Round { .. })
    }
}

/// A running order of 75 minutes for people who meet for the first time.
#[must_use]
pub fn first_meeting() -> Vec<Plan> {
    let plan = |kind, minutes| Plan { kind, minutes: Minutes(minutes) };
    let round = |question| StepKind::Round { question, silence: true };
    vec![
        plan(StepKind::Arrive, 5),
        plan(StepKind::Words(Words::Purpose), 5),
        plan(round(Question::WhatBroughtMe), 15),
        plan(StepKind::Writing, 8),
        plan(round(Question::Sharing), 20),
        plan(StepKind::CommonGround, 10),
        plan(StepKind::Agreement, 7),
        plan(StepKind::NextTime, 3),
        plan(StepKind::Closing, 2),
    ]
}
