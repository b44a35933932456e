//! The way back of somebody who lost everything.

use seal::{InstanceKey, LinkSecret};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, About, Earlier, Named, State};
use crate::ids::MemberId;
use crate::returning::actions::{count, drop_seat, freezes, tags, voices};
use crate::returning::model::{self, Return, Voice};
use crate::returning::store::{self, ReturnRow};
use crate::sealed::Filled;
use crate::web::Once;
use crate::{door, leaving};

const LABEL: &str = "returning.return";

/// Bytes that a row is filled up to, so that its size does not tell how many said so.
const FILLED: &[usize] = &[4096, 16 * 1024];

/// Days for which it is tried to grant every key that the old seat had.
const TRIED_DAYS: i64 = 90;

/// Somebody on the way back.
#[derive(Clone)]
pub struct Back {
    /// The seat that they had.
    pub old: MemberId,
    /// The name of it.
    pub name: String,
    /// The seat that they came in with.
    pub new: Option<MemberId>,
    /// When the old seat loses its keys, once the 72 hours run (microseconds UTC).
    pub until_at: Option<i64>,
    /// Who says what.
    pub back: Return,
    link: [u8; 16],
}

fn all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Back>> {
    let members = groups::list_members(tx, member)?;
    let (mut found, instance) = (Vec::new(), member.person().instance());
    for row in store::list_returns(tx, member.scope())? {
        let holds = tags::holds(instance, &member.scope(), &row);
        if !holds || !groups::is_current(member, &row.words) {
            continue;
        }
        let place = (LABEL, row.old.bytes().as_slice(), None);
        let filled: Option<Filled<Return>> = groups::read_paper(tx, member, place, &row.words)?;
        let Some(Filled { words: back, .. }) = filled else { continue };
        let ReturnRow { old, link, new, until_at, .. } = row;
        let name = of(&members, old).map(|named| named.about.name.as_str().to_owned());
        found.push(Back { old, name: name.unwrap_or_default(), new, until_at, back, link });
    }
    Ok(found)
}

fn of(members: &[Named], who: MemberId) -> Option<&Named> {
    members.iter().find(|named| named.id == who)
}

/// Everybody on the way back: shown to all.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Back>> {
    let found = all(tx, member)?;
    Ok(found.into_iter().filter(|back| back.back.done.is_none()).collect())
}

fn find(tx: &mut Tx<'_>, member: &Member, old: MemberId) -> Outcome<Back> {
    let found = list(tx, member)?.into_iter().find(|back| back.old == old);
    Ok(found.ok_or(Refusal::NotFound)?)
}

fn save(tx: &mut Tx<'_>, hand: &Member, back: &Back) -> Outcome<()> {
    let Back { old, new, until_at, link, .. } = *back;
    let filled = Filled::new(&back.back, FILLED);
    let words = groups::seal_words_of(tx, hand, LABEL, old.bytes(), None, &filled)?;
    let mut row = ReturnRow { old, link, new, until_at, words, tag: Vec::new() };
    tags::tag(hand.person().instance(), &hand.scope(), &mut row);
    Ok(store::save_return(tx, hand.scope(), row)?)
}

/// Why this member cannot make a link: the key of the sentence.
pub fn why_not(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<&'static str>> {
    if leaving::asked(tx, member)? {
        return Ok(Some("me-asked-meanwhile"));
    }
    let members = groups::list_members(tx, member)?;
    let voices = voices(&members, tx.now(), &[]);
    let known = voices.iter().any(|voice| voice.id == member.id() && voice.known);
    Ok((!known).then_some("return-too-new"))
}

/// Makes the link: whoever makes it has met the person, or heard their voice.
///
/// # Errors
/// [`Refusal::NotFound`] for oneself and for somebody who is gone; [`Refusal::NotAllowed`] as
/// [`why_not`] says; [`Refusal::Conflict`] when there is a link already.
pub fn make(tx: &mut Tx<'_>, member: &Member, old: MemberId, once: Once) -> Outcome<LinkSecret> {
    once.spend(tx)?;
    let members = groups::list_members(tx, member)?;
    let state = of(&members, old).map(|named| named.state);
    if old == member.id() || !matches!(state, Some(State::Here | State::Break | State::Frozen)) {
        return Err(Refusal::NotFound.into());
    }
    if let Some(why) = why_not(tx, member)? {
        return Err(Refusal::NotAllowed(why).into());
    }
    if all(tx, member)?.iter().any(|back| back.old == old) {
        return Err(Refusal::Conflict("return-already").into());
    }
    let secret = door::invite_back(tx, member)?;
    let back = Back {
        old,
        name: String::new(),
        new: None,
        until_at: None,
        back: Return::new(member.id()),
        link: secret.row_id(),
    };
    save(tx, member, &back)?;
    Ok(secret)
}

