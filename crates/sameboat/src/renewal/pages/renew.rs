use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use seal::PersonKey;

use crate::access::Person;
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::people::{self, Renewed, Sheet};
use crate::random;
use crate::renewal::actions;
use crate::renewal::pages::{Fields, new_passphrase};
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, show, show_with};

#[derive(Template)]
#[template(path = "renewal/pages/renew.html")]
struct RenewPage {
    page: Page,
    fields: Fields,
}

impl RenewPage {
    fn lines_kept(&self) -> usize {
        people::MOST_TURNED
    }
}

pub async fn form(State(app): State<App>, page: Page) -> Answer {
    show(&RenewPage { fields: Fields::fresh(&app, &page), page })
}

pub async fn renew(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    let device = person.device();
    match try_renew(&app, client, &person, &form).await {
        Ok(renewed) => {
            let joined = &renewed.joined;
            let answer = show(&Sheet::renewed(page, joined, form.text("passphrase")))?;
            let answer = people::signed_in(&app, answer, &joined.secret, device);
            Ok(people::remembered(&app, answer, &joined.name, device))
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let again = RenewPage { page: page.with_issues(issues), fields: Fields::typed(&form) };
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_renew(app: &App, client: Client, person: &Person, form: &Form) -> Outcome<Renewed> {
    let proof = people::prove(app, client, person, form).await?;
    let passphrase = new_passphrase(app, person, form).await?;
    let key = random::outside(app, PersonKey::random);
    let client = client.with_own(app.limits.own_place(person.sign_in().bytes()));
    let keys = people::wrap(app, client, person.id(), key, passphrase).await?;
    let (here, person) = (app.clone(), person.clone());
    app.db.write(move |tx| actions::renew(tx, &here.keys, &person, (&keys, &proof))).await
}
