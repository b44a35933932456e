//! Which instance key the database belongs to: its number and its fingerprint.
//!
//! Always true: a process whose newest key is another one does not start; and where the key is
//! changed while a process runs, that process seals nothing lasting with the one before.

mod store;

use seal::{Id, InstanceKey, fingerprint};
use storekit::{Error, Tx};

use crate::error::{Fault, Outcome};

/// What the database says of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The key's number.
    pub number: u32,
    /// The key's fingerprint.
    pub fingerprint: Id,
}

impl Known {
    /// What a database says that belongs to the newest of these keys.
    pub fn of(keys: &InstanceKey) -> Known {
        Known { number: keys.number(), fingerprint: fingerprint(keys) }
    }
}

/// A key and its successor, while what stands under them is made anew.
pub struct Change {
    /// The key that the database belongs to.
    pub before: InstanceKey,
    /// The key that it will belong to, with those before it.
    pub now: InstanceKey,
}

/// The key that the database belongs to; none when nobody was ever served from it.
pub fn known(tx: &mut Tx<'_>) -> Result<Option<Known>, Error> {
    store::find(tx)
}

/// The key that the database belongs to; a new one belongs to this one from now on.
pub fn remember(tx: &mut Tx<'_>, first: Known) -> Result<Known, Error> {
    store::add(tx, first)?;
    store::find(tx)?.ok_or(Error::NoRow)
}

/// Whether the newest of these keys is the one that the database belongs to.
pub fn is_now(tx: &mut Tx<'_>, keys: &InstanceKey) -> Result<bool, Error> {
    Ok(store::find(tx)? == Some(Known::of(keys)))
}

/// Whatever seals with the instance key for long asks this in the same transaction.
///
/// # Errors
/// A fault when the key was changed while this process ran.
pub fn must_be_now(tx: &mut Tx<'_>, keys: &InstanceKey) -> Outcome<()> {
    if is_now(tx, keys)? { Ok(()) } else { Err(Fault::because(CHANGED).into()) }
}

const CHANGED: &str =
    "the instance key was changed while this process ran; start it again with the new key file";

/// The database belongs to the new key from now on; false when it did not belong to the old one.
pub fn move_on(tx: &mut Tx<'_>, change: &Change) -> Result<bool, Error> {
    store::save(tx, &Known::of(&change.before), Known::of(&change.now))
}
