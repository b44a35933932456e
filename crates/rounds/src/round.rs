//! One round: a queue of turns and where the talking piece is.

use serde::{Deserialize, Serialize};

use crate::SeatId;

/// How often a seat has been asked in this round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// For the first time.
    First,
    /// Again, at the end; it was away or asked for later.
    Again,
}

/// Where a seat's turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Will be asked.
    Waiting(Asked),
    /// The piece is held out, and has not been taken.
    Offered(Asked),
    /// Has the piece.
    Holding(Asked),
    /// Had the turn. Nothing says whether words were spoken in it.
    Done,
    /// Was asked twice in vain. Being here again is enough to be asked again.
    Missed,
}

/// A seat's place in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Whose turn.
    pub seat: SeatId,
    /// Where it stands.
    pub stage: Stage,
    /// Whether they came after the round had begun, and so sit last.
    pub late: bool,
}

/// A round that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    pub(crate) turns: Vec<Turn>,
    pub(crate) silence: bool,
}

/// Where the round as a whole stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Somebody is offered or holds the piece.
    Going,
    /// Only people who are away have not had their turn.
    Resting,
    /// Everybody had their turn, or missed it.
    Over,
}

impl Round {
    pub(crate) fn begin(order: Vec<SeatId>) -> Self {
        let turn = |seat| Turn { seat, stage: Stage::Waiting(Asked::First), late: false };
        Self { turns: order.into_iter().map(turn).collect(), silence: false }
    }

    /// The turns, in the order in which people are asked.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// Whether a silence is being kept.
    #[must_use]
    pub const fn is_silent(&self) -> bool {
        self.silence
    }

    /// The seat that is offered or holds the piece.
    #[must_use]
    pub fn piece(&self) -> Option<SeatId> {
        self.turns
            .iter()
            .find(|turn| matches!(turn.stage, Stage::Offered(_) | Stage::Holding(_)))
            .map(|turn| turn.seat)
    }

    /// Whether everybody had their turn, or missed it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.phase() == Phase::Over
    }

    /// Where a seat's turn stands; `None` for who is not in this round.
    #[must_use]
    pub fn stage(&self, seat: SeatId) -> Option<Stage> {
        self.turns.iter().find(|turn| turn.seat == seat).map(|turn| turn.stage)
    }

    pub(crate) fn phase(&self) -> Phase {
        if self.piece().is_some() {
            Phase::Going
        } else if self.turns.iter().any(is_waiting) {
            Phase::Resting
        } else {
            Phase::Over
        }
    }

    /// The first waiting seat for which `here` is true.
    pub(crate) fn first_waiting(&self, here: impl Fn(SeatId) -> bool) -> Option<SeatId> {
        self.turns.iter().find(|turn| is_waiting(turn) && here(turn.seat)).map(|turn| turn.seat)
    }

    /// Offers the piece to a waiting seat. Who stood before it is away: those passed for
    /// the first time go to the end and are given back.
    pub(crate) fn offer(&mut self, to: SeatId) -> Vec<SeatId> {
        let passed: Vec<SeatId> = self
            .turns
            .iter()
            .take_while(|turn| turn.seat != to)
            .filter(|turn| turn.stage == Stage::Waiting(Asked::First))
            .map(|turn| turn.seat)
            .collect();
        for seat in &passed {
            self.ask_at_end(*seat);
        }
        if let Some(Stage::Waiting(asked)) = self.stage(to) {
            self.set(to, Stage::Offered(asked));
        }
        passed
    }

    pub(crate) fn set(&mut self, seat: SeatId, stage: Stage) {
        if let Some(turn) = self.turns.iter_mut().find(|turn| turn.seat == seat) {
            turn.stage = stage;
        }
    }

    /// To be asked again, after everybody else.
    pub(crate) fn ask_at_end(&mut self, seat: SeatId) {
        if let Some(place) = self.turns.iter().position(|turn| turn.seat == seat) {
            let turn = self.turns.remove(place);
            self.turns.push(Turn { stage: Stage::Waiting(Asked::Again), ..turn });
        }
    }

    pub(crate) fn join_late(&mut self, seat: SeatId) {
        self.turns.push(Turn { seat, stage: Stage::Waiting(Asked::First), late: true });
    }

    pub(crate) fn remove(&mut self, seat: SeatId) {
        self.turns.retain(|turn| turn.seat != seat);
    }

    /// Those who still wait miss their turn; they are given back.
    pub(crate) fn miss_waiting(&mut self) -> Vec<SeatId> {
        let mut missed = Vec::new();
        for turn in self.turns.iter_mut().filter(|turn| is_waiting(turn)) {
            turn.stage = Stage::Missed;
            missed.push(turn.seat);
        }
        missed
    }
}

fn is_waiting(turn: &Turn) -> bool {
    matches!(turn.stage, Stage::Waiting(_))
}
