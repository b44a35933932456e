use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{End, Frame, Rhythm, frame};
use crate::app::App;
use crate::clock;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::MeetingId;
use crate::meetings::actions;
use crate::meetings::kept;
use crate::meetings::model::{self, Plan, Stage};
use crate::meetings::pages::ending::last_order;
use crate::meetings::pages::{id, write};
use crate::web::{Answer, Form, Page, go, once_is_enough, show, show_with};

/// What the form about a meeting holds.
pub struct Fields {
    /// Its day.
    pub date: String,
    /// Its time, on the group's clock.
    pub time: String,
    /// Where.
    pub place: String,
}

impl Fields {
    /// What was typed.
    pub fn typed(form: &Form) -> Fields {
        let text = |name: &str| form.text(name).to_owned();
        Fields { date: text("date"), time: text("time"), place: text("place") }
    }

    /// A day after `from` that goes with what the group agreed on.
    pub fn suggested(group: &Frame, from: i64) -> Fields {
        let shape = &group.papers().shape;
        let today = clock::on_the_wall(from, &shape.zone).date();
        let days = match (shape.rhythm, shape.weekday()) {
            (Rhythm::Fortnightly, Some(_)) => 14,
            (Rhythm::Monthly, Some(_)) => 28,
            (_, Some(_)) => 7,
            (_, None) => 0,
        };
        let on = |day: jiff::civil::Weekday| {
            let ahead = (i64::from(day.to_monday_zero_offset())
                - i64::from(today.weekday().to_monday_zero_offset()))
            .rem_euclid(7);
            let ahead = if ahead == 0 { days } else { ahead + (days - 7).max(0) };
            today.saturating_add(ahead.days())
        };
        let time = shape.time.map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
        Fields {
            date: shape.weekday().map(|day| on(day).to_string()).unwrap_or_default(),
            time: time.unwrap_or_default(),
            place: shape.place.clone(),
        }
    }

    fn kept(group: &Frame, meeting: &model::Meeting) -> Fields {
        let wall = clock::on_the_wall(meeting.starts_at, &group.papers().shape.zone);
        Fields {
            date: wall.date().to_string(),
            time: format!("{:02}:{:02}", wall.hour(), wall.minute()),
            place: meeting.words.place.clone(),
        }
    }

    /// A day, a time and a place, if they are good.
    ///
    /// # Errors
    /// Fields to mend.
    pub fn read(&self, zone: &str, now: i64) -> Result<Plan, Refusal> {
        let mut issues = Vec::new();
        let issue = |field, key| FieldIssue { field, key };
        let date: Option<Date> = self.date.trim().parse().ok();
        let time = time(&self.time);
        if date.is_none() {
            issues.push(issue("date", "meet-date-issue"));
        }
        if time.is_none() {
            issues.push(issue("time", "meet-time-issue"));
        }
        let wall = date.zip(time).map(|(date, time)| DateTime::from_parts(date, time));
        let starts_at = wall.and_then(|wall| clock::instant(wall, zone));
        let range = now - clock::HOUR..now + 2 * 366 * clock::DAY;
        if wall.is_some() && !starts_at.is_some_and(|at| range.contains(&at)) {
            issues.push(issue("date", "meet-date-past"));
        }
        // Clocks that are put forward never show it, and an hour later is not what was typed.
        if starts_at.is_some_and(|at| wall != Some(clock::on_the_wall(at, zone))) {
            issues.push(issue("time", "meet-time-skipped"));
        }
        let place = model::place(&self.place).map_err(|issue| issues.push(issue));
        match (starts_at, place) {
            (Some(starts_at), Ok(place)) if issues.is_empty() => Ok(Plan { starts_at, place }),
            _ => Err(Refusal::Fields(issues)),
        }
    }
}

fn time(typed: &str) -> Option<Time> {
    let (hour, minute) = typed.trim().split_once([':', '.'])?;
    Time::new(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0, 0).ok()
}

#[derive(Template)]
#[template(path = "meetings/pages/plan.html")]
struct PlanPage {
    page: Page,
    group: Frame,
    fields: Fields,
    /// The meeting that is changed; none for a new one.
    there: Option<MeetingId>,
    /// Whether it is to be the group's last one; none where that is not asked.
    last: Option<bool>,
}

