//! Rules of versions and stances.

use super::model::{Position, Stance, WAIT_DAYS, now_holds};
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
    let founder = Some(member(1));
    assert!(!now_holds(&[yes(1), yes(2)], &active[..2], 0, founder));
    assert!(!now_holds(&[yes(2), yes(3)], &active, 99, founder));
    assert!(now_holds(&[yes(1), yes(2), yes(3)], &active, 0, founder));
}

#[test]
fn an_objection_stops_a_version_however_old_it_is() {
    let active = [member(1), member(2)];
    assert!(!now_holds(&[yes(1), no(2)], &active, 99, None));
}

#[test]
fn who_does_not_answer_is_not_waited_for_for_ever() {
    let active = [member(1), member(2)];
    assert!(!now_holds(&[yes(1)], &active, WAIT_DAYS - 1, None));
    assert!(now_holds(&[yes(1)], &active, WAIT_DAYS, None));
    assert!(!now_holds(&[], &active, WAIT_DAYS, None));
}
