//! What happened, for those who look on: numbers only.

use serde::{Deserialize, Serialize};

use crate::{Role, SeatId, StepId};

/// One thing that happened. Every event moves the version by one.
///
/// A turn gives the same two events, with the same versions, whether words were spoken
/// in it or not: [`What::PieceTaken`] and [`What::TurnOver`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// The version that it made.
    pub version: u64,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum What {
    /// Somebody sat down.
    SatDown {
        /// Where.
        seat: SeatId,
    },
    /// Somebody is back.
    Back {
        /// Who.
        seat: SeatId,
    },
    /// Somebody is away just now.
    WentAway {
        /// Who.
        seat: SeatId,
    },
    /// A seat was taken out of the circle.
    Left {
        /// Which.
        seat: SeatId,
    },
    /// A name is now at another member's phone.
    AtPhone {
        /// The name.
        seat: SeatId,
        /// The member.
        phone: SeatId,
    },
    /// A step has begun.
    StepBegun {
        /// Which.
        step: StepId,
    },
    /// A step has ended.
    StepEnded {
        /// Which.
        step: StepId,
    },
    /// Steps that have not begun were added, moved, removed or given other minutes.
    OrderChanged,
    /// Somebody was asked to take a role.
    RoleOffered {
        /// Which role.
        role: Role,
        /// Who was asked.
        to: SeatId,
    },
    /// The offer of a role is gone.
    OfferGone {
        /// Which role.
        role: Role,
    },
    /// A role is in other hands, or in nobody's.
    RoleHeld {
        /// Which role.
        role: Role,
        /// Who holds it now.
        by: Option<SeatId>,
    },
    /// The talking piece is held out.
    PieceOffered {
        /// To whom.
        to: SeatId,
    },
    /// The talking piece was taken.
    PieceTaken {
        /// By whom.
        by: SeatId,
    },
    /// A turn is over.
    TurnOver {
        /// Whose.
        seat: SeatId,
    },
    /// Somebody will be asked again at the end.
    AskedLater {
        /// Who.
        seat: SeatId,
    },
    /// Somebody was asked twice in vain.
    Missed {
        /// Who.
        seat: SeatId,
    },
    /// Only people who are away have not had their turn; the piece lies in the middle.
    PieceRests,
    /// Everybody had their turn, or missed it.
    RoundOver,
    /// A silence begins.
    SilenceBegan,
    /// The silence is over.
    SilenceOver,
}
