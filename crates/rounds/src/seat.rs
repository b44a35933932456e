//! Who sits in the circle: numbers only.

use serde::{Deserialize, Serialize};

/// A seat's number, given by the caller, each number once in a meeting. It says nothing
/// about who sits there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeatId(pub u32);

/// Whether somebody is there. Not being there has no reason and leaves no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Presence {
    /// Has not come yet; a chair stands ready, and no round waits for it.
    Expected,
    /// Is in the circle.
    Here,
    /// Was in the circle and is away just now.
    Away,
}

/// Who makes the moves of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SeatKind {
    /// A member, who moves for themselves.
    Member,
    /// A name at a shared phone.
    NameOnly {
        /// The member whose phone it is. The facilitator may move for the name too, so
        /// that a flat battery stops nobody.
        phone: SeatId,
    },
}

/// One seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// Its number.
    pub id: SeatId,
    /// Who makes its moves.
    pub kind: SeatKind,
    /// Whether somebody is there.
    pub presence: Presence,
}

impl Seat {
    /// Whether a member sits here and not a name at a shared phone.
    #[must_use]
    pub const fn is_member(&self) -> bool {
        matches!(self.kind, SeatKind::Member)
    }

    /// Whether somebody is there now.
    #[must_use]
    pub const fn is_here(&self) -> bool {
        matches!(self.presence, Presence::Here)
    }

    /// Whether they have come, even if they are away just now.
    #[must_use]
    pub const fn has_come(&self) -> bool {
        !matches!(self.presence, Presence::Expected)
    }
}
