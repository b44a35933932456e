//! Leaving fast, using this safely, and help now. All of it works signed out.

pub mod contacts;
mod pages;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        post("/leave", Access::Anyone, pages::leave),
        get("/this-device", Access::Anyone, pages::this_device),
        get("/begin", Access::Anyone, pages::begin),
        get("/help-now", Access::Anyone, pages::help_now),
        get("/help-now/someone", Access::Anyone, pages::someone),
    ]
}
