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

/// Rows that a change of the key went through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Retagged {
    /// Rows that were tagged anew.
    pub rows: usize,
    /// Rows whose tag did not hold under the key of before, and that were left as they are:
    /// somebody without that key had changed them, and they must not come to hold now.
    pub broken: usize,
}

impl Retagged {
    /// Counts one more row.
    pub fn count(&mut self, whole: bool) {
        *(if whole { &mut self.rows } else { &mut self.broken }) += 1;
    }
}

impl std::ops::AddAssign for Retagged {
    fn add_assign(&mut self, other: Retagged) {
        self.rows += other.rows;
        self.broken += other.broken;
    }
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

/// The format in which this build seals, written with the row of the instance.
pub const FORMAT: i64 = 2;

/// Whether this build can open what is sealed in this database. A place in which nobody joined
/// and no group began is moved on to [`FORMAT`].
pub fn is_readable(tx: &mut Tx<'_>) -> Result<bool, Error> {
    if store::is_empty(tx)? {
        store::save_format(tx, FORMAT)?;
    }
    Ok(store::find_format(tx)? == Some(FORMAT))
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
