//! One key, granted to one member: boxed by somebody else, later wrapped by themselves.

use std::collections::BTreeMap;

use seal::{
    GrantTo, Granted, GroupKey, InstanceKey, MemberPublic, MemberSecret, grant_box, grant_unbox,
    grant_unwrap, grant_wrap,
};
use storekit::Tx;

use crate::access::GroupScope;
use crate::error::{Fault, Outcome};
use crate::groups::epochs;
use crate::groups::store::{self, Grant, NewGrant};
use crate::ids::MemberId;
use crate::random;

/// Whose grants are opened, and with what.
pub struct Holder<'a> {
    /// The group.
    pub scope: GroupScope,
    /// The member.
    pub member: MemberId,
    /// Their secret for this group.
    pub secret: &'a MemberSecret,
}

impl Holder<'_> {
    fn to(&self) -> GrantTo<'_> {
        GrantTo { group: self.scope.bytes(), member: self.member.bytes() }
    }
}

/// Opens one grant. What the member wrapped nobody else can make. A box anybody can make: it
/// counts where the row of its epoch is to be believed, and the key is that row's.
pub fn open_grant(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    holder: &Holder<'_>,
    grant: &Grant,
    earlier: &BTreeMap<u32, GroupKey>,
) -> Outcome<Option<GroupKey>> {
    let to = holder.to();
    if !grant.boxed {
        return Ok(grant_unwrap(holder.secret, &to, grant.epoch, &grant.bytes).ok());
    }
    let Some(epoch) = epochs::find(tx, instance, holder.scope, grant.epoch)? else {
        return Ok(None);
    };
    let key = match grant_unbox(holder.secret, &to, grant.epoch, &grant.bytes) {
        Err(_) => None,
        Ok(Granted::Whole(key)) => Some(key),
        Ok(Granted::Fresh(part)) => grant
            .epoch
            .checked_sub(1)
            .and_then(|before| earlier.get(&before))
            .map(|before| before.next(&part, holder.scope.bytes(), grant.epoch, &epoch.roster)),
    };
    Ok(key.filter(|key| key.passes(&epoch.key_check)))
}

/// Wraps a key for its holder, in place of the box.
pub fn wrap(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    holder: &Holder<'_>,
    key: &GroupKey,
) -> Outcome<()> {
    let (member, epoch) = (holder.member, key.epoch());
    let bytes = random::within(tx, |c| grant_wrap(holder.secret, &holder.to(), key, c));
    let tag = epochs::grant_tag(instance, holder.scope, (member, epoch));
    let grant = NewGrant { member, epoch, boxed: false, bytes, tag };
    Ok(store::save_grant(tx, holder.scope, grant)?)
}

/// Boxes a key, or its fresh part, for a member.
pub fn grant(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (id, public): (MemberId, &MemberPublic),
    (epoch, granted): (u32, &Granted),
) -> Outcome<()> {
    let to = GrantTo { group: scope.bytes(), member: id.bytes() };
    let boxed = random::within(tx, |c| grant_box(public, &to, epoch, granted, c));
    let bytes = boxed.map_err(Fault::new)?;
    let tag = epochs::grant_tag(instance, scope, (id, epoch));
    let grant = NewGrant { member: id, epoch, boxed: true, bytes, tag };
    Ok(store::save_grant(tx, scope, grant)?)
}
