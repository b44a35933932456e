//! Keys that were, for somebody who may have them: a newcomer, somebody who comes back, a member
//! with a new secret.

use seal::{GrantTo, InstanceKey, MemberPublic, MemberSecret, Roster, grant_box, grant_wrap};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Fault, Outcome, Refusal};
use crate::groups::keys::{self, Change};
use crate::groups::model::State;
use crate::groups::store;
use crate::ids::MemberId;
use crate::random;

/// Turns the key to a new secret of this member: their old one opens nothing that is written from
/// now on. What they could read before they can read with the new one. The caller puts it on their
/// keyring in the same transaction.
pub fn renew_secret(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    secret: &MemberSecret,
) -> Outcome<Member> {
    let (scope, id) = (member.scope(), member.id());
    let after = keys::turn(tx, instance, member, Change::In(id, secret.public()))?;
    store::remove_grants(tx, scope, id)?;
    let to = GrantTo { group: scope.bytes(), member: id.bytes() };
    for key in after.keys().all() {
        let wrapped = random::within(tx, |c| grant_wrap(secret, &to, key, c));
        store::save_grant(tx, scope, id, key.epoch(), false, wrapped)?;
    }
    Ok(after)
}

/// Epochs that somebody may have beside the one of now.
pub struct Earlier {
    /// Who.
    pub who: MemberId,
    /// Their numbers.
    pub epochs: Vec<u32>,
}

/// All epochs but the one of now, for somebody who may read everything.
pub fn all_earlier(tx: &mut Tx<'_>, scope: GroupScope, who: MemberId) -> Outcome<Earlier> {
    Ok(Earlier { who, epochs: (1..store::get_epoch(tx, scope)?).collect() })
}

/// Grants these epochs as far as this member has their keys. Gives back whether nothing is missing
/// any more. Somebody who is not in the roster of now gets nothing.
pub fn grant_earlier(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    to: &Earlier,
) -> Outcome<bool> {
    let scope = member.scope();
    let now = store::get_epoch(tx, scope)?;
    let roster = keys::checked_roster(tx, instance, scope, now)?;
    let found = roster.iter().find(|(id, _)| id == to.who.bytes());
    let Some((_, public)) = found else { return Ok(false) };
    let has = held_epochs(tx, scope, to.who)?;
    let about = GrantTo { group: scope.bytes(), member: to.who.bytes() };
    let mut whole = true;
    for epoch in to.epochs.iter().filter(|epoch| !has.contains(epoch)) {
        let Some(key) = member.keys().of(*epoch) else {
            whole = false;
            continue;
        };
        let boxed = random::within(tx, |c| grant_box(public, &about, key, c));
        let boxed = boxed.map_err(Fault::new)?;
        store::save_grant(tx, scope, to.who, *epoch, true, boxed)?;
    }
    Ok(whole)
}

/// The epochs that were granted to somebody.
pub fn held_epochs(tx: &mut Tx<'_>, scope: GroupScope, who: MemberId) -> Outcome<Vec<u32>> {
    let seat = store::find_seat(tx, scope, who)?;
    Ok(seat.into_iter().flat_map(|seat| seat.grants).map(|grant| grant.epoch).collect())
}

/// The public key that somebody had in an epoch, from a roster whose tag holds.
pub fn public_key_in(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    of: (MemberId, u32),
) -> Outcome<MemberPublic> {
    let (who, epoch) = of;
    let members = keys::checked_roster(tx, instance, member.scope(), epoch)?;
    let found = members.into_iter().find(|(id, _)| id == who.bytes());
    Ok(found.ok_or(Refusal::NotFound)?.1)
}

/// Who stands in the roster of now although they went: a backup was put back without them.
pub fn left_behind(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<MemberId>> {
    let scope = member.scope();
    let epoch = store::get_epoch(tx, scope)?;
    let row = store::get_epoch_row(tx, scope, epoch)?;
    let roster = Roster::parse(&row.roster).map_err(Fault::new)?;
    let gone = store::list_members(tx, scope)?.into_iter().filter(|row| row.state == State::Gone);
    let ids: Vec<MemberId> = gone.map(|row| row.id).collect();
    let in_roster = |id: &MemberId| roster.members().iter().any(|(known, _)| known == id.bytes());
    Ok(ids.into_iter().filter(in_roster).collect())
}
