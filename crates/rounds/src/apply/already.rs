//! A second tap on the same button, or two people with the same wish: it is so already.

use crate::{Act, Asked, Meeting, Move, Post, Role, SeatId, Stage, StepId};

impl Meeting {
    /// Whether what is asked for is so without the move.
    pub(super) fn is_so(&self, asked: Move) -> bool {
        let round = self.round();
        match asked.act {
            Act::Here { seat } => {
                self.is_here(seat)
                    && round.and_then(|round| round.stage(seat)) != Some(Stage::Missed)
            }
            Act::AddName { seat } => self.acts_for(asked.by, seat) && seat != asked.by,
            Act::Away { seat } => self.seat(seat).is_some_and(|seat| !seat.is_here()),
            Act::Leave { seat } => self.was_used(seat) && self.seat(seat).is_none(),
            Act::Begin { step } => self.place_of(step).is_some_and(|place| place < self.begun),
            Act::End { step } => self
                .place_of(step)
                .is_some_and(|place| place < self.begun && self.at() != Some(place)),
            Act::AddStep { .. } => false,
            Act::MoveStep { step, before } => self.stands_before(step, before),
            Act::RemoveStep { step } => step.0 < self.next_step && self.place_of(step).is_none(),
            Act::SetMinutes { step, minutes } => {
                self.steps.iter().any(|one| one.id == step && one.plan.minutes == minutes)
            }
            Act::Take { seat } => {
                matches!(round.and_then(|round| round.stage(seat)), Some(Stage::Holding(_)))
            }
            Act::Pass { seat } => round.and_then(|round| round.stage(seat)) == Some(Stage::Done),
            Act::Later { seat } => {
                round.and_then(|round| round.stage(seat)) == Some(Stage::Waiting(Asked::Again))
            }
            Act::MoveOn { from } => round.is_some_and(|round| match from {
                Some(seat) => round.piece() != Some(seat) && round.stage(seat).is_some(),
                None => round.is_over(),
            }),
            Act::Silence { on } => round.is_some_and(|round| round.is_silent() == on),
            Act::OfferRole { role, to } => {
                let Post { held, offered } = self.post(role);
                held == Some(to) || offered == Some(to)
            }
            Act::AcceptRole { role, seat } => self.holds(role, seat),
            Act::DeclineRole { role, seat } => self.has_no_part_in(role, seat),
            Act::TakeRole { role } => self.holds(role, asked.by),
            Act::LayDownRole { role, seat } => self.seat(seat).is_some() && !self.holds(role, seat),
        }
    }

    pub(super) const fn was_used(&self, seat: SeatId) -> bool {
        seat.0 >= 1 && seat.0 <= self.newest_seat
    }

    fn has_no_part_in(&self, role: Role, seat: SeatId) -> bool {
        let Post { held, offered } = self.post(role);
        self.seat(seat).is_some() && held != Some(seat) && offered != Some(seat)
    }

    /// Whether a step that has not begun stands right before another, or is that other.
    fn stands_before(&self, step: StepId, before: Option<StepId>) -> bool {
        match (self.place_of(step), self.place_before(before)) {
            (Some(place), Some(target)) => {
                place >= self.begun && (place == target || place + 1 == target)
            }
            _ => false,
        }
    }
}
