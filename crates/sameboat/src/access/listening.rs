//! Who may hear what changes in a group. A live connection outlives its request, so it holds no
//! key, and is asked again before everything that it is told.

use std::collections::BTreeSet;

use seal::InstanceKey;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock::HOUR;
use crate::error::Outcome;
use crate::groups;
use crate::ids::{GroupId, MemberId, SignInId};
use crate::people;

/// So long a live connection lasts at most; its page then comes again by itself. A reader that reads
/// nothing any more would keep its place for as long as its sign-in holds.
const LONGEST: i64 = HOUR;

/// Somebody's live connection: ids, and until when.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Listening {
    scope: GroupScope,
    member: MemberId,
    sign_in: SignInId,
    until: i64,
}

impl Listening {
    /// A member who asks to be told what changes.
    pub fn of(member: &Member, now: i64) -> Listening {
        Listening {
            scope: member.scope(),
            member: member.id(),
            sign_in: member.person().sign_in(),
            until: member.person().until().min(now + LONGEST),
        }
    }

    /// The group.
    pub fn group(&self) -> GroupId {
        self.scope.group()
    }

    /// The sign-in that asked.
    pub fn sign_in(&self) -> SignInId {
        self.sign_in
    }

    /// Whether the sign-in is past its limit, or was not used for too long, or the connection has
    /// lasted long enough. That a page is open
    /// and hears things is no use: hands are.
    pub fn is_over(&self, now: i64) -> bool {
        now >= self.until
    }
}

/// Of connections to one group, those that must end: the sign-in was ended, or the member has no
/// key of now. `all` holds the number of each connection.
///
/// # Errors
/// A fault of the database.
pub fn barred(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    all: &[(u64, Listening)],
) -> Outcome<BTreeSet<u64>> {
    let Some((_, first)) = all.first() else { return Ok(BTreeSet::new()) };
    let sign_ins: BTreeSet<SignInId> = all.iter().map(|(_, who)| who.sign_in).collect();
    let sign_ins = people::standing(tx, sign_ins)?;
    let members = groups::with_key(tx, instance, first.scope)?;
    let may = |who: &Listening| {
        who.scope == first.scope && sign_ins.contains(&who.sign_in) && members.contains(&who.member)
    };
    let barred = all.iter().filter(|(_, who)| !may(who));
    Ok(barred.map(|(number, _)| *number).collect())
}
