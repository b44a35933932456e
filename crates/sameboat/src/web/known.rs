//! A browser in which somebody signed in before, on a device that they said only they use. It has
//! a place of its own in the lines before signing in, so that nobody who floods that name, or the
//! address that they share, keeps its owner out.
//!
//! The cookie says no name: whoever finds it can only ask the program whether it goes with one.
//! The server keeps nothing of it. Signing out and leaving fast take it away.

use axum::http::{HeaderMap, HeaderValue};
use seal::{SignInName, name_tag};

use crate::app::App;
use crate::clock::{DAY, SECOND};
use crate::web::cookies;
use crate::web::limits::Client;

const FOR_NAME: &str = "web.known-for-name";
const ISSUED: &str = "web.known-issued";

/// As long as browsers keep any cookie, about.
const KEPT: i64 = 365 * DAY;

const CHANCE: usize = 16;
const TAG: usize = 32;
const ALL: usize = CHANCE + 2 * TAG;

/// A browser that was given such a cookie.
pub struct Known([u8; ALL]);

impl Known {
    /// The place of this browser.
    pub fn place(&self, app: &App) -> u64 {
        app.limits.own_place(self.chance())
    }

    fn chance(&self) -> &[u8] {
        &self.0[..CHANCE]
    }

    /// Whether somebody signed in there with the name that has one of these tags.
    pub fn is_for(&self, app: &App, tags: &[[u8; 32]]) -> bool {
        let mac = &self.0[CHANCE..CHANCE + TAG];
        let holds = |tag: &[u8; 32]| app.keys.mac_holds(FOR_NAME, &[self.chance(), tag], mac);
        tags.iter().fold(false, |found, tag| found | holds(tag))
    }
}

/// The cookie for a browser in which this name just signed in.
pub fn cookie(app: &App, name: &SignInName) -> HeaderValue {
    let chance: [u8; CHANCE] = app.chance();
    let mut all = chance.to_vec();
    all.extend(app.keys.mac(FOR_NAME, &[&chance, &name_tag(&app.keys, name)]));
    all.extend(app.keys.mac(ISSUED, &[&all]));
    cookies::set(cookies::KNOWN, &cookies::encode(&all), Some(KEPT / SECOND))
}

/// The cookie that came with these headers, if it is one of ours.
pub fn find(app: &App, headers: &HeaderMap) -> Option<Known> {
    let all = cookies::bytes::<ALL>(headers, cookies::KNOWN)?;
    let (said, issued) = all.split_at(CHANCE + TAG);
    app.keys.mac_holds(ISSUED, &[said], issued).then_some(Known(all))
}

/// The client with a place of their own, if somebody signed in here before with the name that has
/// one of these tags.
pub fn with_name(app: &App, headers: &HeaderMap, tags: &[[u8; 32]], client: Client) -> Client {
    let known = find(app, headers).filter(|known| known.is_for(app, tags));
    known.map_or(client, |known| client.with_own(known.place(app)))
}
