//! The rules of a meeting, checked from outside.

mod acts;
mod everything;
mod kept;
mod order;
mod random_people;
mod roles;
mod seats;
mod signals;
mod stale;
mod turns;
mod views;

use rounds::{
    Act, Context, Event, Meeting, Minutes, Move, Opening, Plan, Question, Refused, Role, SeatId,
    Stage, StepId, StepKind, What,
};

const ANA: SeatId = SeatId(1);
const BEN: SeatId = SeatId(2);
const CLEO: SeatId = SeatId(3);
const DEV: SeatId = SeatId(4);

/// A meeting with its surroundings.
#[derive(Clone)]
struct Room {
    meeting: Meeting,
    now: u64,
    facilitator_seen_at: Option<u64>,
}

impl Room {
    /// Free talk, a round, then free talk; Ana, the facilitator, and `others` have come.
    fn with(others: &[SeatId]) -> Self {
        Self::of(plans(), others)
    }

    fn of(plans: Vec<Plan>, others: &[SeatId]) -> Self {
        let expected: Vec<SeatId> = [&[ANA], others].concat();
        let opening = Opening { plans, expected, roles: vec![(Role::Facilitator, ANA)] };
        let meeting = Meeting::open(opening).expect("a good opening");
        let mut room = Self { meeting, now: 1000, facilitator_seen_at: Some(1000) };
        for seat in [&[ANA], others].concat() {
            room.does(seat, Act::Here { seat });
        }
        room
    }

    /// The round has begun; chance leaves people in the order in which they came.
    fn in_round(others: &[SeatId]) -> Self {
        let mut room = Self::with(others);
        room.does(ANA, Act::Begin { step: StepId(0) });
        room.does(ANA, Act::Begin { step: StepId(1) });
        room
    }

    fn tries(&mut self, by: SeatId, seen: u64, act: Act) -> Result<Vec<What>, Refused> {
        let (meeting, events) = self.asks(Move { by, seen, act })?;
        self.meeting = meeting;
        Ok(events.into_iter().map(|event| event.what).collect())
    }

    fn asks(&self, asked: Move) -> Result<(Meeting, Vec<Event>), Refused> {
        let mut chance = |below: u32| below - 1;
        let mut context = Context {
            now: self.now,
            facilitator_seen_at: self.facilitator_seen_at,
            chance: &mut chance,
        };
        self.meeting.apply(asked, &mut context)
    }

    #[track_caller]
    fn does(&mut self, by: SeatId, act: Act) -> Vec<What> {
        let seen = self.meeting.version();
        match self.tries(by, seen, act) {
            Ok(events) => events,
            Err(refused) => panic!("{by:?} could not {act:?}: {refused}"),
        }
    }

    #[track_caller]
    fn cannot(&mut self, by: SeatId, act: Act) -> Refused {
        let before = self.meeting.clone();
        let seen = before.version();
        let refused = self.tries(by, seen, act).expect_err("it was to be refused");
        assert_eq!(self.meeting, before, "a refused move changes nothing");
        refused
    }

    fn stage(&self, seat: SeatId) -> Option<Stage> {
        self.meeting.round().and_then(|round| round.stage(seat))
    }

    fn order(&self) -> Vec<SeatId> {
        let round = self.meeting.round().expect("a round is going on");
        round.turns().iter().map(|turn| turn.seat).collect()
    }
}

fn plan(kind: StepKind, minutes: u16) -> Plan {
    Plan { kind, minutes: Minutes::new(minutes).expect("good minutes") }
}

const ROUND: StepKind = StepKind::Round { question: Question::CheckIn, silence: true };

fn plans() -> Vec<Plan> {
    vec![plan(StepKind::Arrive, 5), plan(ROUND, 20), plan(StepKind::Open, 10)]
}
