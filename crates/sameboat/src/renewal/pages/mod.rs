//! The pages on which keys and passphrases are changed.

pub mod passphrase;
pub mod renew;

use seal::Passphrase;

use crate::access::Person;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::people;
use crate::renewal::actions;
use crate::web::{Form, Page};

/// What both pages ask for: the passphrase of now, and a new one.
struct Fields {
    /// The new one, as it is proposed or was typed.
    passphrase: String,
    /// Whether they would rather use words of their own.
    own: bool,
}

impl Fields {
    fn fresh(app: &App, page: &Page) -> Fields {
        let own = page.asked("own");
        Fields { passphrase: if own { String::new() } else { people::proposal(app) }, own }
    }

    fn typed(form: &Form) -> Fields {
        Fields { passphrase: form.text("passphrase").to_owned(), own: form.has("own") }
    }
}

/// The new passphrase of a form, if whoever knows this person would not guess it.
async fn new_passphrase(app: &App, person: &Person, form: &Form) -> Outcome<Passphrase> {
    let person = person.clone();
    let known = app.db.read(move |tx| actions::known_words(tx, &person)).await?;
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let passphrase = people::new_passphrase(form.text("passphrase"), &known);
    Ok(passphrase.map_err(|issue| Refusal::Fields(vec![issue]))?)
}
