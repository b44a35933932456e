//! Limits on what one address may send. Addresses are kept as keyed hashes, in memory only (P1).

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http_body_util::BodyExt;

use crate::app::App;
use crate::error::{Fault, Refusal, Stop};

/// Bytes that a form may carry: a long evening's writing, with room to spare.
pub const BODY: usize = 256 * 1024;

/// Bytes of request line and headers together. The server that reads them stops a little later.
pub const HEAD: usize = 32 * 1024;

/// Bytes of an address with what follows the question mark.
const ADDRESS: usize = 4 * 1024;

/// Requests that one address may send in a burst; a room of twenty phones behind one line.
const BURST: u32 = 1200;
/// Requests that one address may send each second in the long run.
const STEADY: u32 = 60;

/// A client's address, forgotten as soon as it was hashed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(u64);

impl Client {
    /// A made-up client.
    #[cfg(test)]
    pub fn from_number(number: u64) -> Client {
        Client(number)
    }
}

/// The address of the connection, as the server saw it.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Keeps count of requests.
pub struct Limits {
    /// Keyed anew at each start.
    hasher: RandomState,
    general: DefaultKeyedRateLimiter<Client>,
}

impl Limits {
    /// Nothing counted yet.
    pub fn new() -> Limits {
        let burst = NonZeroU32::new(BURST).expect("not zero");
        let steady = NonZeroU32::new(STEADY).expect("not zero");
        Limits {
            hasher: RandomState::new(),
            general: RateLimiter::keyed(Quota::per_second(steady).allow_burst(burst)),
        }
    }

    /// Forgets addresses that have been quiet.
    pub fn forget(&self) {
        self.general.retain_recent();
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::new()
    }
}

/// Bytes of a body that is too large which are still read, so that its sender gets to see why.
const READ_ON: usize = 16 * 1024 * 1024;

/// Refuses what has a head that is too long, or a body that says itself that it is too large. Such
/// a body is read to its end all the same: a browser that is still sending when the connection
/// closes shows nothing of the answer.
pub async fn size(request: Request, next: Next) -> Response {
    if let Some(status) = too_long(&request) {
        return status.into_response();
    }
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_none_or(|length| length <= BODY) {
        return next.run(request).await;
    }
    let mut body = request.into_body();
    let mut read = 0;
    while let Some(Ok(frame)) = body.frame().await {
        read += frame.data_ref().map_or(0, |data| data.len());
        if read > READ_ON {
            break;
        }
    }
    Stop::from(Refusal::TooLarge).into_response()
}

fn too_long(request: &Request) -> Option<StatusCode> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    let lines = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len());
    if address > ADDRESS {
        Some(StatusCode::URI_TOO_LONG)
    } else if address + lines.sum::<usize>() > HEAD {
        Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE)
    } else {
        None
    }
}

/// Works out who is asking, and refuses who asks too much.
pub async fn limit(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let client = client(&app, &request);
    request.extensions_mut().insert(client);
    if app.limits.general.check_key(&client).is_err() {
        return Stop::from(Refusal::Busy("trouble-too-many")).into_response();
    }
    next.run(request).await
}

fn client(app: &App, request: &Request) -> Client {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    let forwarded = if app.settings.behind_proxy { forwarded(request.headers()) } else { None };
    let address = match forwarded.or(peer) {
        Some(IpAddr::V4(v4)) => v4.octets().to_vec(),
        // One household has a whole /64.
        Some(IpAddr::V6(v6)) => v6.octets()[..8].to_vec(),
        None => Vec::new(),
    };
    Client(app.limits.hasher.hash_one(address))
}

/// The last address in `X-Forwarded-For`: the one that our own proxy wrote.
pub fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
    line.rsplit(',').next()?.trim().parse().ok()
}

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Client, Stop> {
        let client = parts.extensions.get::<Client>().copied();
        Ok(client.ok_or_else(|| Fault::because("a request that nobody counted"))?)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_our_own_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 2.2.2.2"));
        assert_eq!(forwarded(&headers), Some("2.2.2.2".parse().expect("an address")));
    }
}
