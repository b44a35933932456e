//! The layers around all routes, in the order that [`crate::web`] promises.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use tracing::Instrument;

use crate::access;
use crate::app::App;
use crate::error::{Refusal, Stop};
use crate::web::route::Route;
use crate::web::trouble::RequestId;
use crate::web::visit::Pages;
use crate::web::{cross_site, headers, limits, trouble, unsent, visit};

/// An answer that takes longer than this is given up. Live connections are not answers.
const ANSWER: Duration = Duration::from_secs(60);

/// How long a sender may be silent in the middle of a form.
const SILENT: Duration = Duration::from_secs(10);

/// The whole application as one service.
pub fn router(app: App, routes: Vec<Route>) -> Router {
    let looked_at = routes.iter().filter(|route| route.method == Method::GET);
    let pages = Pages::new(looked_at.map(|route| route.path).collect());
    let mut router = Router::new();
    for route in routes {
        let guard = from_fn_with_state((app.clone(), route.access), access::guard);
        let watch = from_fn(watch);
        router = router.route(route.path, route.service.layer(guard).layer(watch));
    }
    let secure = app.settings.url.starts_with("https://");
    let router = router
        .fallback(|| async { Stop::from(Refusal::NotFound).into_response() })
        // Here too, so that the page about it speaks the visit's language and has its words.
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(from_fn_with_state(app.clone(), trouble::explain))
        .layer(from_fn_with_state((app.clone(), pages), visit::attend))
        .layer(from_fn_with_state(app.clone(), cross_site::check))
        .layer(from_fn(unsent::hold))
        .layer(from_fn_with_state(app.clone(), limits::limit))
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(tower_http::limit::RequestBodyLimitLayer::new(limits::BODY))
        .layer(from_fn(limits::size))
        .layer(RequestBodyTimeoutLayer::new(SILENT))
        .layer(CatchPanicLayer::custom(|_| panicked()))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWER))
        // A refusal by the layers between here and the routes gets its page here.
        .layer(from_fn_with_state(app.clone(), trouble::explain))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::secure));
    let router = if secure { router.layer(from_fn(headers::strict_transport)) } else { router };
    router.layer(from_fn_with_state(app.clone(), number)).with_state(app)
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
