//! Everything that somebody could ask for, and what must hold after each answer.

use std::collections::BTreeMap;

use rounds::{
    Act, Meeting, Minutes, Move, Piece, Role, Round, Seat, SeatId, SeatKind, Stage, StepKind, What,
};

use crate::{Room, plan};

/// Every act on people, roles and the piece, for the seats given.
pub fn acts_in_circle(meeting: &Meeting, seats: &[SeatId], roles: &[Role]) -> Vec<Act> {
    let mut acts =
        vec![Act::MoveOn { from: None }, Act::Silence { on: true }, Act::Silence { on: false }];
    acts.extend(meeting.next_step().map(|step| Act::Begin { step: step.id }));
    acts.extend(meeting.step().map(|step| Act::End { step: step.id }));
    for seat in seats.iter().copied() {
        acts.extend([
            Act::Here { seat },
            Act::AddName { seat },
            Act::Away { seat },
            Act::Leave { seat },
            Act::Take { seat },
            Act::Pass { seat },
            Act::Later { seat },
            Act::MoveOn { from: Some(seat) },
        ]);
        for role in roles.iter().copied() {
            acts.extend([
                Act::OfferRole { role, to: seat },
                Act::AcceptRole { role, seat },
                Act::DeclineRole { role, seat },
                Act::LayDownRole { role, seat },
            ]);
        }
    }
    acts.extend(roles.iter().map(|role| Act::TakeRole { role: *role }));
    acts
}

/// Every act on the running order.
pub fn acts_on_order(meeting: &Meeting) -> Vec<Act> {
    let steps: Vec<_> = meeting.steps().iter().map(|step| step.id).collect();
    let silence = plan(StepKind::Silence, 2);
    let minutes = Minutes::new(7).expect("good minutes");
    let mut acts = vec![Act::AddStep { plan: silence, before: None }];
    for step in steps.iter().copied() {
        acts.extend([
            Act::Begin { step },
            Act::End { step },
            Act::RemoveStep { step },
            Act::SetMinutes { step, minutes },
            Act::AddStep { plan: silence, before: Some(step) },
            Act::MoveStep { step, before: None },
        ]);
        acts.extend(steps.iter().map(|before| Act::MoveStep { step, before: Some(*before) }));
    }
    acts
}

/// Counts turns, so that nobody has two in a round.
#[derive(Clone, Default)]
pub struct Turns(BTreeMap<SeatId, u32>);

impl Turns {
    pub fn note(&mut self, what: What) {
        match what {
            What::StepBegun { .. } => self.0.clear(),
            What::TurnOver { seat } => {
                let count = self.0.entry(seat).or_default();
                *count += 1;
                assert_eq!(*count, 1, "{seat:?} had two turns");
            }
            _ => {}
        }
    }

    pub fn of(&self, seat: SeatId) -> u32 {
        self.0.get(&seat).copied().unwrap_or_default()
    }
}

/// What is true of every state that can be reached.
pub fn check_state(room: &Room) {
    let text = serde_json::to_string(&room.meeting).expect("a meeting can be written");
    let read = serde_json::from_str::<Meeting>(&text).map_err(|bad| bad.to_string());
    assert_eq!(read.as_ref(), Ok(&room.meeting), "it is read back as it was");
    passing_is_speaking(room);
    buttons_work(room);
    anybody_may_take_over(room);
}

fn passing_is_speaking(room: &Room) {
    let Piece::OfferedTo(seat) = room.meeting.circle().piece else { return };
    let by = mover(room, seat);
    let (mut passed, mut spoke) = (room.clone(), room.clone());
    let of_passing = passed.does(by, Act::Pass { seat });
    let mut of_speaking = spoke.does(by, Act::Take { seat });
    of_speaking.extend(spoke.does(by, Act::Pass { seat }));
    assert_eq!((of_passing, passed.meeting), (of_speaking, spoke.meeting));
}

fn buttons_work(room: &Room) {
    for seat in room.meeting.seats() {
        let buttons = room.meeting.buttons(seat.id, room.facilitator_seen_at.is_none());
        let mut acts: Vec<Act> = [buttons.move_on, buttons.silence].into_iter().flatten().collect();
        acts.extend(buttons.begin.map(|step| Act::Begin { step }));
        acts.extend(buttons.end.map(|step| Act::End { step }));
        acts.extend(buttons.facilitate.then_some(Act::TakeRole { role: Role::Facilitator }));
        acts.extend(buttons.offered.into_iter().map(|(role, seat)| Act::AcceptRole { role, seat }));
        if let Some(turn) = buttons.turn {
            let seat = turn.seat;
            acts.extend(turn.take.then_some(Act::Take { seat }));
            acts.extend(turn.pass.then_some(Act::Pass { seat }));
            acts.extend(turn.later.then_some(Act::Later { seat }));
        }
        for act in acts {
            room.clone().does(seat.id, act);
        }
    }
}

fn anybody_may_take_over(room: &Room) {
    let mut room = room.clone();
    room.facilitator_seen_at = None;
    let role = Role::Facilitator;
    for seat in room.meeting.seats().iter().filter(|seat| seat.is_member() && seat.is_here()) {
        let asked = Move { by: seat.id, seen: room.meeting.version(), act: Act::TakeRole { role } };
        if room.meeting.post(role).held != Some(seat.id) {
            assert!(room.asks(asked).is_ok(), "{seat:?} could not take over");
        }
    }
}

/// From here, one member with the facilitator's role brings the meeting to its end,
/// whatever everybody else does not do.
pub fn can_be_finished(room: &Room) {
    let mut room = room.clone();
    let Some(member) = room.meeting.seats().iter().find(|seat| seat.is_member()) else { return };
    let by = member.id;
    if !room.meeting.seat(by).is_some_and(Seat::is_here) {
        room.does(by, Act::Here { seat: by });
    }
    room.facilitator_seen_at = None;
    let role = Role::Facilitator;
    if room.meeting.post(role).held != Some(by) {
        room.does(by, Act::TakeRole { role });
    }
    let most = room.meeting.steps().len() * (3 * room.meeting.seats().len() + 3);
    for _ in 0..=most {
        let round = room.meeting.round().filter(|round| !round.is_over());
        let act = match (round, room.meeting.next_step(), room.meeting.step()) {
            (Some(round), _, _) => Act::MoveOn { from: round.piece() },
            (None, Some(next), _) => Act::Begin { step: next.id },
            (None, None, Some(last)) => Act::End { step: last.id },
            (None, None, None) => return assert!(room.meeting.is_over()),
        };
        room.does(by, act);
    }
    panic!("the meeting did not end");
}

/// Whose phone moves for a seat.
pub fn mover(room: &Room, seat: SeatId) -> SeatId {
    match room.meeting.seat(seat).map(|seat| seat.kind) {
        Some(SeatKind::NameOnly { phone }) => phone,
        Some(SeatKind::Member) | None => seat,
    }
}

/// Nobody who is here waits while the piece lies in the middle.
pub fn nobody_here_is_forgotten(room: &Room) {
    let Some(round) = room.meeting.round().filter(|round| Round::piece(round).is_none()) else {
        return;
    };
    for turn in round.turns() {
        let here = room.meeting.seat(turn.seat).is_some_and(Seat::is_here);
        assert!(!here || !matches!(turn.stage, Stage::Waiting(_)), "{turn:?} is forgotten");
    }
}
