use proptest::collection::vec;
use proptest::prelude::*;
use seal::{
    BoxError, BoxInfo, EnvelopeKey, EnvelopeTo, EpochOrItem, GrantTo, GroupKey, LetterboxPublic,
    MemberPublic, MemberSecret, OpenError, PersonKey, envelope_box, envelope_unbox,
    envelope_unwrap, envelope_wrap, grant_box, grant_unbox, grant_unwrap, grant_wrap, hpke_box,
    hpke_unbox, letter_put, letter_take, person_box, person_unbox,
};

use crate::with_chance;

const INFO: BoxInfo<'static> = BoxInfo {
    label: "door.card",
    group: b"group",
    epoch_or_item: EpochOrItem::Epoch(3),
    member: b"ana",
};
const TO: GrantTo<'static> = GrantTo { group: b"group", member: b"ana" };
const ENVELOPE: EnvelopeTo<'static> = EnvelopeTo { group: b"group", item: b"item", member: b"ana" };

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
        let boxed = grant_box(&ana().public(), &TO, &key, chance).expect("a good public key");
        let wrapped = grant_wrap(&ana(), &TO, &key, chance);
        for found in [grant_unbox(&ana(), &TO, 3, &boxed), grant_unwrap(&ana(), &TO, 3, &wrapped)] {
            let found = found.expect("it is granted");
            assert_eq!((found.epoch(), found.expose()), (3, &[9; 32]));
            assert!(found.passes(&check));
        }
        for refused in [
            grant_unbox(&ana(), &TO, 4, &boxed),
            grant_unbox(&ana(), &ben, 3, &boxed),
            grant_unwrap(&ana(), &TO, 4, &wrapped),
            grant_unwrap(&ana(), &ben, 3, &wrapped),
            grant_unwrap(&MemberSecret::from_bytes([6; 32]), &TO, 3, &wrapped),
        ] {
            assert_eq!(refused.err(), Some(OpenError::Refused));
        }
    });
}

#[test]
fn an_envelope_opens_for_its_reader_and_item_alone() {
    let other = EnvelopeTo { item: b"other", ..ENVELOPE };
    with_chance(4, |chance| {
        let key = EnvelopeKey::random(chance);
        let boxed = envelope_box(&ana().public(), &ENVELOPE, &key, chance).expect("a good key");
        let wrapped = envelope_wrap(&ana(), &ENVELOPE, &key, chance);
        let unboxed = envelope_unbox(&ana(), &ENVELOPE, &boxed).expect("it is theirs");
        let unwrapped = envelope_unwrap(&ana(), &ENVELOPE, &wrapped).expect("it is theirs");
        assert_eq!(unboxed.expose(), key.expose());
        assert_eq!(unwrapped.expose(), key.expose());
        assert!(envelope_unbox(&ana(), &other, &boxed).is_err());
        assert!(envelope_unwrap(&ana(), &other, &wrapped).is_err());
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
