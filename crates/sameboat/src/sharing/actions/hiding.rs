//! What somebody does not want to see. Nobody else is told.

use std::collections::BTreeSet;

use seal::{OwnKey, Place, Sealed};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::Outcome;
use crate::ids::{MemberId, ShareId};
use crate::sharing::actions::shares;
use crate::sharing::store::others as store;
use crate::{random, sealed};

const LABEL: &str = "sharing.hidden";

/// The shares that this member hid from themselves. A list that somebody damaged hides nothing.
pub fn hidden(tx: &mut Tx<'_>, member: &Member) -> Outcome<BTreeSet<ShareId>> {
    let (scope, id) = (member.scope(), member.id());
    let Some(row) = store::find_hidden(tx, scope, id)? else { return Ok(BTreeSet::new()) };
    match member.person().own_key().open(&place(&scope, &id), &row) {
        Ok(opened) => sealed::unpack(&opened),
        Err(_) => {
            tracing::error!("a list of hidden shares does not open");
            Ok(BTreeSet::new())
        }
    }
}

/// Hides a share from this member.
pub fn hide(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<()> {
    shares::get(tx, member, share)?;
    let mut all = hidden(tx, member)?;
    all.insert(share);
    save(tx, member, &all)
}

/// Shows it again.
pub fn show_again(tx: &mut Tx<'_>, member: &Member, share: ShareId) -> Outcome<()> {
    let mut all = hidden(tx, member)?;
    all.remove(&share);
    save(tx, member, &all)
}

fn save(tx: &mut Tx<'_>, member: &Member, all: &BTreeSet<ShareId>) -> Outcome<()> {
    let bytes = sealed::pack(all)?;
    let (scope, id) = (member.scope(), member.id());
    let words = seal(tx, member.person().own_key(), (&scope, &id), &bytes);
    Ok(store::save_hidden(tx, scope, id, words)?)
}

/// Seals the list anew, when this member's own key is made new.
pub fn reseal_hidden(tx: &mut Tx<'_>, member: &Member, old: &OwnKey, new: &OwnKey) -> Outcome<()> {
    let (scope, id) = (member.scope(), member.id());
    let Some(row) = store::find_hidden(tx, scope, id)? else { return Ok(()) };
    let Ok(opened) = old.open(&place(&scope, &id), &row) else { return Ok(()) };
    let words = seal(tx, new, (&scope, &id), opened.bytes());
    Ok(store::save_hidden(tx, scope, id, words)?)
}

/// The list goes with whoever goes.
pub fn forget_hidden(tx: &mut Tx<'_>, by: &Member, who: MemberId) -> Outcome<()> {
    Ok(store::remove_hidden(tx, by.scope(), who)?)
}

fn seal(
    tx: &mut Tx<'_>,
    key: &OwnKey,
    (scope, id): (&GroupScope, &MemberId),
    bytes: &[u8],
) -> Sealed {
    random::within(tx, |c| key.seal(&place(scope, id), bytes, c))
}

fn place<'a>(scope: &'a GroupScope, id: &'a MemberId) -> Place<'a> {
    Place { label: LABEL, scope: scope.bytes(), row: id.bytes(), writer: None }
}
