//! Somebody in a group.

use std::sync::Arc;

use seal::{GroupSeat, MemberSecret};

use crate::access::{GroupScope, Person};
use crate::groups::{Keys, State as Standing};
use crate::ids::{GroupId, MemberId};

/// Somebody in a group, with the keys granted to them there. Cheap to clone.
#[derive(Clone)]
pub struct Member(Arc<Seated>);

struct Seated {
    person: Person,
    scope: GroupScope,
    id: MemberId,
    secret: MemberSecret,
    seen: u32,
    state: Standing,
    keys: Keys,
}

impl Member {
    /// The member of this seat, if they hold the group's key of now.
    pub fn new(person: &Person, seat: &GroupSeat, keys: Keys, state: Standing) -> Option<Member> {
        let holds = state.has_key() && keys.current().is_some();
        holds.then(|| {
            Member(Arc::new(Seated {
                person: person.clone(),
                scope: GroupScope::of_seat(seat),
                id: MemberId::from(seat.member),
                secret: seat.secret.clone(),
                seen: seat.epoch,
                state,
                keys,
            }))
        })
    }

    /// The same member after the key was turned.
    pub fn with_keys(&self, keys: Keys, state: Standing) -> Member {
        Member(Arc::new(Seated {
            person: self.0.person.clone(),
            scope: self.0.scope,
            id: self.0.id,
            secret: self.0.secret.clone(),
            seen: self.0.seen,
            state,
            keys,
        }))
    }

    /// Who it is.
    pub fn person(&self) -> &Person {
        &self.0.person
    }

    /// The group's scope.
    pub fn scope(&self) -> GroupScope {
        self.0.scope
    }

    /// The group's id, for addresses.
    pub fn group(&self) -> GroupId {
        self.0.scope.group()
    }

    /// Their id in this group.
    pub fn id(&self) -> MemberId {
        self.0.id
    }

    /// How they stand.
    pub fn state(&self) -> Standing {
        self.0.state
    }

    /// Their secret for this group.
    pub fn secret(&self) -> &MemberSecret {
        &self.0.secret
    }

    /// The highest epoch that their seat had seen when this request was let in.
    pub fn seen(&self) -> u32 {
        self.0.seen
    }

    /// The group's keys that they were granted.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }
}
