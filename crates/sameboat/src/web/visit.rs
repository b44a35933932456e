//! Who is there, in which language: worked out once a request, for all routes alike.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::{self, Access, Person};
use crate::app::App;
use crate::error::{Fault, Outcome};
use crate::web::cookies;
use crate::web::live::ByItself;
use crate::web::once::Binding;
use crate::web::route::Route;
use crate::words::{Lang, Words};

/// How long a page that is for everybody waits to learn who looks at it: help must not wait for a
/// database that says nothing.
const WHO: Duration = Duration::from_secs(2);

/// What is known of a request before its route is looked at.
#[derive(Clone)]
pub struct Visit {
    /// The words in the language of this person.
    pub words: Words,
    /// Who it is, if somebody is signed in.
    pub person: Option<Person>,
    /// Somebody may be signed in, and the database is away: nobody can say.
    pub who_knows: bool,
    /// What the forms of this page are bound to.
    pub binding: Binding,
    /// The browser asks to save data: no font.
    pub save_data: bool,
    /// The address of the page, without what follows the question mark.
    pub path: String,
    /// The nearest address to it that can be looked at: a form's own address often can't.
    pub back: String,
    /// The nearest address above it that can be looked at: where whoever was refused comes from.
    pub above: String,
    /// What follows the question mark.
    pub query: String,
    /// Whether one of our own pages led here; an old browser does not say, and counts as such.
    pub from_here: bool,
}

impl Visit {
    /// Somebody of whom nothing is known: for pages about trouble that came too early.
    pub fn unknown(app: &App, path: &str) -> Visit {
        Visit {
            words: app.words(Lang::English),
            person: None,
            who_knows: false,
            binding: Binding::Nobody,
            save_data: false,
            path: path.to_owned(),
            back: "/".to_owned(),
            above: "/".to_owned(),
            query: String::new(),
            from_here: false,
        }
    }
}

/// The patterns of all addresses that can be looked at.
#[derive(Clone)]
pub struct Pages {
    all: Arc<BTreeSet<&'static str>>,
    /// Those that anybody may look at.
    open: Arc<BTreeSet<&'static str>>,
}

impl Pages {
    /// Those among these routes.
    pub fn of(routes: &[Route]) -> Pages {
        let looked_at = || routes.iter().filter(|route| route.method == Method::GET);
        let open = looked_at().filter(|route| route.access == Access::Anyone);
        Pages {
            all: Arc::new(looked_at().map(|route| route.path).collect()),
            open: Arc::new(open.map(|route| route.path).collect()),
        }
    }
}

/// Finds the sign-in and the language, and renews the cookie that says when it was last used.
pub async fn attend(
    State((app, pages)): State<(App, Pages)>,
    mut request: Request,
    next: Next,
) -> Response {
    let headers = request.headers();
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let open = request.method().is_safe() && pattern.is_some_and(|path| pages.open.contains(path));
    // Help, and leaving fast, work whatever else fails.
    let in_any_case = open || request.uri().path() == "/leave";
    let (person, who_knows) = match who(&app, headers, in_any_case).await {
        Ok(person) => (person, false),
        Err(_) if in_any_case => (None, true),
        Err(stop) => return stop.into_response(),
    };
    let (binding, new_visit) = binding(&app, headers, person.as_ref());
    let visit = Visit {
        back: back(&pages.all, pattern, request.uri().path()).to_owned(),
        above: above(&pages.all, pattern, request.uri().path()).to_owned(),
        who_knows,
        words: app.words(lang(headers)),
        binding,
        save_data: headers.get("save-data").is_some_and(|v| v.as_bytes() == b"on"),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        from_here: headers.get("sec-fetch-site").is_none_or(|v| v.as_bytes() == b"same-origin"),
        person,
    };
    let idle = visit.person.as_ref().map(|person| access::idle_cookie(&app, person));
    // A page that fetches a piece of itself because something changed, or that loads itself anew
    // every ten seconds: no hand did it (P5).
    let of_itself = headers.contains_key("x-piece") || keeps_fresh(request.uri());
    let by_itself = request.method().is_safe() && of_itself;
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    // A sign-in that the handler began or ended says its own last word on these cookies.
    let spoken = response.headers().contains_key(header::SET_COOKIE);
    let by_itself = by_itself || response.extensions().get::<ByItself>().is_some();
    let idle = idle.filter(|_| !by_itself);
    let html = response.headers().get(header::CONTENT_TYPE);
    let html = html.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let new_visit = new_visit.filter(|_| html);
    for cookie in idle.into_iter().chain(new_visit).filter(|_| !spoken) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Who asks. Where it must go on in any case, nobody waits long for the answer.
async fn who(app: &App, headers: &HeaderMap, soon: bool) -> Outcome<Option<Person>> {
    let finding = access::find_person(app, headers);
    if !soon {
        return finding.await;
    }
    let found = tokio::time::timeout(WHO, finding).await;
    found.unwrap_or_else(|_| Err(Fault::away("who asks was not found in time").into()))
}

/// The address itself where it can be looked at, else the nearest above it.
fn back<'a>(pages: &BTreeSet<&str>, pattern: Option<&str>, path: &'a str) -> &'a str {
    let (mut pattern, mut path) = (pattern.unwrap_or_default(), path);
    while !pages.contains(pattern) {
        let above = pattern.rsplit_once('/').zip(path.rsplit_once('/'));
        let Some(((pattern_above, _), (path_above, _))) = above else { return "/" };
        (pattern, path) = (pattern_above, path_above);
    }
    path
}

fn above<'a>(pages: &BTreeSet<&str>, pattern: Option<&str>, path: &'a str) -> &'a str {
    let pattern = pattern.and_then(|pattern| Some(pattern.rsplit_once('/')?.0));
    let path = path.rsplit_once('/').map(|(path, _)| path);
    pattern.zip(path).map_or("/", |(pattern, path)| back(pages, Some(pattern), path))
}

fn keeps_fresh(address: &Uri) -> bool {
    address.query().unwrap_or_default().split('&').any(|asked| asked == "fresh=1")
}

fn binding(
    app: &App,
    headers: &HeaderMap,
    person: Option<&Person>,
) -> (Binding, Option<HeaderValue>) {
    if let Some(person) = person {
        return (Binding::SignIn(*person.sign_in().bytes()), None);
    }
    let known = cookies::bytes::<16>(headers, cookies::VISIT);
    let visit = known.unwrap_or_else(|| app.chance());
    let cookie =
        known.is_none().then(|| cookies::set(cookies::VISIT, &cookies::encode(&visit), None));
    (Binding::Visit(visit), cookie)
}

fn lang(headers: &HeaderMap) -> Lang {
    cookies::value(headers, cookies::LANG).and_then(Lang::from_tag).unwrap_or(Lang::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn back_leads_to_what_can_be_looked_at() {
        let pages = ["/", "/g/{group}", "/g/{group}/talk/{share}", "/me/sheet"];
        let pages = pages.into_iter().collect();
        let ways = [
            (Some("/me/sheet"), "/me/sheet", "/me/sheet"),
            (Some("/g/{group}/talk/{share}/heard"), "/g/7/talk/9/heard", "/g/7/talk/9"),
            (Some("/g/{group}/meet/date"), "/g/7/meet/date", "/g/7"),
            (Some("/me/sign-ins/end"), "/me/sign-ins/end", "/"),
            (Some("/sign-out"), "/sign-out", "/"),
            (None, "/no/such/page", "/"),
        ];
        for (pattern, path, leads_to) in ways {
            assert_eq!(back(&pages, pattern, path), leads_to, "{path}");
        }
    }
}
