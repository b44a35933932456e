//! Writes that another site sends are refused (P7).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::{Refusal, Stop};

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
    use axum::http::HeaderValue;

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
