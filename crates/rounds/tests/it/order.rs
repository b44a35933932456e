//! The running order.

use rounds::{
    Act, BadState, Context, LineStage, MAX_STEPS, Meeting, Minutes, Move, Opening, Refused, SeatId,
    StepId, StepKind, What, first_meeting,
};

use crate::{ANA, BEN, ROUND, Room, plan, plans};

fn ids(room: &Room) -> Vec<u32> {
    room.meeting.steps().iter().map(|step| step.id.0).collect()
}

#[test]
fn a_first_meeting_takes_75_minutes() {
    let room = Room::of(first_meeting(), &[]);
    assert_eq!(room.meeting.minutes_planned(), 75);
    let before: Vec<u32> =
        room.meeting.running_order().iter().map(|line| line.planned_before).collect();
    assert_eq!(before, [0, 5, 10, 25, 33, 53, 63, 70, 73]);
    let rounds = room.meeting.steps().iter().filter(|step| step.is_round()).count();
    assert_eq!(rounds, 2);
}

#[test]
fn steps_begin_in_order_and_beginning_one_ends_the_one_before() {
    let mut room = Room::with(&[BEN]);
    assert_eq!(room.meeting.at(), None);
    assert_eq!(room.cannot(BEN, Act::Begin { step: StepId(0) }), Refused::OnlyFacilitator);
    assert_eq!(room.cannot(ANA, Act::Begin { step: StepId(1) }), Refused::NotNext);
    room.does(ANA, Act::Begin { step: StepId(0) });
    assert_eq!(room.meeting.at(), Some(0));
    let begun = room.does(ANA, Act::Begin { step: StepId(1) });
    let (ended, now) = (StepId(0), StepId(1));
    assert_eq!(begun[..2], [What::StepEnded { step: ended }, What::StepBegun { step: now }]);
    assert_eq!(room.cannot(ANA, Act::Begin { step: StepId(0) }), Refused::Already);
    assert_eq!(room.cannot(ANA, Act::End { step: StepId(0) }), Refused::Already);
    let stages: Vec<LineStage> =
        room.meeting.running_order().iter().map(|line| line.stage).collect();
    assert_eq!(stages, [LineStage::Ended, LineStage::Now, LineStage::Ahead]);
}

#[test]
fn the_meeting_is_over_when_its_last_step_has_ended() {
    let mut room = Room::of(vec![plan(StepKind::Open, 5)], &[]);
    room.does(ANA, Act::Begin { step: StepId(0) });
    assert!(!room.meeting.is_over());
    room.does(ANA, Act::End { step: StepId(0) });
    assert!(room.meeting.is_over());
    assert_eq!(room.meeting.at(), None);
}

#[test]
fn any_member_may_change_what_has_not_begun() {
    let mut room = Room::with(&[BEN]);
    room.does(BEN, Act::MoveStep { step: StepId(2), before: Some(StepId(1)) });
    assert_eq!(ids(&room), [0, 2, 1]);
    room.does(BEN, Act::AddStep { plan: plan(StepKind::Silence, 2), before: Some(StepId(2)) });
    assert_eq!(ids(&room), [0, 3, 2, 1]);
    room.does(BEN, Act::MoveStep { step: StepId(0), before: None });
    assert_eq!(ids(&room), [3, 2, 1, 0]);
    room.does(BEN, Act::RemoveStep { step: StepId(2) });
    assert_eq!(ids(&room), [3, 1, 0]);
    room.does(BEN, Act::AddStep { plan: plan(StepKind::Closing, 2), before: None });
    assert_eq!(ids(&room), [3, 1, 0, 4], "a number is never used again");
}

#[test]
fn what_has_begun_stays_where_it_is() {
    let mut room = Room::with(&[]);
    room.does(ANA, Act::Begin { step: StepId(0) });
    let first = StepId(0);
    assert_eq!(room.cannot(ANA, Act::MoveStep { step: first, before: None }), Refused::Begun);
    assert_eq!(room.cannot(ANA, Act::RemoveStep { step: first }), Refused::Begun);
    let before = Some(first);
    assert_eq!(room.cannot(ANA, Act::MoveStep { step: StepId(2), before }), Refused::Begun);
    assert_eq!(room.cannot(ANA, Act::AddStep { plan: plan(ROUND, 5), before }), Refused::Begun);
    let minutes = Minutes::new(9).expect("good minutes");
    room.does(ANA, Act::SetMinutes { step: first, minutes });
    room.does(ANA, Act::End { step: first });
    let minutes = Minutes::new(8).expect("good minutes");
    assert_eq!(room.cannot(ANA, Act::SetMinutes { step: first, minutes }), Refused::Begun);
}

#[test]
fn asking_for_the_order_that_stands_is_no_trouble() {
    let mut room = Room::with(&[]);
    let (step, before) = (StepId(1), Some(StepId(2)));
    assert_eq!(room.cannot(ANA, Act::MoveStep { step, before }), Refused::Already);
    let last = StepId(2);
    assert_eq!(room.cannot(ANA, Act::MoveStep { step: last, before: None }), Refused::Already);
    let minutes = Minutes::new(20).expect("good minutes");
    assert_eq!(room.cannot(ANA, Act::SetMinutes { step, minutes }), Refused::Already);
    room.does(ANA, Act::RemoveStep { step });
    assert_eq!(room.cannot(ANA, Act::RemoveStep { step }), Refused::Already);
    let nowhere = StepId(99);
    assert_eq!(room.cannot(ANA, Act::RemoveStep { step: nowhere }), Refused::NoSuchStep);
    assert_eq!(room.cannot(ANA, Act::Begin { step: nowhere }), Refused::NoSuchStep);
    assert_eq!(room.cannot(ANA, Act::End { step: nowhere }), Refused::NoSuchStep);
}

#[test]
fn moving_a_step_before_itself_changes_nothing_but_is_no_error() {
    let mut room = Room::with(&[]);
    let step = StepId(1);
    assert_eq!(room.cannot(ANA, Act::MoveStep { step, before: Some(step) }), Refused::Already);
}

#[test]
fn steps_and_minutes_have_limits() {
    let mut many = plans();
    many.resize(MAX_STEPS, plan(StepKind::Open, 1));
    let mut room = Room::of(many.clone(), &[]);
    let more = Act::AddStep { plan: plan(StepKind::Open, 1), before: None };
    assert_eq!(room.cannot(ANA, more), Refused::Full);
    many.push(plan(StepKind::Open, 1));
    let opening = Opening { plans: many, ..Opening::default() };
    assert_eq!(Meeting::open(opening), Err(BadState::Steps));
    assert_eq!(Minutes::new(0), None);
    assert_eq!(Minutes::new(241), None);
}

#[test]
fn chance_makes_the_order_and_every_order_can_come() {
    let others: Vec<SeatId> = (2..=4).map(SeatId).collect();
    let mut room = Room::of(vec![plan(ROUND, 5)], &others);
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..24 {
        let mut rest = number;
        let mut chance = |below| {
            let pick = rest % below;
            rest /= below;
            pick
        };
        let mut context = Context { now: 0, facilitator_seen_at: Some(0), chance: &mut chance };
        let act = Act::Begin { step: StepId(0) };
        let asked = Move { by: ANA, seen: room.meeting.version(), act };
        let (meeting, _) = room.meeting.apply(asked, &mut context).expect("it begins");
        seen.insert(Room { meeting, ..room.clone() }.order());
    }
    assert_eq!(seen.len(), 24, "four people can be asked in 24 orders");
    room.does(ANA, Act::Begin { step: StepId(0) });
}
