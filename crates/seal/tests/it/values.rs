use proptest::collection::vec;
use proptest::prelude::*;
use seal::{
    EnvelopeKey, FixedBox, GroupKey, InstanceKey, KeyKind, LinkSecret, OpenError, OwnKey,
    PersonKey, Place, Sealed, TooLarge,
};

use crate::{instance, with_chance};

const PLACE: Place<'static> =
    Place { label: "sharing.words", scope: b"group", row: b"row", writer: Some(b"ana") };

fn group() -> GroupKey {
    GroupKey::from_bytes(7, [1; 32])
}

fn sealed(words: &[u8]) -> Vec<u8> {
    with_chance(1, |chance| group().seal(&PLACE, words, chance).into_bytes())
}

fn open(bytes: Vec<u8>) -> Result<Vec<u8>, OpenError> {
    group().open(&PLACE, &Sealed::from_bytes(bytes)).map(|opened| opened.bytes().to_vec())
}

proptest! {
    #[test]
    fn what_is_sealed_opens(words in vec(any::<u8>(), 0..3000)) {
        prop_assert_eq!(open(sealed(&words)), Ok(words));
    }

    #[test]
    fn one_flipped_bit_and_it_stays_shut(words in vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>()) {
        let mut bytes = sealed(&words);
        let bit = at.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(open(bytes).is_err());
    }

    #[test]
    fn cut_or_lengthened_it_stays_shut(words in vec(any::<u8>(), 0..300), at in any::<prop::sample::Index>(), more in vec(any::<u8>(), 1..100)) {
        let bytes = sealed(&words);
        prop_assert!(open(bytes[..at.index(bytes.len())].to_vec()).is_err());
        prop_assert!(open([bytes, more].concat()).is_err());
    }

    #[test]
    fn any_bytes_are_refused_without_a_crash(bytes in vec(any::<u8>(), 0..200)) {
        let value = Sealed::from_bytes(bytes.clone());
        let _ = (value.key_kind(), value.key_number());
        prop_assert!(open(bytes.clone()).is_err());
        let headed = [vec![1, 3, 0, 0, 0, 7], bytes].concat();
        prop_assert!(open(headed).is_err());
    }

    #[test]
    fn the_size_tells_only_a_step(words in vec(any::<u8>(), 0..5000)) {
        let padded = sealed(&words).len() - 46;
        let steps = [64, 256, 1024];
        match steps.into_iter().find(|step| words.len() < *step) {
            Some(step) => prop_assert_eq!(padded, step),
            None => prop_assert!(padded > words.len() && padded * 100 <= (words.len() + 1) * 112),
        }
    }

    #[test]
    fn it_opens_only_where_it_was_sealed(
        scope in vec(any::<u8>(), 0..20),
        row in vec(any::<u8>(), 0..20),
        writer in proptest::option::of(vec(any::<u8>(), 0..20)),
    ) {
        let value = Sealed::from_bytes(sealed(b"words"));
        let place = Place { label: PLACE.label, scope: &scope, row: &row, writer: writer.as_deref() };
        if place != PLACE {
            prop_assert_eq!(group().open(&place, &value).err(), Some(OpenError::Refused));
        }
    }
}

#[test]
fn moved_relabelled_or_under_another_name_it_stays_shut() {
    let value = Sealed::from_bytes(sealed(b"words"));
    let places = [
        Place { label: "sharing.title", ..PLACE },
        Place { scope: b"other", ..PLACE },
        Place { row: b"other", ..PLACE },
        Place { writer: Some(b"ben"), ..PLACE },
        Place { writer: None, ..PLACE },
        Place { writer: Some(b""), ..PLACE },
        // The same bytes, cut elsewhere.
        Place { scope: b"groupr", row: b"ow", ..PLACE },
    ];
    for place in places {
        assert_eq!(group().open(&place, &value).err(), Some(OpenError::Refused), "{place:?}");
    }
}

#[test]
fn no_writer_and_an_empty_writer_differ() {
    let none = Place { writer: None, ..PLACE };
    let empty = Place { writer: Some(b""), ..PLACE };
    let value = with_chance(1, |chance| group().seal(&none, b"words", chance));
    assert!(group().open(&none, &value).is_ok());
    assert!(group().open(&empty, &value).is_err());
}

#[test]
fn another_key_epoch_or_kind_opens_nothing() {
    let value = Sealed::from_bytes(sealed(b"words"));
    let refused = |key: &GroupKey| key.open(&PLACE, &value).err();
    assert_eq!(refused(&GroupKey::from_bytes(7, [2; 32])), Some(OpenError::Refused));
    assert_eq!(refused(&GroupKey::from_bytes(8, [1; 32])), Some(OpenError::OtherKey));
    assert_eq!(OwnKey::from_bytes([1; 32]).open(&PLACE, &value).err(), Some(OpenError::OtherKey));
    // Who also forges the header still has the wrong derived key.
    let mut forged = sealed(b"words");
    forged[1] = 2;
    forged[2..6].fill(0);
    let forged = Sealed::from_bytes(forged);
    assert_eq!(OwnKey::from_bytes([1; 32]).open(&PLACE, &forged).err(), Some(OpenError::Refused));
}

