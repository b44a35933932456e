//! What we have in common: themes that members recognise themselves in, which are troubles and
//! goals, and one sentence on what we want together (C10, C17).
//!
//! Always true: who holds a theme is a mark that names nobody; below three holders only they see
//! it; nobody is listed, ranked or counted; what somebody holds they can let go. Whether our goals
//! are alike is said from what all see, and from nothing else.
//!
//! The sentence is the group's: any member writes it or takes it away, all see who did last, and
//! nobody writes over words that they have not seen.

mod actions;
mod model;
mod pages;
mod store;

pub use actions::{Ground, cause, find, hold, reseal, say};
pub use model::{Cause, Kind, Own, Sentence, Theme};
pub use pages::{CauseView, GroundView, ThemeView};

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/g/{group}/common-ground", Access::Member, pages::themes::common_ground),
        post("/g/{group}/common-ground", Access::Member, pages::themes::hold),
        get("/g/{group}/common-ground/cause", Access::Member, pages::cause::form),
        post("/g/{group}/common-ground/cause", Access::Member, pages::cause::write),
    ]
}
