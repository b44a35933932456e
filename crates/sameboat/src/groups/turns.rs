//! The host asks that every group's key turns: what was read with copies of the database from before
//! stays read, and what is written afterwards is under keys that are in none of them.

use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::keys;
use crate::groups::store::turns as store;

/// Asks every group; gives how many there are. The next write of a member turns their group's key,
/// or their next sign-in.
pub fn ask_turns(tx: &mut Tx<'_>) -> Outcome<u64> {
    Ok(store::ask(tx)?)
}

/// How many groups have not turned their key since they were asked.
pub fn count_waiting_turns(tx: &mut Tx<'_>) -> Outcome<i64> {
    Ok(store::count_waiting(tx)?)
}

/// Whether this group was asked, and has not turned its key since.
pub fn is_turn_asked(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let now = i64::from(keys::epoch(tx, member)?);
    Ok(store::find(tx, member.scope())?.is_some_and(|asked| asked >= now))
}
