use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::access::{Member, Person};
use crate::agreements::Frame;
use crate::app::App;
use crate::error::{Outcome, Refusal, Stop};
use crate::ids::MeetingId;
use crate::meetings::pages::id;
use crate::meetings::pages::look::find;
use crate::notebook::{self, Kind, New, Text};
use crate::web::{Answer, Form, Page, go, show, show_with};

#[derive(Template)]
#[template(path = "meetings/pages/writing.html")]
struct WritingPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    kind: Kind,
    words: String,
    /// The day of the words, when they are a draft.
    draft: Option<String>,
    /// The windows whose draft this form goes on with.
    took: String,
}

impl WritingPage {
    fn label(&self) -> String {
        format!("meet-writing-{}", self.kind.word())
    }

    fn kinds(&self) -> Vec<(&'static str, bool)> {
        [Kind::Trouble, Kind::Goal, Kind::Page]
            .map(|kind| (kind.word(), kind == self.kind))
            .to_vec()
    }
}

/// Time to write, for oneself alone: a page of the notebook, which never loads itself anew.
pub async fn form(
    State(app): State<App>,
    (member, person): (Member, Person),
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let (group, meeting) = find(&app, member, id(&word)?).await?;
    let kind = Kind::from_word(&page.query("kind")).unwrap_or(Kind::Trouble);
    let draft = app.db.read(move |tx| notebook::find_draft(tx, &person, kind)).await?;
    let day = draft.as_ref().map(|draft| page.day(draft.day));
    let (words, took) = draft.map(|draft| (draft.text, draft.by)).unwrap_or_default();
    show(&WritingPage { page, group, id: meeting.id, kind, words, draft: day, took })
}

pub async fn keep(
    State(app): State<App>,
    (member, person): (Member, Person),
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let kind = Kind::from_word(form.text("kind")).ok_or(Refusal::NotFound)?;
    let issues = match try_keep(&app, person, kind, &form).await {
        Ok(()) => return go(format!("/g/{group}/meetings/{there}?done=notebook-kept")),
        Err(Stop::Refused(Refusal::Fields(issues))) => issues,
        Err(stop) => return Err(stop),
    };
    let (group, meeting) = find(&app, member, there).await?;
    let (page, words) = (page.with_issues(issues), form.text("words").to_owned());
    let took = notebook::window(&form).taken();
    let again = WritingPage { page, group, id: meeting.id, kind, words, draft: None, took };
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

async fn try_keep(app: &App, person: Person, kind: Kind, form: &Form) -> Outcome<()> {
    let text = Text::parse(form.text("words")).map_err(|issue| Refusal::Fields(vec![issue]))?;
    let (new, once) = (New { kind, text, window: notebook::window(form) }, form.once);
    app.db.write(move |tx| notebook::add(tx, &person, &new, once).map(|_| ())).await
}
