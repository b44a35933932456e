//! What happens to a group and its members.

use std::collections::BTreeSet;

use seal::{GroupSeat, InstanceKey, MemberSecret, Place, Sealed};
use storekit::Tx;

use crate::access::{GroupScope, Member, Person};
use crate::clock;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::epochs;
use crate::groups::grants::Holder;
use crate::groups::keys::{self, Change, Keys};
use crate::groups::model::{About, Role, State};
use crate::groups::reading::unless_damaged;
use crate::groups::store;
use crate::groups::{sayings, stands};
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
    let seat = GroupSeat { group: *scope.bytes(), member: *id.bytes(), secret, epoch: 1 };
    // The row comes first: who is to seal words must be in the group.
    let tag = stands::tag(instance, &scope, (id, State::Here, day));
    store::add_member(tx, scope, id, (day, tag), Sealed::from_bytes(Vec::new()))?;
    let member = member(tx, person, &seat)?.ok_or(Refusal::NotFound)?;
    rename(tx, &member, id, about)?;
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
        let words = keys::seal_about(tx, &after, new.id, &new.about)?;
        let tag = stands::tag(instance, &by.scope(), (new.id, State::Here, day));
        store::add_member(tx, by.scope(), new.id, (day, tag), words)?;
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
    stands::save(tx, instance, by.scope(), (id, state))?;
    keys::turn(tx, instance, by, Change::Out(id))
}

/// The member that a seat opens, if they are still in the group, and the group was not put back
/// ([`is_put_back`]).
pub fn member(tx: &mut Tx<'_>, person: &Person, seat: &GroupSeat) -> Outcome<Option<Member>> {
    let scope = GroupScope::of_seat(seat);
    let id = MemberId::from(seat.member);
    let Some(found) = store::find_seat(tx, scope, id)? else { return Ok(None) };
    let holder = Holder { scope, member: id, secret: &seat.secret };
    let keys = match Keys::open(tx, person.instance(), &holder, &found) {
        // No row of an epoch is to be believed: the group is shut.
        Err(Stop::Refused(Refusal::NotFound)) => return Ok(None),
        opened => opened?,
    };
    let lower = keys.epoch() < seat.epoch;
    let has_key = keys.current().is_some();
    let state = stands::of(tx, person.instance(), scope, (id, has_key))?;
    let member = state.and_then(|state| Member::new(person, seat, keys, state));
    Ok(member.filter(|_| !lower))
}

/// Whether a group stands at an epoch below one that this seat has seen: somebody put it back, so
/// that whoever went since could read what is written.
pub fn is_put_back(tx: &mut Tx<'_>, person: &Person, seat: &GroupSeat) -> Outcome<bool> {
    let now = epochs::current(tx, person.instance(), GroupScope::of_seat(seat));
    match now {
        Err(Stop::Refused(Refusal::NotFound)) => Ok(seat.epoch > 0),
        now => Ok(now?.number < seat.epoch),
    }
}

/// The same member with the keys of this very transaction: somebody may have turned the key since
/// their request was let in.
///
/// # Errors
/// [`Refusal::NotFound`] when they went meanwhile.
pub fn afresh(tx: &mut Tx<'_>, member: &Member) -> Outcome<Member> {
    let (keys, _) = keys::keys_of(tx, member)?.ok_or(Refusal::NotFound)?;
    let (instance, has_key) = (member.person().instance(), keys.current().is_some());
    let state = stands::of(tx, instance, member.scope(), (member.id(), has_key))?;
    let state = state.filter(|state| state.has_key() && has_key).ok_or(Refusal::NotFound)?;
    Ok(member.with_keys(keys, state))
}

/// The members who hold the group's current key.
pub fn with_key(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<BTreeSet<MemberId>> {
    let now = epochs::current(tx, instance, scope)?;
    let granted = store::list_granted(tx, scope, now.number)?.into_iter();
    let holds = |(id, state): &(MemberId, State)| state.has_key() && now.public(*id).is_some();
    Ok(granted.filter(holds).map(|(id, _)| id).collect())
}

/// Whether somebody is in a group in which somebody else is as well. Standing at a door is not
/// enough.
pub fn is_with_others(tx: &mut Tx<'_>, person: &Person) -> Outcome<bool> {
    for seat in person.seats() {
        let members = match with_key(tx, person.instance(), GroupScope::of_seat(seat)) {
            // The group has ended, or is shut.
            Err(Stop::Refused(Refusal::NotFound)) => continue,
            members => members?,
        };
        if members.len() > 1 && members.contains(&MemberId::from(seat.member)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Everybody who is or was in the group, in the order of coming.
pub fn list_members(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Named>> {
    let rows = store::list_members(tx, member.scope())?;
    let stands = stands::list(tx, member)?;
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| keys::may_open(member, &row.words)) {
        let Some((_, state)) = stands.iter().find(|(id, _)| *id == row.id) else { continue };
        if *state == State::Gone || keys::is_current(member, &row.words) {
            let about = keys::read_about(member, row)?;
            all.push(Named { id: row.id, state: *state, about });
        }
    }
    Ok(all)
}

/// Changes the name that this group knows somebody by.
pub fn rename(tx: &mut Tx<'_>, hand: &Member, who: MemberId, about: &About) -> Outcome<()> {
    let words = keys::seal_about(tx, hand, who, about)?;
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
    stands::save(tx, instance, by.scope(), (id, State::Here))?;
    keys::turn(tx, instance, by, Change::In(id, public))
}

/// Takes every key from somebody whose time is over, where no member's hand is there to turn it:
/// they go with the next write of a member. `state` is how they stand from now on.
pub fn end_grants(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (who, state): (MemberId, Option<State>),
) -> Outcome<()> {
    if let Some(state) = state {
        stands::save(tx, instance, scope, (who, state))?;
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
pub fn take_out_member(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    id: MemberId,
) -> Outcome<()> {
    stands::write(tx, instance, scope, (id, State::Gone))?;
    store::save_member_words(tx, scope, id, Sealed::from_bytes(Vec::new()))?;
    Ok(store::remove_grants(tx, scope, id)?)
}

/// Goes on a break, or comes back from it.
pub fn set_break(tx: &mut Tx<'_>, member: &Member, on_break: bool) -> Outcome<()> {
    let state = if on_break { State::Break } else { State::Here };
    stands::save(tx, member.person().instance(), member.scope(), (member.id(), state))
}

/// The name that stands outside: tab, calendar, the list of groups.
pub fn outside_name(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
) -> Outcome<Option<String>> {
    let Some(sealed) = store::find_outside(tx, scope)? else { return Ok(None) };
    let opened = instance.open(&outside_place(&scope), &sealed).map_err(Stop::from);
    let name = opened.and_then(|opened| Ok(opened.text()?.to_owned())).map(Some);
    Ok(unless_damaged(OUTSIDE_LABEL, name)?.words())
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
