use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::access::Member;
use crate::app::App;
use crate::notebook;
use crate::sharing::actions;
use crate::sharing::pages::share_id;
use crate::web::{Answer, Form};

/// What the page sends by itself every few seconds: the words of a new share, or of an answer.
pub async fn keep(State(app): State<App>, member: Member, form: Form) -> Answer {
    let answers = if form.has("share") { Some(share_id(form.text("share"))?) } else { None };
    let (text, once) = (notebook::clean(form.text("words")), form.once);
    app.db.write(move |tx| actions::keep_draft(tx, &member, (answers, &text), once)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
