//! What a page of a notebook is.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::error::FieldIssue;
use crate::ids::PageId;

/// Characters that fit on one page.
const MOST: usize = 20_000;
/// Characters of a page that are taken while the disk has little room: a screen full.
const SHORT: usize = 2_000;
/// Characters of a page that the notebook's first view shows.
const GLIMPSE: usize = 280;

/// What somebody took a page for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Anything.
    Page,
    /// Something that weighs on them.
    Trouble,
    /// What they most want to get to.
    Goal,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Page, Kind::Trouble, Kind::Goal];

    /// The fixed word in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Trouble => "trouble",
            Kind::Goal => "goal",
        }
    }

    /// The kind that this word means.
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Words that fit on a page: NFC, no control characters but line breaks and tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

impl Text {
    /// The words as typed, if they fit.
    ///
    /// # Errors
    /// The sentence to show beside the field `words`.
    pub fn parse(typed: &str) -> Result<Text, FieldIssue> {
        let issue = |key| FieldIssue { field: "words", key };
        let text = clean(typed);
        if text.is_empty() {
            Err(issue("notebook-words-empty"))
        } else if text.chars().count() > MOST {
            Err(issue("notebook-words-long"))
        } else {
            Ok(Text(text))
        }
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is longer than what is taken while the disk has little room.
    pub fn is_long(&self) -> bool {
        self.0.chars().count() > SHORT
    }
}

/// What somebody typed, however long, without what no keyboard types: NFC, no control characters
/// but line breaks and tabs, no empty lines around it.
pub fn clean(typed: &str) -> String {
    let kept = typed.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    let text: String = kept.collect();
    text.trim_end().trim_start_matches('\n').to_owned()
}

/// A page, opened. All of it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// What it was taken for.
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When it was first kept (microseconds UTC).
    pub written: i64,
    /// When it was last changed (microseconds UTC).
    pub changed: i64,
}

/// A page in its place in the notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: PageId,
    /// Its place: higher is newer.
    pub number: i64,
    /// The day it was first kept (days since 1970, UTC).
    pub day: i64,
    /// What stands on it; nothing when its bytes do not open.
    pub leaf: Option<Leaf>,
}

/// A notebook as it lies open.
#[derive(Debug, Default)]
pub struct Notebook {
    /// The newest goal.
    pub goal: Option<Entry>,
    /// The troubles.
    pub troubles: Vec<Entry>,
    /// All the rest: pages, earlier goals, and what does not open.
    pub pages: Vec<Entry>,
}

impl Notebook {
    /// Puts entries, newest first, where they belong.
    pub fn of(entries: Vec<Entry>) -> Notebook {
        let mut notebook = Notebook::default();
        for entry in entries {
            match entry.leaf.as_ref().map(|leaf| leaf.kind) {
                Some(Kind::Goal) if notebook.goal.is_none() => notebook.goal = Some(entry),
                Some(Kind::Trouble) => notebook.troubles.push(entry),
                Some(Kind::Page | Kind::Goal) | None => notebook.pages.push(entry),
            }
        }
        notebook
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.goal.is_none() && self.troubles.is_empty() && self.pages.is_empty()
    }
}

/// The beginning of a text, cut between two words, and whether there is more.
pub fn glimpse(text: &str) -> (&str, bool) {
    let Some((end, _)) = text.char_indices().nth(GLIMPSE) else { return (text, false) };
    let cut = text[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end);
    (text[..cut].trim_end(), true)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
