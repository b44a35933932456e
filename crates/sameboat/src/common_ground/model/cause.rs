//! The sentence on what we want together.

use serde::{Deserialize, Serialize};

use crate::error::FieldIssue;
use crate::groups::{plain_line, says_something};
use crate::ids::MemberId;

/// Letters that fit into it.
const MOST: usize = 300;

/// What a group says of its common cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The sentence; empty when it was taken away.
    pub text: String,
    /// How often it was written: nobody writes over words that they have not seen.
    pub turn: u32,
    /// Who wrote it last, or took it away.
    pub by: MemberId,
    /// When (microseconds UTC).
    pub at: i64,
}

impl Cause {
    /// Whether a sentence stands there.
    pub fn stands(&self) -> bool {
        !self.text.is_empty()
    }
}

/// A sentence as somebody typed it; nothing where the field was left empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence(String);

impl Sentence {
    /// Reads it: one line, and nothing in it that cannot be seen.
    ///
    /// # Errors
    /// The sentence to show beside the field.
    pub fn parse(typed: &str) -> Result<Sentence, FieldIssue> {
        let issue = |key| FieldIssue { field: "cause", key };
        let text = plain_line(typed);
        if text.chars().count() > MOST {
            return Err(issue("cause-long"));
        }
        if !text.is_empty() && !says_something(&text) {
            return Err(issue("cause-empty"));
        }
        Ok(Sentence(text))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_one_line_and_not_too_long() {
        let parse = |typed: &str| Sentence::parse(typed).map(|sentence| sentence.0);
        let wrong = |key| Err(FieldIssue { field: "cause", key });
        assert_eq!(parse(" We want\r\n  to rest. "), Ok("We want to rest.".to_owned()));
        assert_eq!(parse(" \u{200b}\n "), Ok(String::new()));
        assert_eq!(parse("?!"), wrong("cause-empty"));
        assert!(parse(&"ä".repeat(300)).is_ok());
        assert_eq!(parse(&"ä".repeat(301)), wrong("cause-long"));
    }
}
