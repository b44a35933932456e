use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::door::{self, MustNotMeet};
use crate::error::Outcome;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "joining/pages/lists.html")]
struct ListPage {
    page: Page,
    group: Frame,
    names: String,
    tell: bool,
    stopped: bool,
}

/// The own list, and nobody else's.
pub async fn form(State(app): State<App>, member: Member, page: Page) -> Answer {
    let here = app.clone();
    let (group, own, stopped) = app
        .db
        .read(move |tx| {
            let stopped = door::unseen_stops(tx, &here.keys, &member)?;
            Outcome::Ok((frame(tx, &member)?, door::my_list(tx, &member)?, stopped))
        })
        .await?;
    let names = own.list.names.join("\n");
    show(&ListPage { page, group, names, tell: own.list.tell, stopped })
}

pub async fn save(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let (group, once) = (member.group(), form.once);
    let typed = form.text("must-not-meet");
    let list = match MustNotMeet::parse(typed, form.has("tell")) {
        Ok(list) => list,
        Err(issue) => {
            let again = ListPage {
                page: page.with_issues(vec![issue]),
                group: app.db.read(move |tx| frame(tx, &member)).await?,
                names: typed.to_owned(),
                tell: form.has("tell"),
                stopped: false,
            };
            return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    };
    let here = app.clone();
    let saved = app
        .db
        .write(move |tx| door::save_list(tx, &here.keys, &member, (list.clone(), once)))
        .await;
    once_is_enough(saved, || Ok(()))?;
    go(format!("/g/{group}/must-not-meet?done=list-kept"))
}

pub async fn seen(State(app): State<App>, member: Member, _form: Form) -> Answer {
    let (group, here) = (member.group(), app.clone());
    app.db.write(move |tx| door::mark_seen(tx, &here.keys, &member)).await?;
    go(format!("/g/{group}"))
}
