//! Envelopes: for whom, from whom, about which words.

use proptest::collection::vec;
use proptest::prelude::*;
use seal::{
    BoxError, ENVELOPE_BOX, Envelope, EnvelopeFrom, EnvelopeTo, MemberPublic, MemberSecret,
    OpenError, Place, Sealed, envelope_box, envelope_epoch, envelope_unbox, envelope_unwrap,
    envelope_wrap,
};

use crate::with_chance;

const TO: EnvelopeTo<'static> = EnvelopeTo { group: b"group", item: b"item", member: b"ana" };
const FROM: EnvelopeFrom = EnvelopeFrom { member: [2; 16], epoch: 3 };
const PLACE: Place<'static> =
    Place { label: "sharing.words", scope: b"group", row: b"item", writer: Some(&[2; 16]) };

fn ana() -> MemberSecret {
    MemberSecret::from_bytes([5; 32])
}

fn bea() -> MemberSecret {
    MemberSecret::from_bytes([6; 32])
}

fn sealed(words: &[u8]) -> (Envelope, Sealed) {
    with_chance(2, |chance| Envelope::seal(&PLACE, words, chance))
}

/// From Bea to Ana.
fn boxed(envelope: &Envelope) -> Vec<u8> {
    let boxed = with_chance(3, |chance| {
        envelope_box((&FROM, &bea()), (&TO, &ana().public()), envelope, chance)
    });
    boxed.expect("the public key is good")
}

fn wrapped(envelope: &Envelope) -> Vec<u8> {
    with_chance(4, |chance| envelope_wrap(&ana(), &TO, (&FROM.member, envelope), chance))
}

#[test]
fn it_opens_the_words_for_its_reader_and_says_from_whom() {
    let (envelope, words) = sealed(b"only you and I");
    let bytes = boxed(&envelope);
    assert_eq!((bytes.len(), envelope_epoch(&bytes)), (ENVELOPE_BOX, Some(3)));
    let found = envelope_unbox(&ana(), &TO, (&FROM, &bea().public()), &bytes);
    let found = found.expect("it is theirs");
    assert_eq!(found.open(&PLACE, &words).expect("they open").text(), Ok("only you and I"));
    let (sender, found) = envelope_unwrap(&ana(), &TO, &wrapped(&envelope)).expect("it is theirs");
    assert_eq!(sender, FROM.member);
    assert_eq!(found.open(&PLACE, &words).expect("they open").text(), Ok("only you and I"));
}

#[test]
fn who_does_not_hold_the_writers_secret_makes_none_of_theirs() {
    let (envelope, _) = sealed(b"words");
    let (other, public) = (MemberSecret::from_bytes([9; 32]), ana().public());
    let forged = with_chance(3, |chance| {
        envelope_box((&FROM, &other), (&TO, &public), &envelope, chance).expect("a good key")
    });
    let error = envelope_unbox(&ana(), &TO, (&FROM, &bea().public()), &forged).err();
    assert_eq!(error, Some(OpenError::Refused));
}

#[test]
fn it_opens_for_nobody_else_nowhere_else_and_as_nobody_elses() {
    let (envelope, _) = sealed(b"words");
    let (bytes, wrapped) = (boxed(&envelope), wrapped(&envelope));
    let senders = bea().public();
    for to in [
        EnvelopeTo { group: b"other", ..TO },
        EnvelopeTo { item: b"other", ..TO },
        EnvelopeTo { member: b"ben", ..TO },
    ] {
        assert!(envelope_unbox(&ana(), &to, (&FROM, &senders), &bytes).is_err(), "{to:?}");
        assert!(envelope_unwrap(&ana(), &to, &wrapped).is_err(), "{to:?}");
    }
    for from in [EnvelopeFrom { member: [1; 16], ..FROM }, EnvelopeFrom { epoch: 4, ..FROM }] {
        assert!(envelope_unbox(&ana(), &TO, (&from, &senders), &bytes).is_err(), "{from:?}");
        let moved = [&from.epoch.to_be_bytes(), &bytes[4..]].concat();
        assert!(envelope_unbox(&ana(), &TO, (&from, &senders), &moved).is_err(), "{from:?}");
    }
    assert!(envelope_unbox(&ana(), &TO, (&FROM, &ana().public()), &bytes).is_err());
    assert!(envelope_unbox(&bea(), &TO, (&FROM, &senders), &bytes).is_err());
    assert!(envelope_unwrap(&bea(), &TO, &wrapped).is_err());
}

#[test]
fn it_opens_the_words_it_was_made_with_and_no_others() {
    let (envelope, words) = sealed(b"what I said");
    let again = with_chance(7, |chance| Envelope::seal(&PLACE, b"what I said", chance).1);
    assert!(envelope.open(&PLACE, &words).is_ok());
    assert_eq!(envelope.open(&PLACE, &again).err(), Some(OpenError::Refused));
    let elsewhere = Place { row: b"other", ..PLACE };
    assert!(envelope.open(&elsewhere, &words).is_err());
    let mut flipped = words.as_bytes().to_vec();
    flipped[40] ^= 1;
    assert!(envelope.open(&PLACE, &Sealed::from_bytes(flipped)).is_err());
}

#[test]
fn one_flipped_bit_and_it_stays_shut() {
    let (envelope, _) = sealed(b"words");
    let (bytes, wrapped) = (boxed(&envelope), wrapped(&envelope));
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let found = envelope_unbox(&ana(), &TO, (&FROM, &bea().public()), &flipped);
        assert!(found.is_err(), "bit {bit} of a box");
    }
    for bit in 0..wrapped.len() * 8 {
        let mut flipped = wrapped.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(envelope_unwrap(&ana(), &TO, &flipped).is_err(), "bit {bit} of a wrap");
    }
}

#[test]
fn nothing_is_boxed_to_a_key_that_anyone_could_open() {
    let (envelope, _) = sealed(b"words");
    let nobody = MemberPublic::from_bytes([0; 32]);
    let error =
        with_chance(1, |chance| envelope_box((&FROM, &bea()), (&TO, &nobody), &envelope, chance));
    assert_eq!(error.err(), Some(BoxError::BadPublicKey));
    let found = envelope_unbox(&ana(), &TO, (&FROM, &nobody), &boxed(&envelope));
    assert!(found.is_err(), "nor opened as theirs");
}

proptest! {
    #[test]
    fn any_bytes_are_refused_without_a_crash(bytes in vec(any::<u8>(), 0..200)) {
        let from = (&FROM, &bea().public());
        prop_assert!(envelope_unbox(&ana(), &TO, from, &bytes).is_err());
        let epoch = [vec![0, 0, 0, 3, 1], bytes.clone()].concat();
        prop_assert!(envelope_unbox(&ana(), &TO, from, &epoch).is_err());
        prop_assert!(envelope_unwrap(&ana(), &TO, &bytes).is_err());
    }
}
