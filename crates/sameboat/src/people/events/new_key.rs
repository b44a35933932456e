//! The instance key is changed: lines about sign-ins are tagged anew.

use storekit::Tx;

use super::{checked, tagged};
use crate::error::Outcome;
use crate::ids::PersonId;
use crate::instance_key::{Change, Retagged};
use crate::people::store;

/// Lines that are read in one go.
const AT_ONCE: i64 = 500;

/// Those of everybody.
pub fn redo(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut redone = Retagged::default();
    let mut last = (PersonId::from([0; 16]), i64::MIN);
    loop {
        let rows = store::list_all_events(tx, last, AT_ONCE)?;
        let Some((person, row)) = rows.last() else { return Ok(redone) };
        last = (*person, row.number);
        for (person, row) in rows {
            let line = (person, row.number, row.day);
            let boxed = checked(&change.before, line, &row.boxed);
            redone.count(boxed.is_some());
            if let Some(boxed) = boxed {
                store::save_event(tx, person, row.number, tagged(&change.now, line, boxed))?;
            }
        }
    }
}
