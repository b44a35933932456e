//! Rules of versions and stances.

use super::model::{
    Deciding, Position, SafetyLine, Stance, WAIT_DAYS, ended_by_the_clock, ends_powers, now_holds,
};
use crate::ids::MemberId;

fn member(n: u8) -> MemberId {
    MemberId::from([n; 16])
}

fn yes(n: u8) -> (MemberId, Stance) {
    (member(n), Stance::default())
}

fn no(n: u8) -> (MemberId, Stance) {
    let mut stance = Stance::default();
    stance.positions.insert("one-voice".to_owned(), Position::Object("why".to_owned()));
    (member(n), stance)
}

#[test]
fn the_first_agreement_needs_three_with_the_founder() {
    let active = [member(1), member(2), member(3)];
    let first = Deciding::First { founder: Some(member(1)) };
    assert!(!now_holds(&[yes(1), yes(2)], &active[..2], 99, first));
    assert!(!now_holds(&[yes(2), yes(3), yes(4)], &active, 99, first));
    assert!(now_holds(&[yes(1), yes(2), yes(3)], &active, 0, first));
}

#[test]
fn when_the_founder_has_gone_any_three_will_do() {
    let gone = Deciding::First { founder: None };
    assert!(!now_holds(&[yes(2), yes(3)], &[], 99, gone));
    assert!(now_holds(&[yes(2), yes(3), yes(4)], &[member(2)], 0, gone));
}

#[test]
fn an_objection_of_a_fourth_or_of_the_founder_keeps_no_power_alive() {
    assert!(!ends_powers(&[yes(1), yes(2), no(3)]));
    assert!(ends_powers(&[yes(1), yes(2), no(3), yes(4)]));
    assert!(!ends_powers(&[no(1), yes(2), yes(3)]));
    assert!(ends_powers(&[no(1), yes(2), yes(3), yes(4)]));
}

#[test]
fn on_the_28th_day_the_powers_end_by_themselves() {
    assert_eq!(ended_by_the_clock(100, 127), None);
    assert_eq!(ended_by_the_clock(100, 128), Some(128));
    assert_eq!(ended_by_the_clock(100, 300), Some(128));
}

#[test]
fn an_objection_stops_a_version_however_old_it_is() {
    let active = [member(1), member(2)];
    assert!(!now_holds(&[yes(1), no(2)], &active, 99, Deciding::Change));
}

#[test]
fn who_does_not_answer_is_not_waited_for_for_ever() {
    let active = [member(1), member(2)];
    assert!(!now_holds(&[yes(1)], &active, WAIT_DAYS - 1, Deciding::Change));
    assert!(now_holds(&[yes(1)], &active, WAIT_DAYS, Deciding::Change));
    assert!(!now_holds(&[], &active, WAIT_DAYS, Deciding::Change));
}

#[test]
fn a_number_can_be_tapped_and_other_words_cannot() {
    let call =
        |number: &str| SafetyLine { name: "Somebody".to_owned(), number: number.to_owned() }.call();
    assert_eq!(call("999").as_deref(), Some("tel:999"));
    assert_eq!(call("0808 808 7777").as_deref(), Some("tel:08088087777"));
    assert_eq!(call("+353 (0)1 234").as_deref(), Some("tel:+35301234"));
    assert_eq!(call("SMS SHOUT → 85258"), None);
    assert_eq!(call("ask at the desk, room 12"), None);
    assert_eq!(call(""), None);
}
