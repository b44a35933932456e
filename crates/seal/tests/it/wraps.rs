use proptest::prelude::*;
use seal::{
    Argon2Cost, InstanceKey, LinkSecret, OpenError, Passphrase, PassphraseTry, PassphraseWrap,
    PersonKey, RecoveryCode, RecoveryError, SignInSecret, WrapError,
};

use crate::{instance, with_chance};

const PERSON: &[u8] = b"person";

fn key() -> PersonKey {
    PersonKey::from_bytes([6; 32])
}

fn cheapest() -> Argon2Cost {
    Argon2Cost::new(19, 1).expect("it is the lowest allowed")
}

fn phrase(typed: &str) -> Passphrase {
    Passphrase::parse(typed).expect("it can be read")
}

#[test]
fn a_passphrase_opens_its_persons_key_and_nothing_else_does() {
    let (right, wrong) = (phrase("my  own words"), phrase("my own wordz"));
    let (own, other) = (instance(1), instance(2));
    let by = PassphraseTry { person: PERSON, passphrase: &right, instance: &own };
    let made = with_chance(1, |chance| PassphraseWrap::wrap(&key(), &by, cheapest(), chance));
    let bytes = made.to_bytes();
    let stored = PassphraseWrap::parse(&bytes).expect("it was just made");
    assert_eq!((stored.instance_number(), stored.cost()), (1, cheapest()));

    let opened = stored.unwrap(&by).expect("the passphrase is right");
    assert_eq!(opened.expose(), key().expose());
    let same = phrase("my own words");
    assert!(stored.unwrap(&PassphraseTry { passphrase: &same, ..by }).is_ok());
    for refused in [
        PassphraseTry { passphrase: &wrong, ..by },
        PassphraseTry { person: b"another", ..by },
        // The database and the passphrase without the instance key: nothing opens.
        PassphraseTry { instance: &other, ..by },
    ] {
        assert_eq!(stored.unwrap(&refused).err(), Some(WrapError::Refused));
    }
    let second = InstanceKey::from_bytes(2, [1; 32]);
    let refused = stored.unwrap(&PassphraseTry { instance: &second, ..by }).err();
    assert_eq!(refused, Some(WrapError::OtherInstanceKey(1)));
    PassphraseWrap::unwrap_nobody(&by, cheapest());

    // Salt, passes and key: whoever changes a byte opens nothing.
    for at in [8, 23, 24, 48, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let changed = PassphraseWrap::parse(&changed).expect("it still has the form");
        assert_eq!(changed.unwrap(&by).err(), Some(WrapError::Refused), "byte {at}");
    }
}

#[test]
fn costs_outside_the_limits_are_refused_on_reading_too() {
    for (mib, passes) in [(18, 3), (257, 3), (0, 3), (64, 0), (64, 11), (u16::MAX, 255)] {
        assert!(Argon2Cost::new(mib, passes).is_err());
        let mut bytes = vec![1, 0, 0, 0, 1];
        bytes.extend(mib.to_be_bytes());
        bytes.push(passes);
        bytes.extend([0; 16 + 72]);
        assert!(matches!(PassphraseWrap::parse(&bytes), Err(WrapError::Cost(_))));
    }
    for (mib, passes) in [(19, 1), (256, 10), (64, 3)] {
        assert!(Argon2Cost::new(mib, passes).is_ok());
    }
    assert_eq!((Argon2Cost::default().mib(), Argon2Cost::default().passes()), (64, 3));
}

#[cfg(not(feature = "testing"))]
#[test]
fn the_cost_of_tests_is_refused_in_an_ordinary_build() {
    assert!(Argon2Cost::new(1, 1).is_err());
}

#[cfg(feature = "testing")]
#[test]
fn the_cost_of_tests_works_where_it_is_switched_on() {
    let own = instance(1);
    let right = phrase("words");
    let by = PassphraseTry { person: PERSON, passphrase: &right, instance: &own };
    let made =
        with_chance(1, |chance| PassphraseWrap::wrap(&key(), &by, Argon2Cost::for_tests(), chance));
    let stored = PassphraseWrap::parse(&made.to_bytes()).expect("it was just made");
    assert!(stored.unwrap(&by).is_ok());
    assert!(Argon2Cost::new(2, 1).is_err());
}

