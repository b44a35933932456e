//! Living example groups in a throwaway folder: to look around, and for tests in a browser.
//!
//! The sign-in links exist here only; `serve` has no such route. A link sets the cookie of a
//! sign-in that was made at the start, so looking at it changes nothing.

mod build;
mod door;
mod file;
mod meetings;
mod pages;
pub mod seed;
mod talk;

pub use build::{Behind, Guest, build};

use crate::access::Access;
use crate::web::{Route, get};

/// The route that only the demo has.
pub fn routes() -> Vec<Route> {
    vec![get("/demo/{secret}", Access::Anyone, pages::enter)]
}
