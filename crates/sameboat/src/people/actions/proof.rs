//! What a passphrase opened. Stretching takes its time, and others come between; so whoever acts on
//! it asks in the same transaction whether it is still so.
//!
//! The keyring remembers which wrap is good, by its print. A row that somebody puts back, who can
//! write to the database, has the power that it had before only if the keyring says so.

use seal::{InstanceKey, PersonKey, Print};
use storekit::Tx;

use super::ring::find_ring;
use crate::error::{Outcome, Refusal};
use crate::ids::PersonId;
use crate::people::events::{self, Event};
use crate::people::store;

/// A passphrase was shown, and opened this.
#[derive(Clone)]
pub struct Proof {
    /// Whose it is.
    pub person: PersonId,
    /// Their key.
    pub key: PersonKey,
    /// The lock that it opened.
    pub(in crate::people) lock: Print,
}

/// Whether what was opened is the lock of now.
fn holds(tx: &mut Tx<'_>, proof: &Proof) -> Outcome<bool> {
    let ring = find_ring(tx, proof.person, &proof.key)?;
    Ok(ring.is_some_and(|ring| ring.passphrase_print() == Some(&proof.lock)))
}

/// Refuses where the passphrase was changed since it was shown.
///
/// # Errors
/// [`Refusal::SignedOut`]: whoever changes a passphrase ends all sign-ins.
pub fn still_proven(tx: &mut Tx<'_>, proof: &Proof) -> Outcome<()> {
    if holds(tx, proof)? { Ok(()) } else { Err(Refusal::SignedOut.into()) }
}

/// Whether what was opened is the lock of now. If not, that is told to its owner: as an old lock
/// that somebody had put back where it still stands, else as a wrong passphrase.
pub fn judge(tx: &mut Tx<'_>, instance: &InstanceKey, proof: &Proof) -> Outcome<bool> {
    if holds(tx, proof)? {
        return Ok(true);
    }
    let stored = store::find_wrap(tx, proof.person)?;
    let put_back = stored.is_some_and(|wrap| Print::of(&wrap) == proof.lock);
    let event = if put_back { Event::OldLock } else { Event::WrongPassphrase };
    events::record_try(tx, instance, Some(proof.person), event)?;
    Ok(false)
}

/// Tells the owner of a name that somebody tried it and failed. Where nobody has that name, the
/// work is the same.
pub fn failed_try(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: Option<PersonId>,
) -> Outcome<()> {
    events::record_try(tx, instance, person, Event::WrongPassphrase)
}
