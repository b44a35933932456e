use proptest::collection::vec;
use proptest::prelude::*;
use seal::{
    EpochFacts, FreshPart, GroupKey, Id, LetterboxPublic, MemberPublic, MemberSecret, Roster,
    RosterError, key_check, roster_holds, roster_tag,
};

use crate::{instance, with_chance};

fn member(byte: u8) -> (Id, MemberPublic) {
    ([byte; 16], MemberSecret::from_bytes([byte; 32]).public())
}

#[test]
fn a_tag_holds_for_its_own_row_alone() {
    let key = GroupKey::from_bytes(3, [9; 32]);
    let check = key_check(&key);
    let roster = Roster::new(vec![member(2), member(1)]).expect("two members");
    let larger = Roster::new(vec![member(2), member(1), member(3)]).expect("three members");
    let swapped = Roster::new(vec![(member(1).0, member(3).1), member(2)]).expect("two members");
    let letterbox = key.letterbox();
    let facts = EpochFacts {
        group: b"group",
        epoch: 3,
        roster: &roster,
        letterbox: &letterbox,
        key_check: &check,
        before: &[7; 32],
    };
    let tag = roster_tag(&instance(1), &facts);
    let checked = facts.check(&instance(1), &tag).expect("the tag is this row's");
    assert_eq!(checked.public(&[1; 16]), Some(&member(1).1));
    assert_eq!(checked.public(&[3; 16]), None);
    assert_eq!(checked.members().len(), 2);

    let other_letterbox = LetterboxPublic::from_bytes([1; 32]);
    for changed in [
        EpochFacts { group: b"other", ..facts },
        EpochFacts { epoch: 4, ..facts },
        EpochFacts { roster: &larger, ..facts },
        EpochFacts { roster: &swapped, ..facts },
        EpochFacts { letterbox: &other_letterbox, ..facts },
        EpochFacts { key_check: &[0; 32], ..facts },
        EpochFacts { before: &[8; 32], ..facts },
        EpochFacts { before: &[], ..facts },
    ] {
        assert!(!roster_holds(&instance(1), &changed, &tag));
        let error = changed.check(&instance(1), &tag).err();
        assert_eq!(error, Some(RosterError::TagRefused));
    }
    assert!(!roster_holds(&instance(2), &facts, &tag));
    assert!(!roster_holds(&instance(1), &facts, &tag[1..]));
}

#[test]
fn the_key_check_knows_its_key() {
    let key = GroupKey::from_bytes(3, [9; 32]);
    assert!(key.passes(&key_check(&key)));
    assert!(!GroupKey::from_bytes(3, [8; 32]).passes(&key_check(&key)));
}

#[test]
fn the_next_key_comes_from_the_one_before_fresh_chance_and_the_roster() {
    let before = GroupKey::from_bytes(3, [9; 32]);
    let roster = Roster::new(vec![member(1), member(2)]).expect("two members");
    let other = Roster::new(vec![member(1), member(3)]).expect("two members");
    let (fresh, again) = with_chance(5, |c| (FreshPart::random(c), FreshPart::random(c)));
    let next = before.next(&fresh, b"group", 4, &roster);
    assert_eq!(next.epoch(), 4);
    assert_eq!(next.expose(), before.next(&fresh, b"group", 4, &roster).expose());
    for changed in [
        GroupKey::from_bytes(3, [8; 32]).next(&fresh, b"group", 4, &roster),
        before.next(&again, b"group", 4, &roster),
        before.next(&fresh, b"other", 4, &roster),
        before.next(&fresh, b"group", 5, &roster),
        before.next(&fresh, b"group", 4, &other),
        before,
    ] {
        assert_ne!(changed.expose(), next.expose());
    }
}

#[test]
fn nobody_stands_in_a_roster_twice() {
    let error = Roster::new(vec![member(1), member(2), member(1)]).err();
    assert_eq!(error, Some(RosterError::Twice));
}

#[test]
fn a_roster_has_one_way_to_be_written() {
    let roster = Roster::new(vec![member(1), member(2)]).expect("two members");
    let bytes = roster.encode();
    assert_eq!(Roster::parse(&bytes), Ok(roster));
    let mut unsorted = bytes.clone();
    unsorted[3..].rotate_left(48);
    assert_eq!(Roster::parse(&unsorted), Err(RosterError::Malformed));
    let mut twice = bytes.clone();
    twice.copy_within(3..51, 51);
    assert_eq!(Roster::parse(&twice), Err(RosterError::Twice));
    let longer = [bytes.as_slice(), &[0]].concat();
    assert_eq!(Roster::parse(&longer), Err(RosterError::Malformed));
    assert_eq!(Roster::parse(&bytes[..bytes.len() - 1]), Err(RosterError::Malformed));
}

proptest! {
    #[test]
    fn rosters_come_back_and_any_bytes_are_read_without_a_crash(
        ids in proptest::collection::hash_set(any::<Id>(), 0..20),
        noise in vec(any::<u8>(), 0..300),
    ) {
        let members = ids.into_iter().map(|id| (id, member(1).1)).collect();
        let roster = Roster::new(members).expect("the ids differ");
        prop_assert_eq!(Roster::parse(&roster.encode()), Ok(roster));
        for bytes in [noise.clone(), [vec![1, 0, 2], noise].concat()] {
            if let Ok(read) = Roster::parse(&bytes) {
                prop_assert_eq!(read.encode(), bytes);
            }
        }
    }
}
