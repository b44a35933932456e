//! What people may ask for, and why it may be refused.

use core::fmt;

use thiserror::Error;

use crate::{LOST_AFTER, Minutes, Plan, Role, SeatId, StepId};

/// Somebody asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// The member who asks. A name at a shared phone never asks itself.
    pub by: SeatId,
    /// The version that they saw.
    pub seen: u64,
    /// What they ask for.
    pub act: Act,
}

/// What may be asked for. `seat` is the member's own seat, or a name at their phone; the
/// facilitator may act for every name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Here I am: sits down, comes back, or is asked again after missing a turn.
    Here {
        /// Who. A number that was not used before makes a new seat.
        seat: SeatId,
    },
    /// A name sits down at the mover's phone.
    AddName {
        /// A number that was not used before.
        seat: SeatId,
    },
    /// Away just now. The caller may also say so for a phone that went silent. Who is asked
    /// for the first time is asked again at the end. It never takes the piece from who holds
    /// it, since a dark screen may be in front of a person who is speaking.
    Away {
        /// Who.
        seat: SeatId,
    },
    /// Goes for good.
    Leave {
        /// Who.
        seat: SeatId,
    },
    /// The facilitator begins the first step that has not begun; the one before it ends.
    Begin {
        /// Which.
        step: StepId,
    },
    /// The facilitator ends the step.
    End {
        /// Which.
        step: StepId,
    },
    /// A new step in the running order.
    AddStep {
        /// What it is to be.
        plan: Plan,
        /// The step that it stands before; `None` for last.
        before: Option<StepId>,
    },
    /// A step that has not begun moves.
    MoveStep {
        /// Which.
        step: StepId,
        /// The step that it shall stand before; `None` for last.
        before: Option<StepId>,
    },
    /// A step that has not begun is taken out.
    RemoveStep {
        /// Which.
        step: StepId,
    },
    /// A step that has not ended gets other minutes.
    SetMinutes {
        /// Which.
        step: StepId,
        /// How many.
        minutes: Minutes,
    },
    /// Takes the piece that was held out.
    Take {
        /// Who.
        seat: SeatId,
    },
    /// Gives the piece on, after speaking or without a word. There is one act for both.
    Pass {
        /// Who.
        seat: SeatId,
    },
    /// Asks to be asked again at the end; once in a round.
    Later {
        /// Who.
        seat: SeatId,
    },
    /// The facilitator helps the piece on.
    ///
    /// Who was offered it is asked again at the end, and the second time misses the turn.
    /// Who held it and is away is asked again at the end, once; otherwise the turn is over.
    MoveOn {
        /// Who has the piece; `None` when it rests, and then those away miss their turn.
        from: Option<SeatId>,
    },
    /// The facilitator, or who holds the piece, begins or ends a silence. It stops nobody:
    /// the next to take the piece ends it too.
    Silence {
        /// Begin or end.
        on: bool,
    },
    /// Asks somebody to take a role: by its holder, or by any member when nobody holds it.
    OfferRole {
        /// Which.
        role: Role,
        /// Whom.
        to: SeatId,
    },
    /// Takes a role that was offered.
    AcceptRole {
        /// Which.
        role: Role,
        /// Who.
        seat: SeatId,
    },
    /// Does not take a role that was offered.
    DeclineRole {
        /// Which.
        role: Role,
        /// Who.
        seat: SeatId,
    },
    /// Takes a role that nobody holds, whose holder is away, or the facilitator's, when
    /// their connection is lost ([`Context`]).
    TakeRole {
        /// Which.
        role: Role,
    },
    /// Lays a role down.
    LayDownRole {
        /// Which.
        role: Role,
        /// Who.
        seat: SeatId,
    },
}

/// What the machine can't know by itself.
pub struct Context<'a> {
    /// The time, in seconds from any fixed moment.
    pub now: u64,
    /// When the facilitator's connection was last seen, on the same clock; `None` if it
    /// was not seen in this meeting. A caller that has just started knows of nobody: it
    /// gives the moment of its start, or everybody could take the role at once.
    pub facilitator_seen_at: Option<u64>,
    /// Draws a number below the one given, each as likely as the other. Asked only when a
    /// round begins.
    pub chance: &'a mut dyn FnMut(u32) -> u32,
}

impl Context<'_> {
    /// Whether the facilitator's connection has been lost for [`LOST_AFTER`] seconds.
    #[must_use]
    pub fn facilitator_is_lost(&self) -> bool {
        self.facilitator_seen_at.is_none_or(|at| self.now.saturating_sub(at) >= LOST_AFTER)
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("now", &self.now)
            .field("facilitator_seen_at", &self.facilitator_seen_at)
            .finish_non_exhaustive()
    }
}

/// Why a move changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// It is so already; a second tap on the same button ends here. Nothing is wrong.
    #[error("it is so already")]
    Already,
    /// What the move is about has changed since.
    #[error("it has changed since; the version is now {now_at}")]
    Stale {
        /// The version to look at now.
        now_at: u64,
    },
    /// There is no such seat, or it was left.
    #[error("there is no such seat")]
    NoSuchSeat,
    /// The number of a new seat was used before.
    #[error("the number of this seat was used before")]
    SeatUsed,
    /// There is no such step.
    #[error("there is no such step")]
    NoSuchStep,
    /// The mover may not act for this seat.
    #[error("this seat moves for itself")]
    NotYours,
    /// The mover is not in the circle just now.
    #[error("only somebody who is here may do this")]
    NotHere,
    /// Only the facilitator may do this.
    #[error("only the facilitator may do this")]
    OnlyFacilitator,
    /// There is no facilitator whom it could reach.
    #[error("nobody is the facilitator just now")]
    NobodyLeads,
    /// There is no round, or the seat is not in it.
    #[error("there is no round with this seat")]
    NotInRound,
    /// The piece is with somebody else.
    #[error("the talking piece is with somebody else")]
    NotYourTurn,
    /// The seat was asked again already.
    #[error("the end of the round has come; there is no later")]
    NoLater,
    /// Somebody has not had their turn.
    #[error("somebody has not had their turn")]
    NotAllHeard,
    /// This round was planned without silences.
    #[error("this round keeps no silence")]
    NoSilence,
    /// Another step comes first.
    #[error("another step comes first")]
    NotNext,
    /// The step has begun or ended.
    #[error("the step has begun")]
    Begun,
    /// Somebody holds the role and is there.
    #[error("somebody holds this role")]
    Held,
    /// The role was not offered to this seat, or is not theirs to offer.
    #[error("the role was not offered")]
    NotOffered,
    /// The facilitator needs a phone of their own.
    #[error("a name at a shared phone can't be the facilitator")]
    MembersOnly,
    /// There are as many seats or steps as fit.
    #[error("there is no room for more")]
    Full,
}
