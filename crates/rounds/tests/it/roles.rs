//! Roles, and what happens when the facilitator is lost.

use rounds::{Act, LOST_AFTER, Post, Refused, Role, SeatId, StepId, What};

use crate::{ANA, BEN, CLEO, Room};

const LEAD: Role = Role::Facilitator;

#[test]
fn a_role_is_offered_and_accepted_never_given() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    let offered = room.does(ANA, Act::OfferRole { role: LEAD, to: BEN });
    assert_eq!(offered, [What::RoleOffered { role: LEAD, to: BEN }]);
    assert_eq!(room.meeting.post(LEAD), Post { held: Some(ANA), offered: Some(BEN) });
    assert_eq!(room.cannot(CLEO, Act::AcceptRole { role: LEAD, seat: CLEO }), Refused::NotOffered);
    assert_eq!(room.cannot(CLEO, Act::AcceptRole { role: LEAD, seat: BEN }), Refused::NotYours);
    let accepted = room.does(BEN, Act::AcceptRole { role: LEAD, seat: BEN });
    assert_eq!(accepted, [What::RoleHeld { role: LEAD, by: Some(BEN) }]);
    assert_eq!(room.cannot(ANA, Act::MoveOn { from: Some(ANA) }), Refused::OnlyFacilitator);
    room.does(BEN, Act::MoveOn { from: Some(ANA) });
}

#[test]
fn a_role_may_be_declined_and_laid_down() {
    let mut room = Room::with(&[BEN]);
    room.does(ANA, Act::OfferRole { role: LEAD, to: BEN });
    let declined = room.does(BEN, Act::DeclineRole { role: LEAD, seat: BEN });
    assert_eq!(declined, [What::OfferGone { role: LEAD }]);
    assert_eq!(room.cannot(BEN, Act::DeclineRole { role: LEAD, seat: BEN }), Refused::Already);
    room.does(ANA, Act::LayDownRole { role: LEAD, seat: ANA });
    assert_eq!(room.cannot(ANA, Act::LayDownRole { role: LEAD, seat: ANA }), Refused::Already);
    assert_eq!(room.meeting.post(LEAD), Post::default());
    room.does(BEN, Act::TakeRole { role: LEAD });
}

#[test]
fn only_its_holder_offers_a_role_but_anybody_offers_one_that_nobody_holds() {
    let mut room = Room::with(&[BEN, CLEO]);
    assert_eq!(room.cannot(BEN, Act::OfferRole { role: LEAD, to: CLEO }), Refused::NotOffered);
    let role = Role::NoteKeeper;
    room.does(BEN, Act::OfferRole { role, to: CLEO });
    assert_eq!(room.cannot(ANA, Act::OfferRole { role, to: CLEO }), Refused::Already);
    room.does(CLEO, Act::AcceptRole { role, seat: CLEO });
    assert_eq!(room.cannot(BEN, Act::TakeRole { role }), Refused::Held);
    room.does(CLEO, Act::Away { seat: CLEO });
    room.does(BEN, Act::TakeRole { role });
}

#[test]
fn a_lost_facilitator_stops_no_meeting() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    room.now += LOST_AFTER - 1;
    assert_eq!(room.cannot(BEN, Act::TakeRole { role: LEAD }), Refused::Held);
    room.now += 1;
    room.does(CLEO, Act::Away { seat: CLEO });
    assert!(room.meeting.buttons(BEN, true).facilitate);
    let taken = room.does(BEN, Act::TakeRole { role: LEAD });
    assert_eq!(taken, [What::RoleHeld { role: LEAD, by: Some(BEN) }], "everybody sees it");
    room.does(BEN, Act::MoveOn { from: Some(ANA) });
}

#[test]
fn a_facilitator_who_never_came_is_lost_and_a_clock_that_jumps_back_loses_nobody() {
    let mut room = Room::with(&[BEN]);
    room.now = 0;
    assert_eq!(room.cannot(BEN, Act::TakeRole { role: LEAD }), Refused::Held);
    room.facilitator_seen_at = None;
    room.does(BEN, Act::TakeRole { role: LEAD });
}

#[test]
fn taking_the_role_ends_an_offer_of_it() {
    let mut room = Room::with(&[BEN, CLEO]);
    room.does(ANA, Act::OfferRole { role: LEAD, to: BEN });
    room.now += LOST_AFTER;
    room.does(CLEO, Act::TakeRole { role: LEAD });
    assert_eq!(room.meeting.post(LEAD), Post { held: Some(CLEO), offered: None });
    assert_eq!(room.cannot(BEN, Act::AcceptRole { role: LEAD, seat: BEN }), Refused::NotOffered);
}

#[test]
fn a_facilitator_who_leaves_leaves_the_role() {
    let mut room = Room::in_round(&[BEN]);
    room.does(ANA, Act::OfferRole { role: Role::Opener, to: ANA });
    let left = room.does(ANA, Act::Leave { seat: ANA });
    assert!(left.contains(&What::RoleHeld { role: LEAD, by: None }));
    assert!(left.contains(&What::OfferGone { role: Role::Opener }));
    room.does(BEN, Act::TakeRole { role: LEAD });
    room.does(BEN, Act::Pass { seat: BEN });
    room.does(BEN, Act::End { step: StepId(1) });
}

#[test]
fn a_name_may_keep_the_time_but_needs_a_phone_to_facilitate() {
    let mut room = Room::with(&[BEN]);
    let name = SeatId(7);
    room.does(BEN, Act::AddName { seat: name });
    assert_eq!(room.cannot(ANA, Act::OfferRole { role: LEAD, to: name }), Refused::MembersOnly);
    let role = Role::TimeKeeper;
    room.does(BEN, Act::OfferRole { role, to: name });
    assert_eq!(room.meeting.buttons(BEN, false).offered, [(role, name)]);
    room.does(BEN, Act::AcceptRole { role, seat: name });
    room.does(BEN, Act::LayDownRole { role, seat: name });
}

#[test]
fn who_was_not_here_can_take_no_role() {
    let mut room = Room::with(&[]);
    let expected = rounds::Meeting::open(rounds::Opening {
        plans: crate::plans(),
        expected: vec![ANA],
        roles: vec![],
    });
    room.meeting = expected.expect("a good opening");
    assert_eq!(room.cannot(ANA, Act::TakeRole { role: LEAD }), Refused::NotHere);
}
