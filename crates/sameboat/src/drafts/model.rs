//! What a draft is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which form a draft belongs to: a fixed name of the room's own, and what the form is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormName(String);

impl FormName {
    /// The form `name` about `what`, say `notebook.page` about a page's id.
    pub fn new(name: &'static str, what: impl fmt::Display) -> FormName {
        FormName(format!("{name} {what}"))
    }
}

/// What stands in a form and was not sent.
pub struct Draft {
    /// When it was last saved (days since 1970, UTC).
    pub day: i64,
    /// The words.
    pub text: String,
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
pub struct Inside {
    /// Which form it belongs to.
    pub form: FormName,
    /// The words.
    pub text: String,
}
