use askama::Template;
use axum::extract::State;

use crate::access::Person;
use crate::app::App;
use crate::door::{self, AtDoor};
use crate::error::Refusal;
use crate::ids::GroupId;
use crate::web::{Answer, Form, Page, go, show};

#[derive(Template)]
#[template(path = "joining/pages/waiting.html")]
struct Waiting {
    page: Page,
    doors: Vec<AtDoor>,
}

/// The doors at which this person stands; after seven days one sentence, whatever the reason.
pub async fn waiting(State(app): State<App>, person: Person, page: Page) -> Answer {
    let here = app.clone();
    let doors = app.db.read(move |tx| door::doors_of(tx, &here.keys, &person)).await?;
    show(&Waiting { page, doors })
}

pub async fn step_back(State(app): State<App>, person: Person, form: Form) -> Answer {
    let group: GroupId = form.text("group").parse().map_err(|_| Refusal::NotFound)?;
    app.db.write(move |tx| door::step_back(tx, &person, group)).await?;
    go("/groups?done=stepped-back")
}
