//! *I'm worried about this*: what to say, whom to call, and telling the facilitator.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::Named;
use crate::ids::{ShareId, WorryId};
use crate::meetings;
use crate::sharing::actions;
use crate::sharing::model::Text;
use crate::sharing::pages::share_id;
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

/// What to do, in this order: practice (f) 4, for one who reads and does not lead.
const STEPS: [(&str, &str); 5] = [
    ("someone-thank", "someone-thank-how"),
    ("someone-ask", "someone-ask-how"),
    ("someone-secret", "someone-secret-how"),
    ("someone-stay", "someone-stay-how"),
    ("someone-call", "someone-call-how"),
];

#[derive(Template)]
#[template(path = "sharing/pages/worried.html")]
struct WorriedPage {
    page: Page,
    group: Frame,
    id: ShareId,
    steps: [(&'static str, &'static str); 5],
    /// The facilitator on duty.
    duty: Option<Named>,
    /// Whether that is whoever looks.
    on_duty: bool,
    words: String,
}

async fn page_of(
    app: &App,
    member: Member,
    (id, words): (ShareId, String),
    page: Page,
) -> Outcome<WorriedPage> {
    let me = member.id();
    let (group, duty) = app
        .db
        .read(move |tx| {
            actions::get(tx, &member, id)?;
            Outcome::Ok((frame(tx, &member)?, meetings::on_duty(tx, &member)?))
        })
        .await?;
    let on_duty = duty == Some(me);
    let named = |who| group.members.iter().find(|named| named.id == who).cloned();
    let duty = duty.filter(|_| !on_duty).and_then(named);
    Ok(WorriedPage { page, group, id, steps: STEPS, duty, on_duty, words })
}

pub async fn form(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
) -> Answer {
    show(&page_of(&app, member, (share_id(&id)?, String::new()), page).await?)
}

pub async fn tell(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let (id, group) = (share_id(&id)?, member.group());
    match try_tell(&app, member.clone(), id, &form).await {
        Ok(()) => go(format!("/g/{group}/share/{id}?done=worried")),
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let typed = form.text("words").to_owned();
            let again = page_of(&app, member, (id, typed), page.with_issues(issues)).await?;
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_tell(app: &App, member: Member, id: ShareId, form: &Form) -> Outcome<()> {
    let text = Text::parse_optional(form.text("words"));
    let text = text.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let (once, here) = (form.once, app.clone());
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::tell(tx, &here.keys, &member, (id, text.as_ref()))
        })
        .await;
    once_is_enough(done, || Ok(()))
}

/// The facilitator has seen to it, or whoever told it takes it back.
pub async fn seen(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: WorryId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (group, once) = (member.group(), form.once);
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::seen_to(tx, &member, id)
        })
        .await;
    once_is_enough(done, || Ok(()))?;
    go(format!("/g/{group}?done=worry-gone"))
}
