//! Roles for one meeting. They are offered and accepted, never given.

use serde::{Deserialize, Serialize};

use crate::SeatId;

/// Seconds without a connection after which somebody else may take the facilitator's role.
pub const LOST_AFTER: u64 = 30;

/// A role for this meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Begins and ends steps, and helps the talking piece on when it is stuck.
    Facilitator,
    /// Says the opening words.
    Opener,
    /// Keeps an eye on the time.
    TimeKeeper,
    /// Writes down what the group wants to keep.
    NoteKeeper,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Facilitator, Self::Opener, Self::TimeKeeper, Self::NoteKeeper];

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Facilitator => 0,
            Self::Opener => 1,
            Self::TimeKeeper => 2,
            Self::NoteKeeper => 3,
        }
    }
}

/// Who holds a role, and to whom it is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The seat that holds it.
    pub held: Option<SeatId>,
    /// The seat that was asked to take it and has not answered.
    pub offered: Option<SeatId>,
}
