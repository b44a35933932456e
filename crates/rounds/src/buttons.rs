//! Which moves a member's page may offer now.

use crate::{Act, Asked, Meeting, Role, Round, SeatId, Stage, StepId, StepKind};

/// What a member may do now. What is offered here is not refused, unless something
/// changes in between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Buttons {
    /// Who has or is offered the piece, where this phone moves for them.
    pub turn: Option<TurnButtons>,
    /// Help the piece on.
    pub move_on: Option<Act>,
    /// Begin or end a silence.
    pub silence: Option<Act>,
    /// The next step may begin, which ends the one going on.
    pub begin: Option<StepId>,
    /// The step going on may end.
    pub end: Option<StepId>,
    /// The facilitator's role may be taken.
    pub facilitate: bool,
    /// Roles that were offered to the member, or to a name at their phone.
    pub offered: Vec<(Role, SeatId)>,
}

/// What may be done with the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnButtons {
    /// Whose turn it is: the member's own, or a name's at their phone.
    pub seat: SeatId,
    /// The piece may be taken.
    pub take: bool,
    /// The piece may be given on. This is so in every turn.
    pub pass: bool,
    /// They may ask to be asked again at the end.
    pub later: bool,
}

impl Meeting {
    /// What a member may do now. `lost` says whether the facilitator's connection is
    /// lost ([`crate::Context::facilitator_is_lost`]).
    #[must_use]
    pub fn buttons(&self, by: SeatId, lost: bool) -> Buttons {
        if !self.seat(by).is_some_and(crate::Seat::is_member) {
            return Buttons::default();
        }
        let facilitates = self.holds(Role::Facilitator, by) && self.is_here(by);
        let vacant = self.post(Role::Facilitator).held.is_none();
        let all_heard = self.round().is_none_or(Round::is_over);
        Buttons {
            turn: self.turn_buttons(by),
            move_on: facilitates.then(|| self.move_on_act()).flatten(),
            silence: self.silence_act(by, facilitates),
            begin: (facilitates && all_heard)
                .then(|| self.next_step().map(|step| step.id))
                .flatten(),
            end: (facilitates && all_heard).then(|| self.step().map(|step| step.id)).flatten(),
            facilitate: self.is_here(by) && !self.holds(Role::Facilitator, by) && (vacant || lost),
            offered: self.offers_to(by),
        }
    }

    fn turn_buttons(&self, by: SeatId) -> Option<TurnButtons> {
        let round = self.round()?;
        let seat = round.piece().filter(|seat| self.acts_for(by, *seat))?;
        let stage = round.stage(seat)?;
        Some(TurnButtons {
            seat,
            take: matches!(stage, Stage::Offered(_)),
            pass: true,
            later: stage == Stage::Offered(Asked::First),
        })
    }

    fn move_on_act(&self) -> Option<Act> {
        let round = self.round().filter(|round| !round.is_over())?;
        Some(Act::MoveOn { from: round.piece() })
    }

    fn silence_act(&self, by: SeatId, facilitates: bool) -> Option<Act> {
        let round = self.round()?;
        let silence = matches!(self.step()?.plan.kind, StepKind::Round { silence: true, .. });
        let holds = round.piece().is_some_and(|seat| {
            self.acts_for(by, seat) && matches!(round.stage(seat), Some(Stage::Holding(_)))
        });
        (silence && (facilitates || holds)).then(|| Act::Silence { on: !round.is_silent() })
    }

    fn offers_to(&self, by: SeatId) -> Vec<(Role, SeatId)> {
        let offer = |role| self.post(role).offered.map(|seat| (role, seat));
        let mine = |(_, seat): &(Role, SeatId)| self.acts_for(by, *seat);
        Role::ALL.into_iter().filter_map(offer).filter(mine).collect()
    }
}
