//! The passphrase once more, for what an unattended device must not be enough for.

use seal::{Passphrase, PersonKey};

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome};
use crate::people::actions;
use crate::people::pages::{Tried, unlock};
use crate::web::Form;
use crate::web::limits::Client;

/// Opens the person key by the passphrase of now: an unattended device must not be enough. Wrong
/// tries slow down and are told, as at the page for signing in.
pub async fn prove(app: &App, client: Client, person: &Person, form: &Form) -> Outcome<PersonKey> {
    let wrong = || FieldIssue::only("old", "passphrase-old-wrong");
    let passphrase = Passphrase::parse(form.text("old")).map_err(|_| wrong())?;
    let mut whose = [0; 32];
    whose[..16].copy_from_slice(person.id().bytes());
    let this = app.tries.begin(&whose, client).await?;
    let asked = person.clone();
    let lock = app.db.read(move |tx| actions::own_lock(tx, &asked)).await?;
    match unlock(app, client, Some(lock), passphrase).await? {
        Tried::Right(key) => {
            this.right();
            Ok(key)
        }
        Tried::Wrong => {
            this.wrong();
            let (id, once) = (Some(person.id()), form.once);
            app.db.write(move |tx| actions::failed_try(tx, id, once)).await?;
            Err(wrong())
        }
        Tried::KeyIsGone => Err(FieldIssue::only("old", "passphrase-old-gone")),
    }
}
