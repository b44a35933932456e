//! The talking piece.

use rounds::{Act, Asked, Piece, Refused, Stage, StepId, StepKind, What};

use crate::{ANA, BEN, CLEO, DEV, ROUND, Room, plan};

#[test]
fn the_piece_is_offered_and_must_be_taken() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    assert_eq!(room.meeting.circle().piece, Piece::OfferedTo(ANA));
    assert_eq!(room.cannot(BEN, Act::Take { seat: BEN }), Refused::NotYourTurn);
    assert_eq!(room.does(ANA, Act::Take { seat: ANA }), [What::PieceTaken { by: ANA }]);
    assert_eq!(
        room.does(ANA, Act::Pass { seat: ANA }),
        [What::TurnOver { seat: ANA }, What::PieceOffered { to: BEN }]
    );
    assert_eq!(room.meeting.circle().piece, Piece::OfferedTo(BEN));
}

#[test]
fn passing_can_not_be_told_from_speaking() {
    let start = Room::in_round(&[BEN, CLEO]);

    let mut spoke = start.clone();
    let mut of_speaking = spoke.does(ANA, Act::Take { seat: ANA });
    of_speaking.extend(spoke.does(ANA, Act::Pass { seat: ANA }));

    let mut passed = start;
    let of_passing = passed.does(ANA, Act::Pass { seat: ANA });

    assert_eq!(of_passing, of_speaking);
    assert_eq!(passed.meeting, spoke.meeting);
}

#[test]
fn a_round_is_over_when_everybody_was_asked_and_then_the_step_may_end() {
    let mut room = Room::in_round(&[BEN]);
    assert_eq!(room.cannot(ANA, Act::End { step: StepId(1) }), Refused::NotAllHeard);
    assert_eq!(room.cannot(ANA, Act::Begin { step: StepId(2) }), Refused::NotAllHeard);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(BEN, Act::Take { seat: BEN });
    let last = room.does(BEN, Act::Pass { seat: BEN });
    assert_eq!(last, [What::TurnOver { seat: BEN }, What::RoundOver]);
    room.does(ANA, Act::End { step: StepId(1) });
    assert_eq!(room.meeting.round(), None, "nothing of the round is kept");
}

#[test]
fn nobody_has_two_turns() {
    let mut room = Room::in_round(&[BEN]);
    room.does(ANA, Act::Pass { seat: ANA });
    assert_eq!(room.cannot(ANA, Act::Take { seat: ANA }), Refused::NotYourTurn);
    assert_eq!(room.cannot(ANA, Act::Pass { seat: ANA }), Refused::Already);
    room.does(BEN, Act::Pass { seat: BEN });
    assert_eq!(room.cannot(ANA, Act::Take { seat: ANA }), Refused::NotYourTurn);
}

#[test]
fn later_means_at_the_end_and_only_once() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    assert_eq!(
        room.does(ANA, Act::Later { seat: ANA }),
        [What::AskedLater { seat: ANA }, What::PieceOffered { to: BEN }]
    );
    assert_eq!(room.order(), [BEN, CLEO, ANA]);
    room.does(BEN, Act::Pass { seat: BEN });
    room.does(CLEO, Act::Pass { seat: CLEO });
    assert_eq!(room.cannot(ANA, Act::Later { seat: ANA }), Refused::NoLater);
    room.does(ANA, Act::Pass { seat: ANA });
    assert_eq!(room.meeting.circle().piece, Piece::Over);
}

#[test]
fn who_is_away_at_their_turn_is_asked_again_at_the_end() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    room.does(BEN, Act::Away { seat: BEN });
    assert_eq!(
        room.does(ANA, Act::Pass { seat: ANA })[2..],
        [What::AskedLater { seat: BEN }, What::PieceOffered { to: CLEO }]
    );
    room.does(BEN, Act::Here { seat: BEN });
    room.does(CLEO, Act::Pass { seat: CLEO });
    assert_eq!(room.meeting.circle().piece, Piece::OfferedTo(BEN));
}

