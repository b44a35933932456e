//! What happens to a group and its members.

use std::collections::BTreeSet;

use seal::{GroupSeat, InstanceKey, MemberSecret, Place, Sealed};
use storekit::Tx;

use crate::access::{GroupScope, Member, Person};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::keys::{self, Change, Keys, MEMBER_LABEL};
use crate::groups::model::{About, Role, State};
use crate::groups::sayings;
use crate::groups::store;
use crate::ids::MemberId;
use crate::{gone, instance_key, live, random};

const OUTSIDE_LABEL: &str = "groups.outside-name";

/// A member as others in the group see them.
#[derive(Clone)]
pub struct Named {
    /// Their id.
    pub id: MemberId,
    /// How they stand.
    pub state: State,
    /// Name, mark, since when.
    pub about: About,
}

impl Named {
    /// Whether they take a break from the group.
    pub fn is_on_break(&self) -> bool {
        self.state == State::Break
    }

    /// Whether they work with the group: everybody sees that beside the name.
    pub fn is_worker(&self) -> bool {
        match self.about.role {
            Role::Member => false,
            Role::Worker => true,
        }
    }
}

/// Somebody who is let in.
pub struct Newcomer {
    /// The id that they will have.
    pub id: MemberId,
    /// Their public key for this group.
    pub public: seal::MemberPublic,
    /// What the group will know of them.
    pub about: About,
}

/// Begins a group with one member. The caller puts the seat on the person's keyring
/// ([`crate::people::add_seat`]) in the same transaction.
pub fn found(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    person: &Person,
    about: &About,
    outside: &str,
) -> Outcome<(Member, GroupSeat)> {
    let scope = GroupScope::new(tx);
    let id = MemberId::random(tx);
    let secret = random::within(tx, MemberSecret::random);
    let day = clock::day(tx.now());
    let outside = seal_outside(tx, instance, scope, outside)?;
    store::add_group(tx, scope, day, outside)?;
    keys::first_epoch(tx, instance, scope, id, &secret)?;
    let seat = GroupSeat { group: *scope.bytes(), member: *id.bytes(), secret };
    // The row comes first: who is to seal words must be in the group.
    store::add_member(tx, scope, id, day, Sealed::from_bytes(Vec::new()))?;
    let member = member(tx, person, &seat)?.ok_or(Refusal::NotFound)?;
    let words = keys::seal_words(tx, &member, MEMBER_LABEL, id.bytes(), about)?;
    store::save_member_words(tx, scope, id, words)?;
    sayings::ready(tx, &member, sayings::THEMES)?;
    Ok((member, seat))
}

/// Lets somebody in: their row, the turn of the key, and their grant. Gives back the member who
/// let them in, with the new key; the caller seals the standing papers anew.
pub fn come_in(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    id: MemberId,
    public: seal::MemberPublic,
    about: &About,
) -> Outcome<Member> {
    let newcomer = Newcomer { id, public, about: about.clone() };
    come_in_all(tx, instance, by, &[newcomer])
}

/// Lets several in, with one turn of the key.
pub fn come_in_all(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    newcomers: &[Newcomer],
) -> Outcome<Member> {
    let day = clock::day(tx.now());
    let keys = newcomers.iter().map(|new| (new.id, new.public)).collect();
    let after = keys::turn(tx, instance, by, Change::AllIn(keys))?;
    for new in newcomers {
        let id = *new.id.bytes();
        let words = keys::seal_words_of(tx, &after, MEMBER_LABEL, &id, Some(&id), &new.about)?;
        store::add_member(tx, by.scope(), new.id, day, words)?;
    }
    Ok(after)
}

/// Somebody goes: their state, their grants, and the turn of the key. When they go themselves, the
/// turn is their last act.
pub fn go_out(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    id: MemberId,
    state: State,
) -> Outcome<Member> {
    save_state(tx, by.scope(), id, state)?;
    keys::turn(tx, instance, by, Change::Out(id))
}

/// How somebody stands from now on. Whoever goes stands in the gone list, too, by whichever way.
fn save_state(tx: &mut Tx<'_>, scope: GroupScope, id: MemberId, state: State) -> Outcome<()> {
    if state == State::Gone {
        gone::note(tx, gone::Kind::Member, scope.bytes(), id.bytes())?;
    }
    let day = clock::day(tx.now());
    Ok(store::save_member_state(tx, scope, id, state, day)?)
}

/// The member that a seat opens, if they are still in the group.
pub fn member(tx: &mut Tx<'_>, person: &Person, seat: &GroupSeat) -> Outcome<Option<Member>> {
    let scope = GroupScope::of_seat(seat);
    let id = MemberId::from(seat.member);
    let Some(found) = store::find_seat(tx, scope, id)? else { return Ok(None) };
    let keys = Keys::open(scope, id, &seat.secret, &found);
    Ok(Member::new(person, seat, keys, found.state))
}

/// The same member with the keys of this very transaction: somebody may have turned the key since
/// their request was let in.
///
/// # Errors
/// [`Refusal::NotFound`] when they went meanwhile.
pub fn afresh(tx: &mut Tx<'_>, member: &Member) -> Outcome<Member> {
    let scope = member.scope();
    let found = store::find_seat(tx, scope, member.id())?.ok_or(Refusal::NotFound)?;
    let keys = Keys::open(scope, member.id(), member.secret(), &found);
    if !found.state.has_key() || keys.current().is_none() {
        return Err(Refusal::NotFound.into());
    }
    Ok(member.with_keys(keys, found.state))
}

