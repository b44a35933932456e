//! Troubles and goals: when two are the same, and how they are told of.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::common_ground::model::spelling::plain;
use crate::error::FieldIssue;
use crate::sharing::Together;

/// What a theme is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What is hard.
    Trouble,
    /// Where somebody wants to get to.
    Goal,
}

impl Kind {
    /// In the order in which they are read.
    pub const ALL: [Kind; 2] = [Kind::Trouble, Kind::Goal];

    /// Themes to begin with.
    pub fn starters(self) -> &'static [&'static str] {
        match self {
            Kind::Trouble => &TROUBLES,
            Kind::Goal => &GOALS,
        }
    }

    /// The field for one in own words.
    pub fn field(self) -> &'static str {
        match self {
            Kind::Trouble => "own",
            Kind::Goal => "own-goal",
        }
    }
}

/// Everyday troubles, no names of illnesses.
const TROUBLES: [&str; 30] = [
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

/// Where people want to get to: nothing to reach by a day, nothing to be measured by.
const GOALS: [&str; 12] = [
    "sleep", "hour", "rest", "home", "money", "work", "letters", "help", "talk", "people",
    "refuse", "joy",
];

/// Letters that fit into a theme of one's own.
const MOST: usize = 60;

/// A theme in somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// A trouble, or a goal.
    pub kind: Kind,
    /// As it was typed.
    pub text: String,
    /// The form in which words that only look different are equal.
    pub folded: String,
}

impl Own {
    /// Reads a theme as somebody typed it.
    ///
    /// # Errors
    /// The sentence to show beside its field.
    pub fn parse(kind: Kind, typed: &str) -> Result<Own, FieldIssue> {
        let issue = |key| FieldIssue { field: kind.field(), key };
        let text = plain(typed);
        let folded = fold(&text);
        if folded.is_empty() {
            return Err(issue("ground-own-empty"));
        }
        if text.chars().count() > MOST {
            return Err(issue("ground-own-long"));
        }
        Ok(Own { kind, text, folded })
    }

    /// What its marks are about.
    pub fn theme(&self) -> Theme {
        Theme { kind: self.kind, words: Words::Own(self.folded.clone()) }
    }
}

/// NFKC, lower case, no marks on letters, no signs or pictures, single spaces: “Geld-Sorgen!” and
/// “geld sorgen” are one theme. Marks that are vowels, as in Hindi, are no ornament and stay.
pub fn fold(text: &str) -> String {
    let text = plain(text);
    let lower = text.nfkc().flat_map(char::to_lowercase).nfd();
    let bare: String = lower.filter(|c| !is_accent(*c)).collect();
    let letters = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let words = bare.split(|c| !letters(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").nfc().collect()
}

/// Accents of Latin, Greek and Cyrillic, and the vowel signs that Arabic and Hebrew leave out.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// What a theme's marks are about. A goal and a trouble in the same words are two themes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Theme {
    /// A trouble, or a goal.
    pub kind: Kind,
    /// Whose words.
    pub words: Words,
}

/// The words of a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Words {
    /// One of ours.
    Ours(&'static str),
    /// Folded words of somebody's own.
    Own(String),
}

const OWN: &str = "own ";
const GOAL: &str = "goal ";

impl Theme {
    /// One of ours.
    pub fn ours(kind: Kind, word: &str) -> Option<Theme> {
        let word = kind.starters().iter().find(|known| **known == word)?;
        Some(Theme { kind, words: Words::Ours(word) })
    }

    /// Whether it is one of ours.
    pub fn is_ours(&self) -> bool {
        matches!(self.words, Words::Ours(_))
    }

    /// The name under which its marks lie.
    pub fn name(&self) -> String {
        let kind = match self.kind {
            Kind::Trouble => "",
            Kind::Goal => GOAL,
        };
        match &self.words {
            Words::Ours(word) => format!("{kind}{word}"),
            Words::Own(folded) => format!("{kind}{OWN}{folded}"),
        }
    }

    /// From that name.
    pub fn from_name(name: &str) -> Option<Theme> {
        let (kind, words) = match name.strip_prefix(GOAL) {
            Some(words) => (Kind::Goal, words),
            None => (Kind::Trouble, name),
        };
        let Some(folded) = words.strip_prefix(OWN) else { return Theme::ours(kind, words) };
        let whole = !folded.is_empty() && fold(folded) == folded;
        whole.then(|| Theme { kind, words: Words::Own(folded.to_owned()) })
    }
}

/// How our goals lie to each other (C17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Many want the same.
    Alike,
    /// Some want one thing, some another.
    Varied,
    /// What all may see does not say.
    Unsaid,
}

impl Spread {
    /// Worked out from what all see anyway, among `all` who are here: a sentence that knew of goals
    /// which fewer than three hold would tell that there are some.
    pub fn of(shared: &[Together], all: usize) -> Spread {
        let wide = |same: &Together| match same {
            Together::Few => false,
            // Fewer than three are left beside them.
            Together::Some => true,
            Together::Count(count) => count * 2 > all,
        };
        let seen = shared.iter().filter(|same| **same != Together::Few).count();
        match (shared.iter().any(wide), seen) {
            (true, _) => Spread::Alike,
            (false, 0 | 1) => Spread::Unsaid,
            (false, _) => Spread::Varied,
        }
    }
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
        let parse = |typed: &str| Own::parse(Kind::Goal, typed);
        let wrong = |key| Err(FieldIssue { field: "own-goal", key });
        assert_eq!(parse(" !? "), wrong("ground-own-empty"));
        assert_eq!(parse(&"a".repeat(61)), wrong("ground-own-long"));
        assert_eq!(parse("  No   bus ").map(|own| own.text), Ok("No bus".to_owned()));
    }

    #[test]
    fn names_of_themes_read_back_and_nothing_else_does() {
        for kind in Kind::ALL {
            let ours = kind.starters().iter().map(|word| Words::Ours(word));
            for words in ours.chain([Words::Own("no bus".to_owned())]) {
                let theme = Theme { kind, words };
                assert_eq!(Theme::from_name(&theme.name()), Some(theme));
            }
        }
        for name in ["", "own ", "own No Bus", "something", "goal ", "goal own ", "goal tired"] {
            assert_eq!(Theme::from_name(name), None);
        }
    }

    #[test]
    fn a_goal_and_a_trouble_in_the_same_words_are_two() {
        let name = |kind, typed| Own::parse(kind, typed).map(|own| own.theme().name());
        assert_eq!(name(Kind::Trouble, "No bus"), Ok("own no bus".to_owned()));
        assert_eq!(name(Kind::Goal, "No bus"), Ok("goal own no bus".to_owned()));
        assert_eq!(name(Kind::Trouble, "goal own no bus"), Ok("own goal own no bus".to_owned()));
        let ours = Kind::ALL.map(|kind| Theme::ours(kind, "sleep").map(|theme| theme.name()));
        assert_eq!(ours, [Some("sleep".to_owned()), Some("goal sleep".to_owned())]);
    }

    #[test]
    fn alike_or_varied_is_said_from_what_all_may_see() {
        use Together::{Count, Few};
        let of = |shared: &[Together]| Spread::of(shared, 9);
        for unsaid in [&[][..], &[Few], &[Few, Few, Few], &[Count(3)], &[Few, Count(4)]] {
            assert_eq!(of(unsaid), Spread::Unsaid);
        }
        assert_eq!(of(&[Count(3), Count(4)]), Spread::Varied);
        assert_eq!(of(&[Count(3), Count(5)]), Spread::Alike);
        assert_eq!(of(&[Together::Some]), Spread::Alike);
    }
}
