//! One move makes the next state, or changes nothing.

mod already;
mod order;
mod roles;
mod seats;
mod turns;

use crate::{Act, Context, Event, Meeting, Move, Refused, Seat, SeatId, What};

impl Meeting {
    /// The next state and what happened, in order; or why not. `self` stays as it is.
    ///
    /// Whoever makes a move is here: a member who was away comes back by it.
    ///
    /// # Errors
    /// [`Refused`], most kindly first: [`Refused::Already`] when what is asked for is so,
    /// [`Refused::Stale`] when what the move is about has changed since `seen`, then
    /// whatever stands in its way.
    pub fn apply(
        &self,
        asked: Move,
        context: &mut Context<'_>,
    ) -> Result<(Self, Vec<Event>), Refused> {
        self.knows(asked)?;
        if self.is_so(asked) {
            return Err(Refused::Already);
        }
        if asked.seen > self.version || asked.seen < self.last_changed(asked.act) {
            return Err(Refused::Stale { now_at: self.version });
        }
        let mut draft = Draft { meeting: self.clone(), events: Vec::new(), by: asked.by };
        draft.come_back_by_moving(asked.act);
        draft.run(asked.act, context)?;
        Ok((draft.meeting, draft.events))
    }

    /// Whether the mover may ask for anything here.
    fn knows(&self, asked: Move) -> Result<(), Refused> {
        let own = match asked.act {
            Act::Here { seat } | Act::Leave { seat } => seat == asked.by,
            _ => false,
        };
        match self.seat(asked.by) {
            Some(seat) if seat.is_member() => Ok(()),
            Some(_) => Err(Refused::NotYours),
            None if own => Ok(()),
            None => Err(Refused::NoSuchSeat),
        }
    }

    /// The version at which what an act is about last changed. Coming, going and silences
    /// are about nothing that anybody else could have changed.
    const fn last_changed(&self, act: Act) -> u64 {
        match act {
            Act::Here { .. }
            | Act::AddName { .. }
            | Act::Away { .. }
            | Act::Leave { .. }
            | Act::Silence { .. } => 0,
            Act::Begin { .. }
            | Act::End { .. }
            | Act::AddStep { .. }
            | Act::MoveStep { .. }
            | Act::RemoveStep { .. }
            | Act::SetMinutes { .. } => self.changed.order,
            Act::Take { .. } | Act::Pass { .. } | Act::Later { .. } | Act::MoveOn { .. } => {
                self.changed.piece
            }
            Act::OfferRole { .. }
            | Act::AcceptRole { .. }
            | Act::DeclineRole { .. }
            | Act::TakeRole { .. }
            | Act::LayDownRole { .. } => self.changed.roles,
        }
    }
}

/// The next state while it is being made.
struct Draft {
    meeting: Meeting,
    events: Vec<Event>,
    by: SeatId,
}

impl Draft {
    fn run(&mut self, act: Act, context: &mut Context<'_>) -> Result<(), Refused> {
        match act {
            Act::Here { seat } => self.here(seat),
            Act::AddName { seat } => self.add_name(seat),
            Act::Away { seat } => self.away(seat),
            Act::Leave { seat } => self.leave(seat),
            Act::Begin { step } => self.begin(step, context),
            Act::End { step } => self.end(step),
            Act::AddStep { plan, before } => self.add_step(plan, before),
            Act::MoveStep { step, before } => self.move_step(step, before),
            Act::RemoveStep { step } => self.remove_step(step),
            Act::SetMinutes { step, minutes } => self.set_minutes(step, minutes),
            Act::Take { seat } => self.take(seat),
            Act::Pass { seat } => self.pass(seat),
            Act::Later { seat } => self.later(seat),
            Act::MoveOn { from } => self.move_on(from),
            Act::Silence { on } => self.silence(on),
            Act::OfferRole { role, to } => self.offer_role(role, to),
            Act::AcceptRole { role, seat } => self.accept_role(role, seat),
            Act::DeclineRole { role, seat } => self.decline_role(role, seat),
            Act::TakeRole { role } => self.take_role(role, context),
            Act::LayDownRole { role, seat } => self.lay_down_role(role, seat),
        }
    }

    /// Notes what happened; each event is a version.
    fn tell(&mut self, what: What) {
        let meeting = &mut self.meeting;
        meeting.version += 1;
        let version = meeting.version;
        let changed = &mut meeting.changed;
        match what {
            What::SatDown { .. }
            | What::Back { .. }
            | What::WentAway { .. }
            | What::Left { .. }
            | What::AtPhone { .. }
            | What::SilenceBegan
            | What::SilenceOver => {}
            What::OrderChanged | What::StepBegun { .. } | What::StepEnded { .. } => {
                changed.order = version;
            }
            What::RoleOffered { .. } | What::OfferGone { .. } | What::RoleHeld { .. } => {
                changed.roles = version;
            }
            What::PieceOffered { .. }
            | What::PieceTaken { .. }
            | What::TurnOver { .. }
            | What::AskedLater { .. }
            | What::Missed { .. }
            | What::PieceRests
            | What::RoundOver => changed.piece = version,
        }
        self.events.push(Event { version, what });
    }

    fn yours(&self, seat: SeatId) -> Result<(), Refused> {
        if self.meeting.seat(seat).is_none() {
            Err(Refused::NoSuchSeat)
        } else if self.meeting.acts_for(self.by, seat) {
            Ok(())
        } else {
            Err(Refused::NotYours)
        }
    }

    fn facilitates(&self) -> Result<(), Refused> {
        if self.meeting.holds(crate::Role::Facilitator, self.by) {
            self.is_here()
        } else {
            Err(Refused::OnlyFacilitator)
        }
    }

    fn is_here(&self) -> Result<(), Refused> {
        if self.meeting.is_here(self.by) { Ok(()) } else { Err(Refused::NotHere) }
    }

    fn seat_mut(&mut self, id: SeatId) -> Result<&mut Seat, Refused> {
        self.meeting.seats.iter_mut().find(|seat| seat.id == id).ok_or(Refused::NoSuchSeat)
    }
}
