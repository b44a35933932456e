//! Lines as people may write them: what can be seen, and the few signs that only join.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Joins or parts letters in scripts such as Persian and Hindi.
const NON_JOINER: char = '\u{200c}';
/// The same, and makes one picture out of several.
const JOINER: char = '\u{200d}';

/// A line as people may write it: normalised (NFC), single spaces, nothing invisible but the
/// joiners and selectors that the characters around them use.
pub fn plain_line(typed: &str) -> String {
    let spaced = typed.nfc().map(|c| if c.is_whitespace() { ' ' } else { c });
    let all: Vec<char> = spaced.filter(|c| !is_invisible(*c)).collect();
    let used = |at: &usize| !is_joining(all[*at]) || is_used(&all, *at);
    let kept: String = (0..all.len()).filter(used).map(|at| all[at]).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text says anything at all: a letter, a digit or a picture that can be seen.
pub fn says_something(text: &str) -> bool {
    text.chars().any(|c| is_letter(c) || is_picture(c))
}

/// Whether something stands in a line that cannot be seen.
pub fn has_hidden(line: &str) -> bool {
    line.chars().any(is_joining)
}

/// A letter or digit that stands by itself: what is put on letters does not.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_combining_mark(c) && !is_invisible(c)
}

/// Blocks in which emoji and other pictures stand.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2460}'..='\u{24ff}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Joiners, and selectors of another shape of the character before.
fn is_joining(c: char) -> bool {
    matches!(c, NON_JOINER | JOINER | '\u{180b}'..='\u{180d}' | '\u{180f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether the characters beside a joiner or selector use it.
fn is_used(all: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| all.get(before)).copied();
    let (Some(before), after) = (before, all.get(at + 1).copied()) else { return false };
    match all[at] {
        NON_JOINER => joins(before) && after.is_some_and(joins),
        JOINER => {
            let shaped = is_picture(before) || before == '\u{fe0f}';
            shaped && after.is_some_and(is_picture) || joins(before) && after.is_some_and(joins)
        }
        '\u{fe0e}' | '\u{fe0f}' => {
            is_picture(before) || before.is_ascii_digit() || matches!(before, '#' | '*')
        }
        '\u{180b}'..='\u{180d}' | '\u{180f}' => matches!(before, '\u{1820}'..='\u{18aa}'),
        _ => matches!(before, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'),
    }
}

/// Letters and signs of scripts in which a joiner can change the word: Arabic and its neighbours,
/// those of South and South-East Asia, Mongolian.
fn joins(c: char) -> bool {
    let scripts = matches!(c, '\u{600}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{1800}'..='\u{18af}' | '\u{1a20}'..='\u{1b7f}'
        | '\u{a840}'..='\u{a87f}' | '\u{a980}'..='\u{a9df}' | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10d00}'..='\u{10d3f}' | '\u{11000}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}');
    scripts && !is_joining(c) && !is_invisible(c)
}

/// Controls, direction marks, zero-width characters and fillers, private use; but not the joiners
/// and selectors, which scripts and emoji need inside a word.
fn is_invisible(c: char) -> bool {
    if is_joining(c) {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
            | '\u{17b5}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_says_nothing() {
        for typed in [
            "",
            " ",
            "\u{200d}",
            "\u{fe0f}",
            "\u{17b4}",
            "\u{301}",
            "\u{200c}\u{fe00}",
            "\u{93e}",
            "\u{3164}\u{115f}",
            "…",
            "\u{e0100}\u{180b}",
            "\u{2800}",
            "\u{1d159}",
        ] {
            assert!(!says_something(&plain_line(typed)), "{typed:?}");
        }
        for typed in ["a", "7", "é", "🌻", "❤\u{fe0f}", "सी", "美", "م", "1\u{fe0f}\u{20e3}"]
        {
            assert!(says_something(&plain_line(typed)), "{typed:?}");
        }
    }

    #[test]
    fn joiners_stay_where_they_are_used_and_nowhere_else() {
        for used in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}🚀",
            "🏳\u{fe0f}\u{200d}🌈",
            "❤\u{fe0f}",
            "葛\u{e0100}",
            "👩🏽\u{200d}🚀",
        ] {
            assert_eq!(plain_line(used), used);
            assert!(has_hidden(used));
        }
        for (typed, plain) in [
            ("Ro\u{200d}sa", "Rosa"),
            ("Rosa\u{200c}", "Rosa"),
            ("Rosa\u{fe0f}", "Rosa"),
            ("R\u{fe00}osa", "Rosa"),
            ("\u{200d}🌻\u{200d}", "🌻"),
            ("می\u{200c}", "می"),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}"),
            ("R\u{e0100}osa", "Rosa"),
        ] {
            assert_eq!(plain_line(typed), plain, "{typed:?}");
        }
        assert!(!has_hidden("Rosa"));
    }
}
