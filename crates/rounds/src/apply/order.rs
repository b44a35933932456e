//! The running order: steps begin, end and change places.

use super::Draft;
use crate::round::Phase;
use crate::{Context, MAX_STEPS, Minutes, Plan, Refused, Round, Seat, SeatId, Step, StepId, What};

impl Draft {
    pub(super) fn begin(&mut self, step: StepId, context: &mut Context<'_>) -> Result<(), Refused> {
        self.facilitates()?;
        self.meeting.place_of(step).ok_or(Refused::NoSuchStep)?;
        let next = *self.meeting.next_step().ok_or(Refused::NotNext)?;
        if next.id != step {
            return Err(Refused::NotNext);
        }
        self.end_running()?;
        self.meeting.begun += 1;
        self.meeting.running = true;
        self.tell(What::StepBegun { step });
        if next.is_round() {
            let come = self.meeting.seats.iter().filter(|seat| seat.has_come());
            let order = shuffle(come, context.chance);
            self.meeting.round = Some(Round::begin(order));
            self.settle(Phase::Going);
        }
        Ok(())
    }

    pub(super) fn end(&mut self, step: StepId) -> Result<(), Refused> {
        self.facilitates()?;
        self.meeting.place_of(step).ok_or(Refused::NoSuchStep)?;
        if self.meeting.step().is_none_or(|now| now.id != step) {
            return Err(Refused::NotNext);
        }
        self.end_running()
    }

    pub(super) fn add_step(&mut self, plan: Plan, before: Option<StepId>) -> Result<(), Refused> {
        if self.meeting.steps.len() >= MAX_STEPS {
            return Err(Refused::Full);
        }
        let next = self.meeting.next_step.checked_add(1).ok_or(Refused::Full)?;
        let place = self.free_place(before)?;
        let id = StepId(self.meeting.next_step);
        self.meeting.next_step = next;
        self.meeting.steps.insert(place, Step { id, plan });
        self.tell(What::OrderChanged);
        Ok(())
    }

    pub(super) fn move_step(
        &mut self,
        step: StepId,
        before: Option<StepId>,
    ) -> Result<(), Refused> {
        let from = self.ahead(step)?;
        let to = self.free_place(before)?;
        let moved = self.meeting.steps.remove(from);
        let to = if from < to { to - 1 } else { to };
        self.meeting.steps.insert(to, moved);
        self.tell(What::OrderChanged);
        Ok(())
    }

    pub(super) fn remove_step(&mut self, step: StepId) -> Result<(), Refused> {
        let place = self.ahead(step)?;
        self.meeting.steps.remove(place);
        self.tell(What::OrderChanged);
        Ok(())
    }

    pub(super) fn set_minutes(&mut self, step: StepId, minutes: Minutes) -> Result<(), Refused> {
        let place = self.meeting.place_of(step).ok_or(Refused::NoSuchStep)?;
        if place < self.meeting.begun && self.meeting.at() != Some(place) {
            return Err(Refused::Begun);
        }
        self.meeting.steps[place].plan.minutes = minutes;
        self.tell(What::OrderChanged);
        Ok(())
    }

    /// A round ends when everybody was asked, not when its minutes are over.
    fn end_running(&mut self) -> Result<(), Refused> {
        let Some(step) = self.meeting.step().map(|step| step.id) else { return Ok(()) };
        if self.meeting.round().is_some_and(|round| !round.is_over()) {
            return Err(Refused::NotAllHeard);
        }
        self.meeting.round = None;
        self.meeting.running = false;
        self.tell(What::StepEnded { step });
        Ok(())
    }

    /// The place of a step that has not begun.
    fn ahead(&self, step: StepId) -> Result<usize, Refused> {
        let place = self.meeting.place_of(step).ok_or(Refused::NoSuchStep)?;
        if place < self.meeting.begun { Err(Refused::Begun) } else { Ok(place) }
    }

    fn free_place(&self, before: Option<StepId>) -> Result<usize, Refused> {
        let place = self.meeting.place_before(before).ok_or(Refused::NoSuchStep)?;
        if place < self.meeting.begun { Err(Refused::Begun) } else { Ok(place) }
    }
}

/// Fisher and Yates: every order is as likely as any other. Those expected and not come
/// are left out; they join when they come.
fn shuffle<'a>(
    come: impl Iterator<Item = &'a Seat>,
    chance: &mut dyn FnMut(u32) -> u32,
) -> Vec<SeatId> {
    let mut order: Vec<SeatId> = come.map(|seat| seat.id).collect();
    for last in (1..order.len()).rev() {
        let below = u32::try_from(last + 1).expect("MAX_SEATS fits");
        let pick = usize::try_from(chance(below) % below).expect("below MAX_SEATS");
        order.swap(last, pick);
    }
    order
}
