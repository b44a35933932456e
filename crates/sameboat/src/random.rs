//! The only place where chance comes in: the operating system's.
//!
//! Tests bring their own, fixed; the release build has no way to take another.

use std::sync::Arc;

use seal::Chance;
use storekit::Tx;

use crate::app::App;

/// Chance of a transaction, as sealing wants it.
pub fn within<T>(tx: &mut Tx<'_>, work: impl FnOnce(&mut Chance<'_>) -> T) -> T {
    let mut fill = |buf: &mut [u8]| tx.fill(buf);
    work(&mut Chance::new(&mut fill))
}

/// Chance outside a transaction, as sealing wants it.
pub fn outside<T>(app: &App, work: impl FnOnce(&mut Chance<'_>) -> T) -> T {
    let mut fill = |buf: &mut [u8]| app.fill(buf);
    work(&mut Chance::new(&mut fill))
}

/// The operating system's chance.
///
/// # Panics
/// When the system has none to give: there is no safe way on from that.
pub fn system() -> storekit::Chance {
    #[expect(clippy::disallowed_methods, reason = "the one place where chance comes in")]
    Arc::new(|buf: &mut [u8]| getrandom::fill(buf).expect("the operating system gives randomness"))
}
