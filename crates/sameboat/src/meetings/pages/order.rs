use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use rounds::Minutes;

use crate::access::Member;
use crate::agreements::{Frame, frame};
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::groups::plain_line;
use crate::ids::MeetingId;
use crate::meetings::actions::{self, Moved};
use crate::meetings::kept;
use crate::meetings::model::{Edit, Item, KINDS, Meeting, Stage, Way, kind_of};
use crate::meetings::pages::view::{self, LineView};
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, Page, go, show, show_with};

/// The longest words for a step, in characters.
const LONGEST: usize = 120;

#[derive(Template)]
#[template(path = "meetings/pages/order.html")]
struct OrderPage {
    page: Page,
    group: Frame,
    id: MeetingId,
    lines: Vec<LineView>,
    total: u32,
    seen: u64,
    /// The key of why a change was not made.
    refused: Option<String>,
    kind: String,
    minutes: String,
    words: String,
}

impl OrderPage {
    fn kinds(&self) -> Vec<(&'static str, bool, String)> {
        let kind = |word: &&'static str| (*word, self.kind == *word, format!("step-{word}"));
        KINDS.iter().map(kind).collect()
    }
}

async fn page_of(app: &App, member: Member, page: Page, id: MeetingId) -> Outcome<OrderPage> {
    let (group, meeting) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::get(tx, &member, id)?)))
        .await?;
    let lines = view::lines(&page, &meeting);
    Ok(OrderPage {
        total: lines.iter().map(|line| line.minutes).sum(),
        seen: seen(&meeting).ok_or(Refusal::Conflict("meet-not-open"))?,
        page,
        group,
        id,
        lines,
        refused: None,
        kind: "sharing".to_owned(),
        minutes: "10".to_owned(),
        words: String::new(),
    })
}

fn seen(meeting: &Meeting) -> Option<u64> {
    match meeting.stage {
        Stage::Planned => Some(meeting.words.order_turn),
        Stage::Open => meeting.open().map(|running| running.meeting.version()),
        Stage::Closed => None,
    }
}

/// The running order, to change.
pub async fn form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    show(&page_of(&app, member, page, id(&word)?).await?)
}

pub async fn change(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let moved = match read(&form) {
        Ok(edit) => {
            let seen = form.text("seen").parse().unwrap_or(u64::MAX);
            let change = (edit, seen);
            write(&app, member.clone(), move |tx, member| {
                actions::change_order(tx, member, there, (&change.0, change.1))
            })
            .await
        }
        Err(stop) => Err(stop),
    };
    let (page, refused) = match moved {
        Ok(Moved::Done) => return go(format!("/g/{group}/meetings/{there}/order")),
        Ok(Moved::Refused(why)) => (page, Some(view::why(why).to_owned())),
        Err(Stop::Refused(Refusal::Fields(issues))) => (page.with_issues(issues), None),
        Err(stop) => return Err(stop),
    };
    let status =
        if refused.is_some() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut again = page_of(&app, member, page, there).await?;
    again.refused = refused;
    if form.text("do") == "add" {
        let text = |name: &str| form.text(name).to_owned();
        (again.kind, again.minutes, again.words) = (text("kind"), text("minutes"), text("words"));
    }
    show_with(status, &again)
}

fn read(form: &Form) -> Outcome<Edit> {
    let step = || form.text("step").parse::<u32>().map_err(|_| Stop::from(Refusal::NotFound));
    let minutes = |field| {
        let minutes = form.text(field).trim().parse().ok().and_then(Minutes::new);
        minutes.ok_or_else(|| FieldIssue::only(field, "meet-minutes-issue"))
    };
    Ok(match form.text("do") {
        "earlier" => Edit::Move(step()?, Way::Earlier),
        "later" => Edit::Move(step()?, Way::Later),
        "remove" => Edit::Remove(step()?),
        "minutes" => Edit::Minutes(step()?, minutes("for")?),
        "add" => {
            let kind = kind_of(form.text("kind")).ok_or(Refusal::NotFound)?;
            let words = plain_line(form.text("words"));
            if words.chars().count() > LONGEST {
                return Err(FieldIssue::only("words", "meet-step-long"));
            }
            if form.text("kind") == "ask" && words.is_empty() {
                return Err(FieldIssue::only("words", "meet-step-question"));
            }
            Edit::Add(Item { plan: rounds::Plan { kind, minutes: minutes("minutes")? }, words })
        }
        _ => return Err(Refusal::NotFound.into()),
    })
}
