//! When a sign-in ends, said before it does (P5): on the page, and to a page that asks again.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

use crate::access::{Access, Person};
use crate::app::App;
use crate::clock::SECOND;
use crate::people::Device;
use crate::web::live::ByItself;
use crate::web::{Answer, Form, Route, get, go, own_path, post};

/// How long a sign-in still holds, as a page was drawn.
pub struct Ending {
    /// Whether only they use this device.
    pub own: bool,
    /// When it ends in any case (microseconds UTC).
    pub limit_at: i64,
    /// Whether that is soon.
    pub soon: bool,
    /// Seconds until then.
    pub limit: i64,
    /// So many seconds before it is said.
    pub limit_warning: i64,
    /// Seconds until it ends if nothing is done.
    pub idle: i64,
    /// So many seconds before it is said.
    pub idle_warning: i64,
}

impl Ending {
    /// Of a page that is drawn now: drawing it was a use.
    pub fn of(person: &Person, now: i64) -> Ending {
        let (device, left) = (person.device(), person.limit_at() - now);
        Ending {
            own: device == Device::Own,
            limit_at: person.limit_at(),
            soon: left <= device.limit_warning(),
            limit: left / SECOND,
            limit_warning: device.limit_warning() / SECOND,
            idle: device.idle().min(left) / SECOND,
            idle_warning: device.idle_warning() / SECOND,
        }
    }
}

/// The addresses of what a page says before its sign-in ends.
pub fn routes() -> Vec<Route> {
    vec![
        get("/sign-in/left", Access::SignedIn, left),
        post("/sign-in/stay", Access::SignedIn, stay),
    ]
}

/// How long the sign-in still holds: another tab may have used it since. Asking is no use of it.
async fn left(State(app): State<App>, person: Person) -> Answer {
    let seconds = |at: i64| (at - app.now()) / SECOND;
    let (idle, limit) = (seconds(person.until()), seconds(person.limit_at()));
    let body = format!("{{\"idle\":{idle},\"limit\":{limit}}}");
    let kind = HeaderValue::from_static("application/json");
    let mut response = ([(header::CONTENT_TYPE, kind)], body).into_response();
    response.extensions_mut().insert(ByItself);
    Ok(response)
}

/// Somebody wants to stay signed in. That they say so is a use, and a use is all it takes.
async fn stay(form: Form) -> Answer {
    go(format!("{}?done=stayed", own_path(form.text("to"))))
}
