mod help;

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use crate::app::App;
use crate::people;
use crate::web::{Answer, Page, cookies, own_path, show};

pub use help::{help_now, someone};

/// Whoever must get away waits no longer than this.
const SOON: Duration = Duration::from_secs(2);

#[derive(Template)]
#[template(path = "safety/pages/leave.html")]
struct Leave {
    page: Page,
}

/// Ends the sign-in and moves on to a page about the weather. No one-time key is asked for:
/// whoever needs to leave must get away, from a page of whatever age.
pub async fn leave(State(app): State<App>, page: Page) -> Answer {
    if let Some(person) = page.person() {
        let sign_in = person.sign_in();
        // Even if the sign-in can't be ended now, its owner gets away; it ends at its limit. A write
        // that takes longer goes on without them.
        let ending = app.db.write(move |tx| people::sign_out(tx, sign_in));
        match tokio::time::timeout(SOON, ending).await {
            Ok(Ok(())) => {}
            Ok(Err(stop)) => tracing::error!(?stop, "a sign-in was left without being ended"),
            Err(_) => tracing::error!("a sign-in was left while the database said nothing"),
        }
    }
    let mut response = show(&Leave { page })?;
    cookies::forget(response.headers_mut());
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
    /// Whether whoever looks may make a sign-in.
    may: bool,
    to: String,
}

/// The page between the front page, or a link, and the first sensitive one: honest about what
/// leaving fast does and does not do (practice 5.6).
pub async fn begin(State(app): State<App>, headers: HeaderMap, page: Page) -> Answer {
    let to = own_path(&page.query("to")).to_owned();
    let may = page.signed_in() || people::may_join(&app, &headers).await?;
    show(&Begin { page, may, to })
}
