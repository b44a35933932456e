//! Freezing a seat, and giving it the key again.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::{self, Earlier, State};
use crate::ids::MemberId;
use crate::returning::actions::{count, returns, voices};
use crate::returning::model::{Freezing, Held, leaves_half};
use crate::returning::store;
use crate::sealed::Filled;
use crate::{door, leaving, standing};

const LABEL: &str = "returning.freezing";
/// Bytes that a row is filled up to, so that its size does not tell how many said so.
const FILLED: &[usize] = &[4096, 16 * 1024];

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
    for (who, words) in rows.into_iter().filter(|(_, words)| groups::is_current(member, words)) {
        let place = (LABEL, who.bytes().as_slice(), None);
        let filled: Option<Filled<Freezing>> = groups::read_paper(tx, member, place, &words)?;
        let freezing = match filled {
            Some(Filled { words: freezing, .. }) => freezing,
            // Nobody said that they should be frozen because a row says nothing.
            None => match lost(tx, member, who)? {
                Some(held) => Freezing { ice: Some(held), ..Freezing::default() },
                None => continue,
            },
        };
        let name = members.iter().find(|named| named.id == who);
        let name = name.map(|named| named.about.name.as_str().to_owned()).unwrap_or_default();
        all.push(Ice { who, name, freezing });
    }
    Ok(all)
}

/// What is known of somebody's place whose row is damaged. If this program froze it, it can be given
/// the key of now; which earlier ones they had nobody knows any more.
fn lost(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<Option<Held>> {
    if !groups::is_frozen(tx, member, who)? {
        return Ok(None);
    }
    let last = groups::last_epoch_of(tx, member, who)?;
    let day = clock::day(tx.now());
    Ok(last.map(|last| Held { last, epochs: Vec::new(), day }))
}

fn save(tx: &mut Tx<'_>, hand: &Member, who: MemberId, freezing: &Freezing) -> Outcome<()> {
    let filled = Filled::new(freezing, FILLED);
    let words = groups::seal_words_of(tx, hand, LABEL, who.bytes(), None, &filled)?;
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

/// Why this member cannot say that somebody should be frozen, or thawed: the key of the sentence.
pub fn why_not(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<Option<&'static str>> {
    if leaving::asked(tx, member)? {
        return Ok(Some("me-asked-meanwhile"));
    }
    let members = groups::list_members(tx, member)?;
    let frozen = members.iter().any(|named| named.id == who && named.state == State::Frozen);
    if frozen {
        let barred = returns::maker_of_stopped(tx, member, who)?.contains(&member.id());
        return Ok(barred.then_some("freeze-made-link"));
    }
    let (with_key, all) = count(&members, None);
    Ok((!leaves_half(with_key, all)).then_some("freeze-half"))
}

/// Says that somebody should be frozen or, when they are, that they should have the key again; or
/// takes that back.
///
/// # Errors
/// [`Refusal::NotFound`] for oneself, and for somebody who is not here; [`Refusal::NotAllowed`] as
/// [`why_not`] says.
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
    if yes && let Some(why) = why_not(tx, member, who)? {
        return Err(Refusal::NotAllowed(why).into());
    }
    let found = list(tx, member)?.into_iter().find(|ice| ice.who == who);
    let mut freezing = found.map(|ice| ice.freezing).unwrap_or_default();
    freezing.say(member.id(), yes);
    // Between two seats whoever made the link has spoken already.
    let mut without = returns::maker_of_stopped(tx, member, who)?;
    without.push(who);
    if !yes || !freezing.is_decided(&voices(&members, tx.now(), &without)) {
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

/// Freezes a seat at once: its grants go, the key turns, and what it could read is remembered.
/// Nothing is decided by it: whoever is frozen is waited for, and what they objected to stays so.
pub fn freeze(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    hand: &Member,
    who: MemberId,
) -> Outcome<Member> {
    let epochs = groups::held_epochs(tx, instance, hand.scope(), who)?;
    let last = epochs.iter().copied().max().ok_or(Refusal::NotFound)?;
    let held = Held { last, epochs, day: clock::day(tx.now()) };
    let after = groups::go_out(tx, instance, hand, who, State::Frozen)?;
    door::end_made_by(tx, &after, who)?;
    let freezing = Freezing { ice: Some(held), ..Freezing::default() };
    save(tx, &after, who, &freezing)?;
    standing::reseal(tx, &after)?;
    Ok(after)
}

/// The last one who has the key goes: everybody who is frozen is given it again. Of two seats of
/// one person the one that was there before.
pub fn thaw_all(tx: &mut Tx<'_>, instance: &InstanceKey, last: &Member) -> Outcome<Member> {
    let newer = returns::newer_of_stopped(tx, last)?;
    let members = groups::list_members(tx, last)?;
    // Who left for good while they were frozen does not come back.
    let frozen = |who| members.iter().any(|m| m.id == who && m.state == State::Frozen);
    let back = |ice: &Ice| frozen(ice.who) && !newer.contains(&ice.who);
    let mut after = last.clone();
    for ice in list(tx, last)?.into_iter().filter(back) {
        let Some(held) = ice.freezing.ice else { continue };
        after = thaw(tx, instance, &after, (ice.who, &held))?;
        returns::decided(tx, instance, &after, ice.who)?;
    }
    Ok(after)
}

/// The last epoch in whose roster somebody stands who is frozen.
pub fn frozen_in(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<Option<u32>> {
    let ice = list(tx, member)?.into_iter().find(|ice| ice.who == who);
    Ok(ice.and_then(|ice| ice.freezing.ice).map(|held| held.last))
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
