use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::access::Person;
use crate::app::App;
use crate::error::{Outcome, Refusal};
use crate::notebook::actions::{self, Target, Typed};
use crate::notebook::model::{self, Kind};
use crate::notebook::pages::{page_id, window};
use crate::web::{Answer, Form, go, once_is_enough};

/// What the page sends by itself every few seconds.
pub async fn keep(State(app): State<App>, person: Person, form: Form) -> Answer {
    let typed = Typed {
        target: target(&form)?,
        text: model::clean(form.text("words")),
        window: window(&form),
    };
    let once = form.once;
    app.db.write(move |tx| actions::keep_draft(tx, &person, &typed, once)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub async fn remove(State(app): State<App>, person: Person, form: Form) -> Answer {
    let target = target(&form)?;
    let once = form.once;
    let done = app.db.write(move |tx| actions::remove_draft(tx, &person, target, once)).await;
    once_is_enough(done, || Ok(()))?;
    match target {
        Target::New(_) => go("/notebook?done=notebook-draft-gone"),
        Target::Page(id) => go(format!("/notebook/{id}?done=notebook-draft-gone")),
    }
}

/// Which form the fields belong to: they carry the kind of a new page, or the id of one.
fn target(form: &Form) -> Outcome<Target> {
    if form.has("page") {
        return Ok(Target::Page(page_id(form.text("page"))?));
    }
    let kind = Kind::from_word(form.text("kind")).ok_or(Refusal::NotFound)?;
    Ok(Target::New(kind))
}
