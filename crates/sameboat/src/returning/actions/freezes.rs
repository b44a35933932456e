//! Freezing a seat, and giving it the key again.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, Earlier, Named, State};
use crate::ids::MemberId;
use crate::returning::actions::returns;
use crate::returning::model::{Freezing, Held};
use crate::returning::store;
use crate::{agreements, door, standing};

const LABEL: &str = "returning.freezing";

/// Somebody who is to be frozen, or is.
#[derive(Clone)]
pub struct Ice {
    /// Who.
    pub who: MemberId,
    /// Their name.
    pub name: String,
    /// Who says what.
    pub freezing: Freezing,
}

impl Ice {
    /// Whether they are frozen already.
    pub fn is_frozen(&self) -> bool {
        self.freezing.ice.is_some()
    }
}

/// Everybody who is to be frozen, or is: shown to all.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Ice>> {
    let members = groups::list_members(tx, member)?;
    let rows = store::list_freezings(tx, member.scope())?;
    let mut all = Vec::new();
    for (who, words) in rows.into_iter().filter(|(_, words)| groups::may_open(member, words)) {
        let freezing = groups::open_words(member, LABEL, who.bytes(), None, &words)?;
        let name = members.iter().find(|named| named.id == who);
        let name = name.map(|named| named.about.name.as_str().to_owned()).unwrap_or_default();
        all.push(Ice { who, name, freezing });
    }
    Ok(all)
}

fn save(tx: &mut Tx<'_>, hand: &Member, who: MemberId, freezing: &Freezing) -> Outcome<()> {
    let words = groups::seal_words_of(tx, hand, LABEL, who.bytes(), None, freezing)?;
    Ok(store::save_freezing(tx, hand.scope(), who, words)?)
}

/// What saying it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// It waits for others.
    Kept,
    /// They are frozen.
    Frozen,
    /// They have the key again.
    Thawed,
}

/// Says that somebody should be frozen or, when they are, that they should have the key again; or
/// takes that back.
///
/// # Errors
/// [`Refusal::NotFound`] for oneself, and for somebody who is not here.
pub fn say(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    what: (MemberId, bool),
) -> Outcome<Said> {
    let (who, yes) = what;
    let members = groups::list_members(tx, member)?;
    let known = members.iter().any(|named| named.id == who && named.state != State::Gone);
    if !known || who == member.id() {
        return Err(Refusal::NotFound.into());
    }
    let found = list(tx, member)?.into_iter().find(|ice| ice.who == who);
    let mut freezing = found.map(|ice| ice.freezing).unwrap_or_default();
    freezing.say(member.id(), yes);
    if !freezing.is_decided(&others(&members, who)) {
        if freezing == Freezing::default() {
            forget(tx, member.scope(), who)?;
        } else {
            save(tx, member, who, &freezing)?;
        }
        return Ok(Said::Kept);
    }
    match freezing.ice {
        None => {
            freeze(tx, instance, member, who)?;
            Ok(Said::Frozen)
        }
        Some(held) => {
            let after = thaw(tx, instance, member, (who, &held))?;
            returns::decided(tx, instance, &after, who)?;
            Ok(Said::Thawed)
        }
    }
}

/// Those who have the key and are not the one it is about.
pub fn others(members: &[Named], who: MemberId) -> Vec<MemberId> {
    let here = members.iter().filter(|named| named.state.has_key() && named.id != who);
    here.map(|named| named.id).collect()
}

/// Freezes a seat at once: its grants go, the key turns, and what it could read is remembered.
pub fn freeze(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    hand: &Member,
    who: MemberId,
) -> Outcome<Member> {
    let epochs = groups::held_epochs(tx, hand.scope(), who)?;
    let last = epochs.iter().copied().max().ok_or(Refusal::NotFound)?;
    let held = Held { last, epochs, day: clock::day(tx.now()) };
    let after = groups::go_out(tx, instance, hand, who, State::Frozen)?;
    door::end_made_by(tx, &after, who)?;
    let freezing = Freezing { ice: Some(held), ..Freezing::default() };
    save(tx, &after, who, &freezing)?;
    standing::reseal(tx, &after)?;
    // Who is frozen may have been the only one that a proposal waited for.
    agreements::settle(tx, instance, &after)?;
    Ok(after)
}

fn thaw(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    hand: &Member,
    whom: (MemberId, &Held),
) -> Outcome<Member> {
    let (who, held) = whom;
    let public = groups::public_key_in(tx, instance, hand, (who, held.last))?;
    let after = groups::come_back(tx, instance, hand, (who, public))?;
    let earlier = Earlier { who, epochs: held.epochs.clone() };
    groups::grant_earlier(tx, instance, &after, &earlier)?;
    forget(tx, after.scope(), who)?;
    standing::reseal(tx, &after)?;
    Ok(after)
}

/// Takes the row about somebody away.
pub fn forget(tx: &mut Tx<'_>, scope: GroupScope, who: MemberId) -> Outcome<()> {
    Ok(store::remove_freezing(tx, scope, who)?)
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for ice in list(tx, after)? {
        save(tx, after, ice.who, &ice.freezing)?;
    }
    Ok(())
}
