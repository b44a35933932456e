//! The two halves of the purpose, where somebody typed the whole sentence.

/// The beginnings that the page puts before each half, in the reader's language: “We are people
/// who” and “, meeting to”.
pub struct Beginnings {
    /// Before who we are.
    pub who: String,
    /// Before what we meet for.
    pub what_for: String,
}

/// Both halves without what the page says before them anyway. A whole sentence is parted.
pub fn halves(who: &str, what_for: &str, page: &Beginnings) -> (String, String) {
    let own = |text| part(text, &page.what_for);
    let twice = what_for.trim().is_empty() || what_for.trim() == who.trim();
    let (first, rest) = own(who).unwrap_or((who, ""));
    let second = match own(what_for) {
        _ if twice && !rest.is_empty() => rest,
        Some((before, after)) if after_beginning(before, &page.who) != before => after,
        _ => what_for,
    };
    let first = after_beginning(first, &page.who);
    (first.to_owned(), after_beginning(second, &page.what_for).to_owned())
}

/// The text before and after these words in it, if they are there.
fn part<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let words = words.trim();
    let at = text.char_indices().map(|(at, _)| at).find(|at| {
        let here = text.get(*at..*at + words.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(words))
    })?;
    let after = &text[at + words.len()..];
    after.starts_with(char::is_whitespace).then(|| (text[..at].trim(), after.trim()))
}

/// A text without the words at its beginning with which `beginning` ends: of “We are people who”
/// also “people who”. Something is always left.
fn after_beginning<'t>(text: &'t str, beginning: &str) -> &'t str {
    let before: Vec<String> = beginning.split_whitespace().map(fold).collect();
    let before: Vec<&String> = before.iter().filter(|word| !word.is_empty()).collect();
    for beginning in (0..before.len()).map(|first| &before[first..]) {
        let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut same = true;
        for word in beginning {
            let typed = rest.split_whitespace().next().unwrap_or_default();
            same &= fold(typed) == **word;
            rest = rest[typed.len()..].trim_start();
        }
        if same && !rest.is_empty() {
            return rest;
        }
    }
    text
}

fn fold(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Beginnings, halves};

    fn both(who: &str, what_for: &str) -> (String, String) {
        let page = Beginnings { who: "We are people who".into(), what_for: ", meeting to".into() };
        halves(who, what_for, &page)
    }

    #[test]
    fn a_beginning_that_the_page_says_anyway_is_not_said_twice() {
        for who in [
            "lost somebody",
            "We are people who lost somebody",
            "who lost somebody",
            "…people  who lost somebody",
            "we are people WHO lost somebody",
        ] {
            for what_for in ["rest", "meeting to rest", "…to rest", ", meeting to rest"] {
                assert_eq!(both(who, what_for), ("lost somebody".into(), "rest".into()));
            }
        }
        assert_eq!(both("who", "to"), ("who".into(), "to".into()), "something is left");
        assert_eq!(both("whole days alone", "tour"), ("whole days alone".into(), "tour".into()));
    }

    #[test]
    fn a_whole_sentence_is_parted() {
        let whole = "We are people who lost somebody, meeting to remember.";
        let halves = ("lost somebody".to_owned(), "remember.".to_owned());
        assert_eq!(both(whole, ""), halves);
        assert_eq!(both(whole, whole), halves);
        assert_eq!(both("lost somebody", whole), halves);
        assert_eq!(both(whole, "remember."), halves);
    }
}
