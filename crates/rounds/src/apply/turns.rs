//! The talking piece.

use super::Draft;
use crate::round::Phase;
use crate::{Asked, Refused, SeatId, Stage, StepKind, What};

impl Draft {
    pub(super) fn take(&mut self, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        match self.stage(seat)? {
            Stage::Offered(asked) => {
                self.take_up(seat, asked);
                Ok(())
            }
            Stage::Waiting(_) | Stage::Holding(_) | Stage::Done | Stage::Missed => {
                Err(Refused::NotYourTurn)
            }
        }
    }

    /// Passing without a word is taking the piece and giving it on at once, step by step:
    /// afterwards nothing can tell it from a turn in which somebody spoke.
    pub(super) fn pass(&mut self, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        match self.stage(seat)? {
            Stage::Offered(asked) => self.take_up(seat, asked),
            Stage::Holding(_) => {}
            Stage::Waiting(_) | Stage::Done | Stage::Missed => return Err(Refused::NotYourTurn),
        }
        self.turn_over(seat);
        Ok(())
    }

    pub(super) fn later(&mut self, seat: SeatId) -> Result<(), Refused> {
        self.yours(seat)?;
        match self.stage(seat)? {
            Stage::Offered(Asked::First) => {
                self.ask_later(seat);
                Ok(())
            }
            Stage::Offered(Asked::Again) => Err(Refused::NoLater),
            Stage::Waiting(_) | Stage::Holding(_) | Stage::Done | Stage::Missed => {
                Err(Refused::NotYourTurn)
            }
        }
    }

    pub(super) fn move_on(&mut self, from: Option<SeatId>) -> Result<(), Refused> {
        self.facilitates()?;
        let round = self.meeting.round().ok_or(Refused::NotInRound)?;
        if round.piece() != from || round.is_over() {
            return Err(Refused::NotYourTurn);
        }
        match from {
            Some(seat) => self.move_on_from(seat),
            None => {
                self.go_on_without();
                Ok(())
            }
        }
    }

    pub(super) fn silence(&mut self, on: bool) -> Result<(), Refused> {
        let round = self.meeting.round().ok_or(Refused::NotInRound)?;
        let holder =
            round.piece().filter(|seat| matches!(round.stage(*seat), Some(Stage::Holding(_))));
        if !holder.is_some_and(|seat| self.meeting.acts_for(self.by, seat)) {
            self.facilitates()?;
        }
        let kind = self.meeting.step().map(|step| step.plan.kind);
        if !matches!(kind, Some(StepKind::Round { silence: true, .. })) {
            return Err(Refused::NoSilence);
        }
        self.set_silence(on);
        Ok(())
    }

    /// Offers the piece to the next who is here, if it lies free.
    pub(super) fn settle(&mut self, before: Phase) {
        let meeting = &mut self.meeting;
        let Some(round) = &mut meeting.round else { return };
        if round.piece().is_some() {
            return;
        }
        let seats = &meeting.seats;
        let here = |id| seats.iter().any(|seat| seat.id == id && seat.is_here());
        if let Some(to) = round.first_waiting(here) {
            for seat in round.offer(to) {
                self.tell(What::AskedLater { seat });
            }
            self.tell(What::PieceOffered { to });
            return;
        }
        match round.phase() {
            now if now == before => {}
            Phase::Over => self.tell(What::RoundOver),
            Phase::Resting => self.tell(What::PieceRests),
            Phase::Going => {}
        }
    }

    fn move_on_from(&mut self, seat: SeatId) -> Result<(), Refused> {
        let away = !self.meeting.is_here(seat);
        match self.stage(seat)? {
            Stage::Offered(Asked::First) => self.ask_later(seat),
            Stage::Holding(Asked::First) if away => self.ask_later(seat),
            Stage::Offered(Asked::Again) => {
                self.tell(What::Missed { seat });
                self.in_round(|round| round.set(seat, Stage::Missed));
            }
            Stage::Holding(_) => self.turn_over(seat),
            Stage::Waiting(_) | Stage::Done | Stage::Missed => return Err(Refused::NotYourTurn),
        }
        Ok(())
    }

    /// The piece rests, and the group has waited long enough for those who are away.
    fn go_on_without(&mut self) {
        let missed = self.meeting.round.as_mut().map(crate::Round::miss_waiting);
        for seat in missed.unwrap_or_default() {
            self.tell(What::Missed { seat });
        }
        self.settle(Phase::Resting);
    }

    fn take_up(&mut self, seat: SeatId, asked: Asked) {
        if self.meeting.round().is_some_and(crate::Round::is_silent) {
            self.set_silence(false);
        }
        if let Some(round) = &mut self.meeting.round {
            round.set(seat, Stage::Holding(asked));
        }
        self.tell(What::PieceTaken { by: seat });
    }

    fn turn_over(&mut self, seat: SeatId) {
        self.tell(What::TurnOver { seat });
        self.in_round(|round| round.set(seat, Stage::Done));
    }

    pub(super) fn ask_later(&mut self, seat: SeatId) {
        self.tell(What::AskedLater { seat });
        self.in_round(|round| round.ask_at_end(seat));
    }

    fn set_silence(&mut self, on: bool) {
        if let Some(round) = &mut self.meeting.round {
            round.silence = on;
        }
        self.tell(if on { What::SilenceBegan } else { What::SilenceOver });
    }

    fn stage(&self, seat: SeatId) -> Result<Stage, Refused> {
        self.meeting.round().and_then(|round| round.stage(seat)).ok_or(Refused::NotInRound)
    }
}
