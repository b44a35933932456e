use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::{MemberName, State as Standing};
use crate::leaving::{actions, asking};
use crate::standing;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

#[derive(Template)]
#[template(path = "leaving/pages/me.html")]
struct MePage {
    page: Page,
    group: Frame,
    name: String,
    on_break: bool,
    asked: bool,
}

async fn page_of(app: &App, member: Member, page: Page) -> Outcome<MePage> {
    let (group, me, asked) = app
        .db
        .read(move |tx| {
            let me = actions::about_me(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, me, asking::asked(tx, &member)?))
        })
        .await?;
    let on_break = me.state == Standing::Break;
    Ok(MePage { page, group, name: me.about.name.as_str().to_owned(), on_break, asked })
}

pub async fn me(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&page_of(&app, member, page).await?)
}

pub async fn rename(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let group = member.group();
    let issues = match try_rename(&app, member.clone(), &form).await {
        Ok(()) => return go(format!("/g/{group}/me?done=renamed")),
        Err(Stop::Refused(Refusal::Fields(issues))) => issues,
        Err(stop) => return Err(stop),
    };
    again(&app, member, page, &form, issues).await
}

async fn try_rename(app: &App, member: Member, form: &Form) -> Outcome<()> {
    let name = MemberName::parse(form.text("name"));
    let name = name.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::rename(tx, &member, name.clone())?;
            standing::settle(tx, &here.keys, &member)
        })
        .await;
    once_is_enough(done, || Ok(()))
}

async fn again(
    app: &App,
    member: Member,
    page: Page,
    form: &Form,
    issues: Vec<FieldIssue>,
) -> Answer {
    let mut again = page_of(app, member, page.with_issues(issues)).await?;
    again.name = form.text("name").to_owned();
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// Goes on a break or comes back. Nobody is asked why.
pub async fn set_break(State(app): State<App>, member: Member, form: Form) -> Answer {
    let group = member.group();
    let on_break = form.text("break") == "1";
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            crate::groups::set_break(tx, &member, on_break)?;
            standing::settle(tx, &here.keys, &member)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    let done = if on_break { "on-break" } else { "back-again" };
    go(format!("/g/{group}/me?done={done}"))
}
