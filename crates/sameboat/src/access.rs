//! Who may do what: capabilities, and the one place that makes them.
//!
//! A route declares its audience ([`Access`]); [`guard`] makes the capability that goes with it
//! before the handler runs; the handler's argument is that capability. Not allowed to know: 404.

mod listening;
mod member;
mod scope;
mod used;

use std::sync::Arc;

use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use seal::{GroupSeat, InstanceKey, Keyring, MarkKey, OwnKey, PersonKey, SignInSecret};
use storekit::Tx;

use crate::app::App;
use crate::error::{Fault, Outcome, Refusal, Stop};
use crate::groups;
use crate::ids::{GroupId, PersonId, SignInId};
use crate::people::{self, Device, FoundSignIn};
use crate::standing;
use crate::web::visit::Visit;
use crate::web::{cookies, form};

pub use listening::{Listening, barred};
pub use member::Member;
pub use scope::GroupScope;
pub use used::{idle_cookie, last_sign_in, sign_in_cookies};

/// The audience of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Anyone,
    /// Whoever is signed in, about themselves.
    SignedIn,
    /// Whoever is in the group that the address names.
    Member,
}

/// Somebody who is signed in, with the keys that only they have. Cheap to clone.
#[derive(Clone)]
pub struct Person(Arc<Inside>);

struct Inside {
    id: PersonId,
    sign_in: SignInId,
    device: Device,
    limit_at: i64,
    until: i64,
    key: PersonKey,
    keyring: Keyring,
    instance: Arc<InstanceKey>,
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

    /// When this sign-in ends if it is not used any more (microseconds UTC).
    pub fn until(&self) -> i64 {
        self.0.until
    }

    /// The key to what is kept about them.
    pub fn key(&self) -> &PersonKey {
        &self.0.key
    }

    /// Their seats in groups.
    pub fn seats(&self) -> &[GroupSeat] {
        self.0.keyring.seats()
    }

    /// The key that their marks are made with.
    pub fn mark_key(&self) -> &MarkKey {
        self.0.keyring.mark()
    }

    /// The instance key: what decides who reads holds a tag under it.
    pub fn instance(&self) -> &InstanceKey {
        &self.0.instance
    }

    /// The key to what only they may read.
    pub fn own_key(&self) -> &OwnKey {
        self.0.keyring.own()
    }
}

/// The person whose sign-in cookie came with these headers, if it still holds.
///
/// # Errors
/// A fault of the database; a cookie that opens nothing is nobody.
pub async fn find_person(app: &App, headers: &HeaderMap) -> Outcome<Option<Person>> {
    let Some(bytes) = cookies::bytes::<32>(headers, cookies::SIGN_IN) else { return Ok(None) };
    let secret = SignInSecret::from_bytes(bytes);
    let id = SignInId::from(secret.row_id());
    let found = app.db.read(move |tx| people::find_sign_in(tx, id)).await?;
    let Some(found) = found else { return Ok(None) };
    let until = used::still_holds(app, headers, id, &found);
    Ok(until.and_then(|until| open(app.keys.clone(), &secret, id, found, until)))
}

/// The person of a sign-in whose secret is at hand, within a transaction: for the example groups.
pub fn open_sign_in(
    tx: &mut Tx<'_>,
    instance: &Arc<InstanceKey>,
    secret: &SignInSecret,
) -> Outcome<Option<Person>> {
    let id = SignInId::from(secret.row_id());
    let found = people::find_sign_in(tx, id)?;
    Ok(found.and_then(|found| open_found(instance, secret, id, found)))
}

fn open_found(
    instance: &Arc<InstanceKey>,
    secret: &SignInSecret,
    id: SignInId,
    found: FoundSignIn,
) -> Option<Person> {
    let limit_at = found.limit_at;
    open(Arc::clone(instance), secret, id, found, limit_at)
}

fn open(
    instance: Arc<InstanceKey>,
    secret: &SignInSecret,
    sign_in: SignInId,
    found: FoundSignIn,
    until: i64,
) -> Option<Person> {
    let FoundSignIn { person: id, device, limit_at, wrap, keyring } = found;
    let key = secret.unwrap(&people::holder(id, device, limit_at), &wrap).ok()?;
    let keyring = Keyring::open(&key, id.bytes(), &keyring).ok()?;
    let inside = Inside { id, sign_in, device, limit_at, until, key, keyring, instance };
    Some(Person(Arc::new(inside)))
}

