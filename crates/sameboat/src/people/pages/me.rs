use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};

use crate::access::Person;
use crate::app::App;
use crate::error::{FieldIssue, Refusal, Stop};
use crate::ids::SignInId;
use crate::people::actions;
use crate::people::pages::passphrase::prove;
use crate::web::limits::Client;
use crate::web::{Answer, Form, Page, cookies, go, show, show_with};

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
    headers
        .insert("clear-site-data", HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""));
    Ok(response)
}

fn again(page: Page, issue: FieldIssue) -> Answer {
    let page = LeavePage { page: page.with_issues(vec![issue]) };
    show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
