use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::access::Member;
use crate::app::App;
use crate::notebook;
use crate::sharing::actions::{self, Typed};
use crate::sharing::pages::share_id;
use crate::web::{Answer, Form};

/// What the page sends by itself every few seconds: the words of a new share, of the line
/// with which somebody leaves a meeting, or of an answer.
pub async fn keep(State(app): State<App>, member: Member, form: Form) -> Answer {
    let typed = match (form.has("share"), form.has("leaving")) {
        (true, _) => Typed::Answer(share_id(form.text("share"))?),
        (false, true) => Typed::Leaving,
        (false, false) => Typed::New,
    };
    let (text, once) = (notebook::clean(form.text("words")), form.once);
    app.db.write(move |tx| actions::keep_draft(tx, &member, (typed, &text), once)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
