//! What is alike for all pages: headers, limits, sign-in cookie, language, forms, errors.
//!
//! Knows no room. Order for every request: request id → security headers → body limit → rate
//! limit → cross-site check → sign-in → language → the route's audience.

pub mod assets;
pub mod cookies;
pub mod cross_site;
pub mod ending;
pub mod form;
pub mod headers;
pub mod joins;
pub mod known;
pub mod limits;
pub mod live;
pub mod once;
pub mod page;
pub mod queue;
pub mod route;
pub mod server;
pub mod stack;
pub mod tries;
pub mod trouble;
pub mod unsent;
pub mod visit;

pub use form::Form;
pub use once::Once;
pub use page::Page;
pub use route::{Route, get, post};

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::error::{Outcome, Stop};

/// What a handler gives back: a page, or what stopped it.
pub type Answer = Result<Response, Stop>;

/// A whole page.
pub fn show(template: &impl Template) -> Answer {
    show_with(StatusCode::OK, template)
}

/// A page with another status, say a form that has fields to mend.
pub fn show_with(status: StatusCode, template: &impl Template) -> Answer {
    let body = template.render()?;
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, html)], body).into_response())
}

/// On to another page after something was done (303).
pub fn go(path: impl AsRef<str>) -> Answer {
    Ok(Redirect::to(path.as_ref()).into_response())
}

/// A path of our own, from a field or an address; anything else becomes the front page. Links are
/// followed by hand alone: what they open replaces what was open before.
pub fn own_path(path: &str) -> &str {
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
    let link = path.starts_with("/j/") || path.starts_with("/start-link/");
    if plain && path.starts_with('/') && !path.starts_with("//") && !link { path } else { "/" }
}

/// Treats a form that came twice like the first time: nothing was doubled, so on to the same page.
pub fn once_is_enough<T>(outcome: Outcome<T>, then: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    match outcome {
        Err(Stop::Refused(crate::error::Refusal::Repeated)) => then(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_our_own_pages_follow_a_form_and_no_link_does() {
        assert_eq!(own_path("/joining/answers"), "/joining/answers");
        for path in ["//evil.example", "https://evil.example", "/a?b", "/j/abc", "/start-link/abc"]
        {
            assert_eq!(own_path(path), "/", "{path}");
        }
    }
}
