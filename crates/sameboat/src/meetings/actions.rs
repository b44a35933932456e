use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::{self, State};
use crate::ids::MemberId;

/// The facilitator on duty, who answers for what is told to "the facilitator". Nobody, if whoever
/// was named went or is on a break.
pub fn on_duty(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<MemberId>> {
    let members = groups::list_members(tx, member)?;
    let founder = members.into_iter().find(|m| m.state == State::Here && m.about.founder);
    Ok(founder.map(|founder| founder.id))
}
