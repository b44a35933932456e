use proptest::collection::vec;
use proptest::prelude::*;
use seal::{
    BoxError, BoxInfo, EpochOrItem, FreshPart, GrantTo, Granted, GroupKey, LetterboxPublic,
    MemberPublic, MemberSecret, OpenError, PersonKey, Roster, grant_box, grant_unbox, grant_unwrap,
    grant_wrap, hpke_box, hpke_unbox, letter_put, letter_take, person_box, person_unbox,
};

use crate::with_chance;

const INFO: BoxInfo<'static> = BoxInfo {
    label: "door.card",
    group: b"group",
    epoch_or_item: EpochOrItem::Epoch(3),
    member: b"ana",
};
const TO: GrantTo<'static> = GrantTo { group: b"group", member: b"ana" };

fn ana() -> MemberSecret {
    MemberSecret::from_bytes([5; 32])
}

fn boxed(words: &[u8]) -> Vec<u8> {
    with_chance(2, |chance| {
        hpke_box(&ana().public(), &INFO, words, chance).expect("the public key is good")
    })
}

proptest! {
    #[test]
    fn what_is_boxed_opens(words in vec(any::<u8>(), 0..1500)) {
        let opened = hpke_unbox(&ana(), &INFO, &boxed(&words)).expect("it opens");
        prop_assert_eq!(opened.bytes(), words);
    }

    #[test]
    fn any_bytes_as_a_box_are_refused_without_a_crash(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert!(hpke_unbox(&ana(), &INFO, &bytes).is_err());
        prop_assert!(hpke_unbox(&ana(), &INFO, &[vec![1], bytes.clone()].concat()).is_err());
        prop_assert!(grant_unwrap(&ana(), &TO, 3, &bytes).is_err());
    }
}

#[test]
fn one_flipped_bit_and_a_box_stays_shut() {
    // All of them, since X25519 itself overlooks the topmost bit of a public key
    // (RFC 7748, section 5); HPKE must bind it.
    let bytes = boxed(b"words");
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(hpke_unbox(&ana(), &INFO, &flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn a_box_about_something_else_stays_shut() {
    let bytes = boxed(b"words");
    let others = [
        BoxInfo { label: "door.name", ..INFO },
        BoxInfo { group: b"other", ..INFO },
        BoxInfo { member: b"ben", ..INFO },
        BoxInfo { epoch_or_item: EpochOrItem::Epoch(4), ..INFO },
        BoxInfo { epoch_or_item: EpochOrItem::Item(&[0, 0, 0, 3]), ..INFO },
    ];
    for info in others {
        let error = hpke_unbox(&ana(), &info, &bytes).err();
        assert_eq!(error, Some(OpenError::Refused), "{info:?}");
    }
    let ben = MemberSecret::from_bytes([6; 32]);
    assert!(hpke_unbox(&ben, &INFO, &bytes).is_err());
}

#[test]
fn nothing_is_boxed_to_a_key_that_anyone_could_open() {
    let one = {
        let mut bytes = [0; 32];
        bytes[0] = 1;
        bytes
    };
    with_chance(1, |chance| {
        for bad in [[0; 32], one] {
            let public = MemberPublic::from_bytes(bad);
            let error = hpke_box(&public, &INFO, b"words", chance).err();
            assert_eq!(error, Some(BoxError::BadPublicKey));
        }
    });
}

#[test]
fn a_granted_key_opens_for_its_member_and_epoch_alone() {
    let key = GroupKey::from_bytes(3, [9; 32]);
    let check = seal::key_check(&key);
    let ben = GrantTo { member: b"ben", ..TO };
    with_chance(4, |chance| {
        let whole = Granted::Whole(key.clone());
        let boxed = grant_box(&ana().public(), &TO, 3, &whole, chance).expect("a good public key");
        let wrapped = grant_wrap(&ana(), &TO, &key, chance);
        let Ok(Granted::Whole(unboxed)) = grant_unbox(&ana(), &TO, 3, &boxed) else {
            panic!("the whole key was granted")
        };
        let unwrapped = grant_unwrap(&ana(), &TO, 3, &wrapped).expect("it was granted");
        for found in [unboxed, unwrapped] {
            assert_eq!((found.epoch(), found.expose()), (3, &[9; 32]));
            assert!(found.passes(&check));
        }
        for (to, epoch) in [(&TO, 4), (&ben, 3)] {
            let refused = grant_unbox(&ana(), to, epoch, &boxed).err();
            assert_eq!(refused, Some(OpenError::Refused));
            let refused = grant_unwrap(&ana(), to, epoch, &wrapped).err();
            assert_eq!(refused, Some(OpenError::Refused));
        }
        let other = MemberSecret::from_bytes([6; 32]);
        assert!(grant_unbox(&other, &TO, 3, &boxed).is_err());
        assert!(grant_unwrap(&other, &TO, 3, &wrapped).is_err());
    });
}

#[test]
fn the_fresh_part_alone_is_no_key_and_looks_like_a_whole_one() {
    let before = GroupKey::from_bytes(3, [9; 32]);
    let roster = Roster::default();
    with_chance(4, |chance| {
        let fresh = FreshPart::random(chance);
        let key = before.next(&fresh, b"group", 4, &roster);
        let whole = grant_box(&ana().public(), &TO, 4, &Granted::Whole(key.clone()), chance);
        let part = grant_box(&ana().public(), &TO, 4, &Granted::Fresh(fresh), chance);
        let (whole, part) = (whole.expect("a good key"), part.expect("a good key"));
        assert_eq!(whole.len(), part.len());
        let Ok(Granted::Fresh(part)) = grant_unbox(&ana(), &TO, 4, &part) else {
            panic!("the fresh part was granted")
        };
        assert_eq!(before.next(&part, b"group", 4, &roster).expose(), key.expose());
    });
}

#[test]
fn letters_go_in_without_a_key_and_come_out_with_it() {
    let key = GroupKey::from_bytes(3, [9; 32]);
    let letterbox = LetterboxPublic::from_bytes(*key.letterbox().as_bytes());
    let letter = with_chance(4, |chance| letter_put(&letterbox, &INFO, b"Rosa", chance));
    let letter = letter.expect("a good public key");
    let opened = letter_take(&key, &INFO, &letter).expect("members take it out");
    assert_eq!(opened.text(), Ok("Rosa"));
    let other = BoxInfo { member: b"another row", ..INFO };
    assert!(letter_take(&key, &other, &letter).is_err());
    assert!(letter_take(&GroupKey::from_bytes(4, [8; 32]), &INFO, &letter).is_err());
}

#[test]
fn a_box_to_a_person_opens_with_their_key() {
    let person = PersonKey::from_bytes([1; 32]);
    let boxed = with_chance(4, |chance| person_box(&person.public(), &INFO, b"Monday", chance));
    let boxed = boxed.expect("a good public key");
    let opened = person_unbox(&person, &INFO, &boxed).expect("it is theirs");
    assert_eq!(opened.text(), Ok("Monday"));
    assert!(person_unbox(&PersonKey::from_bytes([2; 32]), &INFO, &boxed).is_err());
}

#[test]
fn boxes_of_one_purpose_do_not_open_as_another() {
    // The same pair in all three roles, which never happens.
    let key = GroupKey::from_bytes(3, [9; 32]);
    let as_member = MemberPublic::from_bytes(*key.letterbox().as_bytes());
    let boxed = with_chance(4, |chance| hpke_box(&as_member, &INFO, b"words", chance));
    let boxed = boxed.expect("a good public key");
    assert_eq!(letter_take(&key, &INFO, &boxed).err(), Some(OpenError::Refused));
}
