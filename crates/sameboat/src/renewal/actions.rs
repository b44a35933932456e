//! Making a person's keys new.

use storekit::Tx;

use crate::access::Person;
use crate::error::Outcome;
use crate::kept;
use crate::people::{self, Keys, Renewed};
use crate::web::Once;

/// Makes all keys new, and seals under them whatever hung on the old ones.
pub fn renew(tx: &mut Tx<'_>, person: &Person, keys: &Keys, once: Once) -> Outcome<Renewed> {
    let renewed = people::renew(tx, person, keys, once)?;
    kept::turn(tx, &renewed.change)?;
    Ok(renewed)
}
