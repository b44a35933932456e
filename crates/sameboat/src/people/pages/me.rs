use axum::extract::State;

use crate::access::Person;
use crate::app::App;
use crate::error::Refusal;
use crate::ids::SignInId;
use crate::people::actions;
use crate::web::{Answer, Form, go};

pub async fn end_sign_in(State(app): State<App>, person: Person, form: Form) -> Answer {
    let id: SignInId = form.text("sign-in").parse().map_err(|_| Refusal::NotFound)?;
    let here = person.sign_in() == id;
    let own = app.clone();
    app.db.write(move |tx| actions::end_sign_in(tx, &own.keys, &person, id)).await?;
    go(if here { "/?done=signed-out" } else { "/me?done=ended" })
}
