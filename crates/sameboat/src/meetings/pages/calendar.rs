use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{FieldIssue, Outcome};
use crate::groups::plain_line;
use crate::ids::MeetingId;
use crate::meetings::calendar::{Entry, file, uid};
use crate::meetings::kept;
use crate::meetings::model::Meeting;
use crate::meetings::pages::{id, view};
use crate::web::{Answer, Form, Page, show, show_with};

/// The longest title, in characters.
const LONGEST: usize = 80;

#[derive(Template)]
#[template(path = "meetings/pages/calendar.html")]
struct CalendarPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    when: String,
    title: String,
}

async fn find(app: &App, member: Member, id: MeetingId) -> Outcome<(Frame, Meeting)> {
    app.db.read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::get(tx, &member, id)?))).await
}

/// Which title it is to have: somebody may look at the calendar over a shoulder.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let id = id(&word)?;
    let (group, meeting) = find(&app, member, id).await?;
    let when = view::when(&page, &group, meeting.starts_at);
    let title = group.papers().outside.clone();
    show(&CalendarPage { page, group, id, when, title })
}

/// The file. Nothing of it is kept here.
pub async fn take(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id = id(&word)?;
    let uid = uid(&app.keys, &member, id);
    let (group, meeting) = find(&app, member, id).await?;
    let title = plain_line(form.text("title"));
    let issue = match title.chars().count() {
        0 => Some("meet-calendar-title-issue"),
        n if n > LONGEST => Some("meet-calendar-title-long"),
        _ => None,
    };
    if let Some(key) = issue {
        let page = page.with_issues(vec![FieldIssue { field: "title", key }]);
        let when = view::when(&page, &group, meeting.starts_at);
        let title = form.text("title").to_owned();
        let again = CalendarPage { page, group, id, when, title };
        return show_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let (starts_at, minutes) = (meeting.starts_at, meeting.minutes());
    let body = file(&Entry { title: &title, starts_at, minutes, uid, now: app.now() });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"date.ics\""),
        ),
    ];
    Ok((headers, body).into_response())
}
