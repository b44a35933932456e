use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::clock;
use crate::common_ground::actions::{self, Writing};
use crate::common_ground::model::{Cause, Sentence};
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::{self, Named};
use crate::web::{Answer, Form, Page, go, show, show_with};

/// What the group says of its common cause, in the language of a page.
pub struct CauseView {
    /// The sentence; empty where none stands there.
    pub text: String,
    /// Who wrote it last, or took it away, as far as the name still stands.
    pub name: Option<String>,
    /// On which day; empty where nobody ever wrote.
    pub day: String,
    /// How often it was written.
    turn: u32,
}

impl CauseView {
    /// In the language of a page. `names` are those of everybody who is or was here.
    pub fn of(page: &Page, names: &[Named], cause: Option<Cause>) -> CauseView {
        let Some(cause) = cause else {
            return CauseView { text: String::new(), name: None, day: String::new(), turn: 0 };
        };
        let writer = names.iter().find(|named| named.id == cause.by);
        CauseView {
            text: cause.text,
            name: writer.map(|named| named.about.name.as_str().to_owned()),
            day: page.day(clock::day(cause.at)),
            turn: cause.turn,
        }
    }

    /// Whether it was taken away.
    pub fn is_gone(&self) -> bool {
        self.text.is_empty() && !self.day.is_empty()
    }
}

#[derive(Template)]
#[template(path = "common_ground/pages/cause.html")]
struct CausePage {
    page: Page,
    group: Frame,
    cause: CauseView,
    typed: String,
    /// Whether somebody else wrote since the form was shown.
    changed: bool,
}

impl CausePage {
    /// Whether the field holds something else than what stands there.
    fn differs(&self) -> bool {
        self.typed != self.cause.text
    }
}

async fn page_of(
    app: &App,
    member: Member,
    page: Page,
    (typed, changed): (Option<String>, bool),
) -> Outcome<CausePage> {
    let (group, names, cause) = app
        .db
        .read(move |tx| {
            let names = groups::list_members(tx, &member)?;
            Outcome::Ok((frame(tx, &member)?, names, actions::cause(tx, &member)?))
        })
        .await?;
    let cause = CauseView::of(&page, &names, cause);
    let typed = typed.unwrap_or_else(|| cause.text.clone());
    Ok(CausePage { page, group, cause, typed, changed })
}

/// The form for it, with what stands there.
pub async fn form(State(app): State<App>, member: Member, page: Page) -> Answer {
    show(&page_of(&app, member, page, (None, false)).await?)
}

/// A member writes it, changes it, or takes it away.
pub async fn write(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let group = member.group();
    let typed = Some(form.text("cause").to_owned());
    match try_write(&app, member.clone(), &form).await {
        Ok(true) => go(format!("/g/{group}/common-ground?done=cause-kept")),
        Ok(false) => go(format!("/g/{group}/common-ground?done=cause-gone")),
        Err(Stop::Refused(Refusal::Conflict("cause-changed"))) => {
            show_with(StatusCode::CONFLICT, &page_of(&app, member, page, (typed, true)).await?)
        }
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let page = page.with_issues(issues);
            let again = page_of(&app, member, page, (typed, false)).await?;
            show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(stop) => Err(stop),
    }
}

async fn try_write(app: &App, member: Member, form: &Form) -> Outcome<bool> {
    let sentence = Sentence::parse(form.text("cause"));
    let sentence = sentence.map_err(|issue| Refusal::Fields(vec![issue]))?;
    let stands = !sentence.as_str().is_empty();
    // A form without the number never saw what stands there.
    let seen = form.text("turn").parse().unwrap_or(u32::MAX);
    let writing = Writing { sentence, seen, once: form.once };
    let (again, typed) = (member.clone(), writing.sentence.clone());
    match app.db.write(move |tx| actions::write(tx, &member, &writing)).await {
        Err(Stop::Refused(Refusal::Repeated)) => {}
        done => return done,
    }
    // Sent twice, it is kept; but other words in a form that was sent before must not get lost.
    let now = app.db.read(move |tx| actions::cause(tx, &again)).await?;
    let same = now.is_some_and(|now| now.text == typed.as_str());
    if same { Ok(stands) } else { Err(Refusal::Conflict("cause-changed").into()) }
}
