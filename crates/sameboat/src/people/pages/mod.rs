//! The pages about sign-ins.

pub mod join;
pub mod me;
pub mod prove;
pub mod recovery;
pub mod sign_in;

use axum::http::header;
use axum::response::Response;
use seal::{Chance, PassphraseTry, PassphraseWrap, PersonKey, SignInSecret, WrapError};

use crate::access;
use crate::app::App;
use crate::error::Outcome;
use crate::ids::PersonId;
use crate::people::actions::{self, Keys};
use crate::people::model::Device;
use crate::people::store::Lock;
use crate::random;
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
    Right(PersonKey),
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
    if let Some(Behind { lock, anew }) = behind {
        let here = app.clone();
        app.db.write(move |tx| actions::lock_anew(tx, &here.keys, &anew, &lock)).await?;
    }
    Ok(tried)
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
        Ok(key) if wrap.instance_number() == instance.number() => (Tried::Right(key), None),
        Ok(key) => {
            let anew = random::outside(app, |c| {
                Keys::wrap(person, key.clone(), passphrase, instance, app.cost, c)
            });
            (Tried::Right(key), Some(Behind { lock, anew }))
        }
        Err(WrapError::OtherInstanceKey(_)) => {
            PassphraseWrap::unwrap_nobody(&by, app.cost);
            (Tried::KeyIsGone, None)
        }
        Err(_) => (Tried::Wrong, None),
    }
}
