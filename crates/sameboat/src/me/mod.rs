//! Everything about me: all that is kept about a person, room by room, on one page (P25).
//!
//! Always true: a section for every table that holds something of a person, named like the table.

mod pages;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/me", Access::SignedIn, pages::everything),
        post("/me/drafts/remove", Access::SignedIn, pages::throw_away),
    ]
}
