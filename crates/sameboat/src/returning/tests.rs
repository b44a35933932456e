use super::model::{Freezing, Held, Return, until};
use crate::clock::HOUR;
use crate::ids::MemberId;

fn member(n: u8) -> MemberId {
    MemberId::from([n; 16])
}

#[test]
fn from_four_members_on_a_second_one_must_say_the_same() {
    let mut back = Return::new(member(1));
    assert!(back.is_vouched(3) && !back.is_vouched(4));
    assert!(!back.takes_second(member(1), member(9)), "not who made the link");
    assert!(!back.takes_second(member(9), member(9)), "not the old sign-in");
    assert!(back.takes_second(member(2), member(9)));
    back.second = Some(member(2));
    assert!(back.is_vouched(4) && !back.takes_second(member(3), member(9)));
}

#[test]
fn two_members_freeze_and_two_undo_it_or_the_only_one_there_is() {
    let mut freezing = Freezing::default();
    freezing.say(member(1), true);
    freezing.say(member(1), true);
    assert!(!freezing.is_decided(&[member(1), member(2)]));
    freezing.say(member(2), true);
    assert!(freezing.is_decided(&[member(1), member(2)]));
    assert!(!freezing.is_decided(&[member(1), member(3)]), "who went says nothing any more");
    freezing.ice = Some(Held { last: 3, epochs: vec![1, 2, 3], day: 0 });
    freezing.say(member(1), true);
    assert!(!freezing.is_decided(&[member(1), member(2)]));
    assert!(freezing.is_decided(&[member(1)]));
    freezing.say(member(1), false);
    assert!(!freezing.is_decided(&[member(1)]));
}

#[test]
fn the_72_hours_end_on_the_full_hour() {
    assert_eq!(until(5), 73 * HOUR);
    assert_eq!(until(HOUR - 1), 73 * HOUR);
}
