//! Live pages: who is there, and what changed.
//!
//! Always true: ids and numbers only, in memory only; no words, no names, no keys. A connection
//! holds a place, not a right: before each line it is asked whether its sign-in stands and its
//! member has the group's key. [`crate::live`] has what is told.

mod hearing;
mod hub;
mod pages;
mod presence;

pub use hearing::start;
pub use hub::Hub;
pub use pages::{ByItself, as_it_comes};
pub use presence::Presence;

use crate::access::Access;
use crate::web::{Route, get};

/// The way in for pages that want to hear what changes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/live", Access::Member, pages::live),
        get("/g/{group}/live/here", Access::Member, pages::here),
    ]
}
