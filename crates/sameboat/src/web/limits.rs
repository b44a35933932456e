//! Limits on what one address may send. Addresses are kept as keyed hashes, in memory only (P1).
//!
//! Of IPv6 a household has a /64, and often a whole /48: both are counted. An address that only
//! carries an IPv4 address counts as that one. Where an address sends too much, whoever was signed
//! in from there before still has an allowance of their own.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http_body_util::BodyExt;
use hyper::body::Body as _;

use crate::access;
use crate::app::App;
use crate::error::{Fault, Refusal, Stop};
use crate::web::known;

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

/// How many times more a whole /48 may send than one address: some providers put all their phones
/// into one.
const WIDE: u32 = 16;

/// A client's address, forgotten as soon as it was hashed.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client {
    near: u64,
    wide: u64,
    own: Option<u64>,
}

impl Client {
    /// The address; of IPv6 its /64.
    pub fn near(self) -> u64 {
        self.near
    }

    /// The address; of IPv6 its /48.
    pub fn wide(self) -> u64 {
        self.wide
    }

    /// The place of their own, for whoever has shown that it is theirs.
    pub fn own(self) -> Option<u64> {
        self.own
    }

    /// The same client, with a place of their own.
    pub fn with_own(self, own: u64) -> Client {
        Client { own: Some(own), ..self }
    }

    /// A made-up client.
    #[cfg(test)]
    pub fn from_number(number: u64) -> Client {
        Client { near: number, wide: number, own: None }
    }

    /// A made-up client in a made-up /48.
    #[cfg(test)]
    pub fn within(wide: u64, near: u64) -> Client {
        Client { near, wide, own: None }
    }
}

/// The address of the connection, as the server saw it.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Keeps count of requests.
pub struct Limits {
    /// Keyed anew at each start.
    hasher: RandomState,
    near: DefaultKeyedRateLimiter<u64>,
    wide: DefaultKeyedRateLimiter<u64>,
    own: DefaultKeyedRateLimiter<u64>,
}

impl Limits {
    /// Nothing counted yet.
    pub fn new() -> Limits {
        let times = |times: u32| {
            let burst = NonZeroU32::new(BURST * times).expect("not zero");
            let steady = NonZeroU32::new(STEADY * times).expect("not zero");
            RateLimiter::keyed(Quota::per_second(steady).allow_burst(burst))
        };
        Limits { hasher: RandomState::new(), near: times(1), wide: times(WIDE), own: times(1) }
    }

    /// Forgets addresses that have been quiet.
    pub fn forget(&self) {
        self.near.retain_recent();
        self.wide.retain_recent();
        self.own.retain_recent();
    }

    /// The place of somebody who has shown that it is theirs, by what it is theirs by.
    pub fn own_place(&self, whose: &[u8]) -> u64 {
        self.hasher.hash_one(whose)
    }

    fn of(&self, address: Option<IpAddr>) -> Client {
        let (near, wide) = match address.map(carried) {
            Some(IpAddr::V4(v4)) => (v4.octets().to_vec(), v4.octets().to_vec()),
            Some(IpAddr::V6(v6)) => (v6.octets()[..8].to_vec(), v6.octets()[..6].to_vec()),
            None => (Vec::new(), Vec::new()),
        };
        let hash = |bytes| self.hasher.hash_one(bytes);
        Client { near: hash(near), wide: hash(wide), own: None }
    }

    /// Counts a request; false where it is one too many.
    fn take(&self, client: Client, own: impl FnOnce() -> Option<u64>) -> bool {
        let shared =
            self.near.check_key(&client.near).is_ok() && self.wide.check_key(&client.wide).is_ok();
        shared || own().is_some_and(|own| self.own.check_key(&own).is_ok())
    }
}

