use proptest::prelude::*;
use seal::{Passphrase, PassphraseError, Reason, judge, make_words};

use crate::with_chance;

fn read(typed: &str) -> Result<String, PassphraseError> {
    Passphrase::parse(typed).map(|phrase| phrase.as_str().to_owned())
}

#[test]
fn the_programs_words_are_read_in_any_case_with_any_separator() {
    let right = Ok("abacus dropdown tshirt yoyo zoom".to_owned());
    for typed in [
        "abacus dropdown t-shirt yo-yo zoom",
        "Abacus-Drop-down-T-shirt-Yo-yo-Zoom",
        " ABACUS.dropdown,tshirt  yoyo/zoom. ",
        "abacusdropdowntshirtyoyozoom",
        "abacus\u{a0}drop down\tt shirt yo\u{2013}yo zoom",
        "ａｂａｃｕｓ dropdown tshirt yoyo zoom",
    ] {
        assert_eq!(read(typed), right, "{typed}");
    }
}

#[test]
fn an_own_passphrase_keeps_its_case_digits_and_marks() {
    for (typed, read_as) in [
        ("  My  Dog\tis 12! ", "My Dog is 12!"),
        // Four listed words are no phrase of the program's.
        ("Abacus Abdomen Zoom Able", "Abacus Abdomen Zoom Able"),
        // Nor are five with something of one's own.
        ("Abacus Abdomen Zoom Able Able1", "Abacus Abdomen Zoom Able Able1"),
        ("Abacus Abdomen Zoom Able Häuser", "Abacus Abdomen Zoom Able Häuser"),
        ("Ho\u{308}he", "Höhe"),
    ] {
        assert_eq!(read(typed).as_deref(), Ok(read_as));
    }
}

#[test]
fn empty_and_endless_ones_are_refused() {
    assert_eq!(read(""), Err(PassphraseError::Empty));
    assert_eq!(read(" \t\u{a0}"), Err(PassphraseError::Empty));
    assert!(read(&"x".repeat(1000)).is_ok());
    assert_eq!(read(&"x".repeat(1001)), Err(PassphraseError::TooLong));
    assert_eq!(read(&"x".repeat(10_000_000)), Err(PassphraseError::TooLong));
}

#[test]
fn made_phrases_come_back_as_themselves_and_will_do() {
    with_chance(1, |chance| {
        for _ in 0..50 {
            let made = make_words(5, chance);
            let phrase = Passphrase::parse(&made).expect("it is short");
            assert_eq!(phrase.as_str(), made.replace('-', ""));
            let joined = made.replace([' ', '-'], "");
            assert_eq!(read(&joined).as_deref(), Ok(phrase.as_str()));
            let strength = judge(&phrase, &[]);
            assert!(strength.is_enough(), "{strength:?}");
        }
    });
}

#[test]
fn every_word_of_the_list_is_drawn_about_as_often() {
    let mut counts = std::collections::HashMap::new();
    let drawn = with_chance(1, |chance| make_words(77_760, chance));
    for word in drawn.split(' ') {
        *counts.entry(word).or_insert(0) += 1;
    }
    // Ten each on average; that any word has none or forty has odds below one in a million,
    // save for a handful with none.
    assert!(counts.len() > 7770, "{} words", counts.len());
    assert!(counts.values().all(|&count| count < 40));
}

#[test]
fn weak_passphrases_are_refused_with_reasons() {
    let reasons = |typed: &str, known: &[&str]| {
        judge(&Passphrase::parse(typed).expect("it can be read"), known).reasons
    };
    assert!(reasons("password1234", &[]).contains(&Reason::TooShort));
    assert!(reasons("password1234", &[]).contains(&Reason::EasyToGuess));
    assert!(reasons("aaaaaaaaaaaaaaaaaaaa", &[]).contains(&Reason::Repeats));
    assert!(reasons("abcdefghijklmnopqrst", &[]).contains(&Reason::Sequence));
    assert!(reasons("qwertyuiopasdfghjkl", &[]).contains(&Reason::EasyToGuess));
    assert!(reasons("tr8Kq!z", &[]) == [Reason::TooShort, Reason::EasyToGuess]);
    assert!(reasons("violet mountain tractor singing slowly", &[]).is_empty());
}

#[test]
fn words_that_others_know_count_for_little() {
    let phrase = Passphrase::parse("Tuesdaycarers Rosalindova").expect("it can be read");
    let alone = judge(&phrase, &[]);
    let known = judge(&phrase, &["tuesdaycarers", "rosalindova"]);
    assert!(alone.is_enough());
    assert!(known.reasons.contains(&Reason::EasyToGuess));
    assert!(known.guesses_log10 < alone.guesses_log10);
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_crash_and_reading_again_changes_nothing(typed in any::<String>()) {
        if let Ok(phrase) = read(&typed) {
            prop_assert_eq!(read(&phrase), Ok(phrase.clone()));
        }
    }
}
