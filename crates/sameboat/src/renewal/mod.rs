//! A new passphrase; and, where somebody knew the old one, new keys for all of a person's things.
//!
//! Always true: either needs the passphrase of now; words that others know of a person make no
//! passphrase; everything that was sealed under the old keys turns in the one transaction that
//! changes them, so nobody is left with half a lock; each of the person's groups turns its key, so
//! that an old copy of their keyring opens nothing that is written from then on.

mod actions;
mod pages;

use crate::access::Access;
use crate::web::{Route, get, post};

/// The room's routes.
pub fn routes() -> Vec<Route> {
    vec![
        get("/me/passphrase", Access::SignedIn, pages::passphrase::form),
        post("/me/passphrase", Access::SignedIn, pages::passphrase::change),
        get("/me/renew", Access::SignedIn, pages::renew::form),
        post("/me/renew", Access::SignedIn, pages::renew::renew),
    ]
}
