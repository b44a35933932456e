//! Standing papers: what newcomers read at once, and therefore is sealed anew at every turn of a
//! group's key, in the same transaction. Each room that keeps some says so here.
//! Also what waits for a member's next write, because only a member's key can do it.

use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::{agreements, door, groups};

/// Seals every room's standing papers under the new key. `after` is the member who turned it.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    groups::reseal(tx, after)?;
    agreements::reseal(tx, after)?;
    door::reseal(tx, after)
}

/// Does what waited for a key: called at each member's own writes and at sign-in, never on a GET.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    groups::settle(tx, member)
}
