//! Pages about what stopped a request: calm, with what to do next.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::{FaultKind, Refusal, Stop, Trouble};
use crate::web::page::Page;
use crate::web::unsent::{Held, Unsent};
use crate::web::visit::Visit;
use crate::web::{go, own_path, show_with};

#[derive(Template)]
#[template(path = "web/trouble.html")]
struct TroublePage<'a> {
    page: Page,
    title: &'a str,
    text: &'a str,
    request: Option<&'a str>,
    sign_in: bool,
    /// Where somebody who was refused can see how it stands.
    above: Option<String>,
    /// What was on its way; it is shown, and kept nowhere.
    unsent: Unsent,
    /// Where it can be sent again, after a fault.
    again: Option<String>,
}

/// The number of a request, which a page about a fault shows and the log holds.
#[derive(Clone)]
pub struct RequestId(pub String);

/// Puts a page around a bare status, in the language of the visit.
pub async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let visit = visit.unwrap_or_else(|| Visit::unknown(&app, request.uri().path()));
    let number = request.extensions().get::<RequestId>().cloned();
    let reading = request.method().is_safe();
    let held = request.extensions().get::<Held>().cloned();
    let mut response = next.run(request).await;
    let Some(trouble) = trouble_of(&mut response) else { return response };
    // Who only looked is shown the way in; who wrote something is told so in words.
    if matches!(trouble, Trouble::Refused(Refusal::SignedOut)) && reading {
        return go(format!("/sign-in?to={}", visit.path)).into_response();
    }
    let (title, text) = match trouble {
        Trouble::Refused(Refusal::Stale) if may_be_the_sheet_again(&visit) => {
            ("trouble-sheet-title", "trouble-sheet")
        }
        _ => words_for(&trouble),
    };
    let failed = matches!(trouble, Trouble::Failed(_));
    // What is too much just now is sent again as it was, a little later.
    let later = failed || matches!(trouble, Trouble::Refused(Refusal::Busy(_)));
    let signed_out = matches!(trouble, Trouble::Refused(Refusal::SignedOut));
    // Where a layer further in has answered, it stands beside its answer.
    let held = held.or(response.extensions_mut().remove::<Held>());
    // What was taken already is not given back.
    let held = held.filter(|_| !matches!(trouble, Trouble::Refused(Refusal::Repeated)));
    let unsent = held.as_ref().map(Unsent::of).unwrap_or_default();
    let refused = matches!(
        trouble,
        Trouble::Refused(Refusal::NotAllowed(_) | Refusal::Conflict(_) | Refusal::Repeated)
    );
    let page = TroublePage {
        sign_in: signed_out,
        above: Some(visit.above.clone()).filter(|above| refused && above != "/"),
        again: unsent.again().filter(|_| later).map(|_| own_path(&visit.path).to_owned()),
        page: Page::new(app, visit),
        title,
        text,
        unsent,
        request: number.as_ref().map(|id| id.0.as_str()).filter(|_| failed),
    };
    match show_with(response.status(), &page) {
        Ok(mut page) => {
            let mut said = std::mem::take(response.headers_mut());
            said.remove(header::CONTENT_TYPE);
            said.remove(header::CONTENT_LENGTH);
            page.headers_mut().extend(said);
            page.extensions_mut().extend(std::mem::take(response.extensions_mut()));
            page
        }
        Err(Stop::Refused(_) | Stop::Failed(_)) => response,
    }
}

/// Whether this may be the page that shows a new passphrase, loaded once more: it was an answer to a
/// form of before the sign-in. An old form of the same page looks alike.
fn may_be_the_sheet_again(visit: &Visit) -> bool {
    visit.person.is_some() && matches!(&*visit.path, "/join" | "/sign-in/recovery" | "/me/renew")
}

fn trouble_of(response: &mut Response) -> Option<Trouble> {
    if let Some(trouble) = response.extensions_mut().remove::<Trouble>() {
        return Some(trouble);
    }
    // A page that says it in its own words stays as it is.
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return None;
    }
    // What the router and the outer layers say without a word of their own.
    match response.status().as_u16() {
        404 | 405 => Some(Trouble::Refused(Refusal::NotFound)),
        400 | 413 | 414 | 431 => Some(Trouble::Refused(Refusal::TooLarge)),
        408 | 500 | 503 => Some(Trouble::Failed(FaultKind::Unforeseen)),
        _ => None,
    }
}

fn words_for(trouble: &Trouble) -> (&'static str, &'static str) {
    match trouble {
        Trouble::Refused(refusal) => match refusal {
            Refusal::NotFound => ("trouble-not-found-title", "trouble-not-found"),
            Refusal::NotAllowed(why) => ("trouble-not-allowed-title", why),
            Refusal::Fields(_) => ("trouble-fields-title", "trouble-fields"),
            Refusal::Conflict(why) => ("trouble-conflict-title", why),
            Refusal::Busy(why) => ("trouble-busy-title", why),
            Refusal::Repeated => ("trouble-repeated-title", "trouble-repeated"),
            Refusal::SignedOut => ("trouble-signed-out-title", "trouble-signed-out"),
            Refusal::Stale => ("trouble-stale-title", "trouble-stale"),
            Refusal::TooLarge => ("trouble-too-large-title", "trouble-too-large"),
            Refusal::Full(why) => ("trouble-full-title", why),
        },
        Trouble::Failed(kind) => match kind {
            FaultKind::Unforeseen => ("trouble-fault-title", "trouble-fault"),
            FaultKind::Damaged => ("trouble-damaged-title", "trouble-damaged"),
            FaultKind::CannotKeep => ("trouble-cannot-keep-title", "trouble-cannot-keep"),
            FaultKind::Away => ("trouble-away-title", "trouble-away"),
            FaultKind::Unsure => ("trouble-unsure-title", "trouble-unsure"),
        },
    }
}
