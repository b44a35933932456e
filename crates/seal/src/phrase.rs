//! Passphrases: how typed ones are read, and how the program makes them.

use core::fmt;
use std::sync::OnceLock;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::Chance;

const MOST_BYTES: usize = 1000;
/// A phrase typed in parts (letters and accents apart) is longer than the one it is
/// read as; beyond four times the limit nobody types.
const MOST_RAW_BYTES: usize = 4 * MOST_BYTES;
/// From this many listed words on, a phrase is read as one of the program's.
const FEWEST_WORDS: usize = 5;

/// A passphrase in the one form that is hashed. Overwritten on drop; `Debug` does not
/// show it.
///
/// NFKC, trimmed, single spaces. If it consists of five or more words of the program's
/// list, then case and separators do not matter, not even missing ones: no listed word
/// begins with another, so there is one way to read them.
pub struct Passphrase(Zeroizing<String>);

/// Why a passphrase can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PassphraseError {
    /// Nothing but spaces.
    #[error("the passphrase is empty")]
    Empty,
    /// More than 1,000 bytes.
    #[error("the passphrase is longer than 1,000 bytes")]
    TooLong,
}

impl Passphrase {
    /// Reads a passphrase as typed.
    ///
    /// # Errors
    /// [`PassphraseError`].
    pub fn parse(typed: &str) -> Result<Self, PassphraseError> {
        if typed.len() > MOST_RAW_BYTES {
            return Err(PassphraseError::TooLong);
        }
        // Room for every form of it: a string that grows would leave pieces behind.
        let mut composed = Zeroizing::new(String::with_capacity(20 * typed.len()));
        composed.extend(typed.nfkc());
        let mut phrase = Zeroizing::new(String::with_capacity(composed.len()));
        for word in composed.split_whitespace() {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        if phrase.is_empty() {
            return Err(PassphraseError::Empty);
        }
        if phrase.len() > MOST_BYTES {
            return Err(PassphraseError::TooLong);
        }
        Ok(Self(listed_words(&phrase).unwrap_or(phrase)))
    }

    /// The form that is hashed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[passphrase]")
    }
}

/// So many words of the list by chance, each as likely as any other, with spaces
/// between. Five make 64 bits, six 77.
pub fn make_words(count: usize, chance: &mut Chance<'_>) -> Zeroizing<String> {
    let words = words();
    let end = u32::try_from(words.len()).expect("the list has 7,776 words");
    let mut phrase = Zeroizing::new(String::with_capacity(count * 10));
    for at in 0..count {
        if at > 0 {
            phrase.push(' ');
        }
        phrase.push_str(words[chance.below(end) as usize]);
    }
    phrase
}

/// The list in alphabetical order; where it comes from stands in `words/README.md`.
fn words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| include_str!("../words/eff-large.txt").lines().collect())
}

/// The letters of the listed words, without hyphens, in alphabetical order.
fn letters_of_words() -> &'static [String] {
    static LETTERS: OnceLock<Vec<String>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let mut letters: Vec<_> = words().iter().map(|word| word.replace('-', "")).collect();
        letters.sort_unstable();
        letters
    })
}

/// The phrase in one form if it is made of listed words, else `None`.
fn listed_words(phrase: &str) -> Option<Zeroizing<String>> {
    let mut letters = Zeroizing::new(String::with_capacity(phrase.len()));
    for character in phrase.chars() {
        if character.is_ascii_alphabetic() {
            letters.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() {
            return None;
        }
    }
    let listed = letters_of_words();
    let mut out = Zeroizing::new(String::with_capacity(2 * letters.len()));
    let (mut rest, mut count) = (letters.as_str(), 0);
    while !rest.is_empty() {
        // The only listed word that `rest` can begin with is the last one not after it,
        // since no word begins with another.
        let after = listed.partition_point(|word| word.as_str() <= rest);
        let word = listed[..after].last()?;
        rest = rest.strip_prefix(word.as_str())?;
        if count > 0 {
            out.push(' ');
        }
        out.push_str(word);
        count += 1;
    }
    (count >= FEWEST_WORDS).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_no_word_begins_with_another() {
        assert_eq!(words().len(), 7776);
        assert!(words().is_sorted());
        let letters = letters_of_words();
        for pair in letters.windows(2) {
            assert!(pair[0] == pair[1] || !pair[1].starts_with(&pair[0]));
        }
    }
}
