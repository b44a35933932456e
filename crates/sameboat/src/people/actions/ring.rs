//! Somebody's keyring, as it is in this very transaction: another device may have changed it since
//! their request was let in.

use seal::{GroupSeat, Keyring, PersonKey};
use storekit::Tx;

use crate::access::Person;
use crate::error::{Outcome, Refusal};
use crate::ids::{GroupId, PersonId};
use crate::people::store;
use crate::random;

/// The seats on somebody's keyring.
pub fn seats(tx: &mut Tx<'_>, person: &Person) -> Outcome<Vec<GroupSeat>> {
    let sealed = store::get_keyring(tx, person.id())?;
    let ring = Keyring::open(person.key(), person.id().bytes(), &sealed)?;
    Ok(ring.seats().to_vec())
}

/// Puts a seat on somebody's keyring.
///
/// # Errors
/// [`Refusal::NotAllowed`] when the keyring is full.
pub fn add_seat(tx: &mut Tx<'_>, person: &Person, seat: GroupSeat) -> Outcome<()> {
    change_ring(tx, person.id(), person.key(), |ring| {
        ring.add(seat).map_err(|_| Refusal::NotAllowed("keyring-full"))
    })
}

/// A seat remembers the highest epoch that its holder has seen the group in.
pub fn saw_epoch(tx: &mut Tx<'_>, person: &Person, group: GroupId, epoch: u32) -> Outcome<()> {
    change_ring(tx, person.id(), person.key(), |ring| {
        if let Some(seat) = ring.find(group.bytes()).filter(|seat| seat.epoch < epoch).cloned() {
            ring.add(GroupSeat { epoch, ..seat })
                .map_err(|_| Refusal::NotAllowed("keyring-full"))?;
        }
        Ok(())
    })
}

/// Takes a seat off somebody's keyring; one that is not there is fine.
pub fn remove_seat(tx: &mut Tx<'_>, person: &Person, group: GroupId) -> Outcome<()> {
    change_ring(tx, person.id(), person.key(), |ring| {
        ring.remove(group.bytes());
        Ok(())
    })
}

/// The keyring, if there is one and this key opens it.
pub(super) fn find_ring(
    tx: &mut Tx<'_>,
    id: PersonId,
    key: &PersonKey,
) -> Outcome<Option<Keyring>> {
    let sealed = store::find_keyring(tx, id)?;
    Ok(sealed.and_then(|sealed| Keyring::open(key, id.bytes(), &sealed).ok()))
}

/// Changes the keyring.
pub(super) fn change_ring(
    tx: &mut Tx<'_>,
    id: PersonId,
    key: &PersonKey,
    change: impl FnOnce(&mut Keyring) -> Result<(), Refusal>,
) -> Outcome<()> {
    let sealed = store::get_keyring(tx, id)?;
    let mut ring = Keyring::open(key, id.bytes(), &sealed)?;
    change(&mut ring)?;
    let sealed = random::within(tx, |c| ring.seal(key, id.bytes(), c));
    Ok(store::save_keyring(tx, id, sealed)?)
}
