use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::{Named, plain_line, says_something};
use crate::ids::MemberId;
use crate::leaving::asking::{self, Asked, Open};
use crate::standing;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

/// The longest reason, in characters.
const LONGEST: usize = 2000;

#[derive(Template)]
#[template(path = "leaving/pages/whom.html")]
struct WhomPage {
    page: Page,
    group: Frame,
    others: Vec<Named>,
    /// Whether whoever looks decides alone.
    alone: bool,
}

/// Before anybody is asked: what it means, and whom.
pub async fn whom(State(app): State<App>, member: Member, page: Page) -> Answer {
    let me = member.id();
    let (group, alone) = app
        .db
        .read(move |tx| {
            let group = frame(tx, &member)?;
            let alone = asking::decides_alone(tx, &member, &group)?;
            Outcome::Ok((group, alone))
        })
        .await?;
    let others = group.members.iter().chain(&group.frozen).filter(|named| named.id != me);
    let others = others.cloned().collect();
    show(&WhomPage { page, group, others, alone })
}

#[derive(Template)]
#[template(path = "leaving/pages/ask.html")]
struct AskPage {
    page: Page,
    group: Frame,
    who: MemberId,
    name: String,
    open: Option<Open>,
    /// Whether whoever looks decides alone.
    alone: bool,
    /// Whether there are enough others.
    enough: bool,
    reason: String,
}

impl AskPage {
    fn is_asked(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.asking.asks(self.group.me))
    }

    fn said_yes(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.asking.yes.contains(&self.group.me))
    }

    fn began(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.asking.by == self.group.me)
    }
}

async fn page_of(app: &App, member: Member, who: &str, page: Page) -> Outcome<AskPage> {
    let who: MemberId = who.parse().map_err(|_| Refusal::NotFound)?;
    let (group, open, alone, enough) = app
        .db
        .read(move |tx| {
            let group = frame(tx, &member)?;
            let open = asking::open_askings(tx, &member)?.into_iter().find(|open| open.who == who);
            let alone = asking::decides_alone(tx, &member, &group)?;
            let enough = alone || asking::may_be_asked(tx, &member, who)?;
            Outcome::Ok((group, open, alone, enough))
        })
        .await?;
    let name = group.name_of_any(who).filter(|_| who != group.me).map(str::to_owned);
    let name = name.ok_or(Refusal::NotFound)?;
    Ok(AskPage { page, group, who, name, open, alone, enough, reason: String::new() })
}

pub async fn form(
    State(app): State<App>,
    member: Member,
    Path((_, who)): Path<(String, String)>,
    page: Page,
) -> Answer {
    show(&page_of(&app, member, &who, page).await?)
}

/// Asks, with a reason.
pub async fn ask(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let reason = form.text("reason").trim().to_owned();
    let issue = match reason.chars().count() {
        _ if !says_something(&plain_line(&reason)) => Some("ask-reason-issue"),
        n if n > LONGEST => Some("ask-reason-long"),
        _ => None,
    };
    if let Some(key) = issue {
        let page = page.with_issues(vec![FieldIssue { field: "reason", key }]);
        let mut again = page_of(&app, member, &word, page).await?;
        again.reason = form.text("reason").to_owned();
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let who: MemberId = word.parse().map_err(|_| Refusal::NotFound)?;
    let group = member.group();
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            standing::settle(tx, &here.keys, &member)?;
            asking::ask(tx, &here.keys, &member, who, &reason)
        })
        .await;
    let asked = once_is_enough(done, || Ok(Asked::Waits))?;
    on(group, asked)
}

/// Says yes to it, or takes a yes back.
pub async fn say(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let who: MemberId = word.parse().map_err(|_| Refusal::NotFound)?;
    let group = member.group();
    let yes = form.text("say") == "yes";
    let (here, once) = (app.clone(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            standing::settle(tx, &here.keys, &member)?;
            asking::say(tx, &here.keys, &member, who, yes)
        })
        .await;
    let asked = once_is_enough(done, || Ok(Asked::Waits))?;
    on(group, asked)
}

fn on(group: crate::ids::GroupId, asked: Asked) -> Answer {
    go(match asked {
        Asked::Waits => format!("/g/{group}?done=ask-kept"),
        Asked::Out => format!("/g/{group}?done=ask-out"),
    })
}
