//! Words that could not be taken: the sign-in was over, what they are about is gone, something
//! broke. They go back to whoever
//! typed them, on the page that says so; nothing here keeps, logs or stores them.

use std::error::Error;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError};

use crate::app::App;
use crate::error::{Refusal, Stop};
use crate::web::stack::ANSWER;
use crate::web::{cross_site, form};

/// Fields that are never shown again. A template's field of a kind that hides what is typed has
/// one of these names; a test reads the templates.
const SECRET: [&str; 5] = ["once", "passphrase", "own-passphrase", "old", "code"];

/// Fields in which people type, perhaps one word alone.
const TYPED: [&str; 13] = [
    "words",
    "name",
    "reach",
    "hard",
    "must-not-meet",
    "inside",
    "outside",
    "what-for",
    "not-for",
    "place",
    "harvest",
    "title",
    "label",
];

/// What a form brought, at hand until it is answered.
#[derive(Clone, Default)]
pub struct Held(Bytes);

impl Held {
    /// As it was sent.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Keeps at hand what a form brought, for the page that must say that it was not taken. What another
/// site may have sent is passed on and not kept: our page would show that site's words.
pub async fn hold(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    // A layer around this one bounds the body.
    let body = match tokio::time::timeout(ANSWER, body.collect()).await {
        Ok(Ok(body)) => body,
        Ok(Err(error)) if is_too_large(&error) => {
            return Stop::from(Refusal::TooLarge).into_response();
        }
        // Another layer there counts how long a sender is silent; one who dribbles is given up here.
        Ok(Err(_)) | Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let body = body.to_bytes();
    if !cross_site::is_ours(&app, &parts.headers, &body) {
        return next.run(Request::from_parts(parts, Body::from(body))).await;
    }
    let held = Held(body.clone());
    parts.extensions.insert(held.clone());
    let mut response = next.run(Request::from_parts(parts, Body::from(body))).await;
    response.extensions_mut().insert(held);
    response
}

fn is_too_large(error: &axum::Error) -> bool {
    let first: Option<&dyn Error> = error.source();
    std::iter::successors(first, |&cause| cause.source())
        .any(|cause| cause.is::<LengthLimitError>())
}

/// What somebody had typed into a form that could not be taken.
#[derive(Default)]
pub struct Unsent {
    /// All fields in their order, without those that are never shown again.
    pub fields: Vec<Field>,
    /// Nothing but its key is missing, so the form can be sent again as it was.
    whole: bool,
    once: String,
}

/// A field of a form.
pub struct Field {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Whether these are words that somebody typed.
    pub is_words: bool,
}

impl Unsent {
    /// The fields of a form that was held.
    pub fn of(held: &Held) -> Unsent {
        let all = form::parse(&held.0);
        let secret = |name: &str| SECRET.contains(&name);
        let whole = all.iter().all(|(name, _)| name == "once" || !secret(name));
        let once = all.iter().find(|(name, _)| name == "once");
        let once = once.map(|(_, key)| key.clone()).unwrap_or_default();
        let shown = all.into_iter().filter(|(name, _)| !secret(name));
        let fields = shown.map(|(name, text)| Field {
            is_words: is_words(&text) || whole && is_typed(&name, &text),
            name,
            text,
        });
        Unsent { fields: fields.collect(), whole, once }
    }

    /// The words among the fields.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(|field| field.is_words).map(|field| field.text.as_str())
    }

    /// The key with which the same form can be sent again. It makes one thing, however often.
    pub fn again(&self) -> Option<&str> {
        Some(&*self.once).filter(|once| self.whole && !once.is_empty())
    }
}

/// A blank or a letter beyond ASCII tells words from ids, tokens and the values of buttons.
fn is_words(text: &str) -> bool {
    text.trim().contains(|c: char| c.is_whitespace() || !c.is_ascii())
}

/// One word alone is told by its field; not beside a secret, where `name` is that of a sign-in.
fn is_typed(name: &str, text: &str) -> bool {
    !text.trim().is_empty() && (TYPED.contains(&name) || name.starts_with("why-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(fields: &[(&str, &str)]) -> Unsent {
        let mut body = form_urlencoded::Serializer::new(String::new());
        Unsent::of(&Held(body.extend_pairs(fields).finish().into()))
    }

    #[test]
    fn words_come_back_and_nothing_else() {
        let fields = held(&[
            ("once", "AAECAwQFBgcICQ"),
            ("passphrase", "mellow tin heron cloud seven"),
            ("old", "mellow tin heron"),
            ("page", "5c0e6f3e-0000-4000-8000-000000000000"),
            ("audience", "group"),
            ("words", "First line\nsecond line"),
            ("title", "一行"),
            ("name", "heron-4821"),
            ("empty", "  \n "),
        ]);
        assert_eq!(fields.words().collect::<Vec<_>>(), ["First line\nsecond line", "一行"]);
        let fields = held(&[("name", "Ida"), ("why-one-voice", "No"), ("harvest", "  \n ")]);
        assert_eq!(fields.words().collect::<Vec<_>>(), ["Ida", "No"]);
    }

    #[test]
    fn what_bears_no_secret_can_be_sent_again_as_it_was() {
        let form = held(&[("once", "AAEC"), ("part", "b"), ("words", "two words"), ("part", "a")]);
        let again: Vec<_> = form.fields.iter().map(|field| (&*field.name, &*field.text)).collect();
        assert_eq!(again, [("part", "b"), ("words", "two words"), ("part", "a")]);
        assert_eq!(form.again(), Some("AAEC"));
        assert_eq!(held(&[("once", "AAEC"), ("code", "12"), ("words", "two words")]).again(), None);
        assert_eq!(held(&[("words", "two words")]).again(), None);
    }

    #[test]
    fn no_field_that_hides_what_is_typed_is_ever_shown() {
        let mut seen = 0;
        for file in templates(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
            let text = std::fs::read_to_string(&file).unwrap();
            for line in text.lines().filter(|line| line.contains("-password\"")) {
                let named = |name: &&str| {
                    let (call, field) = (format!("page, \"{name}\""), format!("name=\"{name}\""));
                    line.contains(&call) || line.contains(&field)
                };
                assert!(SECRET.iter().any(named), "{}: {line}", file.display());
                seen += 1;
            }
        }
        assert!(seen > 3, "the templates were found");
    }

    fn templates(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        let html = files.into_iter().filter(|path| path.extension().is_some_and(|e| e == "html"));
        html.chain(folders.iter().flat_map(|folder| templates(folder))).collect()
    }
}
