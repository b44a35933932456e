use proptest::prelude::*;
use seal::backup::{OperatorPublic, OperatorSecret};
use seal::{InstanceKey, fingerprint};

use crate::{instance, with_chance};

#[test]
fn an_instance_key_file_is_one_line_that_comes_back() {
    let key = InstanceKey::from_bytes(12, [0xab; 32]);
    let text = key.to_file();
    assert_eq!(text.lines().count(), 1);
    assert!(text.starts_with("instance-key-v1 12 abab"));
    let read = InstanceKey::from_file(&text).expect("it was just written");
    assert_eq!(read.number(), 12);
    assert_eq!(fingerprint(&read), fingerprint(&key));
    assert!(InstanceKey::from_file(text.trim()).is_ok());
    assert!(InstanceKey::from_file(&format!("{}\r\n\n", text.trim())).is_ok());
}

#[test]
fn a_key_file_holds_the_keys_before_below_and_is_read_in_any_order() {
    let first = instance(1);
    let text = with_chance(2, |chance| first.renewed(chance)).to_file();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("instance-key-v1 2 "));
    assert_eq!(format!("{}\n", lines[1]), *first.to_file());
    for text in [text.to_string(), format!("\n{}\r\n \r\n{}", lines[1], lines[0])] {
        let read = InstanceKey::from_file(&text).expect("two lines");
        assert_eq!(read.numbers().collect::<Vec<_>>(), [2, 1]);
    }
}

#[test]
fn a_key_file_with_nothing_a_strange_line_or_one_number_twice_is_refused() {
    let (one, other) = (instance(1).to_file(), instance(2).to_file());
    for text in ["", "\n \n", &format!("{}note", *one), &format!("{}{}", *one, *other)] {
        assert!(InstanceKey::from_file(text).is_err(), "{text}");
    }
    assert!(InstanceKey::from_file(&format!("{}{}", *one, *one)).is_err());
}

#[test]
fn any_changed_character_of_a_key_file_is_noticed() {
    let text = instance(7).to_file();
    let line = text.trim();
    for at in 0..line.len() {
        let mut changed = line.as_bytes().to_vec();
        changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
        let changed = String::from_utf8(changed).expect("ASCII");
        assert!(InstanceKey::from_file(&changed).is_err(), "{changed}");
        assert!(InstanceKey::from_file(&line[..at]).is_err());
    }
}

#[test]
fn key_files_of_other_kinds_are_refused() {
    with_chance(1, |chance| {
        let operator = OperatorSecret::random(chance);
        let (secret, public) = (operator.to_file(), operator.public().to_file());
        let read = OperatorSecret::from_file(&secret).expect("it was just written");
        assert_eq!(read.public(), operator.public());
        assert_eq!(OperatorPublic::from_file(&public), Ok(operator.public()));
        assert!(InstanceKey::from_file(&secret).is_err());
        assert!(OperatorSecret::from_file(&public).is_err());
        assert!(OperatorPublic::from_file(&secret).is_err());
    });
}

#[test]
fn fingerprints_tell_keys_apart() {
    assert_ne!(fingerprint(&instance(1)), fingerprint(&instance(2)));
}

proptest! {
    #[test]
    fn any_text_as_a_key_file_is_refused_without_a_crash(text in any::<String>()) {
        prop_assert!(InstanceKey::from_file(&text).is_err());
        let headed = format!("instance-key-v1 {text}");
        prop_assert!(InstanceKey::from_file(&headed).is_err());
        prop_assert!(OperatorSecret::from_file(&text).is_err());
    }
}
