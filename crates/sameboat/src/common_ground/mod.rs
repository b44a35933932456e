//! What we have in common: themes that members recognise themselves in, which are troubles and
//! goals (C10, C17).
//!
//! Always true: who holds a theme is a mark that names nobody; below three holders only they see
//! it; nobody is listed, ranked or counted; what somebody holds they can let go. Whether our goals
//! are alike is said from what all see, and from nothing else.

mod actions;
mod model;
mod pages;

pub use actions::{Ground, find, hold};
pub use model::{Kind, Own, Theme};
pub use pages::{GroundView, ThemeView};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/common-ground", Access::Member, pages::common_ground),
        post("/g/{group}/common-ground", Access::Member, pages::hold),
    ]
}