#[test]
fn a_recovery_code_is_read_as_people_copy_it() {
    let code = with_chance(1, RecoveryCode::random);
    let printed = code.print();
    assert_eq!(printed.len(), 27 + 8);
    let wrapped = with_chance(2, |chance| code.wrap(PERSON, &key(), chance));
    for typed in [
        printed.to_string(),
        printed.to_lowercase(),
        printed.replace('-', ""),
        printed.replace('-', " \n"),
        printed.replace('0', "o").replace('1', "l").replace('V', "u"),
    ] {
        let read = RecoveryCode::parse(&typed).expect("it means the same");
        assert_eq!(read.row_id(), code.row_id());
        let opened = read.unwrap(PERSON, &wrapped).expect("the code is right");
        assert_eq!(opened.expose(), key().expose());
    }
    assert_eq!(code.unwrap(b"another", &wrapped).err(), Some(OpenError::Refused));
    let other = with_chance(3, RecoveryCode::random);
    assert_ne!(other.row_id(), code.row_id());
    assert!(other.unwrap(PERSON, &wrapped).is_err());
    assert_eq!(RecoveryCode::parse(&printed[..34]).err(), Some(RecoveryError::Length));
    assert_eq!(format!("{code:?}"), "[recovery code]");
}

#[test]
fn any_wrong_character_and_any_swap_in_a_recovery_code_is_noticed() {
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let check = |changed: &[u8], right: &[u8]| {
        if changed != right {
            let text = std::str::from_utf8(changed).expect("ASCII");
            assert_eq!(RecoveryCode::parse(text).err(), Some(RecoveryError::Check), "{text}");
        }
    };
    for seed in 0..5 {
        let code = with_chance(seed, RecoveryCode::random).print().replace('-', "");
        let right = code.as_bytes();
        for at in 0..right.len() {
            for &character in ALPHABET {
                let mut changed = right.to_vec();
                changed[at] = character;
                check(&changed, right);
            }
            for other in 0..at {
                let mut changed = right.to_vec();
                changed.swap(at, other);
                check(&changed, right);
            }
        }
    }
}

#[test]
fn a_cookie_opens_its_own_row_alone() {
    let cookie = with_chance(1, SignInSecret::random);
    let wrapped = with_chance(2, |chance| cookie.wrap(PERSON, &key(), chance));
    let again = SignInSecret::from_bytes(*cookie.expose());
    assert_eq!(again.row_id(), cookie.row_id());
    assert_eq!(again.unwrap(PERSON, &wrapped).expect("its own").expose(), key().expose());
    assert!(again.unwrap(b"another", &wrapped).is_err());
    let other = SignInSecret::from_bytes([0; 32]);
    assert_ne!(other.row_id(), cookie.row_id());
    assert!(other.unwrap(PERSON, &wrapped).is_err());
    assert_eq!(cookie.unwrap(PERSON, &wrapped[1..]).err(), Some(OpenError::Malformed));
}

#[test]
fn ids_of_rows_do_not_repeat_across_purposes() {
    let (cookie, link) = (SignInSecret::from_bytes([1; 32]), LinkSecret::from_bytes([1; 32]));
    assert_ne!(cookie.row_id(), link.row_id());
    assert_eq!(link.row_id(), LinkSecret::from_bytes([1; 32]).row_id());
}

proptest! {
    #[test]
    fn any_bytes_and_text_are_read_without_a_crash(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in any::<String>(),
    ) {
        if let Ok(wrap) = PassphraseWrap::parse(&bytes) {
            prop_assert_eq!(wrap.to_bytes(), bytes.clone());
        }
        let _ = RecoveryCode::parse(&text);
        prop_assert!(SignInSecret::from_bytes([1; 32]).unwrap(PERSON, &bytes).is_err());
    }
}