/// Whether a link is for somebody who comes back: a full group takes them in all the same.
pub fn is_back(tx: &mut Tx<'_>, member: &Member, link: &[u8; 16]) -> Outcome<bool> {
    Ok(list(tx, member)?.iter().any(|back| back.link == *link && back.new.is_none()))
}

/// Somebody was let in by a link, in this transaction.
pub fn took_in(tx: &mut Tx<'_>, after: &Member, who: MemberId, link: &[u8; 16]) -> Outcome<()> {
    let found = list(tx, after)?.into_iter().find(|back| back.link == *link && back.new.is_none());
    let Some(mut back) = found else { return Ok(()) };
    back.new = Some(who);
    start(tx, after, &mut back)?;
    save(tx, after, &back)
}

/// The 72 hours begin when they are in and enough members say that it is them.
fn start(tx: &mut Tx<'_>, hand: &Member, back: &mut Back) -> Outcome<()> {
    let Some(new) = back.new.filter(|_| back.until_at.is_none()) else { return Ok(()) };
    let members = groups::list_members(tx, hand)?;
    let others = voices(&members, tx.now(), &[back.old, new]);
    if !back.back.is_vouched(count(&members, Some(new)).1, &others) {
        return Ok(());
    }
    let mut epochs = groups::held_epochs(tx, hand.person().instance(), hand.scope(), back.old)?;
    if epochs.is_empty() {
        let ice = freezes::list(tx, hand)?.into_iter().find(|ice| ice.who == back.old);
        epochs = ice.and_then(|ice| ice.freezing.ice).map(|held| held.epochs).unwrap_or_default();
    }
    back.back.epochs = epochs;
    back.until_at = Some(model::until(tx.now()));
    Ok(())
}

/// Another member says that it is them.
///
/// # Errors
/// [`Refusal::NotAllowed`] for whoever made the link, for either seat of the person, and for
/// whoever is asked to leave.
pub fn say_same(tx: &mut Tx<'_>, member: &Member, old: MemberId) -> Outcome<()> {
    let mut back = find(tx, member, old)?;
    let me = member.id();
    if back.back.stopped.is_some() || !back.back.takes(me, old) || back.new == Some(me) {
        return Err(Refusal::NotAllowed("return-not-you").into());
    }
    leaving::not_while_asked(tx, member)?;
    back.back.same.push(me);
    start(tx, member, &mut back)?;
    save(tx, member, &back)
}

/// Stops it, with one tap of anybody. Before somebody came in, the link ends. Afterwards, where two
/// stand against each other, both seats are frozen until the group has spoken; else only the new
/// one goes. Gives back whether whoever stopped it still has the key.
///
/// # Errors
/// [`Refusal::Conflict`] when it was stopped already.
pub fn stop(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    old: MemberId,
) -> Outcome<bool> {
    let mut back = find(tx, member, old)?;
    if back.back.stopped.is_some() {
        return Err(Refusal::Conflict("return-is-stopped").into());
    }
    let me = member.id();
    let Some(new) = back.new else {
        door::end_link(tx, member, &back.link)?;
        forget(tx, member.scope(), old)?;
        return Ok(true);
    };
    let members = groups::list_members(tx, member)?;
    if !is_disputed(&back, new, me, &members, tx.now()) {
        drop_seat(tx, instance, member, new)?;
        return Ok(me != new);
    }
    let mut both = [new, old];
    // Whoever stops it and is one of the two freezes themselves as their last act.
    both.sort_by_key(|who| *who == me);
    let has_key = |who| of(&members, who).is_some_and(|named| named.state.has_key());
    let mut hand = member.clone();
    for who in both.into_iter().filter(|who| has_key(*who)) {
        hand = freezes::freeze(tx, instance, &hand, who)?;
    }
    back.back.stopped = Some(me);
    back.until_at = None;
    save(tx, &hand, &back)?;
    Ok(!both.contains(&me))
}

/// Whether two stand against each other, so that both seats must wait. Else one person could freeze
/// anybody: make a link for them, come in by it, and stop it. So the 72 hours must run, which needs
/// enough voices; and who stops it must be the old seat, or somebody who is not tied to whoever made
/// the link. There must be somebody else to decide, and half of the group must keep the key; if not,
/// whoever was here stays.
fn is_disputed(back: &Back, new: MemberId, me: MemberId, members: &[Named], now: i64) -> bool {
    let others = voices(members, now, &[back.old, new]);
    let maker = others.iter().find(|voice| voice.id == back.back.by);
    let apart = |voice: &Voice| maker.is_none_or(|maker| !voice.is_tied_to(maker));
    let against = others.iter().any(|voice| voice.id == me && voice.known && apart(voice));
    let decides = others.iter().any(|voice| voice.id != back.back.by);
    let (with_key, all) = count(members, Some(new));
    let old_has_key = of(members, back.old).is_some_and(|named| named.state.has_key());
    back.until_at.is_some()
        && (me == back.old || against)
        && decides
        && (!old_has_key || model::leaves_half(with_key, all))
}

