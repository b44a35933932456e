//! Moves of people who looked at an older page.

use rounds::{Act, Refused, Role, StepId, StepKind};

use crate::{ANA, BEN, CLEO, Room, plan};

#[test]
fn a_move_on_what_has_changed_since_is_refused_and_says_where_to_look() {
    let mut room = Room::in_round(&[BEN]);
    let seen = room.meeting.version();
    room.does(ANA, Act::Later { seat: ANA });
    room.does(BEN, Act::Later { seat: BEN });
    let now_at = room.meeting.version();
    let refused = room.tries(ANA, seen, Act::Take { seat: ANA });
    assert_eq!(refused, Err(Refused::Stale { now_at }));
}

#[test]
fn a_phone_that_goes_dark_elsewhere_makes_no_move_stale() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    let seen = room.meeting.version();
    room.does(CLEO, Act::Away { seat: CLEO });
    room.does(BEN, Act::TakeRole { role: Role::NoteKeeper });
    room.does(BEN, Act::RemoveStep { step: StepId(2) });
    assert!(room.tries(ANA, seen, Act::Take { seat: ANA }).is_ok());
}

#[test]
fn a_double_tap_is_no_trouble() {
    let mut room = Room::in_round(&[BEN]);
    let seen = room.meeting.version();
    room.does(ANA, Act::Take { seat: ANA });
    assert_eq!(room.tries(ANA, seen, Act::Take { seat: ANA }), Err(Refused::Already));
    let seen = room.meeting.version();
    room.does(ANA, Act::Pass { seat: ANA });
    assert_eq!(room.tries(ANA, seen, Act::Pass { seat: ANA }), Err(Refused::Already));
}

#[test]
fn asking_for_later_twice_is_no_trouble() {
    let mut room = Room::in_round(&[BEN]);
    let seen = room.meeting.version();
    room.does(ANA, Act::Later { seat: ANA });
    assert_eq!(room.tries(ANA, seen, Act::Later { seat: ANA }), Err(Refused::Already));
}

#[test]
fn an_old_page_can_not_give_away_a_turn_that_was_just_taken() {
    let mut room = Room::in_round(&[BEN]);
    let seen = room.meeting.version();
    room.does(ANA, Act::Take { seat: ANA });
    let now_at = room.meeting.version();
    let refused = room.tries(ANA, seen, Act::Pass { seat: ANA });
    assert_eq!(refused, Err(Refused::Stale { now_at }));
}

#[test]
fn a_step_added_by_a_double_tap_is_added_once() {
    let mut room = Room::with(&[]);
    let seen = room.meeting.version();
    let act = Act::AddStep { plan: plan(StepKind::Silence, 2), before: None };
    room.does(ANA, act);
    assert!(matches!(room.tries(ANA, seen, act), Err(Refused::Stale { .. })));
}

#[test]
fn an_old_page_of_the_last_round_takes_no_turn_in_this_one() {
    let mut room = Room::in_round(&[]);
    let seen = room.meeting.version();
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(ANA, Act::End { step: StepId(1) });
    assert!(matches!(room.tries(ANA, seen, Act::Take { seat: ANA }), Err(Refused::Stale { .. })));
}

#[test]
fn two_people_with_the_same_role_in_mind_do_not_take_it_from_each_other() {
    let mut room = Room::with(&[BEN]);
    let seen = room.meeting.version();
    room.does(ANA, Act::TakeRole { role: Role::Opener });
    let second = room.tries(BEN, seen, Act::TakeRole { role: Role::Opener });
    assert!(matches!(second, Err(Refused::Stale { .. })));
}

#[test]
fn nobody_has_seen_what_is_still_to_come() {
    let mut room = Room::in_round(&[]);
    let now_at = room.meeting.version();
    let refused = room.tries(ANA, now_at + 1, Act::Take { seat: ANA });
    assert_eq!(refused, Err(Refused::Stale { now_at }));
}
