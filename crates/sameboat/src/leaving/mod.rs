//! Me in this group: my name, a break, leaving; leaving for good; and asking somebody to leave.
//!
//! Always true: leaving needs no reason and no leave; it ends the leaver's grants, turns the key
//! and takes the seat off their ring in one transaction. Why somebody was asked to leave is read
//! by them alone; that it happened is seen by all. Who decides it is fixed when it begins.

mod actions;
mod asking;
mod model;
mod pages;
mod partings;
mod store;
#[cfg(test)]
mod tests;

pub use actions::{departures, has_departure, leave, note_return};
pub use asking::{
    asked, count_askings, end_askings, has_farewell, is_due, is_written_to, not_while_asked,
    open_askings, reseal, settle, turn_seat,
};
pub use model::{Asking, Departure, How, SHOWN_DAYS};
pub use partings::redo as redo_tags;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/me", Access::Member, pages::me::me),
        post("/g/{group}/me/name", Access::Member, pages::me::rename),
        post("/g/{group}/me/break", Access::Member, pages::me::set_break),
        get("/g/{group}/leave", Access::Member, pages::leave::form),
        post("/g/{group}/leave", Access::Member, pages::leave::leave),
        get("/g/{group}/ask-to-leave", Access::Member, pages::ask::whom),
        get("/g/{group}/ask-to-leave/{member}", Access::Member, pages::ask::form),
        post("/g/{group}/ask-to-leave/{member}", Access::Member, pages::ask::ask),
        post("/g/{group}/ask-to-leave/{member}/say", Access::Member, pages::ask::say),
        get("/me/leave", Access::SignedIn, pages::forever::form),
        post("/me/leave", Access::SignedIn, pages::forever::leave),
        get("/went/{group}", Access::SignedIn, pages::went::went),
        post("/went/{group}", Access::SignedIn, pages::went::put_away),
    ]
}
