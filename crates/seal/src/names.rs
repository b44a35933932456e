//! Sign-in names: a word the person picks and four digits that the program adds, so
//! that no name is ever "taken". They are not the names used in groups.

use core::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

use crate::Chance;

const MOST_LETTERS: usize = 24;
const MOST_BYTES: usize = 400;
const DIGITS: usize = 4;

/// Where the decimal digits of a script begin: ASCII, Arabic, Persian, Devanagari,
/// Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Thai, Lao,
/// Tibetan, Myanmar, Khmer, Mongolian (Unicode, decimal numbers).
const ZEROS: [char; 18] = [
    '0', '\u{660}', '\u{6F0}', '\u{966}', '\u{9E6}', '\u{A66}', '\u{AE6}', '\u{B66}', '\u{BE6}',
    '\u{C66}', '\u{CE6}', '\u{D66}', '\u{E50}', '\u{ED0}', '\u{F20}', '\u{1040}', '\u{17E0}',
    '\u{1810}',
];

/// A folded sign-in name such as `heron-4821`: a word in any script, a hyphen, four
/// ASCII digits. Overwritten on drop; `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInName(Zeroizing<String>);

/// Why something typed is no sign-in name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NameError {
    /// There is no word, or one of more than 24 letters.
    #[error("the word has no letters or too many")]
    Word,
    /// Something other than letters stands in the word.
    #[error("the word holds something that is not a letter")]
    NotALetter,
    /// It does not end in exactly four digits.
    #[error("the name does not end in four digits")]
    Digits,
}

impl SignInName {
    /// Puts a picked word and four digits (0 to 9,999) together.
    ///
    /// # Errors
    /// [`NameError`] when the word is not of 1 to 24 letters, or the number too large.
    pub fn make(word: &str, digits: u16) -> Result<Self, NameError> {
        if digits > 9999 {
            return Err(NameError::Digits);
        }
        let word = fold(word)?;
        check_word(&word)?;
        Ok(Self(Zeroizing::new(format!("{}-{digits:04}", *word))))
    }

    /// Puts a picked word and four digits by chance together.
    ///
    /// # Errors
    /// [`NameError`] when the word is not of 1 to 24 letters.
    pub fn draw(word: &str, chance: &mut Chance<'_>) -> Result<Self, NameError> {
        let digits = u16::try_from(chance.below(10_000)).expect("it is below 10,000");
        Self::make(word, digits)
    }

    /// Reads a name as people type it: any case, any or no separator, digits of any
    /// common script.
    ///
    /// # Errors
    /// [`NameError`] says what is amiss.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        let folded = fold(typed)?;
        let mut word: Zeroizing<Vec<char>> = Zeroizing::new(folded.chars().collect());
        let mut digits = Vec::with_capacity(DIGITS);
        while let Some(digit) = word.last().copied().and_then(digit) {
            digits.push(digit);
            word.pop();
        }
        let &[ones, tens, hundreds, thousands] = digits.as_slice() else {
            return Err(NameError::Digits);
        };
        while word.last().copied().is_some_and(is_separator) {
            word.pop();
        }
        let word = Zeroizing::new(word.iter().collect::<String>());
        Self::make(&word, thousands * 1000 + hundreds * 100 + tens * 10 + ones)
    }

    /// The name in its one form: `word-1234`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The word without its digits.
    pub fn word(&self) -> &str {
        &self.0[..self.0.len() - DIGITS - 1]
    }
}

impl fmt::Debug for SignInName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[sign-in name]")
    }
}

/// NFKC, lower case, NFKC again (lower case can undo it), trimmed.
fn fold(typed: &str) -> Result<Zeroizing<String>, NameError> {
    if typed.len() > MOST_BYTES {
        return Err(NameError::Word);
    }
    let lower: Zeroizing<String> =
        Zeroizing::new(typed.nfkc().flat_map(char::to_lowercase).collect());
    let folded: Zeroizing<String> = Zeroizing::new(lower.nfkc().collect());
    Ok(Zeroizing::new(folded.trim().to_owned()))
}

fn check_word(word: &str) -> Result<(), NameError> {
    let starts_well = word.chars().next().is_some_and(char::is_alphabetic);
    if !starts_well || word.chars().count() > MOST_LETTERS {
        return Err(NameError::Word);
    }
    let letter = |c: char| c.is_alphabetic() || is_combining_mark(c);
    if !word.chars().all(letter) {
        return Err(NameError::NotALetter);
    }
    Ok(())
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '.' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn digit(c: char) -> Option<u16> {
    ZEROS.into_iter().find_map(|zero| {
        let above = u32::from(c).checked_sub(u32::from(zero))?;
        u16::try_from(above).ok().filter(|&value| value < 10)
    })
}

/// Words to pick from: animals, plants, weather and plain things, chosen because none
/// says anything about the person who takes it.
pub fn name_words() -> impl Iterator<Item = &'static str> {
    include_str!("../words/sign-in.txt").lines()
}
