//! What we have in common: themes that members recognise themselves in (C10, C17).
//!
//! Always true: who holds a theme is a mark that names nobody; below three holders only they see
//! it; nobody is listed, ranked or counted; what somebody holds they can let go.

mod actions;
mod model;
mod pages;

pub use actions::{Held, hold, shared};
pub use model::{Own, Theme};
pub use pages::{ThemeView, views};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/common-ground", Access::Member, pages::common_ground),
        post("/g/{group}/common-ground", Access::Member, pages::hold),
    ]
}
