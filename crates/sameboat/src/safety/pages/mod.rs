mod help;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};

use crate::app::App;
use crate::people;
use crate::web::{Answer, Page, cookies, own_path, show};

pub use help::{help_now, someone};

#[derive(Template)]
#[template(path = "safety/pages/leave.html")]
struct Leave {
    page: Page,
}

/// Ends the sign-in and moves on to a page about the weather. No one-time key is asked for:
/// whoever needs to leave must get away, from a page of whatever age.
pub async fn leave(State(app): State<App>, headers: HeaderMap, page: Page) -> Answer {
    if let Some(person) = page.person() {
        let sign_in = person.sign_in();
        // Even if the sign-in can't be ended now, its owner gets away; it ends at its limit.
        if let Err(stop) = app.db.write(move |tx| people::sign_out(tx, sign_in)).await {
            tracing::error!(?stop, "a sign-in was left without being ended");
        }
    }
    let mut response = show(&Leave { page })?;
    let out = response.headers_mut();
    for name in [cookies::SIGN_IN, cookies::IDLE, cookies::VISIT, cookies::INVITED] {
        if cookies::value(&headers, name).is_some() {
            out.append(header::SET_COOKIE, cookies::clear(name));
        }
    }
    out.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"cookies\", \"storage\""));
    Ok(response)
}

#[derive(Template)]
#[template(path = "safety/pages/this_device.html")]
struct ThisDevice {
    page: Page,
}

pub async fn this_device(page: Page) -> Answer {
    show(&ThisDevice { page })
}

#[derive(Template)]
#[template(path = "safety/pages/begin.html")]
struct Begin {
    page: Page,
    to: String,
}

/// The page between the front page, or a link, and the first sensitive one: honest about what
/// leaving fast does and does not do (practice 5.6).
pub async fn begin(page: Page) -> Answer {
    let to = own_path(&page.query("to")).to_owned();
    show(&Begin { page, to })
}