/// Whoever made the link of a return that was stopped, if somebody else is left to decide about
/// this one of its two seats.
pub fn maker_of_stopped(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<Vec<MemberId>> {
    let found = list(tx, member)?.into_iter().find(|back| is_stopped_about(back, who));
    let Some(back) = found else { return Ok(Vec::new()) };
    let members = groups::list_members(tx, member)?;
    let others = voices(&members, tx.now(), &[who, back.back.by]);
    Ok(if others.is_empty() { Vec::new() } else { vec![back.back.by] })
}

fn is_stopped_about(back: &Back, who: MemberId) -> bool {
    back.back.stopped.is_some() && (back.old == who || back.new == Some(who))
}

/// The newer seats of returns that were stopped.
pub fn newer_of_stopped(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<MemberId>> {
    let all = list(tx, member)?.into_iter().filter(|back| back.back.stopped.is_some());
    Ok(all.filter_map(|back| back.new).collect())
}

fn forget(tx: &mut Tx<'_>, scope: GroupScope, old: MemberId) -> Outcome<()> {
    Ok(store::remove_return(tx, scope, old)?)
}

/// The group has spoken: one of two frozen seats has the key again, and the other one goes.
pub fn decided(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    after: &Member,
    who: MemberId,
) -> Outcome<()> {
    let found = list(tx, after)?.into_iter().find(|back| is_stopped_about(back, who));
    match found {
        Some(back) if back.new == Some(who) => finish(tx, instance, after, back),
        Some(Back { old, new: Some(new), .. }) => {
            drop_seat(tx, instance, after, new)?;
            forget(tx, after.scope(), old)
        }
        Some(Back { new: None, .. }) | None => Ok(()),
    }
}

/// In all groups, by the clock: seats whose 72 hours are over lose their keys at once.
pub fn end_by_the_clock(tx: &mut Tx<'_>, instance: &InstanceKey) -> Outcome<()> {
    let now = tx.now();
    for (group, row) in store::list_over(tx, now)? {
        let scope = GroupScope::by_the_clock(group);
        if tags::holds(instance, &scope, &row) {
            groups::end_grants(tx, instance, scope, (row.old, None))?;
        }
    }
    Ok(())
}

/// Whether something is to be carried out.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let now = tx.now();
    let over = |back: &Back| back.until_at.is_some_and(|until| until <= now);
    Ok(all(tx, member)?.iter().any(|back| over(back) || back.back.done.is_some()))
}

/// At a member's write: the 72 hours that are over are carried out.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let now = tx.now();
    for back in all(tx, member)? {
        if let Some(day) = back.back.done {
            let whole = grant(tx, instance, member, &back)?;
            if whole || clock::day(now) - day > TRIED_DAYS {
                forget(tx, member.scope(), back.old)?;
            }
        } else if back.until_at.is_some_and(|until| until <= now) {
            finish(tx, instance, member, back)?;
        }
    }
    Ok(())
}

fn grant(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member, back: &Back) -> Outcome<bool> {
    let Some(who) = back.new else { return Ok(true) };
    let earlier = Earlier { who, epochs: back.back.epochs.clone() };
    groups::grant_earlier(tx, instance, member, &earlier)
}

/// The old seat goes, the key turns, and name and group words come back to the new seat. Roles and
/// words to one person do not.
fn finish(tx: &mut Tx<'_>, instance: &InstanceKey, hand: &Member, mut back: Back) -> Outcome<()> {
    let (old, Some(new)) = (back.old, back.new) else { return Ok(()) };
    // An earlier one of several may have turned the key. The old seat's own hand is as it was.
    let fresh = if hand.id() == old { hand.clone() } else { groups::afresh(tx, hand)? };
    let hand = &fresh;
    let members = groups::list_members(tx, hand)?;
    if let (Some(was), Some(is)) = (of(&members, old), of(&members, new)) {
        let (was, is) = (was.about.clone(), is.about.clone());
        // Where they belong is where they belonged: the way back is no other way in.
        let branch = Some(was.branch_of(old));
        let About { name, since, by, formerly, .. } = was;
        let about = About { name, since, by, branch, formerly, ..is };
        groups::rename(tx, hand, new, &about)?;
    }
    door::pass_list_on(tx, hand, old, new)?;
    let after = drop_seat(tx, instance, hand, old)?;
    leaving::note_return(tx, &after, old)?;
    back.until_at = None;
    back.back.done = Some(clock::day(tx.now()));
    if grant(tx, instance, &after, &back)? { Ok(()) } else { save(tx, &after, &back) }
}

/// Somebody went: the way back of, to or by them is over.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    for back in all(tx, after)? {
        let by_them = back.back.by == who && back.new.is_none();
        if back.old == who || back.new == Some(who) || by_them {
            door::end_link(tx, after, &back.link)?;
            forget(tx, after.scope(), back.old)?;
        }
    }
    Ok(())
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for back in all(tx, after)? {
        save(tx, after, &back)?;
    }
    Ok(())
}