#[test]
fn who_is_asked_and_goes_away_is_asked_again_at_the_end() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    let away = [
        What::WentAway { seat: ANA },
        What::AskedLater { seat: ANA },
        What::PieceOffered { to: BEN },
    ];
    assert_eq!(room.does(ANA, Act::Away { seat: ANA }), away);
    room.does(BEN, Act::Pass { seat: BEN });
    room.does(CLEO, Act::Pass { seat: CLEO });
    assert_eq!(room.meeting.circle().piece, Piece::Rests);
    room.does(ANA, Act::Here { seat: ANA });
    assert_eq!(room.stage(ANA), Some(Stage::Offered(Asked::Again)));
    assert_eq!(room.does(ANA, Act::Away { seat: ANA }), [What::WentAway { seat: ANA }]);
    assert_eq!(room.stage(ANA), Some(Stage::Offered(Asked::Again)), "there is no later");
}

#[test]
fn the_piece_rests_while_only_people_who_are_away_are_left() {
    let mut room = Room::in_round(&[BEN]);
    room.does(BEN, Act::Away { seat: BEN });
    assert_eq!(room.does(ANA, Act::Pass { seat: ANA }).last(), Some(&What::PieceRests));
    assert_eq!(room.meeting.circle().piece, Piece::Rests);

    let mut waited = room.clone();
    let back = waited.does(BEN, Act::Here { seat: BEN });
    assert_eq!(back, [What::Back { seat: BEN }, What::PieceOffered { to: BEN }]);

    let gone_on = room.does(ANA, Act::MoveOn { from: None });
    assert_eq!(gone_on, [What::Missed { seat: BEN }, What::RoundOver]);
}

#[test]
fn who_missed_the_turn_is_asked_when_they_are_back_before_the_step_ends() {
    let mut room = Room::in_round(&[BEN]);
    room.does(BEN, Act::Away { seat: BEN });
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(ANA, Act::MoveOn { from: None });
    room.does(BEN, Act::Here { seat: BEN });
    assert_eq!(room.meeting.circle().piece, Piece::OfferedTo(BEN));
}

#[test]
fn who_was_moved_past_twice_while_here_can_still_say_here_i_am() {
    let mut room = Room::in_round(&[BEN]);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(ANA, Act::MoveOn { from: Some(BEN) });
    assert_eq!(room.stage(BEN), Some(Stage::Offered(Asked::Again)));
    room.does(ANA, Act::MoveOn { from: Some(BEN) });
    assert_eq!(room.stage(BEN), Some(Stage::Missed));
    assert_eq!(room.does(BEN, Act::Here { seat: BEN }), [What::PieceOffered { to: BEN }]);
}

#[test]
fn who_comes_late_sits_last() {
    let mut room = Room::in_round(&[BEN]);
    room.does(DEV, Act::Here { seat: DEV });
    room.does(ANA, Act::Later { seat: ANA });
    room.does(BEN, Act::Pass { seat: BEN });
    assert_eq!(room.order(), [BEN, DEV, ANA]);
    assert_eq!(room.meeting.circle().late().collect::<Vec<_>>(), [DEV]);
}

#[test]
fn who_comes_when_all_were_asked_is_asked_too() {
    let mut room = Room::in_round(&[]);
    room.does(ANA, Act::Pass { seat: ANA });
    let came = room.does(BEN, Act::Here { seat: BEN });
    assert_eq!(came, [What::SatDown { seat: BEN }, What::PieceOffered { to: BEN }]);
}

#[test]
fn being_away_takes_the_piece_from_nobody() {
    let mut room = Room::in_round(&[BEN]);
    room.does(ANA, Act::Take { seat: ANA });
    assert_eq!(room.does(ANA, Act::Away { seat: ANA }), [What::WentAway { seat: ANA }]);
    assert_eq!(room.meeting.circle().piece, Piece::HeldBy(ANA));
    let passed = room.does(ANA, Act::Pass { seat: ANA });
    assert_eq!(passed[0], What::Back { seat: ANA }, "whoever makes a move is here");
}

