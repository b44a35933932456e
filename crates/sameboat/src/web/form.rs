//! What a form brought. Every form of ours carries a one-time key in the field `once`.

use axum::body::Body;
use axum::extract::FromRequest;
use axum::http::Request;
use http_body_util::BodyExt;

use crate::app::App;
use crate::error::{Fault, Outcome, Refusal, Stop};
use crate::web::once::Once;
use crate::web::unsent::Held;
use crate::web::visit::Visit;

/// The fields of a form, and its one-time key, verified but not used up.
pub struct Form {
    fields: Vec<(String, String)>,
    /// The form's one-time key.
    pub once: Once,
}

impl Form {
    /// The text of a field, as it was sent; empty if it is not there.
    pub fn text(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Every text sent under this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field was sent at all: a ticked box, a pressed button.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(key, _)| key == name)
    }
}

impl FromRequest<App> for Form {
    type Rejection = Stop;

    async fn from_request(request: Request<Body>, app: &App) -> Result<Form, Stop> {
        let visit = request.extensions().get::<Visit>().cloned();
        let visit = visit.ok_or_else(|| Fault::because("a form outside the stack"))?;
        let fields = fields(request).await?;
        let once = verify(app, &visit, &fields).ok_or(Refusal::Stale)?;
        Ok(Form { fields, once })
    }
}

/// The one-time key among these fields, if it was made for this visit.
fn verify(app: &App, visit: &Visit, fields: &[(String, String)]) -> Option<Once> {
    let once = fields.iter().find(|(key, _)| key == "once").map(|(_, value)| value.as_str());
    Once::verify(&app.keys, visit.binding, once.unwrap_or_default())
}

/// Whether a page of ours sent this. The layer for cross-site requests has let through only what
/// `Sec-Fetch-Site` calls ours; of a browser that does not send it, the one-time key tells of the form
/// that is held and not read yet.
pub fn is_surely_ours(app: &App, request: &Request<Body>) -> bool {
    let (visit, held) = (request.extensions().get::<Visit>(), request.extensions().get::<Held>());
    let verified = || verify(app, visit?, &parse(held?.bytes()));
    request.headers().contains_key("sec-fetch-site") || verified().is_some()
}

async fn fields(request: Request<Body>) -> Outcome<Vec<(String, String)>> {
    let body = request.into_body().collect().await.map_err(|_| Refusal::TooLarge)?.to_bytes();
    Ok(parse(&body))
}

/// Fields of `application/x-www-form-urlencoded` (WHATWG URL, 5.1). Line ends become `\n`.
pub fn parse(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body)
        .map(|(key, value)| (key.into_owned(), value.replace("\r\n", "\n")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let fields = parse(b"a=1+2&b=%C3%A9%0D%0A&a=3");
        assert_eq!(fields[0], ("a".to_owned(), "1 2".to_owned()));
        assert_eq!(fields[1], ("b".to_owned(), "é\n".to_owned()));
        assert_eq!(fields.len(), 3);
    }
}
