//! The layers around all routes, in the order that [`crate::web`] promises.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;
use tracing::Instrument;

use crate::access;
use crate::app::App;
use crate::error::{Fault, Refusal, Stop};
use crate::web::route::Route;
use crate::web::trouble::RequestId;
use crate::web::visit::Pages;
use crate::web::{cross_site, headers, limits, trouble, unsent, visit};

/// An answer that takes longer than this is given up; live connections are not answers. It is more
/// than the database may take to say nothing, and less than what proxies wait.
pub const ANSWER: Duration = Duration::from_secs(45);

/// How long a sender may be silent in the middle of a form.
const SILENT: Duration = Duration::from_secs(10);

/// The whole application as one service.
pub fn router(app: App, routes: Vec<Route>) -> Router {
    router_within(ANSWER, app, routes)
}

/// The same with another limit for an answer.
pub fn router_within(limit: Duration, app: App, routes: Vec<Route>) -> Router {
    let pages = Pages::of(&routes);
    let mut router = Router::new();
    for route in routes {
        let guard = from_fn_with_state((app.clone(), route.access), access::guard);
        let watch = from_fn(watch);
        let mut service = route.service;
        if route.method == Method::POST && route.path.ends_with("/draft") {
            service = service.layer(from_fn_with_state(app.clone(), limits::drafts));
        }
        router = router.route(route.path, service.layer(guard).layer(watch));
    }
    let secure = app.settings.url.starts_with("https://");
    let router = router
        .fallback(|| async { Stop::from(Refusal::NotFound).into_response() })
        // Here too, so that the page about it speaks the visit's language and has its words.
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(from_fn_with_state(app.clone(), trouble::explain))
        .layer(from_fn_with_state((app.clone(), pages), visit::attend))
        .layer(from_fn_with_state(app.clone(), cross_site::check))
        .layer(from_fn_with_state(app.clone(), limits::limit))
        // Whatever may give a form up stands within what holds it, so that nobody's words are lost.
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(from_fn_with_state(limit, in_time))
        .layer(from_fn_with_state(app.clone(), unsent::hold))
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(tower_http::limit::RequestBodyLimitLayer::new(limits::BODY))
        .layer(from_fn(limits::size))
        .layer(RequestBodyTimeoutLayer::new(SILENT))
        // A refusal by the layers between here and the routes gets its page here.
        .layer(from_fn_with_state(app.clone(), trouble::explain))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::secure));
    let router = if secure { router.layer(from_fn(headers::strict_transport)) } else { router };
    router.layer(from_fn_with_state(app.clone(), number)).with_state(app)
}

/// Gives up an answer that does not come.
async fn in_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let looking = request.method().is_safe();
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) if looking => Stop::from(Fault::away("no answer in time")).into_response(),
        Err(_) => Stop::from(Fault::unsure("no answer in time")).into_response(),
    }
}

fn panicked() -> Response {
    tracing::error!("a handler panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Gives the request its number and writes one line about the answer: no address, no words.
async fn number(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let number: [u8; 6] = app.chance();
    let number: String = number.iter().map(|b| format!("{b:02x}")).collect();
    request.extensions_mut().insert(RequestId(number.clone()));
    let method = request.method().clone();
    let begun = app.now();
    let span = tracing::info_span!("request", number);
    let response = next.run(request).instrument(span).await;
    let status = response.status().as_u16();
    let path = response.extensions().get::<Matched>().map(|m| m.0.as_str()).unwrap_or("none");
    let micros = app.now() - begun;
    tracing::info!(%method, path, status, micros, number, "answered");
    response
}

/// The pattern of the route that answered: what the log may know of an address.
#[derive(Clone)]
struct Matched(String);

async fn watch(path: MatchedPath, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Matched(path.as_str().to_owned()));
    response
}
