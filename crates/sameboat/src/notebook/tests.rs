use super::*;

fn issue(typed: &str) -> &'static str {
    Text::parse(typed).expect_err("does not fit").key
}

fn entry(number: i64, kind: Option<Kind>) -> Entry {
    let leaf = kind.map(|kind| Leaf { kind, text: number.to_string(), written: 0, changed: 0 });
    Entry { id: PageId::from([0; 16]), number, day: 0, leaf }
}

fn numbers(entries: &[Entry]) -> Vec<i64> {
    entries.iter().map(|entry| entry.number).collect()
}

#[test]
fn words_stay_as_they_were_typed() {
    let typed = "  Mum laughed.\n\n\tأنا أيضًا 👩‍👩‍👧 – \u{1f1ee}\u{1f1ea}";
    assert_eq!(Text::parse(typed).expect("fits").as_str(), typed);
}

#[test]
fn two_ways_to_type_a_letter_become_one() {
    assert_eq!(clean("Jose\u{301}"), "José");
}

#[test]
fn what_no_keyboard_types_falls_away() {
    assert_eq!(clean("a\u{0}b\u{1b}[31mc\u{7f}\u{85}d\r"), "ab[31mcd");
}

#[test]
fn empty_lines_around_the_words_fall_away() {
    assert_eq!(clean("\n\n a \n\n"), " a");
    assert_eq!(issue(" \n\t "), "notebook-words-empty");
}

#[test]
fn a_page_holds_twenty_thousand_characters_and_not_one_more() {
    assert!(Text::parse(&"é".repeat(20_000)).is_ok());
    assert_eq!(issue(&"é".repeat(20_001)), "notebook-words-long");
}

#[test]
fn a_kind_reads_back_from_its_word() {
    assert!(Kind::ALL.into_iter().all(|kind| Kind::from_word(kind.word()) == Some(kind)));
    assert_eq!(Kind::from_word("secret"), None);
}

#[test]
fn the_newest_goal_is_the_main_one_and_earlier_ones_stay_pages() {
    let kinds = [Some(Kind::Goal), None, Some(Kind::Trouble), Some(Kind::Goal), Some(Kind::Page)];
    let entries = kinds.into_iter().zip((1..=5).rev()).map(|(kind, n)| entry(n, kind)).collect();
    let notebook = Notebook::of(entries);
    assert_eq!(notebook.goal.expect("there is one").number, 5);
    assert_eq!(numbers(&notebook.troubles), [3]);
    assert_eq!(numbers(&notebook.pages), [4, 2, 1]);
}

#[test]
fn a_glimpse_ends_between_two_words() {
    assert_eq!(glimpse("short"), ("short", false));
    let long = "word ".repeat(100);
    let (seen, more) = glimpse(&long);
    assert!(more && seen.ends_with("word") && seen.chars().count() <= GLIMPSE);
}

#[test]
fn a_glimpse_of_one_endless_word_is_cut_between_two_letters() {
    let long = "é".repeat(1000);
    assert_eq!(glimpse(&long), ("é".repeat(GLIMPSE).as_str(), true));
}
