//! How a theme in own words is spelt: nothing in it but writing, and nobody's ornament wins.

use std::cmp::Reverse;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::groups::plain_line;

/// Marks that may stand on one letter, as in Vietnamese and Yoruba.
const MOST_MARKS: usize = 2;

/// What somebody typed without what is no writing: pictures, arrows, frames around letters, signs
/// that turn the direction, marks piled up, and what cannot be seen.
pub fn plain(typed: &str) -> String {
    let mut marks = 0;
    let written = typed.nfc().filter(|c| !is_picture(*c)).filter(|c| {
        let is_mark = c.general_category() == GeneralCategory::NonspacingMark;
        marks = if is_mark { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    });
    plain_line(&written.collect::<String>())
}

/// Symbols that are no letters, digits, punctuation, currencies or signs of arithmetic.
fn is_picture(c: char) -> bool {
    matches!(
        c.general_category(),
        GeneralCategory::OtherSymbol
            | GeneralCategory::ModifierSymbol
            | GeneralCategory::EnclosingMark
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
    ) || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}'
        // How a sign is to be drawn: as a picture, for one.
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// The spelling that most typed. Where several are level it is the one with the fewest ornaments,
/// then the fewest capitals, then the first in the alphabet: whoever decorates a theme must not win
/// over two who merely differ in a capital letter.
pub fn best_spelling<'a>(typed: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = typed.map(plain).collect();
    all.sort_unstable();
    let runs = all.chunk_by(|a, b| a == b);
    let best = runs.min_by_key(|run| (Reverse(run.len()), ornaments(&run[0]), capitals(&run[0])));
    best.map(|run| run[0].clone()).unwrap_or_default()
}

/// Signs, marks of their own, and letters that stand for plainer ones.
fn ornaments(text: &str) -> usize {
    let is_plain =
        |c: &char| c.is_whitespace() || c.is_alphanumeric() && std::iter::once(*c).nfkc().eq([*c]);
    text.chars().filter(|c| !is_plain(c)).count()
}

/// Capitals after the first letter.
fn capitals(text: &str) -> usize {
    text.chars().skip(1).filter(|c| c.is_uppercase()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_but_writing() {
        for (typed, written) in [
            ("  No   bus ", "No bus"),
            ("\u{202e}🚌 No bus \u{2066}🅰🇩🇪→★", "No bus"),
            ("1\u{fe0f}\u{20e3} No bus ❤\u{fe0f}", "1 No bus"),
            ("N\u{336}\u{337}\u{338}o bus", "N\u{336}\u{337}o bus"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("नींद नहीं", "नींद नहीं"),
            ("10 € & don’t know (yet)", "10 € & don’t know (yet)"),
            ("🚌🚍", ""),
        ] {
            assert_eq!(plain(typed), written.nfc().collect::<String>(), "{typed:?}");
        }
    }

    #[test]
    fn the_spelling_that_most_typed_is_shown_and_else_the_plainest() {
        let best = |typed: &[&str]| best_spelling(typed.iter().copied());
        assert_eq!(best(&["no bus", "No bus", "No bus"]), "No bus");
        assert_eq!(best(&["b", "a"]), "a");
        assert_eq!(best(&["no bus", "No bus", "*\u{202e}🚌(No bus)"]), "No bus");
        assert_eq!(best(&["NO BUS", "no bus"]), "no bus");
        assert_eq!(best(&["!No bus", "no bus", "𝐍𝐨 bus"]), "no bus");
        assert_eq!(best(&["No bus 🚌", "🚍 No bus", "no bus", "no bus", "no bus"]), "no bus");
        assert_eq!(best(&[]), "");
    }
}
