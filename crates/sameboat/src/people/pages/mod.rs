//! The pages about sign-ins.

pub mod join;
pub mod me;
pub mod passphrase;
pub mod recovery;
pub mod sign_in;

use axum::http::header;
use axum::response::Response;
use seal::{Chance, PassphraseTry, PassphraseWrap, PersonKey, SignInSecret};

use crate::access;
use crate::app::App;
use crate::error::Outcome;
use crate::ids::PersonId;
use crate::people::actions::Keys;
use crate::people::model::Device;
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

/// Tries a passphrase on a stored wrap, in the queue; without a wrap it does the same work for
/// nothing.
async fn unwrap(
    app: &App,
    client: Client,
    lock: Option<(PersonId, Vec<u8>)>,
    passphrase: seal::Passphrase,
) -> Outcome<Option<PersonKey>> {
    let here = app.clone();
    app.costly
        .run(client, move || {
            let instance = &here.keys;
            let Some((person, bytes)) = lock else {
                let by = PassphraseTry { person: &[0; 16], passphrase: &passphrase, instance };
                PassphraseWrap::unwrap_nobody(&by, here.cost);
                return None;
            };
            let by = PassphraseTry { person: person.bytes(), passphrase: &passphrase, instance };
            PassphraseWrap::parse(&bytes).ok()?.unwrap(&by).ok()
        })
        .await
}
