//! The pages about sign-ins.

pub mod join;
pub mod me;
pub mod prove;
pub mod recovery;
pub mod sign_in;

use axum::http::header;
use axum::response::Response;
use seal::{
    Chance, PassphraseTry, PassphraseWrap, PersonKey, Print, SignInName, SignInSecret, WrapError,
};

use crate::access;
use crate::app::App;
use crate::error::Outcome;
use crate::ids::PersonId;
use crate::people::actions::{self, Keys, Proof};
use crate::people::model::Device;
use crate::people::store::Lock;
use crate::random;
use crate::web::known;
use crate::web::limits::Client;

/// Adds the cookies of a sign-in that begins to an answer.
pub fn signed_in(
    app: &App,
    mut response: Response,
    secret: &SignInSecret,
    device: Device,
) -> Response {
    for cookie in access::sign_in_cookies(app, secret, device) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Adds to an answer what gives this browser a place of its own before the next sign-in with this
/// name. A device that others use keeps no sign of who was there.
pub fn remembered(app: &App, mut response: Response, name: &str, device: Device) -> Response {
    let name = SignInName::parse(name).ok().filter(|_| device == Device::Own);
    if let Some(name) = name {
        response.headers_mut().append(header::SET_COOKIE, known::cookie(app, &name));
    }
    response
}

/// A passphrase as the form proposes it: five words.
pub fn proposal(app: &App) -> String {
    random::outside(app, |chance: &mut Chance<'_>| seal::make_words(5, chance).to_string())
}

/// Wraps a person key by a new passphrase, in the queue.
pub async fn wrap(
    app: &App,
    client: Client,
    person: PersonId,
    key: PersonKey,
    passphrase: seal::Passphrase,
) -> Outcome<Keys> {
    let here = app.clone();
    app.costly
        .run(client, move || {
            random::outside(&here, |c| {
                Keys::wrap(person, key, &passphrase, &here.keys, here.cost, c)
            })
        })
        .await
}

/// What became of a try at a passphrase.
enum Tried {
    /// It was right.
    Right(Proof),
    /// It was wrong, or there was nothing to try it on.
    Wrong,
    /// It can't be tried: the lock hangs on an instance key of before that is not held any more.
    KeyIsGone,
}

/// A lock that was opened and hangs on an instance key of before, and its successor.
struct Behind {
    lock: Lock,
    anew: Keys,
}

/// Tries a passphrase on a lock, in the queue; without a lock it does the same work for nothing.
/// A lock that it opens hangs on the newest instance key from then on.
async fn unlock(
    app: &App,
    client: Client,
    lock: Option<Lock>,
    passphrase: seal::Passphrase,
) -> Outcome<Tried> {
    let here = app.clone();
    let (tried, behind) =
        app.costly.run(client, move || try_lock(&here, lock, &passphrase)).await?;
    let Some(Behind { lock, anew }) = behind else { return Ok(tried) };
    let now = Proof { person: anew.person, key: anew.key.clone(), lock: anew.print() };
    let here = app.clone();
    let moved = app.db.write(move |tx| actions::lock_anew(tx, &here.keys, &anew, &lock)).await?;
    Ok(if moved { Tried::Right(now) } else { tried })
}

fn try_lock(
    app: &App,
    lock: Option<Lock>,
    passphrase: &seal::Passphrase,
) -> (Tried, Option<Behind>) {
    let instance = &app.keys;
    let parsed = lock.and_then(|lock| Some((PassphraseWrap::parse(&lock.wrap).ok()?, lock)));
    let Some((wrap, lock)) = parsed else {
        let by = PassphraseTry { person: &[0; 16], passphrase, instance };
        PassphraseWrap::unwrap_nobody(&by, app.cost);
        return (Tried::Wrong, None);
    };
    let person = lock.person;
    let by = PassphraseTry { person: person.bytes(), passphrase, instance };
    match wrap.unwrap(&by) {
        Ok(key) => {
            let behind = (wrap.instance_number() != instance.number()).then(|| {
                let anew = random::outside(app, |c| {
                    Keys::wrap(person, key.clone(), passphrase, instance, app.cost, c)
                });
                Behind { lock: lock.clone(), anew }
            });
            (Tried::Right(Proof { person, key, lock: Print::of(&lock.wrap) }), behind)
        }
        Err(WrapError::OtherInstanceKey(_)) => {
            PassphraseWrap::unwrap_nobody(&by, app.cost);
            (Tried::KeyIsGone, None)
        }
        Err(_) => (Tried::Wrong, None),
    }
}
