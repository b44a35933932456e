//! What a draft is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::DraftId;

/// Which form a draft belongs to: a fixed name of the room's own, and what the form is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormName(String);

impl FormName {
    /// The form `name` about `what`, say `notebook.page` about a page's id.
    pub fn new(name: &'static str, what: impl fmt::Display) -> FormName {
        FormName(format!("{name} {what}"))
    }

    /// Whether it is the form `name`, about whatever.
    pub fn is(&self, name: &str) -> bool {
        self.0.split(' ').next() == Some(name)
    }
}

/// What stands in a form and was not sent.
pub struct Draft {
    /// When it was last saved (days since 1970, UTC).
    pub day: i64,
    /// The words.
    pub text: String,
    /// Which opened form wrote them last.
    pub by: String,
}

/// A draft, of whatever form.
pub struct Whole {
    /// Its id.
    pub id: DraftId,
    /// When it was last saved (days since 1970, UTC).
    pub day: i64,
    /// Its form and the words; none when it was damaged.
    pub inside: Option<(FormName, String)>,
}

/// An opened form: two windows may show the same one.
#[derive(Debug, Clone, Default)]
pub struct Window {
    own: String,
    took: Vec<String>,
}

impl Window {
    /// The form of this name; `took` names those whose words it began with, apart by spaces.
    pub fn new(own: String, took: &str) -> Window {
        let took = took.split_whitespace().rev().take(MOST_TAKEN).map(str::to_owned).collect();
        Window { own, took }
    }

    /// What a form that goes on with these words says it took.
    pub fn taken(&self) -> String {
        let mut all: Vec<&str> = self.took.iter().rev().map(String::as_str).collect();
        all.push(&self.own);
        all.join(" ")
    }

    /// Its name; empty where windows are not told apart.
    pub fn name(&self) -> &str {
        &self.own
    }

    /// Whether windows are told apart.
    pub fn is_named(&self) -> bool {
        !self.own.is_empty()
    }

    /// Whether words that `by` wrote are this form's own, or those it began with.
    pub fn knows(&self, by: &str) -> bool {
        by.is_empty() || self.own == by || self.took.iter().any(|took| took == by)
    }
}

const MOST_TAKEN: usize = 8;

/// What is sealed.
#[derive(Serialize, Deserialize)]
pub struct Inside {
    /// Which form it belongs to.
    pub form: FormName,
    /// The words.
    pub text: String,
    /// Which opened form wrote them last; empty where it does not matter.
    #[serde(default)]
    pub by: String,
}
