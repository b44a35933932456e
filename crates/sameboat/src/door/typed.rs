//! What somebody typed at the door and has not sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::Person;
use crate::door::Opened;
use crate::drafts::{self, FormName};
use crate::error::{Fault, Outcome};
use crate::people;
use crate::web::{Form, Once};

const NAME: &str = "joining.answers";
/// Fields that hold words; beside them stands a reason for each clause.
const WORDS: [&str; 4] = ["name", "reach", "hard", "must-not-meet"];
const REASON: &str = "why-";

/// What stands in the form: field → text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Typed {
    texts: BTreeMap<String, String>,
}

impl Typed {
    /// What a form brought of the fields that this door has.
    pub fn read(form: &Form, opened: &Opened) -> Typed {
        let clauses = opened.copy.papers.all_clauses();
        let names = clauses.iter().map(|clause| clause.name());
        let said = names.flat_map(|name| [format!("c-{name}"), format!("{REASON}{name}")]);
        let fields = WORDS.iter().chain(&["link", "tell"]).map(|&field| field.to_owned());
        let sent = fields.chain(said).filter(|field| form.has(field));
        Typed { texts: sent.map(|field| (field.clone(), form.text(&field).to_owned())).collect() }
    }

    /// The text of a field; empty if it was not sent.
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map(String::as_str).unwrap_or_default()
    }

    /// Whether a box was ticked.
    pub fn has(&self, field: &str) -> bool {
        self.texts.contains_key(field)
    }

    fn in_words(&self) -> String {
        let is_words = |field: &str| WORDS.contains(&field) || field.starts_with(REASON);
        let words = self.texts.iter().filter(|(field, text)| is_words(field) && !text.is_empty());
        words.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }
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
    let Some(draft) = drafts::find(tx, person, &form_of(opened))? else { return Ok(None) };
    // What the parser says is left out: it could quote somebody's words.
    let typed = serde_json::from_str(&draft.text);
    let typed = typed.map_err(|_| Fault::because("a draft of an unexpected shape"))?;
    Ok(Some((draft.day, typed)))
}

/// Keeps it. The form's key stays unspent; what arrives after the form itself is dropped.
pub fn keep(
    tx: &mut Tx<'_>,
    person: &Person,
    (opened, typed): (&Opened, &Typed),
    once: Once,
) -> Outcome<()> {
    people::still_here(tx, person)?;
    if once.is_spent(tx)? {
        return Ok(());
    }
    let text = serde_json::to_string(typed).map_err(Fault::new)?;
    drafts::save(tx, person, &form_of(opened), &text)
}

/// Throws it away: the words were sent.
pub fn forget(tx: &mut Tx<'_>, person: &Person, opened: &Opened) -> Outcome<()> {
    drafts::remove(tx, person, &form_of(opened))
}
