use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use seal::{Passphrase, PersonKey};

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::people::actions;
use crate::people::model;
use crate::people::pages::{Tried, proposal, signed_in, unlock, wrap};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "people/pages/passphrase.html")]
struct PassphrasePage {
    page: Page,
    passphrase: String,
    own: bool,
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    let own = page.asked("own");
    let passphrase = if own { String::new() } else { proposal(&app) };
    show(&PassphrasePage { page, passphrase, own })
}

pub async fn change(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    let device = person.device();
    match try_change(&app, client, &person, &form).await {
        Ok(secret) => Ok(signed_in(&app, go("/me?done=passphrase")?, &secret, device)),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = PassphrasePage {
                page: page.with_issues(issues),
                passphrase: form.text("passphrase").to_owned(),
                own: form.has("own"),
            };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_change(
    app: &App,
    client: Client,
    person: &Person,
    form: &Form,
) -> Outcome<seal::SignInSecret> {
    let key = prove(app, client, person, form).await?;
    let passphrase = model::new_passphrase(form.text("passphrase"), &[]);
    let passphrase = passphrase.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let keys = wrap(app, client, person.id(), key, passphrase).await?;
    let (device, once) = (person.device(), form.once);
    app.db.write(move |tx| actions::change_passphrase(tx, &keys, device, once)).await
}

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
