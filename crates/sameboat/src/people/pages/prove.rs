//! The passphrase once more, for what an unattended device must not be enough for.

use seal::Passphrase;

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome};
use crate::people::actions::{self, Proof};
use crate::people::pages::{Tried, unlock};
use crate::web::Form;
use crate::web::limits::Client;

/// Opens the person key by the passphrase of now: an unattended device must not be enough. Wrong
/// tries slow down and are told, as at the page for signing in. The form is used up by it, whatever
/// the passphrase opens; what follows asks in its own transaction whether the proof still holds.
pub async fn prove(app: &App, client: Client, person: &Person, form: &Form) -> Outcome<Proof> {
    let wrong = || FieldIssue::only("old", "passphrase-old-wrong");
    let passphrase = Passphrase::parse(form.text("old")).map_err(|_| wrong())?;
    // Each sign-in has a count and a place of its own: whoever holds one device can't keep its
    // owner out on another.
    let client = client.with_own(app.limits.own_place(person.sign_in().bytes()));
    let mut whose = [0; 32];
    whose[..16].copy_from_slice(person.id().bytes());
    let this = app.tries.begin(&whose, client).await?;
    let (asked, once) = (person.clone(), form.once);
    let lock = app
        .db
        .write(move |tx| -> Outcome<_> {
            let fresh = once.use_up(tx)?;
            Ok(if fresh { Some(actions::own_lock(tx, &asked)?) } else { None })
        })
        .await?;
    let Some(lock) = lock else {
        return Err(FieldIssue::only("old", "passphrase-old-again"));
    };
    let here = app.clone();
    match unlock(app, client, Some(lock), passphrase).await? {
        Tried::Right(proof) => {
            let shown = proof.clone();
            let holds = app.db.write(move |tx| actions::judge(tx, &here.keys, &shown)).await?;
            if holds {
                this.right();
                Ok(proof)
            } else {
                this.wrong();
                Err(wrong())
            }
        }
        Tried::Wrong => {
            this.wrong();
            let id = Some(person.id());
            app.db.write(move |tx| actions::failed_try(tx, &here.keys, id)).await?;
            Err(wrong())
        }
        Tried::KeyIsGone => Err(FieldIssue::only("old", "passphrase-old-gone")),
    }
}
