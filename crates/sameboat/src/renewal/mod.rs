//! Somebody knew my passphrase: all of a person's keys are made new.
//!
//! Always true: everything that was sealed under the old keys turns in the one transaction that
//! changes them, so nobody is left with half a lock; each of the person's groups turns its key, so
//! that an old copy of their keyring opens nothing that is written from then on.

mod actions;
mod pages;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/me/renew", Access::SignedIn, pages::form),
        post("/me/renew", Access::SignedIn, pages::renew),
    ]
}
