//! A browser without a screen: cookies, forms, redirects.

use std::net::IpAddr;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::BodyExt;
use sameboat::web::limits::Peer;
use storekit::Clock;
use tower::ServiceExt;

use super::form::{self, Done, Sending};
use super::jar::Jar;
use super::page::{Page, selector, text_of};
use super::seen::Seen;
use super::{URL, log};

/// Somebody's browser, with the page that it shows.
#[derive(Clone)]
pub struct Browser {
    /// The page that it shows.
    pub page: Page,
    /// What it was given to keep.
    pub cookies: Jar,
    /// The address that the server sees.
    pub address: IpAddr,
    /// What it sends with every request.
    pub always: HeaderMap,
    /// Remembers what it shows and sends, if a test asks.
    pub seen: Option<Seen>,
    router: Router,
    clock: Clock,
    done: Vec<Done>,
    old: bool,
}

impl Browser {
    /// A browser that has never been here.
    pub fn new(router: Router, clock: Clock, address: IpAddr) -> Browser {
        let agent = HeaderValue::from_static("Mozilla/5.0 (a browser in a test)");
        Browser {
            page: Page::default(),
            cookies: Jar::default(),
            address,
            always: HeaderMap::from_iter([(header::USER_AGENT, agent)]),
            seen: None,
            router,
            clock,
            done: Vec::new(),
            old: false,
        }
    }

    /// From now on it speaks to another process.
    pub fn set_router(&mut self, router: Router) {
        self.router = router;
    }

    /// From now on it is an old one, that does not say where its requests come from.
    pub fn make_old(&mut self) {
        self.old = true;
    }

    /// Types an address.
    pub async fn open(&mut self, address: &str) -> &Page {
        let request = self.request(Method::GET, address);
        self.go(request.body(Body::empty()).expect("an address")).await
    }

    /// Follows the link that says this.
    pub async fn follow(&mut self, link: &str) -> &Page {
        let to = {
            let html = self.page.html();
            let links = selector("a[href]");
            let found = html.select(&links).find(|found| text_of(found) == link);
            let found = found.unwrap_or_else(|| panic!("no link “{link}” on {}", self.page.path));
            found.value().attr("href").unwrap_or_default().to_owned()
        };
        self.open(&to).await
    }

    /// Types into fields, or chooses, by their names.
    pub fn fill<const N: usize>(&mut self, fields: [(&str, &str); N]) -> &mut Browser {
        let typed = |(name, value): (&str, &str)| Done::Typed(name.to_owned(), value.to_owned());
        self.done.extend(fields.map(typed));
        self
    }

    /// Says yes to each line that the page asks about.
    pub fn accept_all(&mut self) -> &mut Browser {
        for name in self.page.names("input[value=accept]") {
            self.fill([(&*name, "accept")]);
        }
        self
    }

    /// Ticks a box.
    pub fn tick(&mut self, name: &str) -> &mut Browser {
        self.done.push(Done::Ticked(name.to_owned(), true));
        self
    }

    /// Takes the tick out of a box.
    pub fn untick(&mut self, name: &str) -> &mut Browser {
        self.done.push(Done::Ticked(name.to_owned(), false));
        self
    }

    /// Presses the button that says this.
    pub async fn press(&mut self, button: &str) -> &Page {
        self.press_in(":root", button).await
    }

    /// Presses the button that says this, in the part of the page that a selector finds.
    pub async fn press_in(&mut self, within: &str, button: &str) -> &Page {
        let sending = self.ready(within, button);
        self.send(&sending).await
    }

    /// What pressing this button would send.
    pub fn ready(&mut self, within: &str, button: &str) -> Sending {
        let done = std::mem::take(&mut self.done);
        form::press(&self.page.html(), within, button, &done)
    }

    /// Sends a form, as pressing its button would.
    pub async fn send(&mut self, sending: &Sending) -> &Page {
        let request = self.form(sending);
        if let Some(seen) = &self.seen {
            seen.sent(Sending { action: request.uri().to_string(), ..sending.clone() });
        }
        self.go(request).await
    }

    /// Sends fields that no page asked for.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> &Page {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let fields = fields.iter().map(own).collect();
        self.send(&Sending { post: true, action: address.to_owned(), fields }).await
    }

    /// A one-time key of the page that it shows.
    pub fn once(&self) -> String {
        self.page.value("once")
    }

    /// The browser is closed and opened again.
    pub fn close(&mut self) {
        self.cookies.close();
        self.page = Page::default();
    }

    /// The request that a form makes, with this browser's cookies.
    pub fn form(&self, sending: &Sending) -> Request<Body> {
        let encoded =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(&sending.fields).finish();
        let action = if sending.action.is_empty() { &self.page.path } else { &sending.action };
        if !sending.post {
            let request = self.request(Method::GET, &format!("{action}?{encoded}"));
            return request.body(Body::empty()).expect("an address");
        }
        let kind = "application/x-www-form-urlencoded";
        let mut request = self.request(Method::POST, action).header(header::CONTENT_TYPE, kind);
        if !self.old {
            request = request
                .header("sec-fetch-site", "same-origin")
                // Under no-referrer a browser does not tell even our own forms' origin.
                .header(header::ORIGIN, "null");
        }
        request.body(Body::from(encoded)).expect("an address")
    }

    /// The beginning of a request with this browser's cookies.
    pub fn request(&self, method: Method, address: &str) -> axum::http::request::Builder {
        let address = address.strip_prefix(URL).unwrap_or(address);
        let mut request =
            Request::builder().method(method).uri(address).extension(Peer(self.address));
        for (name, value) in &self.always {
            request = request.header(name, value);
        }
        match self.cookies.line((self.clock)()) {
            Some(line) => request.header(header::COOKIE, line),
            None => request,
        }
    }

    /// One answer, without following it anywhere and without showing it.
    pub async fn answer(&mut self, request: Request<Body>) -> Page {
        let page = ask(&self.router, request).await;
        self.cookies.take(&page.headers, (self.clock)());
        page
    }

    async fn go(&mut self, request: Request<Body>) -> &Page {
        self.done.clear();
        let mut page = self.answer(request).await;
        for _ in 0..5 {
            let Some(to) =
                page.headers.get(header::LOCATION).filter(|_| page.status.is_redirection())
            else {
                break;
            };
            let to = to.to_str().expect("an address is plain text").to_owned();
            let request = self.request(Method::GET, &to).body(Body::empty()).expect("an address");
            page = self.answer(request).await;
        }
        if let Some(seen) = &self.seen {
            seen.shown(&page);
        }
        self.page = page;
        &self.page
    }

    /// Adds a header to every request from now on.
    pub fn always(&mut self, name: &'static str, value: &str) {
        let value = HeaderValue::try_from(value).expect("a header's value");
        self.always.insert(HeaderName::from_static(name), value);
    }
}

/// One request and its answer.
pub async fn ask(router: &Router, request: Request<Body>) -> Page {
    let path = request.uri().path().to_owned();
    let response = router.clone().oneshot(request).await.expect("a router cannot fail");
    let (parts, body) = response.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let endless = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    // What a live page hears does not end; `live` has tests that listen.
    let body = if endless { Body::empty() } else { body };
    let body = body.collect().await.expect("a body can be read").to_bytes();
    let body = String::from_utf8_lossy(&body).into_owned();
    assert!(!log::has_hole(), "{path} asks for words that are not there: {body}");
    Page { status: parts.status, headers: parts.headers, path, body }
}
