use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use seal::SignInSecret;

use crate::access::Person;
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::people;
use crate::renewal::pages::{Fields, new_passphrase};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "renewal/pages/passphrase.html")]
struct PassphrasePage {
    page: Page,
    fields: Fields,
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    show(&PassphrasePage { fields: Fields::fresh(&app, &page), page })
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
        Ok(secret) => Ok(people::signed_in(&app, go("/me?done=passphrase")?, &secret, device)),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again =
                PassphrasePage { page: page.with_issues(issues), fields: Fields::typed(&form) };
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
) -> Outcome<SignInSecret> {
    let proof = people::prove(app, client, person, form).await?;
    let passphrase = new_passphrase(app, person, form).await?;
    let client = client.with_own(app.limits.own_place(person.sign_in().bytes()));
    let keys = people::wrap(app, client, person.id(), proof.key.clone(), passphrase).await?;
    let (here, device) = (app.clone(), person.device());
    app.db.write(move |tx| people::change_passphrase(tx, &here.keys, &proof, &keys, device)).await
}
