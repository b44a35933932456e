use zxcvbn::feedback::Warning;

use crate::Passphrase;

/// Fewest characters of a passphrase of one's own.
const FEWEST_CHARACTERS: usize = 15;
/// Decimal logarithm of the fewest guesses.
const FEWEST_GUESSES_LOG10: f64 = 12.0;

/// How hard a passphrase is to guess, for one that a person thought of.
#[derive(Clone, Debug, PartialEq)]
pub struct Strength {
    /// Its length in characters, as it is hashed.
    pub characters: usize,
    /// Decimal logarithm of the guesses that a good guesser needs, at most about 19.
    /// Only the first 100 characters count.
    pub guesses_log10: f64,
    /// What stands against it. Empty if it will do.
    pub reasons: Vec<Reason>,
}

/// Something that stands against a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Fewer than 15 characters.
    TooShort,
    /// Fewer than 10^12 guesses.
    EasyToGuess,
    /// It is one of the most used passwords, or like one.
    Common,
    /// It is one word.
    OneWord,
    /// It is made of names.
    Names,
    /// Repeats like `aaa` or `abcabc`.
    Repeats,
    /// Sequences like `abc` or `6543`.
    Sequence,
    /// Keys that lie side by side.
    Keyboard,
    /// Dates or years.
    Dates,
}

impl Strength {
    /// Whether it will do: at least 15 characters and 10^12 guesses.
    pub fn is_enough(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// Judges a passphrase that a person thought of. `known` are words that somebody who
/// knows them would try first: names, the group's words.
///
/// The guesses are those of zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength
/// Estimation", USENIX Security 2016).
pub fn judge(passphrase: &Passphrase, known: &[&str]) -> Strength {
    let phrase = passphrase.as_str();
    let characters = phrase.chars().count();
    let entropy = zxcvbn::zxcvbn(phrase, known);
    let guesses_log10 = entropy.guesses_log10();
    let mut reasons = Vec::new();
    if characters < FEWEST_CHARACTERS {
        reasons.push(Reason::TooShort);
    }
    if guesses_log10 < FEWEST_GUESSES_LOG10 {
        reasons.push(Reason::EasyToGuess);
        let warning = entropy.feedback().and_then(|feedback| feedback.warning());
        reasons.extend(warning.map(reason));
    }
    Strength { characters, guesses_log10, reasons }
}

fn reason(warning: Warning) -> Reason {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess => Reason::Keyboard,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Reason::Repeats,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => Reason::Common,
        Warning::SequencesLikeAbcAreEasyToGuess => Reason::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Reason::Dates,
        Warning::AWordByItselfIsEasyToGuess => Reason::OneWord,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => Reason::Names,
    }
}
