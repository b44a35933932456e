//! What newcomers may read of what was written before they came.
//!
//! Always true: earlier keys are granted only where the agreement says so, and said so when the
//! words under them were written; who would rather not
//! yet is known to nobody, and pages say only “not yet”; nothing happens by the clock but by the
//! next write of a member who has the keys.

mod actions;
mod model;
mod pages;
mod store;

pub use actions::{Waiting, came, is_due, is_kept, reseal, settle, waiting, went};

use crate::access::Access;
use crate::web::{Route, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![post("/g/{group}/newcomers/{member}/not-yet", Access::Member, pages::not_yet)]
}
