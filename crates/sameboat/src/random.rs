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

/// A number below `below`, each as likely as the other; 0 for 0.
pub fn below(tx: &mut Tx<'_>, below: u32) -> u32 {
    if below == 0 {
        return 0;
    }
    // What lies above the last whole multiple would make small numbers a little more likely.
    let whole = u32::MAX - u32::MAX % below;
    loop {
        let mut bytes = [0; 4];
        tx.fill(&mut bytes);
        let drawn = u32::from_be_bytes(bytes);
        if drawn < whole {
            return drawn % below;
        }
    }
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
