//! The instance key is changed: what of a group stands under it is made anew.

use seal::roster_tag;
use storekit::Tx;

use crate::access::GroupScope;
use crate::error::Outcome;
use crate::groups::actions::outside_place;
use crate::groups::epochs;
use crate::groups::store::new_key as store;
use crate::instance_key::Change;
use crate::random;

/// How much was made anew.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Redone {
    /// Outside names.
    pub names: usize,
    /// Rosters.
    pub rosters: usize,
    /// What did not hold under the key of before, and was left as it is: somebody without that
    /// key had changed it, and it must not come to hold now.
    pub broken: usize,
}

/// Outside names and tags of rosters, of all groups.
pub fn redo(tx: &mut Tx<'_>, change: &Change) -> Outcome<Redone> {
    let mut redone = Redone::default();
    for group in store::list_groups(tx)? {
        let scope = GroupScope::under_new_key(group);
        let whole = redo_outside(tx, change, scope)?;
        count(whole, &mut redone.names, &mut redone.broken);
        redo_rosters(tx, change, scope, &mut redone)?;
        redo_grants(tx, change, scope)?;
    }
    Ok(redone)
}

fn count(whole: bool, redone: &mut usize, broken: &mut usize) {
    *(if whole { redone } else { broken }) += 1;
}

fn redo_outside(tx: &mut Tx<'_>, change: &Change, scope: GroupScope) -> Outcome<bool> {
    let Some(sealed) = super::store::find_outside(tx, scope)? else { return Ok(false) };
    let Ok(name) = change.now.open(&outside_place(&scope), &sealed) else { return Ok(false) };
    let place = outside_place(&scope);
    let anew = random::within(tx, |c| change.now.seal(&place, name.bytes(), c));
    super::store::save_outside(tx, scope, anew)?;
    Ok(true)
}

/// In order, since each tag covers the one before it.
fn redo_rosters(
    tx: &mut Tx<'_>,
    change: &Change,
    scope: GroupScope,
    redone: &mut Redone,
) -> Outcome<()> {
    let mut last: Option<(Vec<u8>, Vec<u8>)> = None;
    for row in store::list_epochs(tx, scope)? {
        let before = row.before.clone();
        let epoch = epochs::believe(&change.before, scope, row);
        count(epoch.is_some(), &mut redone.rosters, &mut redone.broken);
        let Some(epoch) = epoch else { continue };
        // Where a row between the two is missing or did not hold, the chain stays broken.
        let follows = last.take().filter(|(old, _)| before.as_ref() == Some(old));
        let before = follows.map(|(_, new)| new).or(before);
        let facts = epoch.facts(&scope, before.as_deref());
        let tag = roster_tag(&change.now, &facts).to_vec();
        store::save_tag(tx, scope, epoch.number, (before, &tag))?;
        last = Some((epoch.tag, tag));
    }
    Ok(())
}

fn redo_grants(tx: &mut Tx<'_>, change: &Change, scope: GroupScope) -> Outcome<()> {
    for (who, epoch, tag) in store::list_grants(tx, scope)? {
        if epochs::grant_holds(&change.before, scope, (who, epoch), &tag) {
            let tag = epochs::grant_tag(&change.now, scope, (who, epoch));
            store::save_grant_tag(tx, scope, (who, epoch), tag)?;
        }
    }
    Ok(())
}
