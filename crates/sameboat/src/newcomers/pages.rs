use axum::extract::{Path, State};

use crate::access::Member;
use crate::app::App;
use crate::error::Refusal;
use crate::ids::MemberId;
use crate::newcomers::actions;
use crate::web::{Answer, Form, go};

/// “I'd rather not yet”, or back. The form's key is verified and not spent: a used key would be a
/// trace of whoever said it. Saying it twice is saying it once.
pub async fn not_yet(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let group = member.group();
    let not_yet = form.text("say") == "wait";
    app.db.write(move |tx| actions::say(tx, &member, who, not_yet)).await?;
    go(format!("/g/{group}?done=newcomer-said"))
}