/// The address that is meant: one of IPv4 comes through a dual-stack socket or proxy as
/// `::ffff:…`, and through a provider that speaks only IPv6 as `64:ff9b::…` (RFC 6052).
fn carried(address: IpAddr) -> IpAddr {
    let IpAddr::V6(v6) = address else { return address };
    let [.., a, b, c, d] = v6.octets();
    let translated = v6.segments()[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    if translated || v6.to_ipv4_mapped().is_some() {
        Ipv4Addr::new(a, b, c, d).into()
    } else {
        address
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

/// Refuses what pages send by themselves to be kept as a draft, where it is long and the disk has
/// little room. The page says so, and has the words still.
pub async fn drafts(State(app): State<App>, request: Request, next: Next) -> Response {
    // A layer further out holds the whole form, so its length is known.
    let is_long = request.body().size_hint().exact().is_none_or(|length| length > LONG_DRAFT);
    if is_long && app.is_disk_low() {
        return Stop::from(Refusal::Full("draft-full")).into_response();
    }
    next.run(request).await
}

/// Bytes of a form with a long draft in it: what stands beside its words takes a part.
const LONG_DRAFT: u64 = 4 * 1024;

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
    if !app.limits.take(client, || own(&app, request.headers())) {
        return Stop::from(Refusal::Busy("trouble-too-many")).into_response();
    }
    next.run(request).await
}

fn client(app: &App, request: &Request) -> Client {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0);
    let forwarded = if app.settings.behind_proxy { forwarded(request.headers()) } else { None };
    app.limits.of(forwarded.or(peer))
}

/// The place of whoever is signed in, or was in this browser. The database is not asked.
fn own(app: &App, headers: &HeaderMap) -> Option<u64> {
    if let Some(sign_in) = access::last_sign_in(app, headers) {
        return Some(app.limits.own_place(sign_in.bytes()));
    }
    known::find(app, headers).map(|browser| browser.place(app))
}

/// The last address in `X-Forwarded-For`: the one that our own proxy wrote. Some proxies write the
/// port behind it.
pub fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").into_iter().next_back()?.to_str().ok()?;
    let last = line.rsplit(',').next()?.trim();
    let bare = last.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let with_port = || last.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || bare?.parse::<Ipv6Addr>().ok().map(IpAddr::V6);
    last.parse().ok().or_else(with_port).or_else(in_brackets)
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

    fn parsed(line: &'static str) -> Option<IpAddr> {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(line));
        forwarded(&headers)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn only_our_own_proxy_is_believed() {
        assert_eq!(parsed("1.1.1.1, 2.2.2.2"), Some(ip("2.2.2.2")));
    }

    #[test]
    fn an_address_is_read_with_a_port_too() {
        for (line, address) in [
            ("1.2.3.4:5678", "1.2.3.4"),
            ("9.9.9.9, [2001:db8::9]:443", "2001:db8::9"),
            ("[2001:db8::9]", "2001:db8::9"),
            ("2001:db8::9", "2001:db8::9"),
        ] {
            assert_eq!(parsed(line), Some(ip(address)), "{line}");
        }
        for line in ["", "unknown", "1.2.3.4:", "[1.2.3.4]", "[2001:db8::9"] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }

    #[test]
    fn an_address_that_carries_another_counts_as_that() {
        let limits = Limits::new();
        let of = |text: &str| limits.of(Some(ip(text)));
        assert!(of("::ffff:1.2.3.4") == of("1.2.3.4"));
        assert!(of("64:ff9b::1.2.3.4") == of("1.2.3.4"));
        assert!(of("::ffff:1.2.3.4") != of("::ffff:1.2.3.5"));
        assert!(of("64:ff9b::1.2.3.4") != of("64:ff9b::1.2.3.5"));
        assert!(of("2001:db8:1:1::9") == of("2001:db8:1:1::8"));
        let (one, two) = (of("2001:db8:1:1::9"), of("2001:db8:1:2::9"));
        assert!(one.near() != two.near() && one.wide() == two.wide());
        assert!(one.wide() != of("2001:db8:2:1::9").wide());
    }

    #[test]
    fn a_whole_48_may_send_more_than_a_64_and_not_for_ever() {
        let limits = Limits::new();
        let mut let_through = 0_u32;
        for near in 0..40 {
            let sent = (0..BURST).filter(|_| limits.take(Client::within(1, near), || None));
            let_through += u32::try_from(sent.count()).expect("a small number");
        }
        let all = BURST * WIDE;
        assert!((all..all * 5 / 4).contains(&let_through), "{let_through} came through");
        assert!(limits.take(Client::from_number(99), || None), "another is let through");
        assert!(limits.take(Client::within(1, 50), || Some(7)), "and who has an own place");
    }
}
