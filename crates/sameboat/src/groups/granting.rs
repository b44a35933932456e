//! Keys that were, for somebody who may have them: a newcomer, somebody who comes back, a member
//! with a new secret.

use seal::{Granted, InstanceKey, MemberPublic, MemberSecret};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Outcome, Refusal};
use crate::groups::epochs;
use crate::groups::grants::{Holder, grant, wrap};
use crate::groups::keys::{self, Change};
use crate::groups::model::State;
use crate::groups::stands;
use crate::groups::store::{self, Grant};
use crate::ids::MemberId;

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
    let holder = Holder { scope, member: id, secret };
    for key in after.keys().all() {
        wrap(tx, instance, &holder, key)?;
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
pub fn all_earlier(member: &Member, who: MemberId) -> Earlier {
    Earlier { who, epochs: (1..member.keys().epoch()).collect() }
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
    let now = epochs::current(tx, instance, scope)?;
    let Some(public) = now.public(to.who) else { return Ok(false) };
    let has = held_epochs(tx, instance, scope, to.who)?;
    let mut whole = true;
    for epoch in to.epochs.iter().filter(|epoch| !has.contains(epoch)) {
        let Some(key) = member.keys().of(*epoch) else {
            whole = false;
            continue;
        };
        let whole = Granted::Whole(key.clone());
        grant(tx, instance, scope, (to.who, &public), (*epoch, &whole))?;
    }
    Ok(whole)
}

/// The epochs that the program granted to somebody.
pub fn held_epochs(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    who: MemberId,
) -> Outcome<Vec<u32>> {
    let grants = store::find_seat(tx, scope, who)?.map(|seat| seat.grants).unwrap_or_default();
    let holds =
        |grant: &Grant| epochs::grant_holds(instance, scope, (who, grant.epoch), &grant.tag);
    Ok(grants.into_iter().filter(holds).map(|grant| grant.epoch).collect())
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
    let now = epochs::current(tx, member.person().instance(), scope)?;
    let gone = stands::list(tx, member)?.into_iter().filter(|(_, state)| *state == State::Gone);
    Ok(gone.map(|(id, _)| id).filter(|id| now.public(*id).is_some()).collect())
}

/// The last epoch in whose roster somebody stands.
pub fn last_epoch_of(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<Option<u32>> {
    let (instance, scope) = (member.person().instance(), member.scope());
    for number in (1..=keys::epoch(tx, member)?).rev() {
        let found = epochs::find(tx, instance, scope, number)?;
        if found.is_some_and(|epoch| epoch.public(who).is_some()) {
            return Ok(Some(number));
        }
    }
    Ok(None)
}
