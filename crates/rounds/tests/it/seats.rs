//! Coming, going, and names at a shared phone.

use rounds::{
    Act, BadState, MAX_SEATS, Meeting, Opening, Piece, Presence, Refused, Role, SeatId, SeatKind,
    What,
};

use crate::{ANA, BEN, CLEO, Room, plans};

const NAME: SeatId = SeatId(9);

#[test]
fn those_expected_have_a_chair_and_are_seated_in_the_order_in_which_they_come() {
    let expected = vec![ANA, BEN, CLEO];
    let opening = Opening { plans: plans(), expected, roles: vec![] };
    let mut room = Room::with(&[]);
    room.meeting = Meeting::open(opening).expect("a good opening");
    assert_eq!(room.meeting.circle().expected().collect::<Vec<_>>(), [ANA, BEN, CLEO]);
    room.does(CLEO, Act::Here { seat: CLEO });
    room.does(BEN, Act::Here { seat: BEN });
    let seats: Vec<SeatId> = room.meeting.seats().iter().map(|seat| seat.id).collect();
    assert_eq!(seats, [CLEO, BEN, ANA]);
}

#[test]
fn a_round_waits_for_nobody_who_has_not_come() {
    let expected = vec![ANA, BEN];
    let opening = Opening { plans: plans(), expected, roles: vec![(Role::Facilitator, ANA)] };
    let mut room = Room::with(&[]);
    room.meeting = Meeting::open(opening).expect("a good opening");
    room.does(ANA, Act::Here { seat: ANA });
    for step in [0, 1] {
        room.does(ANA, Act::Begin { step: rounds::StepId(step) });
    }
    room.does(ANA, Act::Pass { seat: ANA });
    assert_eq!(room.meeting.circle().piece, Piece::Over);
    room.does(BEN, Act::Here { seat: BEN });
    assert_eq!(room.meeting.circle().piece, Piece::OfferedTo(BEN));
}

#[test]
fn who_is_expected_may_plan_from_home_but_not_run_the_meeting() {
    let opening =
        Opening { plans: plans(), expected: vec![ANA], roles: vec![(Role::Facilitator, ANA)] };
    let mut room = Room::with(&[]);
    room.meeting = Meeting::open(opening).expect("a good opening");
    room.does(ANA, Act::RemoveStep { step: rounds::StepId(2) });
    assert_eq!(room.meeting.seats()[0].presence, Presence::Expected);
    assert_eq!(room.cannot(ANA, Act::Begin { step: rounds::StepId(0) }), Refused::NotHere);
}

#[test]
fn somebody_new_gets_a_number_that_was_never_used() {
    let mut room = Room::with(&[BEN]);
    let new = room.meeting.new_seat();
    assert_eq!(new, SeatId(3));
    room.does(new, Act::Here { seat: new });
    room.does(new, Act::Leave { seat: new });
    assert_eq!(room.cannot(new, Act::Leave { seat: new }), Refused::Already);
    assert_eq!(room.cannot(new, Act::Here { seat: new }), Refused::SeatUsed);
    assert_eq!(room.cannot(ANA, Act::AddName { seat: new }), Refused::SeatUsed);
    assert_eq!(room.cannot(SeatId(8), Act::Take { seat: SeatId(8) }), Refused::NoSuchSeat);
    assert_eq!(room.cannot(ANA, Act::Here { seat: SeatId(8) }), Refused::NoSuchSeat);
    assert_eq!(room.cannot(SeatId(0), Act::Here { seat: SeatId(0) }), Refused::SeatUsed);
}

#[test]
fn nobody_moves_for_another_member() {
    let mut room = Room::in_round(&[BEN]);
    for act in [
        Act::Take { seat: ANA },
        Act::Pass { seat: ANA },
        Act::Later { seat: ANA },
        Act::Away { seat: ANA },
        Act::Leave { seat: ANA },
    ] {
        assert_eq!(room.cannot(BEN, act), Refused::NotYours);
    }
    assert_eq!(room.cannot(ANA, Act::Leave { seat: BEN }), Refused::NotYours);
}

