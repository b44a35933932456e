//! When a sign-in was last used. It stands in a cookie of its own, under the instance key, so that
//! looking at a page writes nothing.

use axum::http::{HeaderMap, HeaderValue};
use seal::SignInSecret;

use crate::access::Person;
use crate::app::App;
use crate::clock::SECOND;
use crate::ids::SignInId;
use crate::people::{Device, FoundSignIn};
use crate::web::cookies;

const IDLE_LABEL: &str = "web.idle";

/// Until when a sign-in holds if it is not used again, if it holds. Idle time stands in a second,
/// authenticated cookie, so that looking at a page writes nothing.
pub fn still_holds(
    app: &App,
    headers: &HeaderMap,
    id: SignInId,
    found: &FoundSignIn,
) -> Option<i64> {
    let now = app.now();
    let used = last_used(app, headers, id);
    let until = used.map(|used| found.limit_at.min(used.saturating_add(found.device.idle())));
    until.filter(|until| now < *until)
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

/// When a sign-in was last used, as its cookie says.
fn last_used(app: &App, headers: &HeaderMap, id: SignInId) -> Option<i64> {
    let both = cookies::bytes::<40>(headers, cookies::IDLE)?;
    let (used, mac) = both.split_at(8);
    let holds = app.keys.mac_holds(IDLE_LABEL, &[id.bytes(), used], mac);
    holds.then(|| i64::from_be_bytes(used.try_into().expect("eight bytes")))
}

/// The sign-in that was used in this browser lately. Whether it has ended is not asked: it lets
/// nobody in, and only tells whom a flood must not shut out.
pub fn last_sign_in(app: &App, headers: &HeaderMap) -> Option<SignInId> {
    let secret = SignInSecret::from_bytes(cookies::bytes::<32>(headers, cookies::SIGN_IN)?);
    let id = SignInId::from(secret.row_id());
    let used = last_used(app, headers, id)?;
    (app.now() < used.saturating_add(Device::Own.idle())).then_some(id)
}