#[test]
fn the_facilitator_helps_the_piece_on() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    assert_eq!(room.cannot(BEN, Act::MoveOn { from: Some(ANA) }), Refused::OnlyFacilitator);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(BEN, Act::Take { seat: BEN });
    room.does(BEN, Act::Away { seat: BEN });
    room.does(ANA, Act::MoveOn { from: Some(BEN) });
    assert_eq!(room.order(), [ANA, CLEO, BEN], "who was cut off is asked again");
    room.does(CLEO, Act::Take { seat: CLEO });
    assert_eq!(room.cannot(ANA, Act::MoveOn { from: None }), Refused::NotYourTurn);
    room.does(ANA, Act::MoveOn { from: Some(CLEO) });
    assert_eq!(room.stage(CLEO), Some(Stage::Done));
    assert_eq!(room.cannot(ANA, Act::MoveOn { from: Some(CLEO) }), Refused::Already);
}

#[test]
fn who_leaves_for_good_with_the_piece_gives_it_on() {
    let mut room = Room::in_round(&[BEN, CLEO]);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(BEN, Act::Take { seat: BEN });
    assert_eq!(
        room.does(BEN, Act::Leave { seat: BEN }),
        [What::Left { seat: BEN }, What::PieceOffered { to: CLEO }]
    );
    assert_eq!(room.does(CLEO, Act::Leave { seat: CLEO }).last(), Some(&What::RoundOver));
}

#[test]
fn that_a_round_is_over_or_rests_is_told_once() {
    let mut room = Room::in_round(&[BEN, CLEO, DEV]);
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(CLEO, Act::Away { seat: CLEO });
    room.does(DEV, Act::Away { seat: DEV });
    let last = room.does(BEN, Act::Pass { seat: BEN });
    assert_eq!(last.last(), Some(&What::PieceRests));
    assert_eq!(room.does(CLEO, Act::Leave { seat: CLEO }), [What::Left { seat: CLEO }]);
    let over = [What::Left { seat: DEV }, What::RoundOver];
    assert_eq!(room.does(DEV, Act::Leave { seat: DEV }), over);
    assert_eq!(room.does(BEN, Act::Leave { seat: BEN }), [What::Left { seat: BEN }]);
}

#[test]
fn a_silence_stops_nobody_and_ends_when_the_piece_is_taken() {
    let mut room = Room::in_round(&[BEN]);
    assert_eq!(room.cannot(BEN, Act::Silence { on: true }), Refused::OnlyFacilitator);
    assert_eq!(room.does(ANA, Act::Silence { on: true }), [What::SilenceBegan]);
    assert_eq!(room.cannot(ANA, Act::Silence { on: true }), Refused::Already);
    assert!(room.meeting.circle().silence);
    assert_eq!(
        room.does(ANA, Act::Take { seat: ANA }),
        [What::SilenceOver, What::PieceTaken { by: ANA }]
    );
    room.does(ANA, Act::Pass { seat: ANA });
    room.does(BEN, Act::Take { seat: BEN });
    room.does(BEN, Act::Silence { on: true });
    room.does(BEN, Act::Silence { on: false });
}

#[test]
fn a_round_planned_without_silences_keeps_none() {
    let StepKind::Round { question, .. } = ROUND else { panic!("ROUND is a round") };
    let quick = plan(StepKind::Round { question, silence: false }, 5);
    let mut room = Room::of(vec![quick], &[]);
    room.does(ANA, Act::Begin { step: StepId(0) });
    assert_eq!(room.cannot(ANA, Act::Silence { on: true }), Refused::NoSilence);
}

#[test]
fn without_a_round_there_is_no_turn() {
    let mut room = Room::with(&[]);
    assert_eq!(room.cannot(ANA, Act::Take { seat: ANA }), Refused::NotInRound);
    assert_eq!(room.cannot(ANA, Act::MoveOn { from: None }), Refused::NotInRound);
    assert_eq!(room.cannot(ANA, Act::Silence { on: true }), Refused::NotInRound);
}
