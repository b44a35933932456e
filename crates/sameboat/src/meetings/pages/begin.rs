use axum::extract::{Path, State};

use crate::access::Member;
use crate::app::App;
use crate::meetings::actions;
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, go};

/// Begins a meeting. Twice is the same as once.
pub async fn begin(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    app.presence.seen(group, member.id(), app.now());
    write(&app, member, move |tx, member| actions::begin(tx, member, there)).await?;
    go(format!("/g/{group}/meetings/{there}"))
}
