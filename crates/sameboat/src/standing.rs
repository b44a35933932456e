//! What every room has a part in when the group's key turns or somebody goes. Each room that keeps
//! standing papers, or words and links of one member, says so here. Also what waits for a member's
//! next write, because only a member's key can do it.

use seal::{InstanceKey, MemberPublic};
use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::{Change, nameless};
use crate::ids::MemberId;
use crate::{
    agreements, common_ground, door, groups, journey, leaving, meetings, newcomers, people,
    returning, sharing,
};

/// Seals every room's standing papers under the new key: what newcomers read at once. `after` is
/// the member who turned it.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    groups::reseal(tx, after)?;
    leaving::reseal(tx, after)?;
    agreements::reseal(tx, after)?;
    sharing::reseal(tx, after)?;
    journey::reseal(tx, after)?;
    common_ground::reseal(tx, after)?;
    meetings::reseal(tx, after)?;
    newcomers::reseal(tx, after)?;
    returning::reseal(tx, after)?;
    door::reseal(tx, after)
}

/// Whether something waits for a write of this member, by what they hold or by the clock.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(member.keys().waiting()
        || member.keys().epoch() > member.seen()
        || must_turn(tx, member)?
        || !groups::left_behind(tx, member)?.is_empty()
        || nameless::is_kept(tx, member)?
        || leaving::is_due(tx, member)?
        || agreements::is_due(tx, member)?
        || meetings::is_due(tx, member)?
        || newcomers::is_due(tx, member)?
        || returning::is_due(tx, member)?)
}

/// At a member's own write: what others left in boxes for them, and what holds by the clock. What
/// bears no name is sealed anew, so that a change of it does not say what was done.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let member = &turn_due(tx, instance, member)?;
    groups::settle(tx, member)?;
    let now = member.keys().epoch();
    if now > member.seen() {
        people::saw_epoch(tx, member.person(), member.group(), now)?;
    }
    nameless::refresh(tx, member)?;
    leaving::settle(tx, member)?;
    let member = &agreements::settle(tx, instance, member)?;
    meetings::settle(tx, member)?;
    newcomers::settle(tx, instance, member)?;
    returning::settle(tx, instance, member)
}

/// Whether the key must turn though nobody came or went.
fn must_turn(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(agreements::must_turn(tx, member)? || groups::is_turn_asked(tx, member)?)
}

/// Turns the key away from whoever went while no member's request was at hand, when the group has
/// agreed on something else about newcomers (words from before stay under the key of before), and
/// when the host asked.
/// Whoever has no key any more, because they go by this very act, leaves it to the next write of
/// another member.
pub fn turn_due(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<Member> {
    let Some(member) = &groups::if_in(tx, member)? else { return Ok(member.clone()) };
    let gone = groups::left_behind(tx, member)?;
    let mut changes: Vec<Change> = gone.into_iter().map(Change::Out).collect();
    if changes.is_empty() && must_turn(tx, member)? {
        changes.push(Change::Nobody);
    }
    let turns = !changes.is_empty();
    let mut after = member.clone();
    for change in changes {
        after = groups::turn(tx, instance, &after, change)?;
    }
    if turns {
        reseal(tx, &after)?;
    }
    Ok(after)
}

/// Somebody was let in by a link, in this transaction.
pub fn came(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    after: &Member,
    guest: (MemberId, &[u8; 16]),
) -> Outcome<()> {
    let (who, link) = guest;
    newcomers::came(tx, instance, after, who)?;
    returning::took_in(tx, after, who, link)
}

/// Whether a link is for somebody who was here before.
pub fn is_back(tx: &mut Tx<'_>, member: &Member, link: &[u8; 16]) -> Outcome<bool> {
    returning::is_back(tx, member, link)
}

/// The last one who has the key goes: whoever is frozen is given it again, so that the group does
/// not end over their heads.
pub fn thaw_all(tx: &mut Tx<'_>, instance: &InstanceKey, last: &Member) -> Outcome<Member> {
    returning::thaw_all(tx, instance, last)
}

/// The public key of a member, whether they have the group's key or are frozen.
pub fn public_key(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
) -> Outcome<MemberPublic> {
    match returning::frozen_in(tx, member, who)? {
        Some(epoch) => groups::public_key_in(tx, instance, member, (who, epoch)),
        None => groups::public_key(tx, instance, member.scope(), who),
    }
}

/// How somebody went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// Of their own will: the invitations that they made end.
    Left,
    /// The others asked them to: all open invitations end.
    Asked,
}

/// Somebody went, in this transaction: every room ends what hung on them.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId, how: Going) -> Outcome<()> {
    match how {
        Going::Left => door::end_made_by(tx, after, who)?,
        Going::Asked => door::end_all(tx, after.scope())?,
    }
    groups::envelopes::remove_of(tx, after, who)?;
    sharing::forget_hidden(tx, after, who)?;
    meetings::went(tx, after, who)?;
    newcomers::went(tx, after, who)?;
    returning::went(tx, after, who)?;
    leaving::end_askings(tx, after, who)
}

/// What becomes of the words of somebody who goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// They stay, with the name.
    WithName,
    /// They stay, and nobody is told whose they were.
    WithoutName,
    /// They go too.
    Removed,
}

impl Words {
    /// In the order in which they are offered.
    pub const ALL: [Words; 3] = [Words::WithName, Words::WithoutName, Words::Removed];

    /// The word in the form and in the keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Words::WithName => "with-name",
            Words::WithoutName => "without-name",
            Words::Removed => "removed",
        }
    }

    /// From the word in the form.
    pub fn from_word(word: &str) -> Option<Words> {
        Words::ALL.into_iter().find(|choice| choice.word() == word)
    }
}

/// Does with the words of somebody who goes what they chose, in every room that keeps some.
pub fn words_of_leaver(
    tx: &mut Tx<'_>,
    after: &Member,
    who: MemberId,
    choice: Words,
) -> Outcome<()> {
    match choice {
        Words::WithName => Ok(()),
        Words::WithoutName => groups::forget_name(tx, after.scope(), who),
        Words::Removed => {
            agreements::forget_stances(tx, after.scope(), who)?;
            sharing::remove_all_of(tx, after, who)?;
            groups::forget_name(tx, after.scope(), who)
        }
    }
}
