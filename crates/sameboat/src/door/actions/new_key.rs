//! The instance key is changed: letters at doors, and links, are tagged anew.

use storekit::Tx;

use crate::access::GroupScope;
use crate::door::actions::guests::{TAG_LABEL, with_facts};
use crate::door::actions::invitations;
use crate::door::store;
use crate::error::Outcome;
use crate::instance_key::{Change, Retagged};

/// Letters of all groups.
pub fn redo_tags(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for (group, row) in store::list_all_guests(tx)? {
        let scope = GroupScope::under_new_key(group);
        let holds = |facts: &[&[u8]]| change.before.mac_holds_now(TAG_LABEL, facts, &row.tag);
        let whole = with_facts(&scope, &row, holds);
        if whole {
            let tag = with_facts(&scope, &row, |facts| change.now.mac(TAG_LABEL, facts));
            store::save_tag(tx, scope, row.id, tag)?;
        }
        done.count(whole);
    }
    Ok(done)
}

/// Links of all groups.
pub fn redo_links(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for (group, mut row) in store::list_all_invitations(tx)? {
        let scope = GroupScope::under_new_key(group);
        let whole = invitations::holds(&change.before, &scope, &row);
        if whole {
            invitations::tag(&change.now, &scope, &mut row);
            store::save_invitation(tx, scope, &row)?;
        }
        done.count(whole);
    }
    Ok(done)
}
