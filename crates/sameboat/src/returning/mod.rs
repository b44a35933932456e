//! Coming back after everything was lost, and freezing the seat of a lost phone.
//!
//! Always true: nobody can claim to be somebody. A member who has met them makes the link, in a
//! larger group a second one says the same, all see it for 72 hours, and one tap of anybody, the
//! old sign-in too, stops it; where two seats stand against each other, both are frozen until the
//! group has spoken. One person's two seats count as one voice where that can be known, at least
//! half of the group keeps the key, and freezing decides nothing else. Keys are taken by the clock;
//! whatever needs a key is done by the next write of a member. Roles and words to one person never
//! come back.

mod actions;
mod model;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use actions::freezes::{Ice, frozen_in, list as list_frozen, thaw_all};
pub use actions::returns::{Back, end_by_the_clock, is_back, list as list_returns, took_in};
pub use actions::tags::redo as redo_tags;
pub use actions::{count_mine, is_due, reseal, settle, went};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/return", Access::Member, pages::returns::whom),
        get("/g/{group}/return/{member}", Access::Member, pages::returns::form),
        post("/g/{group}/return/{member}", Access::Member, pages::returns::make),
        post("/g/{group}/return/{member}/say", Access::Member, pages::returns::say),
        get("/g/{group}/freeze", Access::Member, pages::freezes::whom),
        get("/g/{group}/freeze/{member}", Access::Member, pages::freezes::form),
        post("/g/{group}/freeze/{member}", Access::Member, pages::freezes::say),
    ]
}
