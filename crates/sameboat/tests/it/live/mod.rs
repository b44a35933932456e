//! Live pages: what they hear, when they stop to hear it, and what they never hear.

mod ending;
mod hearing;
mod outside;
mod presence;
mod slow;
mod stopping;

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt;
use sameboat::access::GroupScope;
use sameboat::app::App;
use sameboat::live::{self, Change};
use seal::LinkSecret;
use tower::ServiceExt;

use crate::world::{Browser, Group, World};

/// Long enough for a slow machine; nothing waits so long that goes well.
const PATIENCE: Duration = Duration::from_secs(20);

/// A world in which live pages hear.
async fn world() -> World {
    let world = World::new().await;
    sameboat::web::live::start(&world.app).await;
    world
}

fn scope(group: &Group) -> GroupScope {
    GroupScope::of_link(&LinkSecret::from_bytes([0; 32]), group.id.parse().expect("an id"))
}

/// Something in this group changes, in this process.
async fn change(app: &App, group: &Group, version: i64) {
    let change = Change { scope: scope(group), piece: "circle", id: [0xab; 16], version };
    let told = app.db.write(move |tx| live::changed(tx, &change)).await;
    told.expect("a change can be told");
}

fn event(version: i64) -> String {
    let id = "ab".repeat(16);
    format!(r#"data: {{"id":"{id}","version":{version},"piece":"circle"}}"#)
}

/// What one page hears.
struct Live {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    heard: String,
}

impl Live {
    /// The page in this browser begins to listen, and hears that it does.
    async fn open(world: &World, browser: &Browser, group: &Group) -> Live {
        let mut live = Live::ask(&world.router, browser, group).await;
        assert_eq!(live.status, StatusCode::OK);
        assert_eq!(live.next().await.as_deref(), Some(": here"));
        live
    }

    async fn ask(router: &Router, browser: &Browser, group: &Group) -> Live {
        let request = browser.request(Method::GET, &group.address("/live"));
        let request = request.body(Body::empty()).expect("an address");
        let response = router.clone().oneshot(request).await.expect("a router cannot fail");
        let (parts, body) = response.into_parts();
        Live { status: parts.status, headers: parts.headers, body, heard: String::new() }
    }

    /// The next event, or `None` when the connection has ended. Heart beats do not count, nor do
    /// they put off the end of the patience.
    async fn next(&mut self) -> Option<String> {
        tokio::time::timeout(PATIENCE, self.hear()).await.expect("something comes")
    }

    async fn hear(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.heard = rest;
                if event != ":" {
                    return Some(event);
                }
                continue;
            }
            let frame = self.body.frame().await?.expect("it can be read");
            let data = frame.into_data().expect("no trailers");
            self.heard += std::str::from_utf8(&data).expect("text");
        }
    }
}
