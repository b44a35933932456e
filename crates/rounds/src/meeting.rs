//! The whole state of one meeting.

use serde::{Deserialize, Serialize};

use crate::check::{BadState, Parts};
use crate::{Plan, Post, Presence, Role, Round, Seat, SeatId, SeatKind, Step, StepId};

/// The most seats in a circle.
pub const MAX_SEATS: usize = 100;
/// The most steps in a running order.
pub const MAX_STEPS: usize = 60;
/// The highest version that is read back. It stays below 2⁵³, so that a script's numbers
/// can hold it, and leaves room that no meeting can use up.
pub const MAX_VERSION: u64 = 1 << 52;

/// A meeting: its steps, its circle, its roles and the round under way.
///
/// It is small, and read back only when everything in it goes together ([`BadState`]).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Meeting {
    pub(crate) version: u64,
    pub(crate) changed: Changed,
    pub(crate) steps: Vec<Step>,
    /// The number of the next new step.
    pub(crate) next_step: u32,
    /// How many steps have begun.
    pub(crate) begun: usize,
    /// Whether the last of them is going on.
    pub(crate) running: bool,
    /// Those who have come, in the order in which they came; then those expected.
    pub(crate) seats: Vec<Seat>,
    /// The highest seat number that was ever used; 0 before the first.
    pub(crate) newest_seat: u32,
    /// One for each role, in the order of [`Role::ALL`].
    pub(crate) posts: [Post; 4],
    /// There exactly while a round is going on.
    pub(crate) round: Option<Round>,
}

/// The versions at which each part last changed, so that a move is refused as stale only
/// when what it is about has changed, and not because a phone went dark elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Changed {
    pub(crate) piece: u64,
    pub(crate) order: u64,
    pub(crate) roles: u64,
}

/// What a meeting begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The running order.
    pub plans: Vec<Plan>,
    /// The members expected, each under a number of 1 or more. Who isn't in this list can
    /// come all the same.
    pub expected: Vec<SeatId>,
    /// Roles that were accepted before, by members expected.
    pub roles: Vec<(Role, SeatId)>,
}

impl Meeting {
    /// A meeting that nobody has come to yet.
    ///
    /// # Errors
    /// [`BadState`] when there is too much of something, a seat number is 0 or there
    /// twice, or a role is held by nobody expected.
    pub fn open(opening: Opening) -> Result<Self, BadState> {
        if opening.plans.len() > MAX_STEPS {
            return Err(BadState::Steps);
        }
        let seat = |id| Seat { id, kind: SeatKind::Member, presence: Presence::Expected };
        let mut posts = [Post::default(); 4];
        for (role, holder) in opening.roles {
            posts[role.index()].held = Some(holder);
        }
        let steps: Vec<Step> = (0..)
            .zip(opening.plans)
            .map(|(number, plan)| Step { id: StepId(number), plan })
            .collect();
        let meeting = Self {
            version: 0,
            changed: Changed::default(),
            next_step: u32::try_from(steps.len()).expect("MAX_STEPS fits"),
            steps,
            begun: 0,
            running: false,
            newest_seat: opening.expected.iter().map(|id| id.0).max().unwrap_or(0),
            seats: opening.expected.into_iter().map(seat).collect(),
            posts,
            round: None,
        };
        meeting.check()?;
        Ok(meeting)
    }

    /// Grows by one with every [`crate::Event`].
    #[must_use]
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// The running order: ended steps, the one going on, those ahead.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The place of the step going on, from 0, if there is one.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        self.running.then(|| self.begun.saturating_sub(1))
    }

    /// The step going on, if there is one.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.at().and_then(|at| self.steps.get(at))
    }

    /// The first step that has not begun.
    #[must_use]
    pub fn next_step(&self) -> Option<&Step> {
        self.steps.get(self.begun)
    }

    /// Whether every step has ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !self.running && self.begun == self.steps.len()
    }

    /// The seats: those who have come, in the order in which they came; then those expected.
    #[must_use]
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// One seat.
    #[must_use]
    pub fn seat(&self, id: SeatId) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    /// A number for a new seat, never used before in this meeting.
    #[must_use]
    pub const fn new_seat(&self) -> SeatId {
        SeatId(self.newest_seat.saturating_add(1))
    }

    /// Who holds a role, and to whom it is offered.
    #[must_use]
    pub const fn post(&self, role: Role) -> Post {
        self.posts[role.index()]
    }

    /// The round going on, if there is one.
    #[must_use]
    pub const fn round(&self) -> Option<&Round> {
        self.round.as_ref()
    }

    pub(crate) fn is_here(&self, id: SeatId) -> bool {
        self.seat(id).is_some_and(Seat::is_here)
    }

    pub(crate) fn holds(&self, role: Role, id: SeatId) -> bool {
        self.post(role).held == Some(id)
    }

    /// Whether a member's phone makes the moves of a seat.
    pub(crate) fn acts_for(&self, by: SeatId, seat: SeatId) -> bool {
        match self.seat(seat).map(|seat| seat.kind) {
            Some(SeatKind::Member) => by == seat,
            Some(SeatKind::NameOnly { phone }) => by == phone || self.holds(Role::Facilitator, by),
            None => false,
        }
    }

    pub(crate) fn place_of(&self, id: StepId) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// The place among the steps for a step that shall stand before another.
    pub(crate) fn place_before(&self, before: Option<StepId>) -> Option<usize> {
        match before {
            Some(id) => self.place_of(id),
            None => Some(self.steps.len()),
        }
    }
}
