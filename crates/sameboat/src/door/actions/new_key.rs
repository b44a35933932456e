//! The instance key is changed: letters at doors are tagged anew.

use storekit::Tx;

use crate::access::GroupScope;
use crate::door::actions::guests::{TAG_LABEL, with_facts};
use crate::door::store;
use crate::error::Outcome;
use crate::instance_key::Change;

/// Of all groups. Gives back how many letters there were, and how many of them did not hold under
/// the key of before and were left as they are.
pub fn redo_tags(tx: &mut Tx<'_>, change: &Change) -> Outcome<(usize, usize)> {
    let (mut redone, mut broken) = (0, 0);
    for (group, row) in store::list_boxed(tx)? {
        let scope = GroupScope::under_new_key(group);
        let holds = |facts: &[&[u8]]| change.before.mac_holds_now(TAG_LABEL, facts, &row.tag);
        if !with_facts(&scope, &row, holds) {
            broken += 1;
            continue;
        }
        let tag = with_facts(&scope, &row, |facts| change.now.mac(TAG_LABEL, facts));
        store::save_tag(tx, scope, row.id, tag)?;
        redone += 1;
    }
    Ok((redone, broken))
}
