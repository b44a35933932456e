//! The group that a statement is about.

use seal::{GroupSeat, LinkSecret};
use storekit::{Tx, Value};

use crate::ids::GroupId;

/// The group that a statement is about: the shard key, and proof that somebody may ask about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct GroupScope(GroupId);

impl GroupScope {
    /// The scope of a group that is just being begun.
    pub fn new(tx: &mut Tx<'_>) -> GroupScope {
        GroupScope(GroupId::random(tx))
    }

    /// The scope of the group in which this seat is.
    pub fn of_seat(seat: &GroupSeat) -> GroupScope {
        GroupScope(GroupId::from(seat.group))
    }

    /// The scope of the group that a link leads to: for what a link allows, which is to read the
    /// copy that it opens and to put a letter into the letter-box.
    pub fn of_link(_holds: &LinkSecret, group: GroupId) -> GroupScope {
        GroupScope(group)
    }

    /// The scope of a group that the gone list names: for keeping out what went.
    pub fn of_gone_list(group: GroupId) -> GroupScope {
        GroupScope(group)
    }

    /// The scope of a group in which the clock takes keys away: it can grant and open nothing.
    pub fn by_the_clock(group: GroupId) -> GroupScope {
        GroupScope(group)
    }

    /// The scope of a group whose tags are made anew under a new instance key: it can grant and
    /// open nothing.
    pub fn under_new_key(group: GroupId) -> GroupScope {
        GroupScope(group)
    }

    /// The group's id, for an address.
    pub fn group(&self) -> GroupId {
        self.0
    }

    /// The group's id, as stored and as sealed values are bound to.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.bytes()
    }
}

impl From<&GroupScope> for Value {
    fn from(scope: &GroupScope) -> Value {
        Value::from(&scope.0)
    }
}
