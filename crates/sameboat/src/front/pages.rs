use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::config::{Joining, Starting};
use crate::error::Refusal;
use crate::instance_key;
use crate::web::{Answer, Form, Page, cookies, go, show};
use crate::words::Lang;

/// Seconds that a chosen language is remembered.
const A_YEAR: i64 = 365 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "front/front.html")]
struct Front {
    page: Page,
    /// Whether only a link of the host begins a group here.
    with_link: bool,
    /// Whether only a link makes a sign-in here.
    joining_with_link: bool,
}

pub async fn front(State(app): State<App>, page: Page) -> Answer {
    let with_link = app.settings.starting == Starting::WithLink;
    let joining_with_link = app.settings.joining == Joining::WithLink;
    show(&Front { page, with_link, joining_with_link })
}

#[derive(Template)]
#[template(path = "front/host.html")]
struct Host {
    page: Page,
    country: String,
    /// The key of the sentence on who can join.
    joining: &'static str,
}

pub async fn host(State(app): State<App>, page: Page) -> Answer {
    let code = page.host().map(|host| host.country.trim().to_owned()).unwrap_or_default();
    let key = format!("country-{}", code.to_uppercase());
    let country = if page.has(&key) { page.t(&key) } else { code };
    let joining = match app.settings.joining {
        Joining::Anyone => "host-joining-anyone",
        Joining::WithLink => "host-joining-with-link",
    };
    show(&Host { page, country, joining })
}

pub async fn language(form: Form) -> Answer {
    let lang = Lang::from_tag(form.text("lang")).ok_or(Refusal::NotFound)?;
    let cookie = cookies::set(cookies::LANG, lang.tag(), Some(A_YEAR));
    let mut response = go(crate::web::own_path(form.text("to")))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// The process runs.
pub async fn health() -> &'static str {
    "ok"
}

/// How long whoever asks whether this is ready is kept waiting.
const READY: Duration = Duration::from_secs(2);

/// The process runs, is not about to end, its database takes writes, and the instance key was not
/// changed meanwhile. Answers soon, whatever the database does.
pub async fn ready(State(app): State<App>) -> Answer {
    if app.live.is_stopping() {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response());
    }
    let here = app.clone();
    let asking = async {
        app.db.could_write().await?;
        app.db.read(move |tx| instance_key::is_now(tx, &here.keys)).await
    };
    match tokio::time::timeout(READY, asking).await {
        Ok(Ok(true)) => Ok("ready".into_response()),
        Ok(Ok(false)) => Ok((StatusCode::SERVICE_UNAVAILABLE, "another key").into_response()),
        Ok(Err(_)) | Err(_) => {
            Ok((StatusCode::SERVICE_UNAVAILABLE, "no writes just now").into_response())
        }
    }
}
