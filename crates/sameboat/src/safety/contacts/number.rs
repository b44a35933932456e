use std::fmt;

/// A phone number as people dial and write it in its country, such as `0808 2000 247`.
///
/// It holds 2 to 15 digits (15 is the most that ITU-T E.164 allows), parted by single
/// spaces or hyphens, and no `+`: many of these numbers cannot be reached from abroad.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Number(String);

/// The text is not a number that can be dialled.
#[derive(Debug, thiserror::Error)]
#[error("a number is 2 to 15 digits, parted by single spaces or hyphens")]
pub struct BadNumber;

impl Number {
    /// # Errors
    /// When the text does not have the form that [`Number`] tells of.
    pub fn parse(text: &str) -> Result<Number, BadNumber> {
        let groups_are_digits = text
            .split([' ', '-'])
            .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if groups_are_digits && (2..=15).contains(&digits) {
            Ok(Number(text.to_owned()))
        } else {
            Err(BadNumber)
        }
    }

    /// The number as it is written on the page.
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// The digits alone, as a phone dials them.
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }

    /// The address of a link that calls this number (RFC 3966).
    pub fn call_link(&self) -> String {
        format!("tel:{}", self.digits())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where to send a text message, and which word to start with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TextTo {
    pub number: Number,
    /// ASCII letters and digits; `None` when any words will do.
    pub word: Option<String>,
}

impl TextTo {
    /// The address of a link that opens a message to this number, the word already in it (RFC 5724).
    pub fn link(&self) -> String {
        let digits = self.number.digits();
        match &self.word {
            Some(word) => format!("sms:{digits}?body={word}"),
            None => format!("sms:{digits}"),
        }
    }
}

/// How to reach a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Way {
    Call(Number),
    Text(TextTo),
    CallOrText(Number, TextTo),
}

impl Way {
    /// The number to call, if one can.
    pub fn call(&self) -> Option<&Number> {
        match self {
            Way::Call(number) | Way::CallOrText(number, _) => Some(number),
            Way::Text(_) => None,
        }
    }

    /// Where to text, if one can.
    pub fn text(&self) -> Option<&TextTo> {
        match self {
            Way::Text(text) | Way::CallOrText(_, text) => Some(text),
            Way::Call(_) => None,
        }
    }
}
