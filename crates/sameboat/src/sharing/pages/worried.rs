//! *I'm worried about this*: what to say, whom to call, and telling the facilitator.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{self, Frame, frame};
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::Named;
use crate::ids::{MemberId, ShareId, WorryId};
use crate::sharing::actions::{self, Ear, NewWorry};
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
    /// Whether the words still stand there.
    there: bool,
    /// Whoever wrote the words, if they are here, and it is not whoever looks.
    writer: Option<MemberId>,
    /// The facilitator on duty, if they can be told of it.
    duty: Option<Named>,
    /// Whether the words that are meant are open to them.
    reads: bool,
    /// The key of the sentence where nobody can be told.
    instead: &'static str,
    words: String,
    /// Whether the page that was sent named somebody else.
    changed: bool,
}

impl WorriedPage {
    fn stale(&self) -> Option<String> {
        agreements::stale(&self.page, &self.group.papers().safety)
    }

    fn hint(&self) -> &'static str {
        if self.reads { "worried-words-hint" } else { "worried-words-closed" }
    }
}

async fn page_of(
    app: &App,
    member: Member,
    (id, words, changed): (ShareId, String, bool),
    page: Page,
) -> Outcome<WorriedPage> {
    let (group, ear, writer) = app
        .db
        .read(move |tx| {
            let (ear, writer) = (actions::ear(tx, &member, id)?, writer_of(tx, &member, id)?);
            Outcome::Ok((frame(tx, &member)?, ear, writer))
        })
        .await?;
    let named = |who| group.members.iter().find(|named| named.id == who).cloned();
    let (duty, reads, instead) = match ear {
        Ear::Facilitator { who, reads } => (named(who), reads, "worried-nobody"),
        Ear::Oneself => (None, false, "worried-you"),
        Ear::ItsWriter => (None, false, "worried-writer"),
        Ear::Nobody => (None, false, "worried-nobody"),
    };
    let there = writer.is_some();
    let writer = writer.filter(|who| *who != group.me && group.name_of(who).is_some());
    let shown = WorriedPage {
        page,
        group,
        id,
        steps: STEPS,
        there,
        writer,
        duty,
        reads,
        instead,
        words,
        changed,
    };
    Ok(shown)
}

/// Whoever wrote these words; nobody when they were taken back.
fn writer_of(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<Option<MemberId>> {
    match actions::get(tx, member, id) {
        Ok(share) => Ok(Some(share.writer)),
        Err(Stop::Refused(Refusal::NotFound)) => Ok(None),
        Err(stop) => Err(stop),
    }
}

pub async fn form(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
) -> Answer {
    show(&page_of(&app, member, (share_id(&id)?, String::new(), false), page).await?)
}

pub async fn tell(
    State(app): State<App>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Answer {
    let (id, group) = (share_id(&id)?, member.group());
    let typed = form.text("words").to_owned();
    match try_tell(&app, member.clone(), id, &form).await {
        Ok(true) => go(format!("/g/{group}/share/{id}?done=worried")),
        Ok(false) => go(format!("/g/{group}/talk?done=worried")),
        Err(Stop::Refused(Refusal::Conflict("worried-changed"))) => {
            let again = page_of(&app, member, (id, typed, true), page).await?;
            show_with(StatusCode::CONFLICT, &again)
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let page = page.with_issues(issues);
            let again = page_of(&app, member, (id, typed, false), page).await?;
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

/// Whether the words that are meant still stand there.
async fn try_tell(app: &App, member: Member, share: ShareId, form: &Form) -> Outcome<bool> {
    let text = Text::parse_optional(form.text("words"));
    let text = text.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let new = NewWorry { share, to: form.text("to").parse().ok(), text };
    let (once, here) = (form.once, app.clone());
    let done = app
        .db
        .write(move |tx| {
            once.spend(tx)?;
            actions::tell(tx, &here.keys, &member, &new)?;
            Ok(writer_of(tx, &member, new.share)?.is_some())
        })
        .await;
    once_is_enough(done, || Ok(false))
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
