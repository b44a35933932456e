//! Standing papers: what newcomers read at once, and therefore is sealed anew at every turn of a
//! group's key, in the same transaction. Each room that keeps some says so here.

use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::{agreements, groups};

/// Seals every room's standing papers under the new key. `after` is the member who turned it.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    groups::reseal(tx, after)?;
    agreements::reseal(tx, after)
}
