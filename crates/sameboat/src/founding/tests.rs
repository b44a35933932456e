//! A whole walk in memory.

use jiff::civil::date;

use super::model::{Answers, Question, safety_lines};
use crate::agreements::{Clause, End, Suggestion};

fn answered() -> Answers {
    let mut answers = Answers::default();
    for (field, text) in [
        ("who", "look after somebody at home"),
        ("what-for", "help each other carry it"),
        ("not-for", "paid carers"),
        ("aim", "live"),
        ("inside", "Tuesday carers"),
        ("outside", "Tuesday class"),
        ("rhythm", "weekly"),
        ("weekday", "2"),
        ("time", "18:00"),
        ("zone", "Europe/London"),
        ("minutes", "75"),
        ("way", "room"),
        ("place", "Library,\nback room"),
        ("most", "8"),
        ("newcomers", "open"),
        ("end", "review"),
        ("date", "2027-06-01"),
        ("adults", "1"),
        ("clause", "one-voice"),
        ("own", "We bring our own tea.\n\n"),
        ("earlier", "never"),
        ("country", "GB"),
        ("lines", "Samaritans: 116 123"),
        ("confirmed", "1"),
        ("name", "Amara"),
        ("role", "member"),
    ] {
        answers.put(field, vec![text.to_owned()]);
    }
    answers
}

const TODAY: jiff::civil::Date = date(2026, 11, 22);

#[test]
fn a_whole_walk_becomes_a_group() {
    let (papers, name, _) = answered().papers(TODAY, 0).expect("nothing is open");
    assert_eq!(name.as_str(), "Amara");
    assert_eq!(papers.shape.end, End::Review(date(2027, 6, 1)));
    let own = Clause::Own { number: 1, text: "We bring our own tea.".to_owned() };
    assert!(papers.clauses == [Clause::Suggested(Suggestion::OneVoice), own]);
    assert_eq!(papers.all_clauses().len(), 5);
    assert_eq!(papers.shape.place, "Library,\nback room");
}

#[test]
fn what_is_missing_is_asked_for_first() {
    assert_eq!(Answers::default().first_open(TODAY), Some(Question::Purpose));
    for (field, bad, question) in [
        ("outside", "tuesday  CARERS", Question::Names),
        ("time", "25:00", Question::Rhythm),
        ("time", "6:30 sharp", Question::Rhythm),
        ("zone", "Middle/Earth", Question::Rhythm),
        ("minutes", "9000", Question::Rhythm),
        ("most", "2", Question::Size),
        ("date", "2026-11-22", Question::Ending),
        ("adults", "", Question::Ending),
        ("confirmed", "", Question::Safety),
        ("name", "\u{200b}", Question::You),
    ] {
        let mut answers = answered();
        answers.put(field, vec![bad.to_owned()]);
        assert_eq!(answers.first_open(TODAY), Some(question), "{field}");
        assert!(answers.papers(TODAY, 0).is_none());
    }
}

#[test]
fn the_walk_goes_back_and_forth() {
    for question in Question::ALL {
        assert_eq!(Question::from_word(question.word()), Some(*question));
        if let Some(next) = question.next() {
            assert_eq!(next.previous(), Some(*question));
        }
    }
    assert_eq!(Question::Purpose.previous(), None);
    assert_eq!(Question::Card.next(), None);
}

#[test]
fn a_safety_line_is_a_name_and_a_number() {
    let lines = safety_lines("Samaritans: 116 123\n\nMy neighbour");
    assert_eq!((lines[0].name.as_str(), lines[0].number.as_str()), ("Samaritans", "116 123"));
    assert_eq!((lines[1].name.as_str(), lines[1].number.as_str()), ("My neighbour", ""));
}

#[test]
fn a_web_address_is_not_cut_apart() {
    for (typed, name, number) in [
        ("Help: https://example.org/help", "Help", "https://example.org/help"),
        ("https://example.org/help", "https://example.org/help", ""),
        ("Chat https://example.org:8443/a", "Chat https://example.org:8443/a", ""),
        ("Desk:111", "Desk", "111"),
    ] {
        let lines = safety_lines(typed);
        assert_eq!((lines[0].name.as_str(), lines[0].number.as_str()), (name, number), "{typed}");
    }
}

#[test]
fn answers_that_show_nothing_are_no_answers() {
    for field in ["who", "what-for", "not-for", "inside", "outside"] {
        let mut answers = answered();
        answers.put(field, vec!["\u{200d}\u{301}\u{17b4}".to_owned()]);
        assert!(answers.papers(TODAY, 0).is_none(), "{field}");
    }
}
