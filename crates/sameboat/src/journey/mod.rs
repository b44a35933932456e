//! Where a group says that it is: planning, beginning, working together, ending well.
//!
//! Always true: the group names its stage itself, any member may, and all see who did; nothing is
//! worked out from what people do.

mod actions;
mod model;
mod pages;
mod store;

pub use actions::{find, reseal, say};
pub use model::{Named, Stage};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/journey", Access::Member, pages::journey),
        post("/g/{group}/journey", Access::Member, pages::name),
    ]
}
