//! What a theme is: pure.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::FieldIssue;

/// Themes to begin with: everyday troubles, no names of illnesses.
pub const STARTERS: [&str; 30] = [
    "sleep",
    "tired",
    "alone",
    "nobody-asks",
    "guilt",
    "anger",
    "shame",
    "fear",
    "worry-money",
    "debt",
    "housing",
    "work-lost",
    "work-search",
    "work-too-much",
    "forms",
    "refused",
    "waiting",
    "illness",
    "pain",
    "caring",
    "children",
    "parents",
    "partner",
    "loss",
    "past",
    "new-place",
    "language",
    "unbelieved",
    "no-time",
    "future",
];

/// Letters that fit into a theme of one's own.
const MOST: usize = 60;

/// A theme in somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// As it was typed.
    pub text: String,
    /// The form in which words that only look different are equal.
    pub folded: String,
}

impl Own {
    /// Reads a theme as somebody typed it.
    ///
    /// # Errors
    /// The sentence to show beside the field `own`.
    pub fn parse(typed: &str) -> Result<Own, FieldIssue> {
        let issue = |key| FieldIssue { field: "own", key };
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let text: String = text.nfc().filter(|c| !c.is_control()).collect();
        let folded = fold(&text);
        if folded.is_empty() {
            return Err(issue("ground-own-empty"));
        }
        if text.chars().count() > MOST {
            return Err(issue("ground-own-long"));
        }
        Ok(Own { text, folded })
    }
}

/// NFKC, lower case, no marks on letters, no signs, single spaces: “Geld-Sorgen!” and “geld sorgen”
/// are one theme. Marks that are vowels, as in Hindi, are no ornament and stay.
pub fn fold(text: &str) -> String {
    let plain: String =
        text.nfkc().flat_map(char::to_lowercase).nfd().filter(|c| !is_accent(*c)).collect();
    let letters = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let words = plain.split(|c| !letters(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Accents of Latin, Greek and Cyrillic, and the vowel signs that Arabic and Hebrew leave out.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// What a theme's marks are about: a starter, or somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// One of ours.
    Starter(&'static str),
    /// Folded words of somebody's own.
    Own(String),
}

const OWN: &str = "own ";

impl Theme {
    /// The name under which its marks lie.
    pub fn name(&self) -> String {
        match self {
            Theme::Starter(word) => (*word).to_owned(),
            Theme::Own(folded) => format!("{OWN}{folded}"),
        }
    }

    /// From that name.
    pub fn from_name(name: &str) -> Option<Theme> {
        if let Some(folded) = name.strip_prefix(OWN) {
            let whole = !folded.is_empty() && fold(folded) == folded;
            return whole.then(|| Theme::Own(folded.to_owned()));
        }
        STARTERS.into_iter().find(|word| *word == name).map(Theme::Starter)
    }
}

/// The spelling that most typed; where none is ahead, the first in the alphabet.
pub fn best_spelling<'a>(typed: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = typed.collect();
    all.sort_unstable();
    let (mut best, mut most) = ("", 0);
    for run in all.chunk_by(|a, b| a == b) {
        if run.len() > most {
            (best, most) = (run[0], run.len());
        }
    }
    best.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_different_are_one_theme() {
        for same in ["Geld-Sorgen!", "geld  sorgen", "GELD SORGEN", "ｇｅｌｄ sorgen."] {
            assert_eq!(fold(same), "geld sorgen");
        }
        assert_eq!(fold("Schlaf & Ärger"), fold("schlaf, arger"));
        assert_eq!(fold("الوَحدة"), fold("الوحدة"));
        assert_ne!(fold("नींद"), fold("नद"), "a vowel sign is a letter");
    }

    #[test]
    fn a_theme_needs_a_few_letters_and_not_too_many() {
        assert_eq!(Own::parse(" !? ").map_err(|issue| issue.key), Err("ground-own-empty"));
        assert_eq!(Own::parse(&"a".repeat(61)).map_err(|issue| issue.key), Err("ground-own-long"));
        assert_eq!(Own::parse("  No   bus ").map(|own| own.text), Ok("No bus".to_owned()));
    }

    #[test]
    fn names_of_themes_read_back_and_nothing_else_does() {
        for theme in [Theme::Starter("sleep"), Theme::Own("no bus".to_owned())] {
            assert_eq!(Theme::from_name(&theme.name()), Some(theme));
        }
        for name in ["", "own ", "own No Bus", "something"] {
            assert_eq!(Theme::from_name(name), None);
        }
    }

    #[test]
    fn the_spelling_that_most_typed_is_shown() {
        assert_eq!(best_spelling(["no bus", "No bus", "No bus"].into_iter()), "No bus");
        assert_eq!(best_spelling(["b", "a"].into_iter()), "a");
    }
}