#[test]
fn one_shared_phone_can_run_the_round_for_a_room() {
    let mut room = Room::with(&[]);
    let names: Vec<SeatId> = (11..=14).map(SeatId).collect();
    for seat in &names {
        room.does(ANA, Act::AddName { seat: *seat });
    }
    for step in [0, 1] {
        room.does(ANA, Act::Begin { step: rounds::StepId(step) });
    }
    for _ in 0..=names.len() {
        let turn = room.meeting.buttons(ANA, false).turn.expect("the phone has every turn");
        room.does(ANA, Act::Take { seat: turn.seat });
        room.does(ANA, Act::Pass { seat: turn.seat });
    }
    assert_eq!(room.meeting.circle().piece, Piece::Over);
}

#[test]
fn a_name_is_moved_for_by_its_phone_and_by_the_facilitator_alone() {
    let mut room = Room::with(&[BEN, CLEO]);
    room.does(BEN, Act::AddName { seat: NAME });
    assert_eq!(room.cannot(BEN, Act::AddName { seat: NAME }), Refused::Already);
    assert_eq!(room.cannot(CLEO, Act::AddName { seat: NAME }), Refused::SeatUsed);
    assert_eq!(room.cannot(NAME, Act::Away { seat: NAME }), Refused::NotYours);
    assert_eq!(room.cannot(CLEO, Act::Away { seat: NAME }), Refused::NotYours);
    room.does(BEN, Act::Away { seat: NAME });
    room.does(ANA, Act::Here { seat: NAME });
}

#[test]
fn a_flat_battery_takes_no_turn_from_a_name() {
    let mut room = Room::with(&[BEN, CLEO]);
    room.does(ANA, Act::AddName { seat: NAME });
    for step in [0, 1] {
        room.does(ANA, Act::Begin { step: rounds::StepId(step) });
    }
    for seat in [ANA, BEN, CLEO] {
        room.does(seat, Act::Pass { seat });
    }
    room.does(ANA, Act::Away { seat: ANA });
    room.facilitator_seen_at = None;
    assert_eq!(room.cannot(CLEO, Act::Take { seat: NAME }), Refused::NotYours);
    room.does(CLEO, Act::TakeRole { role: Role::Facilitator });
    room.does(CLEO, Act::Take { seat: NAME });
    room.does(CLEO, Act::Pass { seat: NAME });
    assert_eq!(room.meeting.circle().piece, Piece::Over);
}

#[test]
fn names_stay_when_the_phone_goes_home() {
    let mut room = Room::with(&[BEN, CLEO]);
    room.does(BEN, Act::AddName { seat: NAME });
    let left = room.does(BEN, Act::Leave { seat: BEN });
    assert_eq!(left[0], What::AtPhone { seat: NAME, phone: ANA });
    room.does(ANA, Act::Leave { seat: ANA });
    let kind = room.meeting.seat(NAME).map(|seat| seat.kind);
    assert_eq!(kind, Some(SeatKind::NameOnly { phone: CLEO }));
    room.does(CLEO, Act::Leave { seat: CLEO });
    assert!(room.meeting.seats().is_empty(), "with no phone left there is no circle");
}

#[test]
fn coming_and_going_twice_is_no_trouble() {
    let mut room = Room::with(&[BEN]);
    assert_eq!(room.cannot(BEN, Act::Here { seat: BEN }), Refused::Already);
    room.does(BEN, Act::Away { seat: BEN });
    assert_eq!(room.cannot(BEN, Act::Away { seat: BEN }), Refused::Already);
    assert_eq!(room.does(BEN, Act::Here { seat: BEN }), [What::Back { seat: BEN }]);
}

#[test]
fn the_circle_has_room_for_so_many() {
    let expected: Vec<SeatId> = (1..).map(SeatId).take(MAX_SEATS).collect();
    let mut opening = Opening { plans: plans(), expected, roles: vec![] };
    let mut room = Room::with(&[]);
    room.meeting = Meeting::open(opening.clone()).expect("a good opening");
    let more = room.meeting.new_seat();
    assert_eq!(room.cannot(more, Act::Here { seat: more }), Refused::Full);
    opening.expected.push(more);
    assert_eq!(Meeting::open(opening), Err(BadState::Seats));
}

#[test]
fn a_bad_opening_opens_nothing() {
    let open =
        |expected: Vec<SeatId>, roles| Meeting::open(Opening { plans: plans(), expected, roles });
    assert_eq!(open(vec![ANA, ANA], vec![]), Err(BadState::Seats));
    assert_eq!(open(vec![SeatId(0)], vec![]), Err(BadState::Seats));
    assert_eq!(open(vec![ANA], vec![(Role::Opener, BEN)]), Err(BadState::Roles));
}
