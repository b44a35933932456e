//! Starting a group: one question a screen, back and forth without loss, kept under the founder's
//! own key until the group begins.

mod actions;
mod change;
mod model;
mod pages;
mod store;
#[cfg(test)]
mod tests;
mod typed;
mod view;

pub use actions::{first_link, found, kept_day, new_link, redo_links, reseal};
pub use model::Answers;
pub use typed::in_words as draft_in_words;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/start", Access::SignedIn, pages::intro),
        get("/start/{question}", Access::SignedIn, pages::question),
        post("/start/{question}", Access::SignedIn, pages::answer),
        post("/start/{question}/draft", Access::SignedIn, pages::keep_typed),
        post("/start/{question}/draft/remove", Access::SignedIn, pages::forget_typed),
        get("/start-link/{secret}", Access::Anyone, pages::link),
        get("/g/{group}/change", Access::Member, change::parts),
        get("/g/{group}/change/{part}", Access::Member, change::part),
        post("/g/{group}/change/{part}", Access::Member, change::change),
        post("/g/{group}/change/{part}/draft", Access::Member, change::keep_typed),
        post("/g/{group}/change/{part}/draft/remove", Access::Member, change::forget_typed),
    ]
}
