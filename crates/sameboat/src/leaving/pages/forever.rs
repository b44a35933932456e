use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::leaving::actions;
use crate::people;
use crate::standing::Words;
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, cookies, go, show, show_with};

#[derive(Template)]
#[template(path = "leaving/pages/forever.html")]
struct ForeverPage {
    page: Page,
    chosen: Words,
    sure: bool,
    /// Whether a place of theirs is frozen.
    frozen: bool,
}

impl ForeverPage {
    fn is(&self, choice: &Words) -> bool {
        self.chosen == *choice
    }

    fn choices(&self) -> [Words; 3] {
        Words::ALL
    }
}

pub async fn form(State(app): State<App>, person: Person, page: Page) -> Answer {
    let frozen = is_frozen(&app, &person).await?;
    show(&ForeverPage { page, chosen: Words::Removed, sure: false, frozen })
}

async fn is_frozen(app: &App, person: &Person) -> Outcome<bool> {
    let person = person.clone();
    app.db.read(move |tx| actions::is_frozen_somewhere(tx, &person)).await
}

/// Leaves every group, then this place, in one go.
pub async fn leave(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    let words = Words::from_word(form.text("words"));
    let mut issues = Vec::new();
    if words.is_none() {
        issues.push(FieldIssue { field: "words", key: "go-words-issue" });
    }
    if !form.has("sure") {
        issues.push(FieldIssue { field: "sure", key: "leave-me-sure-issue" });
    }
    let words = words.unwrap_or(Words::Removed);
    let frozen = is_frozen(&app, &person).await?;
    let again = |page: Page, issues| {
        let (page, sure) = (page.with_issues(issues), form.has("sure"));
        let again = ForeverPage { page, chosen: words, sure, frozen };
        show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
    };
    if !issues.is_empty() {
        return again(page, issues);
    }
    let proof = match people::prove(&app, client, &person, &form).await {
        Ok(proof) => proof,
        Err(Stop::Refused(Refusal::Fields(issues))) => return again(page, issues),
        Err(stop) => return Err(stop),
    };
    let here = app.clone();
    app.db
        .write(move |tx| actions::leave_for_good(tx, &here.keys, &person, (words, &proof)))
        .await?;
    let mut response = go("/?done=gone")?;
    cookies::forget(response.headers_mut());
    Ok(response)
}
