//! A state that was kept is believed only when everything in it goes together.

use std::collections::BTreeSet;

use serde::Deserialize;
use thiserror::Error;

use crate::meeting::Changed;
use crate::round::Phase;
use crate::{
    MAX_SEATS, MAX_STEPS, MAX_VERSION, Meeting, Post, Role, Round, Seat, SeatId, SeatKind, Stage,
    Step, StepKind,
};

/// What in a state does not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadState {
    /// The version is out of range, or older than a part of the state.
    #[error("the version does not go with the rest")]
    Version,
    /// Too many steps, one twice, or more begun than there are.
    #[error("the steps do not go together")]
    Steps,
    /// Too many seats, one twice, or a name at nobody's phone.
    #[error("the seats do not go together")]
    Seats,
    /// A role in the hands of a seat that is not there or can't hold it.
    #[error("the roles do not go with the seats")]
    Roles,
    /// A round without its step, without its people, with two pieces, or stuck.
    #[error("the round does not go with the rest")]
    Round,
}

/// A meeting as it was written, before it is believed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parts {
    version: u64,
    changed: Changed,
    steps: Vec<Step>,
    next_step: u32,
    begun: usize,
    running: bool,
    seats: Vec<Seat>,
    newest_seat: u32,
    posts: [Post; 4],
    round: Option<Round>,
}

impl TryFrom<Parts> for Meeting {
    type Error = BadState;

    fn try_from(parts: Parts) -> Result<Self, BadState> {
        let Parts { version, changed, steps, next_step, begun, .. } = parts;
        let Parts { running, seats, newest_seat, posts, round, .. } = parts;
        let meeting = Self {
            version,
            changed,
            steps,
            next_step,
            begun,
            running,
            seats,
            newest_seat,
            posts,
            round,
        };
        meeting.check()?;
        Ok(meeting)
    }
}

impl Meeting {
    pub(crate) fn check(&self) -> Result<(), BadState> {
        let Changed { piece, order, roles } = self.changed;
        let parts_are_older = [piece, order, roles].iter().all(|at| *at <= self.version);
        let checks = [
            (BadState::Version, self.version <= MAX_VERSION && parts_are_older),
            (BadState::Steps, self.steps_go_together()),
            (BadState::Seats, self.seats_go_together()),
            (BadState::Roles, Role::ALL.iter().all(|role| self.post_is_good(*role))),
            (BadState::Round, self.round_is_good()),
        ];
        checks.iter().find(|(_, good)| !good).map_or(Ok(()), |(bad, _)| Err(*bad))
    }

    fn steps_go_together(&self) -> bool {
        self.steps.len() <= MAX_STEPS
            && all_differ(self.steps.iter().map(|step| step.id))
            && self.steps.iter().all(|step| step.id.0 < self.next_step)
            && self.begun <= self.steps.len()
            && (self.begun > 0 || !self.running)
    }

    fn seats_go_together(&self) -> bool {
        self.seats.len() <= MAX_SEATS
            && all_differ(self.seats.iter().map(|seat| seat.id))
            && self.seats.iter().all(|seat| (1..=self.newest_seat).contains(&seat.id.0))
            && self.seats.is_sorted_by_key(|seat| !seat.has_come())
            && self.seats.iter().all(|seat| match seat.kind {
                SeatKind::Member => true,
                SeatKind::NameOnly { phone } => seat.has_come() && self.is_member(phone),
            })
    }

    fn post_is_good(&self, role: Role) -> bool {
        let Post { held, offered } = self.post(role);
        let fits = |seat| match role {
            Role::Facilitator => self.is_member(seat),
            Role::Opener | Role::TimeKeeper | Role::NoteKeeper => self.seat(seat).is_some(),
        };
        held.is_none_or(fits) && offered.is_none_or(fits) && (held.is_none() || held != offered)
    }

    fn round_is_good(&self) -> bool {
        let kind = self.step().map(|step| step.plan.kind);
        match (kind, &self.round) {
            (Some(StepKind::Round { silence, .. }), Some(round)) => {
                (silence || !round.silence) && self.turns_are_good(round)
            }
            (Some(StepKind::Round { .. }), None) | (_, Some(_)) => false,
            (_, None) => true,
        }
    }

    fn turns_are_good(&self, round: &Round) -> bool {
        let turns = &round.turns;
        let come = self.seats.iter().filter(|seat| seat.has_come()).count();
        let pieces = turns
            .iter()
            .filter(|turn| matches!(turn.stage, Stage::Offered(_) | Stage::Holding(_)))
            .count();
        let stuck =
            round.phase() == Phase::Resting && round.first_waiting(|id| self.is_here(id)).is_some();
        all_differ(turns.iter().map(|turn| turn.seat))
            && turns.len() == come
            && turns.iter().all(|turn| self.seat(turn.seat).is_some_and(Seat::has_come))
            && pieces <= 1
            && !stuck
    }

    fn is_member(&self, id: SeatId) -> bool {
        self.seat(id).is_some_and(Seat::is_member)
    }
}

fn all_differ<T: Ord>(items: impl Iterator<Item = T>) -> bool {
    let mut seen = BTreeSet::new();
    let mut items = items;
    items.all(|item| seen.insert(item))
}
