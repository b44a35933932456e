//! Words that came too late: the sign-in was over when they arrived. They go back to whoever
//! typed them, on the page that says so; nothing here keeps, logs or stores them.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::error::{Refusal, Stop};
use crate::web::form;

/// Fields that are never shown again. A template's field of a kind that hides what is typed has
/// one of these names; a test reads the templates.
const SECRET: [&str; 4] = ["once", "passphrase", "old", "code"];

/// What somebody had typed into a form that could not be taken.
#[derive(Clone, Default)]
pub struct Unsent(pub Vec<String>);

impl Unsent {
    /// The words among the fields of a form.
    pub fn among(fields: &[(String, String)]) -> Unsent {
        let words = fields.iter().filter(|(name, text)| is_words(name, text));
        Unsent(words.map(|(_, text)| text.clone()).collect())
    }
}

/// Refuses a request, and where its sender was signed out gives back the words it carried.
pub async fn refuse(stop: Stop, request: Request<Body>) -> Response {
    let writes = !request.method().is_safe();
    let signed_out = matches!(stop, Stop::Refused(Refusal::SignedOut));
    let mut response = stop.into_response();
    if !(writes && signed_out) {
        return response;
    }
    // The layer for all routes has already bounded the body.
    if let Ok(body) = request.into_body().collect().await {
        let fields = form::parse(&body.to_bytes());
        response.extensions_mut().insert(Unsent::among(&fields));
    }
    response
}

/// A blank or a letter beyond ASCII tells words from ids, tokens and the values of buttons.
fn is_words(name: &str, text: &str) -> bool {
    let text = text.trim();
    !SECRET.contains(&name) && text.contains(|c: char| c.is_whitespace() || !c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(fields: &[(&str, &str)]) -> Vec<String> {
        let owned: Vec<_> = fields.iter().map(|(n, t)| ((*n).into(), (*t).into())).collect();
        Unsent::among(&owned).0
    }

    #[test]
    fn words_come_back_and_nothing_else() {
        let fields = [
            ("once", "AAECAwQFBgcICQ"),
            ("passphrase", "mellow tin heron cloud seven"),
            ("old", "mellow tin heron"),
            ("page", "5c0e6f3e-0000-4000-8000-000000000000"),
            ("audience", "group"),
            ("words", "First line\nsecond line"),
            ("title", "一行"),
            ("empty", "  \n "),
        ];
        assert_eq!(kept(&fields), ["First line\nsecond line", "一行"]);
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
