//! Private pages, troubles and a main goal: what somebody writes for themselves.
//!
//! Always true: sealed under the writer's own key, what kind of page it is included; no other
//! person's route leads to it; nothing here is counted, measured or praised; a draft is gone in
//! the transaction that keeps its words. Sharing begins elsewhere: there is no send button in view.

mod actions;
mod model;
mod pages;
mod store;

pub use actions::{Kept, New, add, count, find_draft, is_on, keep, reseal, take_out, text_of};
pub use model::{Kind, Text, clean};
pub use pages::window;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/notebook", Access::SignedIn, pages::list::list),
        post("/notebook", Access::SignedIn, pages::write::add),
        get("/notebook/new", Access::SignedIn, pages::write::new),
        post("/notebook/draft", Access::SignedIn, pages::draft::keep),
        post("/notebook/draft/remove", Access::SignedIn, pages::draft::remove),
        get("/notebook/{page}", Access::SignedIn, pages::read::read),
        post("/notebook/{page}", Access::SignedIn, pages::write::change),
        get("/notebook/{page}/write", Access::SignedIn, pages::write::open),
        get("/notebook/{page}/remove", Access::SignedIn, pages::remove::ask),
        post("/notebook/{page}/remove", Access::SignedIn, pages::remove::remove),
    ]
}