/// Lets a request through to its route with the capability that the route's audience has.
pub async fn guard(
    State((app, access)): State<(App, Access)>,
    path: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    match permit(&app, access, &path, &mut request).await {
        Ok(()) => next.run(request).await,
        Err(stop) => stop.into_response(),
    }
}

async fn permit(
    app: &App,
    access: Access,
    path: &RawPathParams,
    request: &mut Request,
) -> Outcome<()> {
    let visit = request.extensions().get::<Visit>();
    let visit = visit.ok_or_else(|| Fault::because("a route outside the stack"))?;
    match access {
        Access::Anyone => Ok(()),
        Access::SignedIn => {
            let person = visit.person.clone().ok_or(Refusal::SignedOut)?;
            hear_of(app, &person);
            request.extensions_mut().insert(person);
            Ok(())
        }
        Access::Member => {
            let person = visit.person.clone().ok_or(Refusal::SignedOut)?;
            let mut member = find_member(app, person.clone(), path).await?;
            hear_of(app, &person);
            let writes = !request.method().is_safe() && form::is_surely_ours(app, request);
            if writes && settle(app, &member).await? {
                // The key may have turned meanwhile, and not everybody is still in.
                member = find_member(app, person.clone(), path).await?;
            }
            request.extensions_mut().insert(person);
            request.extensions_mut().insert(member);
            Ok(())
        }
    }
}

/// Whoever leads a circle is there, whatever they look at or write meanwhile.
fn hear_of(app: &App, person: &Person) {
    for seat in person.seats() {
        app.presence.again(seat.group.into(), seat.member.into(), app.now());
    }
}

/// At a member's own write: what waited for a key is done first, or words would go under a key that
/// should have turned. A GET changes nothing, and neither does a form that may come from elsewhere.
/// Gives back whether anything was done.
async fn settle(app: &App, member: &Member) -> Outcome<bool> {
    let looking = member.clone();
    if !app.db.read(move |tx| standing::is_due(tx, &looking)).await? {
        return Ok(false);
    }
    let (here, member) = (app.clone(), member.clone());
    app.db.write(move |tx| standing::settle(tx, &here.keys, &member)).await?;
    Ok(true)
}

/// At sign-in: the same in all groups of whoever signs in.
pub async fn settle_all(app: &App, secret: &SignInSecret) -> Outcome<()> {
    let id = SignInId::from(secret.row_id());
    let found = app.db.read(move |tx| people::find_sign_in(tx, id)).await?;
    let Some(person) = found.and_then(|found| open_found(&app.keys, secret, id, found)) else {
        return Ok(());
    };
    for seat in person.seats() {
        let (here, person, seat) = (app.clone(), person.clone(), seat.clone());
        let settled = app
            .db
            .write(move |tx| {
                let Some(member) = groups::member(tx, &person, &seat)? else { return Ok(()) };
                if standing::is_due(tx, &member)? {
                    standing::settle(tx, &here.keys, &member)?;
                }
                Outcome::Ok(())
            })
            .await;
        // One group's trouble must not keep its people from their notebook and other groups.
        if let Err(stop) = settled {
            tracing::error!(?stop, "what waited in a group was not done at a sign-in");
        }
    }
    Ok(())
}

/// The member that this person is in the group of the address. Everything else is "not found":
/// no such group, never in it, gone from it.
async fn find_member(app: &App, person: Person, path: &RawPathParams) -> Outcome<Member> {
    let group = path.iter().find(|(name, _)| *name == "group").map(|(_, value)| value);
    let group: GroupId = group.unwrap_or_default().parse().map_err(|_| Refusal::NotFound)?;
    let seat = person.seats().iter().find(|seat| seat.group == *group.bytes());
    let seat = seat.ok_or(Refusal::NotFound)?.clone();
    app.db
        .read(move |tx| match groups::member(tx, &person, &seat)? {
            Some(member) => Ok(member),
            None if groups::is_put_back(tx, &person, &seat)? => {
                Err(Refusal::Conflict("trouble-put-back").into())
            }
            None => Err(Refusal::NotFound.into()),
        })
        .await
}

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Person, Stop> {
        let person = parts.extensions.get::<Person>().cloned();
        Ok(person.ok_or_else(|| Fault::because("a handler asks for more than its route grants"))?)
    }
}

impl<S: Sync> FromRequestParts<S> for Member {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Member, Stop> {
        let member = parts.extensions.get::<Member>().cloned();
        Ok(member.ok_or_else(|| Fault::because("a handler asks for more than its route grants"))?)
    }
}
