//! What a page needs to draw the circle and to say it in a sentence. The words are the
//! caller's.

use crate::{
    Meeting, Plan, Presence, Role, Round, Seat, SeatId, SeatKind, Stage, Step, StepId, Turn,
};

/// The circle as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// The chairs: in a round in the order in which people are asked, otherwise in the
    /// order in which they came; those expected stand last.
    pub chairs: Vec<Chair>,
    /// Where the talking piece is.
    pub piece: Piece,
    /// Who is asked after that, as it looks now.
    pub next: Option<SeatId>,
    /// Whether a silence is being kept.
    pub silence: bool,
}

/// Where the talking piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// There is no round.
    None,
    /// It is held out.
    OfferedTo(SeatId),
    /// Somebody has it, and the word if they like.
    HeldBy(SeatId),
    /// It lies in the middle until somebody who is away comes back, or the facilitator
    /// goes on without them.
    Rests,
    /// Everybody was asked.
    Over,
}

/// A chair in the circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chair {
    /// Whose.
    pub seat: SeatId,
    /// Whether somebody is there.
    pub presence: Presence,
    /// A name at a shared phone.
    pub name_only: bool,
    /// Had the turn in this round, with words or without. True as well for who is here
    /// and was asked twice in vain: nothing shows who did not speak.
    pub done: bool,
    /// Sits last, because they came after this round had begun.
    pub late: bool,
    /// What they do for this meeting.
    pub roles: Vec<Role>,
}

/// A line of the running order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which step.
    pub step: StepId,
    /// What it is, and its minutes.
    pub plan: Plan,
    /// Where it stands.
    pub stage: LineStage,
    /// The minutes planned for all steps before it.
    pub planned_before: u32,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStage {
    /// It has ended.
    Ended,
    /// It is going on.
    Now,
    /// It has not begun and may be changed.
    Ahead,
}

impl Meeting {
    /// The circle as it stands.
    #[must_use]
    pub fn circle(&self) -> Circle {
        Circle {
            chairs: self.in_order().into_iter().map(|seat| self.chair(seat)).collect(),
            piece: self.piece(),
            next: self.next_asked(),
            silence: self.round().is_some_and(Round::is_silent),
        }
    }

    /// The running order with the minutes planned.
    #[must_use]
    pub fn running_order(&self) -> Vec<Line> {
        let mut planned_before = 0;
        let mut lines = Vec::with_capacity(self.steps.len());
        for (place, Step { id, plan }) in self.steps.iter().enumerate() {
            let stage = if self.at() == Some(place) {
                LineStage::Now
            } else if place < self.begun {
                LineStage::Ended
            } else {
                LineStage::Ahead
            };
            lines.push(Line { step: *id, plan: *plan, stage, planned_before });
            planned_before += u32::from(plan.minutes.get());
        }
        lines
    }

    /// The minutes planned for all steps.
    #[must_use]
    pub fn minutes_planned(&self) -> u32 {
        self.steps.iter().map(|step| u32::from(step.plan.minutes.get())).sum()
    }

    fn in_order(&self) -> Vec<&Seat> {
        let turn_of = |seat: &Seat| {
            let turns = self.round().map_or(&[][..], Round::turns);
            turns.iter().position(|turn| turn.seat == seat.id).unwrap_or(usize::MAX)
        };
        let mut seats: Vec<&Seat> = self.seats.iter().collect();
        // The sort is stable: who is in no round stays in the order of coming.
        seats.sort_by_key(|seat| turn_of(seat));
        seats
    }

    fn chair(&self, seat: &Seat) -> Chair {
        let turn = self.round().and_then(|round| turn_of(round, seat.id));
        Chair {
            seat: seat.id,
            presence: seat.presence,
            name_only: matches!(seat.kind, SeatKind::NameOnly { .. }),
            done: turn.is_some_and(|turn| match turn.stage {
                Stage::Done => true,
                Stage::Missed => seat.is_here(),
                Stage::Waiting(_) | Stage::Offered(_) | Stage::Holding(_) => false,
            }),
            late: turn.is_some_and(|turn| turn.late),
            roles: Role::ALL.into_iter().filter(|role| self.holds(*role, seat.id)).collect(),
        }
    }

    fn piece(&self) -> Piece {
        let Some(round) = self.round() else { return Piece::None };
        match round.piece() {
            Some(seat) if matches!(round.stage(seat), Some(Stage::Holding(_))) => {
                Piece::HeldBy(seat)
            }
            Some(seat) => Piece::OfferedTo(seat),
            None if round.is_over() => Piece::Over,
            None => Piece::Rests,
        }
    }

    fn next_asked(&self) -> Option<SeatId> {
        self.round().and_then(|round| round.first_waiting(|seat| self.is_here(seat)))
    }
}

impl Circle {
    /// Those who had their turn.
    pub fn done(&self) -> impl Iterator<Item = SeatId> {
        self.chairs.iter().filter(|chair| chair.done).map(|chair| chair.seat)
    }

    /// Those who are here.
    pub fn here(&self) -> impl Iterator<Item = SeatId> {
        self.with(Presence::Here)
    }

    /// Those who came and are away just now.
    pub fn away(&self) -> impl Iterator<Item = SeatId> {
        self.with(Presence::Away)
    }

    /// Those who have not come yet.
    pub fn expected(&self) -> impl Iterator<Item = SeatId> {
        self.with(Presence::Expected)
    }

    /// Those who came after this round had begun.
    pub fn late(&self) -> impl Iterator<Item = SeatId> {
        self.chairs.iter().filter(|chair| chair.late).map(|chair| chair.seat)
    }

    fn with(&self, presence: Presence) -> impl Iterator<Item = SeatId> {
        self.chairs.iter().filter(move |chair| chair.presence == presence).map(|chair| chair.seat)
    }
}

fn turn_of(round: &Round, seat: SeatId) -> Option<&Turn> {
    round.turns().iter().find(|turn| turn.seat == seat)
}
