//! What turns when a person's keys are made new.

use storekit::Tx;

use crate::access::Person;
use crate::error::Outcome;
use crate::people::{self, KeyChange, Keys, Renewed};
use crate::web::Once;
use crate::{drafts, founding, notebook};

/// What a room seals anew.
type Turn = fn(&mut Tx<'_>, &KeyChange) -> Outcome<()>;

/// All that hangs on a person's keys, besides the sign-in itself. A room that begins to keep
/// something under the person key or the own key adds its line here.
const TURNS: [Turn; 3] = [turn_notebook, turn_drafts, turn_founding];

/// Makes all keys new, and seals under them whatever hung on the old ones.
pub fn renew(tx: &mut Tx<'_>, person: &Person, keys: &Keys, once: Once) -> Outcome<Renewed> {
    let renewed = people::renew(tx, person, keys, once)?;
    TURNS.iter().try_for_each(|turn| turn(tx, &renewed.change))?;
    Ok(renewed)
}

fn turn_notebook(tx: &mut Tx<'_>, change: &KeyChange) -> Outcome<()> {
    notebook::reseal(tx, change.person, &change.old_own, &change.new_own)
}

fn turn_drafts(tx: &mut Tx<'_>, change: &KeyChange) -> Outcome<()> {
    drafts::reseal(tx, change.person, &change.old, &change.new)
}

fn turn_founding(tx: &mut Tx<'_>, change: &KeyChange) -> Outcome<()> {
    founding::reseal(tx, change.person, &change.old, &change.new)
}
