//! What somebody typed at the door and has not sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Person;
use crate::agreements::Clause;
use crate::door::Opened;
use crate::drafts::{self, FormName};
use crate::error::Outcome;
use crate::web::Once;

const NAME: &str = "joining.answers";
/// Fields that hold words; beside them stands a reason for each clause.
const WORDS: [&str; 4] = ["name", "reach", "hard", "must-not-meet"];
const TELL: &str = "tell";
const REASON: &str = "why-";

/// What stands in the form: field → text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed {
    texts: BTreeMap<String, String>,
}

impl Typed {
    /// Takes the fields that this door has.
    pub fn read<'a>(opened: &Opened, sent: impl Fn(&str) -> Option<&'a str>) -> Typed {
        let clauses = opened.copy.papers.all_clauses();
        let said = clauses.iter().flat_map(|clause| [position_of(clause), reason_of(clause)]);
        let fields = WORDS.into_iter().chain([TELL]).map(str::to_owned).chain(said);
        Typed { texts: fields.filter_map(|f| sent(&f).map(|text| (f, text.to_owned()))).collect() }
    }

    /// The text of a field; empty if it was not sent.
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map(String::as_str).unwrap_or_default()
    }

    /// Whether they want to be told when their list stopped somebody.
    pub fn tell(&self) -> bool {
        self.texts.contains_key(TELL)
    }

    /// What is said to a clause.
    pub fn position(&self, clause: &Clause) -> &str {
        self.text(&position_of(clause))
    }

    /// Why somebody objects to a clause.
    pub fn reason(&self, clause: &Clause) -> &str {
        self.text(&reason_of(clause))
    }

    fn is_empty(&self) -> bool {
        self.texts.values().all(String::is_empty)
    }

    /// In the order of the form.
    fn in_words(&self) -> String {
        let reasons = self.texts.iter().filter(|(field, _)| field.starts_with(REASON));
        let reasons = reasons.map(|(_, text)| text.as_str());
        let words = WORDS.iter().map(|field| self.text(field)).chain(reasons);
        words.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

fn position_of(clause: &Clause) -> String {
    format!("c-{}", clause.name())
}

fn reason_of(clause: &Clause) -> String {
    format!("{REASON}{}", clause.name())
}

/// The words of a draft of this form, for whoever typed them to read.
pub fn draft_in_words(form: &FormName, draft: &str) -> Option<String> {
    let typed: Typed = serde_json::from_str(draft).ok().filter(|_| form.is(NAME))?;
    Some(typed.in_words())
}

fn form_of(opened: &Opened) -> FormName {
    FormName::new(NAME, opened.name())
}

/// What this person typed at this door and has not sent, with its day.
pub fn find(tx: &mut Tx<'_>, person: &Person, opened: &Opened) -> Outcome<Option<(i64, Typed)>> {
    drafts::find_fields(tx, person, &form_of(opened))
}

/// Keeps it; nothing typed leaves no draft.
pub fn keep(
    tx: &mut Tx<'_>,
    person: &Person,
    (opened, typed): (&Opened, &Typed),
    once: Once,
) -> Outcome<()> {
    if typed.is_empty() {
        return forget(tx, person, opened);
    }
    drafts::keep_fields(tx, person, (&form_of(opened), typed), once)
}

/// Throws it away.
pub fn forget(tx: &mut Tx<'_>, person: &Person, opened: &Opened) -> Outcome<()> {
    drafts::remove(tx, person, &form_of(opened))
}
