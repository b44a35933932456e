//! The instance key is changed: what of a group stands under it is made anew.

use seal::{EpochFacts, LetterboxPublic, Roster, roster_holds, roster_tag};
use storekit::Tx;

use crate::access::GroupScope;
use crate::error::Outcome;
use crate::groups::actions::outside_place;
use crate::groups::store::EpochRow;
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
        for row in store::list_epochs(tx, scope)? {
            let whole = redo_roster(tx, change, scope, &row)?;
            count(whole, &mut redone.rosters, &mut redone.broken);
        }
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

fn redo_roster(
    tx: &mut Tx<'_>,
    change: &Change,
    scope: GroupScope,
    row: &EpochRow,
) -> Outcome<bool> {
    let Ok(roster) = Roster::parse(&row.roster) else { return Ok(false) };
    let facts = EpochFacts {
        group: scope.bytes(),
        epoch: row.number,
        roster: &roster,
        letterbox: &LetterboxPublic::from_bytes(row.letterbox),
        key_check: &row.key_check,
    };
    if !roster_holds(&change.before, &facts, &row.tag) {
        return Ok(false);
    }
    store::save_tag(tx, scope, row.number, roster_tag(&change.now, &facts))?;
    Ok(true)
}
