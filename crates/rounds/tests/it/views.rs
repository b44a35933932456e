//! What a page says.

use rounds::{Act, Buttons, Piece, Role, SeatId, StepId, TurnButtons};

use crate::{ANA, BEN, CLEO, DEV, Room};

fn list(seats: impl Iterator<Item = SeatId>) -> Vec<SeatId> {
    seats.collect()
}

#[test]
fn the_circle_says_who_speaks_who_is_next_who_is_away_and_who_came_late() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(BEN, Act::Take { seat: BEN });
    room.does(CLEO, Act::Away { seat: CLEO });
    room.does(DEV, Act::Here { seat: DEV });
    let circle = room.meeting.circle();
    assert_eq!(circle.piece, Piece::HeldBy(BEN));
    assert_eq!(circle.next, Some(DEV), "who is away is not next");
    assert_eq!(list(circle.done()), [ANA]);
    assert_eq!(list(circle.away()), [CLEO]);
    assert_eq!(list(circle.late()), [DEV]);
    assert_eq!(list(circle.here()), [ANA, BEN, DEV]);
    assert_eq!(circle.chairs[0].roles, [Role::Facilitator]);
}

#[test]
fn nothing_shows_who_did_not_speak() {
    let mut room = Room::in_round(&[BEN]);
    room.does(ANA, Act::MoveOn { from: Some(ANA) });
    room.does(BEN, Act::Pass { seat: BEN });
    room.does(ANA, Act::MoveOn { from: Some(ANA) });
    let circle = room.meeting.circle();
    assert_eq!(list(circle.done()), [BEN, ANA]);
}

#[test]
fn outside_a_round_there_is_no_piece() {
    let circle = Room::with(&[BEN]).meeting.circle();
    assert_eq!((circle.piece, circle.next), (Piece::None, None));
    assert!(circle.chairs.iter().all(|chair| !chair.done && !chair.late && !chair.name_only));
}

#[test]
fn each_page_offers_what_its_person_may_do() {
    let room = Room::in_round(&[BEN]);
    let anas = room.meeting.buttons(ANA, false);
    let turn = TurnButtons { seat: ANA, take: true, pass: true, later: true };
    assert_eq!(anas.turn, Some(turn));
    assert_eq!(anas.move_on, Some(Act::MoveOn { from: Some(ANA) }));
    assert_eq!((anas.begin, anas.end), (None, None), "not while somebody is to be asked");
    assert_eq!(room.meeting.buttons(BEN, false), Buttons::default());
    assert_eq!(room.meeting.buttons(SeatId(99), true), Buttons::default());
}

#[test]
fn after_the_round_the_facilitator_may_go_on() {
    let mut room = Room::in_round(&[]);
    room.does(ANA, Act::Pass { seat: ANA });
    let buttons = room.meeting.buttons(ANA, false);
    assert_eq!((buttons.begin, buttons.end), (Some(StepId(2)), Some(StepId(1))));
    assert_eq!(buttons.move_on, None);
}
