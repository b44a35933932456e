//! Rules of asking somebody to leave.

use super::model::{ASKING_DAYS, Asking};
use crate::ids::MemberId;

fn member(n: u8) -> MemberId {
    MemberId::from([n; 16])
}

#[test]
fn all_others_decide_and_they_are_at_least_two() {
    let mut asking = Asking::new(member(1), vec![member(1), member(2)]);
    assert!(!asking.is_decided(&[member(1)]), "one person never puts another out");
    assert!(!asking.is_decided(&[member(1), member(2)]));
    asking.say_yes(member(2));
    asking.say_yes(member(2));
    assert!(asking.is_decided(&[member(1), member(2)]));
    assert!(!asking.is_decided(&[member(1), member(2), member(3)]));
    asking.take_back(member(2));
    assert!(!asking.is_decided(&[member(1), member(2)]));
    assert!(asking.asks(member(2)) && !asking.asks(member(3)), "who came since is not asked");
}

#[test]
fn an_asking_falls_after_two_weeks() {
    assert!(!Asking::has_fallen(ASKING_DAYS - 1));
    assert!(Asking::has_fallen(ASKING_DAYS));
}
