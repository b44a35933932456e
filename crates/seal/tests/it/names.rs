use proptest::prelude::*;
use seal::{NameError, SignInName, name_tag, name_words};

use crate::{instance, with_chance};

fn parsed(typed: &str) -> Result<String, NameError> {
    SignInName::parse(typed).map(|name| name.as_str().to_owned())
}

#[test]
fn a_name_is_read_as_people_type_it() {
    for typed in [
        "heron-4821",
        "Heron 4821",
        "  HERON4821 ",
        "heron \u{2013} 4821",
        "heron_4821",
        "ｈｅｒｏｎ－４８２１",
        "heron-٤٨٢١",
        "heron-४८२१",
    ] {
        assert_eq!(parsed(typed).as_deref(), Ok("heron-4821"), "{typed}");
    }
}

#[test]
fn words_of_any_script_are_folded() {
    assert_eq!(parsed("ÖSTERREICH 0007").as_deref(), Ok("österreich-0007"));
    assert_eq!(parsed("O\u{308}sterreich-0007").as_deref(), Ok("österreich-0007"));
    assert_eq!(parsed("ЦАПЛЯ-1234").as_deref(), Ok("цапля-1234"));
    assert_eq!(parsed("बगुला 1234").as_deref(), Ok("बगुला-1234"));
    assert_eq!(parsed("鷺1234").as_deref(), Ok("鷺-1234"));
}

#[test]
fn what_is_no_name_says_what_is_amiss() {
    assert_eq!(parsed("heron"), Err(NameError::Digits));
    assert_eq!(parsed("heron-482"), Err(NameError::Digits));
    assert_eq!(parsed("heron-48211"), Err(NameError::Digits));
    assert_eq!(parsed("4821"), Err(NameError::Word));
    assert_eq!(parsed(""), Err(NameError::Digits));
    assert_eq!(parsed("heron bird-4821"), Err(NameError::NotALetter));
    assert_eq!(parsed("heron\u{200B}-4821"), Err(NameError::NotALetter));
    assert_eq!(parsed(&format!("{}-4821", "a".repeat(25))), Err(NameError::Word));
    assert_eq!(parsed(&"a".repeat(1_000_000)), Err(NameError::Word));
    assert_eq!(SignInName::make("heron", 10_000).err(), Some(NameError::Digits));
}

#[test]
fn made_and_drawn_names_come_back() {
    let name = SignInName::make("Heron", 7).expect("a good word");
    assert_eq!((name.as_str(), name.word()), ("heron-0007", "heron"));
    assert_eq!(format!("{name:?}"), "[sign-in name]");
    with_chance(1, |chance| {
        for word in name_words() {
            let name = SignInName::draw(word, chance).expect("a word of the list is good");
            assert_eq!(parsed(name.as_str()).as_deref(), Ok(name.as_str()));
        }
    });
}

#[test]
fn the_words_to_pick_from_are_many_plain_and_sorted() {
    let words: Vec<_> = name_words().collect();
    assert!(words.len() >= 200);
    assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
}

#[test]
fn a_tag_is_the_same_however_the_name_is_typed_and_differs_by_key() {
    let tag = |typed, key| name_tag(&instance(key), &SignInName::parse(typed).expect("a name"));
    assert_eq!(tag("heron-4821", 1), tag("HERON 4821", 1));
    assert_ne!(tag("heron-4821", 1), tag("heron-4822", 1));
    assert_ne!(tag("heron-4821", 1), tag("heron-4821", 2));
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_crash_and_reading_again_changes_nothing(
        word in any::<String>(), digits in 0u16..10_000,
    ) {
        let _ = SignInName::parse(&word);
        if let Ok(name) = SignInName::parse(&format!("{word}{digits:04}")) {
            prop_assert_eq!(parsed(name.as_str()), Ok(name.as_str().to_owned()));
        }
    }
}
