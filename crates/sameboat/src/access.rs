//! Who may do what: capabilities, and the one place that makes them.
//!
//! A route declares its audience ([`Access`]); [`guard`] makes the capability that goes with it
//! before the handler runs; the handler's argument is that capability. Not allowed to know: 404.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use seal::{Keyring, OwnKey, PersonKey, SignInSecret};

use crate::app::App;
use crate::clock::SECOND;
use crate::error::{Fault, Outcome, Refusal, Stop};
use crate::ids::{PersonId, SignInId};
use crate::people::{self, Device, FoundSignIn};
use crate::web::cookies;
use crate::web::unsent;
use crate::web::visit::Visit;

/// The audience of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in, about themselves.
    SignedIn,
}

/// Somebody who is signed in, with the keys that only they have. Cheap to clone.
#[derive(Clone)]
pub struct Person(Arc<Inside>);

struct Inside {
    id: PersonId,
    sign_in: SignInId,
    device: Device,
    limit_at: i64,
    key: PersonKey,
    keyring: Keyring,
}

impl Person {
    /// Their id.
    pub fn id(&self) -> PersonId {
        self.0.id
    }

    /// The sign-in that this request came with.
    pub fn sign_in(&self) -> SignInId {
        self.0.sign_in
    }

    /// What kind of device they said it is.
    pub fn device(&self) -> Device {
        self.0.device
    }

    /// When this sign-in ends at the latest (microseconds UTC).
    pub fn limit_at(&self) -> i64 {
        self.0.limit_at
    }

    /// The key to what is kept about them.
    pub fn key(&self) -> &PersonKey {
        &self.0.key
    }

    /// The key to what only they may read.
    pub fn own_key(&self) -> &OwnKey {
        self.0.keyring.own()
    }
}

const IDLE_LABEL: &str = "web.idle";

/// The person whose sign-in cookie came with these headers, if it still holds.
///
/// # Errors
/// A fault of the database; a cookie that opens nothing is nobody.
pub async fn find_person(app: &App, headers: &HeaderMap) -> Outcome<Option<Person>> {
    let Some(bytes) = cookies::bytes::<32>(headers, cookies::SIGN_IN) else { return Ok(None) };
    let secret = SignInSecret::from_bytes(bytes);
    let id = SignInId::from(secret.row_id());
    let found = app.db.read(move |tx| people::find_sign_in(tx, id)).await?;
    let Some(found) = found.filter(|found| still_holds(app, headers, id, found)) else {
        return Ok(None);
    };
    Ok(open(&secret, id, found))
}

fn open(secret: &SignInSecret, sign_in: SignInId, found: FoundSignIn) -> Option<Person> {
    let FoundSignIn { person: id, device, limit_at, wrap, keyring } = found;
    let key = secret.unwrap(id.bytes(), &wrap).ok()?;
    let keyring = Keyring::open(&key, id.bytes(), &keyring).ok()?;
    Some(Person(Arc::new(Inside { id, sign_in, device, limit_at, key, keyring })))
}

/// Idle time stands in a second, authenticated cookie, so that looking at a page writes nothing.
fn still_holds(app: &App, headers: &HeaderMap, id: SignInId, found: &FoundSignIn) -> bool {
    let now = app.now();
    let used = cookies::bytes::<40>(headers, cookies::IDLE).and_then(|both| {
        let (used, mac) = both.split_at(8);
        let holds = app.keys.mac_holds(IDLE_LABEL, &[id.bytes(), used], mac);
        let used = i64::from_be_bytes(used.try_into().expect("eight bytes"));
        holds.then_some(used)
    });
    used.is_some_and(|used| now < found.limit_at && now - used < found.device.idle())
}

/// The cookie that says that this sign-in was just used.
pub fn idle_cookie(app: &App, person: &Person) -> HeaderValue {
    idle_cookie_for(app, person.sign_in(), person.device())
}

/// The cookies of a sign-in that begins.
pub fn sign_in_cookies(app: &App, secret: &SignInSecret, device: Device) -> [HeaderValue; 2] {
    let value = cookies::encode(secret.expose());
    let age = device.outlives_browser().then(|| device.limit() / SECOND);
    let id = SignInId::from(secret.row_id());
    [cookies::set(cookies::SIGN_IN, &value, age), idle_cookie_for(app, id, device)]
}

fn idle_cookie_for(app: &App, id: SignInId, device: Device) -> HeaderValue {
    let used = app.now().to_be_bytes();
    let mut both = used.to_vec();
    both.extend(app.keys.mac(IDLE_LABEL, &[id.bytes(), &used]));
    let age = device.outlives_browser().then(|| device.idle() / SECOND);
    cookies::set(cookies::IDLE, &cookies::encode(&both), age)
}

/// Lets a request through to its route with the capability that the route's audience has.
pub async fn guard(
    State((_app, access)): State<(App, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    match permit(access, &mut request) {
        Ok(()) => next.run(request).await,
        Err(stop) => unsent::refuse(stop, request).await,
    }
}

fn permit(access: Access, request: &mut Request) -> Outcome<()> {
    let visit = request.extensions().get::<Visit>();
    let visit = visit.ok_or_else(|| Fault::because("a route outside the stack"))?;
    match access {
        Access::Anyone => Ok(()),
        Access::SignedIn => {
            let person = visit.person.clone().ok_or(Refusal::SignedOut)?;
            request.extensions_mut().insert(person);
            Ok(())
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Person, Stop> {
        let person = parts.extensions.get::<Person>().cloned();
        Ok(person.ok_or_else(|| Fault::because("a handler asks for more than its route grants"))?)
    }
}
