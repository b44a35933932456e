//! The front page: what this is, for whom, and who runs it. Changes nothing but the language.

mod pages;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/", Access::Anyone, pages::front),
        get("/host", Access::Anyone, pages::host),
        post("/language", Access::Anyone, pages::language),
        get("/health", Access::Anyone, pages::health),
        get("/ready", Access::Anyone, pages::ready),
    ]
}