/// The members who hold the group's key of now.
pub fn with_key(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<BTreeSet<MemberId>> {
    let granted = store::list_granted(tx, scope)?.into_iter();
    Ok(granted.filter(|(_, state)| state.has_key()).map(|(id, _)| id).collect())
}

/// How the holder of a seat stands, if the group knows the seat.
pub fn state_of(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<Option<State>> {
    let found = store::find_seat(tx, GroupScope::of_seat(seat), MemberId::from(seat.member))?;
    Ok(found.map(|seat| seat.state))
}

/// Whether this seat was ever taken: somebody at the door has a seat that the group does not know.
pub fn knows(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<bool> {
    Ok(state_of(tx, seat)?.is_some())
}

/// Everybody who is or was in the group, in the order of coming.
pub fn list_members(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Named>> {
    let rows = store::list_members(tx, member.scope())?;
    rows.iter()
        .filter(|row| keys::may_open(member, &row.words))
        .map(|row| {
            let about = keys::open_about(member, row)?;
            Ok(Named { id: row.id, state: row.state, about })
        })
        .collect()
}

/// Changes the name that this group knows somebody by.
pub fn rename(tx: &mut Tx<'_>, hand: &Member, who: MemberId, about: &About) -> Outcome<()> {
    let id = who.bytes();
    let words = keys::seal_words_of(tx, hand, MEMBER_LABEL, id, Some(id), about)?;
    Ok(store::save_member_words(tx, hand.scope(), who, words)?)
}

/// Takes away what the group knew of somebody who went: nobody is told any more who it was.
pub fn forget_name(tx: &mut Tx<'_>, scope: GroupScope, who: MemberId) -> Outcome<()> {
    Ok(store::save_member_words(tx, scope, who, Sealed::from_bytes(Vec::new()))?)
}

/// Somebody whose state kept them outside is given the key again: the turn, and their grant. The
/// caller grants what they had before ([`crate::groups::grant_earlier`]).
pub fn come_back(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    by: &Member,
    who: (MemberId, seal::MemberPublic),
) -> Outcome<Member> {
    let (id, public) = who;
    save_state(tx, by.scope(), id, State::Here)?;
    keys::turn(tx, instance, by, Change::In(id, public))
}

/// Takes every key from somebody whose time is over, where no member's hand is there to turn it:
/// they go with the next write of a member. `state` is how they stand from now on.
pub fn end_grants(
    tx: &mut Tx<'_>,
    scope: GroupScope,
    who: MemberId,
    state: Option<State>,
) -> Outcome<()> {
    if let Some(state) = state {
        save_state(tx, scope, who, state)?;
    }
    Ok(store::remove_grants(tx, scope, who)?)
}

/// Ends the group: its keys, its papers, everything that hangs on it.
pub fn end(tx: &mut Tx<'_>, last: &Member) -> Outcome<()> {
    let scope = last.scope();
    live::somebody_went(tx, scope)?;
    gone::note(tx, gone::Kind::Group, scope.bytes(), scope.bytes())?;
    take_out(tx, scope)
}

/// A group that ended does not come back with a backup.
pub fn take_out(tx: &mut Tx<'_>, scope: GroupScope) -> Outcome<()> {
    Ok(store::remove_group(tx, scope)?)
}

/// A member who went does not come back with a backup: no grant, and no name. The key turns with
/// the next member's write.
pub fn take_out_member(tx: &mut Tx<'_>, scope: GroupScope, id: MemberId) -> Outcome<()> {
    let day = clock::day(tx.now());
    store::save_member_state(tx, scope, id, State::Gone, day)?;
    store::save_member_words(tx, scope, id, Sealed::from_bytes(Vec::new()))?;
    Ok(store::remove_grants(tx, scope, id)?)
}

/// Goes on a break, or comes back from it.
pub fn set_break(tx: &mut Tx<'_>, member: &Member, on_break: bool) -> Outcome<()> {
    let state = if on_break { State::Break } else { State::Here };
    save_state(tx, member.scope(), member.id(), state)
}

/// The name that stands outside: tab, calendar, the list of groups.
pub fn outside_name(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<Option<String>> {
    let Some(sealed) = store::find_outside(tx, scope)? else { return Ok(None) };
    let opened = instance.open(&outside_place(&scope), &sealed)?;
    Ok(Some(opened.text()?.to_owned()))
}

/// Changes the outside name.
pub fn save_outside(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    name: &str,
) -> Outcome<()> {
    let sealed = seal_outside(tx, instance, member.scope(), name)?;
    Ok(store::save_outside(tx, member.scope(), sealed)?)
}

fn seal_outside(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    name: &str,
) -> Outcome<Sealed> {
    instance_key::must_be_now(tx, instance)?;
    Ok(random::within(tx, |c| instance.seal(&outside_place(&scope), name.as_bytes(), c)))
}

/// Where an outside name stands.
pub fn outside_place(scope: &GroupScope) -> Place<'_> {
    Place { label: OUTSIDE_LABEL, scope: scope.bytes(), row: scope.bytes(), writer: None }
}
