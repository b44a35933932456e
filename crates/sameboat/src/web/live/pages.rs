use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::access::{Listening, Member};
use crate::app::App;
use crate::error::Refusal;
use crate::web::Answer;

/// On answers that a page asked for by itself: nobody's hand did, so the sign-in was not used.
#[derive(Clone, Copy)]
pub struct ByItself;

pub async fn live(State(app): State<App>, member: Member) -> Answer {
    let now = app.now();
    let stream = app.live.join(Listening::of(&member, now), now);
    let stream = stream.ok_or(Refusal::Busy("trouble-too-many"))?;
    let mut response = as_it_comes(Body::new(stream));
    response.extensions_mut().insert(ByItself);
    Ok(response)
}

/// An answer that comes piece by piece. What stands in front may hold back small answers; these
/// must not wait.
pub fn as_it_comes(body: Body) -> Response {
    let kind = HeaderValue::from_static("text/event-stream");
    let now = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    ([(header::CONTENT_TYPE, kind), now], body).into_response()
}

/// A page in which this member is in the circle says so every few seconds. An open connection
/// would not do: it stays open when a phone is out of reach.
pub async fn here(State(app): State<App>, member: Member) -> Answer {
    app.presence.seen(member.group(), member.id(), app.now());
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(ByItself);
    Ok(response)
}
