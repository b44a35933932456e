//! What the rooms keep under a person's keys: it turns when these are made new, and the page about
//! me shows it. Each room that keeps some says so here.

use storekit::Tx;

use crate::access::Person;
use crate::error::Outcome;
use crate::people::KeyChange;
use crate::{drafts, founding, notebook};

/// What is kept of one person beside their sign-in.
pub struct Kept {
    /// How many pages their notebook has.
    pub notebook: notebook::Kept,
    /// How many drafts there are.
    pub drafts: usize,
    /// The day of their last answer about a group they prepare (days since 1970, UTC).
    pub founding: Option<i64>,
}

/// What is kept, for its owner to read.
pub fn about(tx: &mut Tx<'_>, person: &Person) -> Outcome<Kept> {
    Ok(Kept {
        notebook: notebook::count(tx, person)?,
        drafts: drafts::count(tx, person)?,
        founding: founding::kept_day(tx, person)?,
    })
}

/// Seals all of it anew, in the transaction that changes the keys. A person's place in groups does
/// not turn here: each group turns its own key, by a write of the member.
pub fn turn(tx: &mut Tx<'_>, change: &KeyChange) -> Outcome<()> {
    notebook::reseal(tx, change.person, &change.old_own, &change.new_own)?;
    drafts::reseal(tx, change.person, &change.old, &change.new)?;
    founding::reseal(tx, change.person, &change.old, &change.new)
}
