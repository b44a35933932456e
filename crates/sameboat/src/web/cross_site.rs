//! Writes that another site sends are refused (P7), and nothing of them is shown.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use seal::SignInSecret;

use crate::app::App;
use crate::error::{Refusal, Stop};
use crate::web::cookies;
use crate::web::form;
use crate::web::once::{Binding, Once};

/// Refuses unsafe methods that `Sec-Fetch-Site` or `Origin` shows to come from elsewhere.
///
/// Old phones send neither, and under no-referrer even our own forms send `Origin: null`: there
/// the form's one-time key, bound to the sign-in and verified for every form, is what stops them.
pub async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || allowed(request.headers(), &app.settings.origin()) {
        return next.run(request).await;
    }
    Stop::from(Refusal::Stale).into_response()
}

/// Whether a page of ours, in this browser, surely sent this form: only then may its words be shown
/// again, on a page that bears our name. Where the browser does not say so, the form's one-time key
/// does. It counts although its sign-in may have ended since: the cookie alone tells which one.
pub fn is_ours(app: &App, headers: &HeaderMap, body: &[u8]) -> bool {
    let own = app.settings.origin();
    if !allowed(headers, &own) {
        return false;
    }
    let origin = headers.get(header::ORIGIN).map(HeaderValue::as_bytes);
    if headers.contains_key("sec-fetch-site") || origin == Some(own.as_bytes()) {
        return true;
    }
    let fields = form::parse(body);
    let key = fields.iter().find(|(name, _)| name == "once").map(|(_, key)| key.as_str());
    let key = key.unwrap_or_default();
    let sign_in = cookies::bytes::<32>(headers, cookies::SIGN_IN)
        .map(|bytes| Binding::SignIn(SignInSecret::from_bytes(bytes).row_id()));
    let visit = cookies::bytes::<16>(headers, cookies::VISIT).map(Binding::Visit);
    let mut bindings = sign_in.into_iter().chain(visit);
    bindings.any(|binding| Once::verify(&app.keys, binding, key).is_some())
}

fn allowed(headers: &HeaderMap, own: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => origin.as_bytes() == b"null" || origin.as_bytes() == own.as_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(name: &'static str, value: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        allowed(&headers, "https://circle.example")
    }

    #[test]
    fn only_our_own_pages_may_write() {
        assert!(says("sec-fetch-site", "same-origin"));
        assert!(says("sec-fetch-site", "none"));
        assert!(!says("sec-fetch-site", "same-site"));
        assert!(!says("sec-fetch-site", "cross-site"));
        assert!(says("origin", "https://circle.example"));
        assert!(says("origin", "null"));
        assert!(!says("origin", "https://elsewhere.example"));
    }
}
