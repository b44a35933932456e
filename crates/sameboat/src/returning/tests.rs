use super::model::{Freezing, Held, Return, Voice, leaves_half, until};
use crate::clock::HOUR;
use crate::ids::MemberId;

fn member(n: u8) -> MemberId {
    MemberId::from([n; 16])
}

/// Somebody known, here, who came by a link of the first one, who began the group.
fn voice(n: u8) -> Voice {
    let by = (n > 1).then_some(member(1));
    Voice { id: member(n), by, branch: member(n), known: true, here: true }
}

/// The same, who came by a link in the branch of this one.
fn brought_by(n: u8, by: u8) -> Voice {
    Voice { by: Some(member(by)), branch: member(by), ..voice(n) }
}

#[test]
fn two_seats_may_be_one_person_where_links_lead_from_one_to_the_other() {
    assert!(voice(1).is_tied_to(&voice(2)) && voice(2).is_tied_to(&voice(1)), "by the founder");
    assert!(!voice(2).is_tied_to(&voice(3)), "both by the founder");
    assert!(brought_by(4, 2).is_tied_to(&voice(2)));
    assert!(brought_by(4, 2).is_tied_to(&brought_by(5, 2)), "both by one who is not the founder");
    assert!(!brought_by(4, 2).is_tied_to(&brought_by(5, 3)));
}

#[test]
fn from_four_members_on_a_second_voice_must_say_the_same() {
    let mut back = Return::new(member(1));
    let others = [voice(1), voice(2), voice(3)];
    assert!(back.is_vouched(3, &others) && !back.is_vouched(4, &others));
    assert!(!back.takes(member(1), member(9)), "not who made the link");
    assert!(!back.takes(member(9), member(9)), "not the old sign-in");
    assert!(back.takes(member(2), member(9)));
    back.same.push(member(2));
    assert!(!back.takes(member(2), member(9)), "once");
    assert!(!back.is_vouched(4, &others), "they came by the link of whoever made this one");
    back.same.push(member(3));
    assert!(back.is_vouched(4, &others));
}

#[test]
fn two_voices_freeze_and_two_undo_it_or_the_only_one_there_is() {
    let four = [voice(1), voice(2), voice(3), brought_by(4, 2)];
    let mut freezing = Freezing::default();
    freezing.say(member(2), true);
    freezing.say(member(2), true);
    freezing.say(member(4), true);
    assert!(!freezing.is_decided(&four), "that may be one person");
    freezing.say(member(3), true);
    assert!(freezing.is_decided(&four));
    assert!(!freezing.is_decided(&[voice(1), voice(2), brought_by(4, 2)]), "who went says nothing");
    freezing.ice = Some(Held { last: 3, epochs: vec![1, 2, 3], day: 0 });
    freezing.say(member(2), true);
    assert!(!freezing.is_decided(&four));
    assert!(freezing.is_decided(&[voice(2)]));
    freezing.say(member(2), false);
    assert!(!freezing.is_decided(&[voice(2)]));
}

#[test]
fn all_others_decide_whoever_brought_them_if_two_are_known() {
    let mut freezing = Freezing::default();
    freezing.say(member(1), true);
    freezing.say(member(2), true);
    assert!(freezing.is_decided(&[voice(1), voice(2)]));
    let on_a_break = Voice { here: false, ..voice(3) };
    assert!(freezing.is_decided(&[voice(1), voice(2), on_a_break.clone()]));
    let new = Voice { known: false, ..voice(2) };
    assert!(!freezing.is_decided(&[voice(1), new]), "one and a newcomer are not enough");
    freezing.say(member(2), false);
    assert!(!freezing.is_decided(&[voice(1), on_a_break]), "one person freezes nobody");
}

#[test]
fn half_of_the_group_keeps_the_key() {
    assert!(leaves_half(3, 3) && !leaves_half(2, 3));
    assert!(leaves_half(4, 4) && leaves_half(3, 4) && !leaves_half(2, 4));
    assert!(!leaves_half(0, 1));
}

#[test]
fn the_72_hours_end_on_the_full_hour() {
    assert_eq!(until(5), 73 * HOUR);
    assert_eq!(until(HOUR - 1), 73 * HOUR);
}
