use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Outcome, Refusal, Stop};
use crate::ids::SignInId;
use crate::people::actions;
use crate::people::events::{self, Line};
use crate::people::model::Device;
use crate::people::pages::passphrase::prove;
use crate::people::store;
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, cookies, go, show, show_with};

/// All that is kept about a person, as they read it (P25).
#[derive(Template)]
#[template(path = "people/pages/me.html")]
struct Everything {
    page: Page,
    name: String,
    joined: String,
    sheet: bool,
    sign_ins: Vec<SignIn>,
    lines: Vec<(String, &'static str)>,
}

impl Everything {
    fn kept_days(&self) -> i64 {
        events::KEPT_DAYS
    }
}

struct SignIn {
    id: SignInId,
    here: bool,
    own: bool,
    begun: String,
    until: String,
}

struct Found {
    name: String,
    joined_day: i64,
    sheet: bool,
    sign_ins: Vec<(SignInId, Device, i64, i64)>,
    lines: Vec<Line>,
}

pub async fn everything(State(app): State<App>, person: Person, page: Page) -> Answer {
    let here = person.sign_in();
    let found = app.db.read(move |tx| find(tx, &person)).await?;
    let sign_ins = found.sign_ins.into_iter().map(|(id, device, begun, until)| SignIn {
        id,
        here: id == here,
        own: device == Device::Own,
        begun: page.moment(begun),
        until: page.moment(until),
    });
    let sign_ins = sign_ins.collect();
    let lines = found.lines.iter().map(|line| (page.day(line.day), line.event.key())).collect();
    let joined = page.day(found.joined_day);
    show(&Everything { page, name: found.name, joined, sheet: found.sheet, sign_ins, lines })
}

fn find(tx: &mut storekit::Tx<'_>, person: &Person) -> Outcome<Found> {
    let sign_ins = store::list_sign_ins(tx, person)?;
    let sign_ins = sign_ins
        .into_iter()
        .map(|row| Ok((row.id, row.device, actions::begun(person, &row)?, row.limit_at)))
        .collect::<Outcome<Vec<_>>>()?;
    Ok(Found {
        name: actions::about(tx, person.id(), person.key())?.name,
        joined_day: store::get_person(tx, person.id())?.joined_day,
        sheet: store::has_recovery(tx, person)?,
        sign_ins,
        lines: events::list(tx, person)?,
    })
}

pub async fn end_sign_in(State(app): State<App>, person: Person, form: Form) -> Answer {
    let id: SignInId = form.text("sign-in").parse().map_err(|_| Refusal::NotFound)?;
    let here = person.sign_in() == id;
    app.db.write(move |tx| actions::end_sign_in(tx, &person, id)).await?;
    go(if here { "/?done=signed-out" } else { "/me?done=ended" })
}

#[derive(Template)]
#[template(path = "people/pages/leave.html")]
struct LeavePage {
    page: Page,
}

pub async fn leave_form(page: Page) -> Answer {
    show(&LeavePage { page })
}

pub async fn leave(
    State(app): State<App>,
    client: Client,
    person: Person,
    page: Page,
    form: Form,
) -> Answer {
    if !form.has("sure") {
        return again(page, FieldIssue { field: "sure", key: "leave-me-sure-issue" });
    }
    match prove(&app, client, &person, form.text("old")).await {
        Ok(_) => {}
        Err(Stop::Refused(Refusal::Fields(issues))) => {
            let issue = issues.into_iter().next();
            return again(page, issue.expect("a refusal of fields names one"));
        }
        Err(stop) => return Err(stop),
    }
    app.db.write(move |tx| actions::leave(tx, &person)).await?;
    let mut response = go("/?done=gone")?;
    let headers = response.headers_mut();
    for name in [cookies::SIGN_IN, cookies::IDLE] {
        headers.append(header::SET_COOKIE, cookies::clear(name));
    }
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

fn again(page: Page, issue: FieldIssue) -> Answer {
    let page = LeavePage { page: page.with_issues(vec![issue]) };
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
