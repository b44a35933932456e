//! Making a person's keys new.

use storekit::Tx;

use crate::access::Person;
use crate::error::Outcome;
use crate::groups::{self, nameless};
use crate::kept;
use crate::people::{self, KeyChange, Keys, Renewed};
use crate::sharing;
use crate::web::Once;

/// Makes all keys new, and seals under them whatever hung on the old ones.
pub fn renew(tx: &mut Tx<'_>, person: &Person, keys: &Keys, once: Once) -> Outcome<Renewed> {
    let renewed = people::renew(tx, person, keys, once)?;
    kept::turn(tx, &renewed.change)?;
    in_groups(tx, person, &renewed.change)?;
    Ok(renewed)
}

/// What hangs on the keys in this person's groups: what they hid there, and the marks that let them
/// take back what bears no name.
fn in_groups(tx: &mut Tx<'_>, person: &Person, change: &KeyChange) -> Outcome<()> {
    for seat in person.seats() {
        let Some(member) = groups::member(tx, person, seat)? else { continue };
        sharing::reseal_hidden(tx, &member, &change.old_own, &change.new_own)?;
        nameless::exchange_marks(tx, &member, &change.old, &change.new)?;
    }
    Ok(())
}
