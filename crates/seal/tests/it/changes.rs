//! The instance key is changed: what each of the two keys still does.

use seal::{
    Argon2Cost, EpochFacts, GroupKey, InstanceKey, MemberSecret, OpenError, Passphrase,
    PassphraseTry, PassphraseWrap, PersonKey, Place, Roster, SignInName, WrapError, fingerprint,
    key_check, name_tag, name_tags, roster_holds, roster_tag, slip_code, slip_holds,
};

use crate::{instance, with_chance};

const PLACE: Place<'_> = Place { label: "test.words", scope: b"group", row: b"row", writer: None };

/// Key 1; the same with key 2 before it in the file; key 2 alone, when the line of 1 is gone.
fn change() -> (InstanceKey, InstanceKey, InstanceKey) {
    let before = instance(1);
    let both = with_chance(9, |chance| before.renewed(chance));
    let after = both.with_fingerprint(&fingerprint(&both)).expect("the newest is held");
    (before, both, after)
}

#[test]
fn a_changed_key_has_the_next_number_and_holds_the_one_before() {
    let (before, both, after) = change();
    assert_eq!(both.numbers().collect::<Vec<_>>(), [2, 1]);
    assert_eq!(after.numbers().collect::<Vec<_>>(), [2]);
    let prints: Vec<_> = both.fingerprints().collect();
    assert_eq!(prints, [fingerprint(&after), fingerprint(&before)]);
    assert_ne!(prints[0], prints[1]);
    assert_eq!(both.with_fingerprint(&prints[1]).map(|key| key.number()), Some(1));
    assert!(both.with_fingerprint(&[0; 16]).is_none());
    assert_eq!((both.oldest().number(), after.oldest().number()), (1, 2));
    let third = with_chance(10, |chance| both.renewed(chance));
    assert_eq!(third.numbers().collect::<Vec<_>>(), [3, 2, 1]);
}

#[test]
fn a_value_opens_with_the_key_it_names_and_the_newest_seals() {
    let (before, both, after) = change();
    with_chance(1, |chance| {
        let old = before.seal(&PLACE, b"Tuesdays", chance);
        assert_eq!(both.open(&PLACE, &old).expect("it is held").bytes(), b"Tuesdays");
        assert_eq!(after.open(&PLACE, &old).err(), Some(OpenError::OtherKey));
        let new = both.seal(&PLACE, b"Tuesdays", chance);
        assert_eq!(new.key_number(), Some(2));
        assert!(after.open(&PLACE, &new).is_ok());
        assert_eq!(before.open(&PLACE, &new).err(), Some(OpenError::OtherKey));
        let mut forged = old.into_bytes();
        forged[5] = 2;
        let forged = seal::Sealed::from_bytes(forged);
        assert_eq!(both.open(&PLACE, &forged).err(), Some(OpenError::Refused));
    });
}

#[test]
fn what_lies_outside_the_database_holds_under_both_and_rows_under_the_newest_alone() {
    let (before, both, after) = change();
    let (old, new) = (before.mac("form", &[b"a"]), after.mac("form", &[b"a"]));
    assert_eq!(both.mac("form", &[b"a"]), new);
    for tag in [&old, &new] {
        assert!(both.mac_holds("form", &[b"a"], tag));
        assert!(!both.mac_holds("form", &[b"b"], tag));
        assert!(!both.mac_holds("cookie", &[b"a"], tag));
    }
    assert!(!after.mac_holds("form", &[b"a"], &old));
    assert!(both.mac_holds_now("form", &[b"a"], &new));
    assert!(!both.mac_holds_now("form", &[b"a"], &old));
    let words: [&[u8]; 2] = [b"Ana", b"Tuesday"];
    assert!(slip_holds(&both, &words, &slip_code(&before, &words)));
    assert!(!slip_holds(&after, &words, &slip_code(&before, &words)));
}

/// Whoever got hold of the old key can't put a reader into a roster.
#[test]
fn a_roster_holds_under_the_newest_key_alone() {
    let (before, both, _) = change();
    let key = GroupKey::from_bytes(3, [9; 32]);
    let (check, letterbox) = (key_check(&key), key.letterbox());
    let member = ([1; 16], MemberSecret::from_bytes([1; 32]).public());
    let roster = Roster::new(vec![member]).expect("one member");
    let facts = EpochFacts {
        group: b"group",
        epoch: 3,
        roster: &roster,
        letterbox: &letterbox,
        key_check: &check,
        before: &[],
    };
    assert!(!roster_holds(&both, &facts, &roster_tag(&before, &facts)));
    assert!(roster_holds(&both, &facts, &roster_tag(&both, &facts)));
}

#[test]
fn a_name_has_a_tag_under_each_key_the_newest_first() {
    let (before, both, after) = change();
    let name = SignInName::parse("heron-4821").expect("a name");
    let tags = name_tags(&both, &name);
    assert_eq!(tags, [name_tag(&after, &name), name_tag(&before, &name)]);
    assert_eq!(name_tag(&both, &name), tags[0]);
}

#[test]
fn a_passphrase_opens_what_either_key_wrapped_and_wraps_under_the_newest() {
    let (before, both, after) = change();
    let passphrase = Passphrase::parse("my own words").expect("it can be read");
    let by = |instance| PassphraseTry { person: b"person", passphrase: &passphrase, instance };
    let key = PersonKey::from_bytes([6; 32]);
    let cost = Argon2Cost::new(19, 1).expect("it is the lowest allowed");
    let wrap = |instance, seed| {
        with_chance(seed, |chance| PassphraseWrap::wrap(&key, &by(instance), cost, chance))
    };
    let (old, new) = (wrap(&before, 1), wrap(&both, 2));
    assert_eq!((old.instance_number(), new.instance_number()), (1, 2));
    for wrap in [&old, &new] {
        let opened = wrap.unwrap(&by(&both)).expect("both keys are held");
        assert_eq!(opened.expose(), key.expose());
    }
    assert!(new.unwrap(&by(&after)).is_ok());
    assert_eq!(old.unwrap(&by(&after)).err(), Some(WrapError::OtherInstanceKey(1)));
    assert_eq!(new.unwrap(&by(&before)).err(), Some(WrapError::OtherInstanceKey(2)));
}
