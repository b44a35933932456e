//! The tag over a way back: who can write to the database can't make somebody come back as somebody
//! else, or take a place away before its time.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::GroupScope;
use crate::error::Outcome;
use crate::instance_key::{Change, Retagged};
use crate::returning::store::{self, ReturnRow};

const LABEL: &str = "returning.tag";

/// Its whole row. Who says so is sealed under the epoch of now and anew with every turn, so a row
/// from before a turn opens no more after it.
fn with_facts<T>(scope: &GroupScope, row: &ReturnRow, then: impl FnOnce(&[&[u8]]) -> T) -> T {
    let new = row.new.map(|id| id.bytes().to_vec()).unwrap_or_default();
    let until = row.until_at.map(|at| at.to_be_bytes().to_vec()).unwrap_or_default();
    let words = row.words.as_bytes();
    then(&[scope.bytes(), row.old.bytes(), &row.link, &new, &until, words])
}

/// Tags a row as it stands.
pub fn tag(instance: &InstanceKey, scope: &GroupScope, row: &mut ReturnRow) {
    row.tag = with_facts(scope, row, |facts| instance.mac(LABEL, facts)).to_vec();
}

/// Whether this program wrote a row as it stands.
pub fn holds(instance: &InstanceKey, scope: &GroupScope, row: &ReturnRow) -> bool {
    with_facts(scope, row, |facts| instance.mac_holds_now(LABEL, facts, &row.tag))
}

/// The instance key is changed: the rows of all groups are tagged anew.
pub fn redo(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for (group, mut row) in store::list_all_returns(tx)? {
        let scope = GroupScope::under_new_key(group);
        let whole = holds(&change.before, &scope, &row);
        if whole {
            tag(&change.now, &scope, &mut row);
            store::save_return(tx, scope, row)?;
        }
        done.count(whole);
    }
    Ok(done)
}
