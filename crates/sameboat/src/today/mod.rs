//! My groups, and a group's own pages: what happens now, what waits for me, who we are.

mod news;
mod pages;
mod talk;

use crate::access::Access;
use crate::web::{Route, get};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/groups", Access::SignedIn, pages::groups),
        get("/g/{group}", Access::Member, pages::today),
        get("/g/{group}/us", Access::Member, pages::us),
    ]
}