#[test]
fn every_kind_of_key_seals_and_opens() {
    with_chance(3, |chance| {
        macro_rules! round_trip {
            ($key:expr, $kind:expr, $number:expr) => {
                let key = $key;
                let value = key.seal(&PLACE, "Grüße".as_bytes(), chance);
                assert_eq!(value.key_kind(), Some($kind));
                assert_eq!(value.key_number(), Some($number));
                let opened = key.open(&PLACE, &value).expect("its own key opens it");
                assert_eq!(opened.text(), Ok("Grüße"));
                assert_eq!(format!("{key:?} {value:?} {opened:?}"), "[key] [sealed] [sealed]");
            };
        }
        round_trip!(PersonKey::random(chance), KeyKind::Person, 0);
        round_trip!(OwnKey::random(chance), KeyKind::Own, 0);
        round_trip!(GroupKey::random(9, chance), KeyKind::Group, 9);
        round_trip!(EnvelopeKey::random(chance), KeyKind::Envelope, 0);
        round_trip!(InstanceKey::random(2, chance), KeyKind::Instance, 2);
        round_trip!(LinkSecret::random(chance), KeyKind::Link, 0);
    });
}

#[test]
fn the_same_words_never_look_the_same() {
    with_chance(1, |chance| {
        let first = group().seal(&PLACE, b"words", chance).into_bytes();
        let second = group().seal(&PLACE, b"words", chance).into_bytes();
        assert_ne!(first[6..30], second[6..30], "the nonces differ");
        assert_ne!(first[30..], second[30..]);
    });
}

#[test]
fn bytes_that_are_no_text_say_so() {
    let opened = group().open(&PLACE, &Sealed::from_bytes(sealed(&[0xff])));
    let opened = opened.expect("its own key opens it");
    assert_eq!(opened.text(), Err(OpenError::NotText));
}

#[test]
fn a_fixed_box_always_has_the_same_size() {
    const BOX: FixedBox = FixedBox::new(2048);
    with_chance(5, |chance| {
        for len in [0, 1, 1000, BOX.capacity()] {
            let content = vec![9; len];
            let value = BOX.seal(&group(), &PLACE, &content, chance).expect("it fits");
            assert_eq!(value.as_bytes().len(), 2048);
            let opened = BOX.open(&group(), &PLACE, &value).expect("it opens");
            assert_eq!(opened.bytes(), content);
        }
        let (bytes, capacity) = (BOX.capacity() + 1, BOX.capacity());
        let error = BOX.seal(&group(), &PLACE, &vec![9; bytes], chance).err();
        assert_eq!(error, Some(TooLarge { bytes, capacity }));
        let other = Sealed::from_bytes(sealed(b"words"));
        assert_eq!(BOX.open(&group(), &PLACE, &other).err(), Some(OpenError::Malformed));
    });
}

#[test]
fn marks_differ_by_person_and_by_batch_and_stay_the_same() {
    let (ana, ben) = (seal::MarkKey::from_bytes([1; 32]), seal::MarkKey::from_bytes([2; 32]));
    assert_eq!(seal::mark(&ana, b"week 5"), seal::mark(&ana, b"week 5"));
    assert_ne!(seal::mark(&ana, b"week 5"), seal::mark(&ana, b"week 6"));
    assert_ne!(seal::mark(&ana, b"week 5"), seal::mark(&ben, b"week 5"));
}

#[test]
fn a_mac_holds_for_its_label_parts_and_key_alone() {
    let key = instance(1);
    let tag = key.mac("form", &[b"ab", b"c"]);
    assert!(key.mac_holds("form", &[b"ab", b"c"], &tag));
    assert!(!key.mac_holds("form", &[b"a", b"bc"], &tag));
    assert!(!key.mac_holds("form", &[b"abc"], &tag));
    assert!(!key.mac_holds("idle", &[b"ab", b"c"], &tag));
    assert!(!instance(2).mac_holds("form", &[b"ab", b"c"], &tag));
    assert!(!key.mac_holds("form", &[b"ab", b"c"], &tag[..31]));
    assert!(!key.mac_holds("form", &[b"ab", b"c"], &[]));
}

#[test]
fn an_attendance_slip_is_checked_as_people_type_it() {
    let words: [&[u8]; 2] = [b"Ana", b"Tuesday 19:00"];
    let code = seal::slip_code(&instance(1), &words);
    assert_eq!(code.len(), 19);
    assert!(seal::slip_holds(&instance(1), &words, &code));
    assert!(seal::slip_holds(&instance(1), &words, &code.to_lowercase().replace('-', " ")));
    assert!(!seal::slip_holds(&instance(1), &[b"Ben", words[1]], &code));
    assert!(!seal::slip_holds(&instance(2), &words, &code));
    assert!(!seal::slip_holds(&instance(1), &words, &code[..18]));
}
