//! Quiet signals.

use rounds::{Act, Refused, Role, SIGNAL_LASTS, SeatId, Signal, Signals, StepId, ToWhom};

use crate::{ANA, BEN, CLEO, Room};

fn seen(signals: &Signals, room: &Room, by: SeatId) -> Vec<(SeatId, Signal)> {
    signals.seen_by(&room.meeting, by).iter().map(|one| (one.seat, one.signal)).collect()
}

#[test]
fn a_signal_to_the_facilitator_is_seen_by_them_and_its_giver_alone() {
    let room = Room::with(&[BEN, CLEO]);
    let mut signals = Signals::default();
    let upset = (BEN, Signal::Upset);
    assert_eq!(signals.raise(&room.meeting, BEN, upset, ToWhom::Facilitator), Ok(()));
    assert_eq!(seen(&signals, &room, ANA), [upset]);
    assert_eq!(seen(&signals, &room, BEN), [upset]);
    assert_eq!(seen(&signals, &room, CLEO), []);
}

#[test]
fn it_stays_with_whoever_led_when_it_was_given() {
    let mut room = Room::with(&[BEN, CLEO]);
    let mut signals = Signals::default();
    let lost = (BEN, Signal::Lost);
    assert_eq!(signals.raise(&room.meeting, BEN, lost, ToWhom::Facilitator), Ok(()));
    room.does(ANA, Act::OfferRole { role: Role::Facilitator, to: CLEO });
    room.does(CLEO, Act::AcceptRole { role: Role::Facilitator, seat: CLEO });
    assert_eq!(seen(&signals, &room, ANA), [], "whoever leads no more");
    assert_eq!(seen(&signals, &room, CLEO), [], "it was not given to them");
    assert_eq!(seen(&signals, &room, BEN), [lost]);
    assert_eq!(signals.raise(&room.meeting, BEN, lost, ToWhom::Facilitator), Ok(()));
    assert_eq!(seen(&signals, &room, CLEO), [lost], "given again");
}

#[test]
fn where_nobody_leads_it_reaches_nobody_and_says_so() {
    let mut room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    room.does(ANA, Act::LayDownRole { role: Role::Facilitator, seat: ANA });
    let upset = (BEN, Signal::Upset);
    let raised = signals.raise(&room.meeting, BEN, upset, ToWhom::Facilitator);
    assert_eq!(raised, Err(Refused::NobodyLeads));
    assert_eq!(signals, Signals::default());
    assert_eq!(signals.raise(&room.meeting, BEN, upset, ToWhom::All), Ok(()));
}

#[test]
fn one_that_was_kept_apart_comes_back_as_it_was_and_ends_as_it_would_have() {
    let mut room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    assert_eq!(signals.raise(&room.meeting, BEN, (BEN, Signal::Lost), ToWhom::Facilitator), Ok(()));
    let given = signals.all()[0];
    assert_eq!(signals.to_all(), Signals::default());
    let mut again = Signals::default();
    again.put_back(given.lasts().to_facilitator(BEN, Signal::Lost, ANA));
    assert_eq!(again, signals);
    assert!(given.lasts().is_up(&room.meeting));
    room.does(ANA, Act::Begin { step: StepId(0) });
    assert!(!given.lasts().is_up(&room.meeting));
}

#[test]
fn a_signal_to_all_is_seen_by_all_who_have_a_seat() {
    let room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    let slow = (BEN, Signal::SlowDown);
    assert_eq!(signals.raise(&room.meeting, BEN, slow, ToWhom::All), Ok(()));
    assert_eq!(seen(&signals, &room, ANA), [slow]);
    assert_eq!(seen(&signals, &room, SeatId(99)), []);
}

#[test]
fn it_goes_with_the_step_with_the_seat_and_in_time() {
    let mut room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    let hand = (BEN, Signal::WantIn);
    let raise = |signals: &mut Signals, room: &Room| {
        assert_eq!(signals.raise(&room.meeting, BEN, hand, ToWhom::All), Ok(()));
    };
    raise(&mut signals, &room);
    room.does(ANA, Act::Begin { step: StepId(0) });
    assert_eq!(seen(&signals, &room, ANA), []);

    raise(&mut signals, &room);
    for _ in 0..SIGNAL_LASTS / 2 {
        assert_eq!(seen(&signals, &room, ANA), [hand]);
        room.does(BEN, Act::Away { seat: BEN });
        room.does(BEN, Act::Here { seat: BEN });
    }
    assert_eq!(seen(&signals, &room, ANA), []);

    raise(&mut signals, &room);
    room.does(BEN, Act::Leave { seat: BEN });
    signals.forget_old(&room.meeting);
    assert_eq!(signals, Signals::default(), "nothing is kept");
}

#[test]
fn given_twice_it_is_there_once_and_can_be_taken_back() {
    let room = Room::with(&[BEN, CLEO]);
    let mut signals = Signals::default();
    let rest = (BEN, Signal::NeedBreak);
    assert_eq!(signals.raise(&room.meeting, BEN, rest, ToWhom::Facilitator), Ok(()));
    assert_eq!(signals.raise(&room.meeting, BEN, rest, ToWhom::All), Ok(()));
    assert_eq!(seen(&signals, &room, CLEO), [rest]);
    assert_eq!(signals.lower(&room.meeting, CLEO, rest), Err(Refused::NotYours));
    assert_eq!(signals.lower(&room.meeting, BEN, rest), Ok(()));
    assert_eq!(signals.lower(&room.meeting, BEN, rest), Err(Refused::Already));
    assert_eq!(signals.raise(&room.meeting, BEN, rest, ToWhom::All), Ok(()));
    assert_eq!(signals.lower(&room.meeting, ANA, rest), Ok(()), "the facilitator saw to it");
}

#[test]
fn nobody_signals_for_another_member() {
    let room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    let forged = signals.raise(&room.meeting, ANA, (BEN, Signal::Lost), ToWhom::All);
    assert_eq!(forged, Err(Refused::NotYours));
    let nobody = signals.raise(&room.meeting, ANA, (SeatId(9), Signal::Lost), ToWhom::All);
    assert_eq!(nobody, Err(Refused::NoSuchSeat));
}

#[test]
fn signals_are_read_back_only_when_each_is_there_once() {
    let room = Room::with(&[BEN]);
    let mut signals = Signals::default();
    assert_eq!(signals.raise(&room.meeting, BEN, (BEN, Signal::Lost), ToWhom::All), Ok(()));
    let text = serde_json::to_string(&signals).expect("signals can be written");
    assert_eq!(serde_json::from_str::<Signals>(&text).ok(), Some(signals));
    let one = text.trim_matches(['[', ']']);
    assert!(serde_json::from_str::<Signals>(&format!("[{one},{one}]")).is_err());
}
