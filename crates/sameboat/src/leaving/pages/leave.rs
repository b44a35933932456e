use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::FieldIssue;
use crate::leaving::actions;
use crate::standing::Words;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "leaving/pages/leave.html")]
struct LeavePage {
    page: Page,
    group: Frame,
    words: [Words; 3],
}

impl LeavePage {
    fn is_last(&self) -> bool {
        self.group.members.len() == 1
    }
}

pub async fn form(State(app): State<App>, member: Member, page: Page) -> Answer {
    let group = app.db.read(move |tx| frame(tx, &member)).await?;
    show(&LeavePage { page, group, words: Words::ALL })
}

pub async fn leave(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let Some(words) = Words::from_word(form.text("words")) else {
        let group = app.db.read(move |tx| frame(tx, &member)).await?;
        let page = page.with_issues(vec![FieldIssue { field: "words", key: "go-words-issue" }]);
        let again = LeavePage { page, group, words: Words::ALL };
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::leave(tx, &here.keys, &member, words)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go("/groups?done=left")
}