impl PlanPage {
    fn action(&self) -> String {
        match self.there {
            None => format!("/g/{}/meetings/new", self.group.id),
            Some(there) => format!("/g/{}/meetings/{there}/change", self.group.id),
        }
    }

    fn zone(&self) -> &str {
        &self.group.papers().shape.zone
    }
}

pub async fn new(State(app): State<App>, member: Member, page: Page) -> Answer {
    let now = app.now();
    let group = app.db.read(move |tx| frame(tx, &member)).await?;
    let (mut fields, last) = (Fields::suggested(&group, now), page.asked("last"));
    if let (true, End::Ends(day)) = (last, group.papers().shape.end) {
        fields.date = day.to_string();
    }
    show(&PlanPage { page, group, fields, there: None, last: Some(last) })
}

pub async fn set(State(app): State<App>, member: Member, page: Page, form: Form) -> Answer {
    let (reader, once) = (member.clone(), form.once);
    let group = app.db.read(move |tx| frame(tx, &reader)).await?;
    let (address, fields) = (group.home(), Fields::typed(&form));
    let plan = match fields.read(&group.papers().shape.zone, app.now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            let last = Some(form.has("last"));
            return again(page, PlanPageParts { group, fields, there: None, last }, refusal);
        }
    };
    let last = form.has("last").then(|| last_order(&page));
    let set = move |tx: &mut Tx<'_>, member: &Member| {
        actions::set(tx, member, (&plan, last.as_deref()), once)
    };
    let done = write(&app, member, set).await;
    let to = match once_is_enough(done.map(Some), || Ok(None))? {
        Some(id) => format!("{address}/meetings/{id}?done=meet-set"),
        None => format!("{address}/meet"),
    };
    go(to)
}

struct PlanPageParts {
    group: Frame,
    fields: Fields,
    there: Option<MeetingId>,
    last: Option<bool>,
}

fn again(page: Page, parts: PlanPageParts, refusal: Refusal) -> Answer {
    let Refusal::Fields(issues) = refusal else { return Err(Stop::Refused(refusal)) };
    let PlanPageParts { group, fields, there, last } = parts;
    let page = page.with_issues(issues);
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &PlanPage { page, group, fields, there, last })
}

pub async fn change_form(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
) -> Answer {
    let there = id(&word)?;
    let (group, meeting) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &member)?, kept::get(tx, &member, there)?)))
        .await?;
    if meeting.stage != Stage::Planned {
        return go(format!("{}/meetings/{there}", group.home()));
    }
    let fields = Fields::kept(&group, &meeting);
    show(&PlanPage { page, group, fields, there: Some(there), last: is_last(&meeting) })
}

pub async fn change(
    State(app): State<App>,
    member: Member,
    page: Page,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let there = id(&word)?;
    let reader = member.clone();
    let (group, meeting) = app
        .db
        .read(move |tx| Outcome::Ok((frame(tx, &reader)?, kept::get(tx, &reader, there)?)))
        .await?;
    let last = form.has("last");
    let (address, fields) = (group.home(), Fields::typed(&form));
    let plan = match fields.read(&group.papers().shape.zone, app.now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            let parts = PlanPageParts {
                group,
                fields,
                there: Some(there),
                last: is_last(&meeting).map(|_| last),
            };
            return again(page, parts, refusal);
        }
    };
    write(&app, member, move |tx, member| actions::change(tx, member, there, (&plan, last)))
        .await?;
    go(format!("{address}/meetings/{there}?done=meet-changed"))
}

/// Only the last one can be made one like others: its running order is its own.
fn is_last(meeting: &model::Meeting) -> Option<bool> {
    meeting.words.last.then_some(true)
}

/// A meeting that will not be.
pub async fn remove(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    write(&app, member, move |tx, member| actions::remove(tx, member, there)).await?;
    go(format!("/g/{group}/meet?done=meet-removed"))
}

/// Says whether somebody comes.
pub async fn coming(
    State(app): State<App>,
    member: Member,
    Path((_, word)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let (there, group) = (id(&word)?, member.group());
    let comes = form.text("coming") == "yes";
    write(&app, member, move |tx, member| actions::say_coming(tx, member, there, comes)).await?;
    let path = format!("/g/{group}/meetings/{there}");
    go(if comes {
        format!("{path}?done=meet-comes")
    } else {
        format!("{path}?done=meet-not-coming")
    })
}
