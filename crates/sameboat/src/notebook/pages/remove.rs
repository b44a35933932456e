use askama::Template;
use axum::extract::{Path, State};

use crate::access::Person;
use crate::app::App;
use crate::ids::PageId;
use crate::notebook::actions;
use crate::notebook::pages::page_id;
use crate::web::{Answer, Form, Page, go, once_is_enough, show};

#[derive(Template)]
#[template(path = "notebook/pages/remove.html")]
struct RemovePage {
    page: Page,
    id: PageId,
    day: String,
}

pub async fn ask(
    State(app): State<App>,
    person: Person,
    page: Page,
    Path(id): Path<String>,
) -> Answer {
    let id = page_id(&id)?;
    let day = app.db.read(move |tx| actions::day_of(tx, &person, id)).await?;
    show(&RemovePage { id, day: page.day(day), page })
}

pub async fn remove(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
    form: Form,
) -> Answer {
    let id = page_id(&id)?;
    let once = form.once;
    let done = app.db.write(move |tx| actions::remove(tx, &person, id, once)).await;
    once_is_enough(done, || Ok(()))?;
    go("/notebook?done=notebook-removed")
}
