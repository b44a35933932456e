//! Asking somebody to leave: begun by one, decided by all others, the reason in an envelope.

use seal::{Envelope, GroupSeat, InstanceKey};
use serde::{Deserialize, Serialize};
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::agreements::{self, Frame};
use crate::clock;
use crate::error::{Outcome, Refusal, Stop};
use crate::groups::envelopes::{Hand, Senders, Spot, place, to, wrapped};
use crate::groups::{self, Beginning, Named, State};
use crate::ids::{EnvelopeId, MemberId};
use crate::leaving::actions::{go_out, is_parting, part};
use crate::leaving::model::{AT_LEAST, Asking, Farewell, How};
use crate::leaving::store::{self, AboutRow, FarewellRow};
use crate::sealed::Filled;
use crate::{random, sealed, standing};

const ASKING_LABEL: &str = "leaving.asking";
const FAREWELL_LABEL: &str = "leaving.farewell";

/// Bytes that a row is filled up to, so that its size does not tell how many said yes.
const FILLED: &[usize] = &[4096, 16 * 1024];

/// What lies sealed in a row. The row repeats the day for its order alone.
#[derive(Serialize, Deserialize)]
struct Kept<A> {
    asking: A,
    day: i64,
}

/// An asking that is open, with the one who is asked.
pub struct Open {
    /// Who is asked.
    pub who: MemberId,
    /// Who began it and who said yes.
    pub asking: Asking,
    /// Since which day (UTC).
    pub day: i64,
}

impl Open {
    fn has_fallen(&self, today: i64) -> bool {
        Asking::has_fallen(today - self.day)
    }
}

/// All askings that have not fallen.
pub fn open_askings(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Open>> {
    let today = clock::day(tx.now());
    Ok(all(tx, member)?.into_iter().filter(|open| !open.has_fallen(today)).collect())
}

/// With those that have fallen and still lie there.
fn all(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Open>> {
    let mut all = Vec::new();
    for AboutRow { member: who, words, .. } in store::list_askings(tx, member.scope())? {
        if groups::is_current(member, &words) {
            let place = (ASKING_LABEL, who.bytes().as_slice(), None);
            let filled: Option<Filled<Kept<Asking>>> =
                groups::read_paper(tx, member, place, &words)?;
            all.extend(filled.map(|filled| {
                let Kept { asking, day } = filled.words;
                Open { who, asking, day }
            }));
        }
    }
    Ok(all)
}

fn save(tx: &mut Tx<'_>, hand: &Member, open: &Open) -> Outcome<()> {
    let row = open.who.bytes();
    let filled = Filled::new(Kept { asking: &open.asking, day: open.day }, FILLED);
    let words = groups::seal_words_of(tx, hand, ASKING_LABEL, row, None, &filled)?;
    Ok(store::save_asking(tx, hand.scope(), open.who, open.day, words)?)
}

/// Whether this member is asked to leave just now.
pub fn asked(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(open_askings(tx, member)?.iter().any(|open| open.who == member.id()))
}

/// Whether this member may change who is in the group: not while the others think about whether
/// they should leave.
///
/// # Errors
/// [`Refusal::NotAllowed`] while they are asked to leave.
pub fn not_while_asked(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    if asked(tx, member)? { Err(Refusal::NotAllowed("me-asked-meanwhile").into()) } else { Ok(()) }
}

/// In how many askings this member stands: as the one who is asked, who began it, or said yes.
pub fn count_askings(tx: &mut Tx<'_>, member: &Member) -> Outcome<usize> {
    let me = member.id();
    let all = open_askings(tx, member)?;
    Ok(all.iter().filter(|open| open.who == me || open.asking.yes.contains(&me)).count())
}

/// How an asking went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It waits for the others.
    Waits,
    /// They are out.
    Out,
}

/// Asks somebody to leave, whether they have the key or are frozen. The reason goes into an envelope
/// that they alone open. Until three have said yes to the whole draft the founder decides alone,
/// unless they are asked themselves.
///
/// # Errors
/// [`Refusal::NotFound`] for somebody who is gone, [`Refusal::NotAllowed`] when there are not
/// at least two others, [`Refusal::Conflict`] when it was already asked.
pub fn ask(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
    reason: &str,
) -> Outcome<Asked> {
    let group = agreements::frame(tx, member)?;
    if who == member.id() || group.name_of_any(who).is_none() {
        return Err(Refusal::NotFound.into());
    }
    let alone = decides_alone(tx, member, &group)?;
    if !alone && !may_be_asked(tx, member, who)? {
        return Err(Refusal::NotAllowed("ask-too-few").into());
    }
    if open_askings(tx, member)?.iter().any(|open| open.who == who) {
        return Err(Refusal::Conflict("ask-already").into());
    }
    let outside = group.papers().outside.clone();
    let farewell = Farewell { outside, reason: reason.to_owned(), at: tx.now() };
    put_in_envelope(tx, instance, member, who, &farewell)?;
    if alone {
        go_out(tx, instance, member, who, How::AskedByFounder, None)?;
        return Ok(Asked::Out);
    }
    let now = tx.now();
    let members = groups::list_members(tx, member)?;
    let deciders = deciders(&members, who, now).iter().map(|named| named.id).collect();
    let open = Open { who, asking: Asking::new(member.id(), deciders), day: clock::day(now) };
    save(tx, member, &open)?;
    decide(tx, instance, member, &open)
}

/// Whether this member decides alone: they began the group, their powers have not ended, and nobody
/// asks them to leave.
pub fn decides_alone(tx: &mut Tx<'_>, member: &Member, group: &Frame) -> Outcome<bool> {
    Ok(group.founder_is_me() && !asked(tx, member)?)
}

/// Whether there are enough others to ask somebody to leave.
pub fn may_be_asked(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<bool> {
    let now = tx.now();
    let members = groups::list_members(tx, member)?;
    let deciders = deciders(&members, who, now);
    Ok(deciders.iter().filter(|named| named.state == State::Here).count() >= AT_LEAST)
}

/// Those who decide about somebody, from now on: they have the key, and the others had time to know
/// them. Else somebody could bring a second seat of their own for it.
fn deciders(members: &[Named], who: MemberId, now: i64) -> Vec<&Named> {
    let beginning = Beginning::of(members.iter().map(|named| &named.about));
    let others = members.iter().filter(|named| named.id != who && named.state.has_key());
    others.filter(|named| beginning.knows(&named.about, now)).collect()
}

/// Those of the deciders who are waited for: not gone since, and not on a break. Freezing a decider
/// takes away no word.
fn waited_for(open: &Open, members: &[Named]) -> Vec<MemberId> {
    let waits = |named: &&Named| match named.state {
        State::Here => true,
        State::Frozen => open.asking.deciders.is_some(),
        State::Break | State::Gone => false,
    };
    let others = members.iter().filter(|named| named.id != open.who).filter(waits);
    others.map(|named| named.id).filter(|id| open.asking.asks(*id)).collect()
}

fn decide(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member, open: &Open) -> Outcome<Asked> {
    let members = groups::list_members(tx, member)?;
    if !open.asking.is_decided(&waited_for(open, &members)) {
        return Ok(Asked::Waits);
    }
    go_out(tx, instance, member, open.who, How::AskedByAll, None)?;
    Ok(Asked::Out)
}

/// Says yes to an asking, or takes one's yes back. When whoever began it takes theirs back, it
/// ends, and the envelope with it.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such asking, or it is about oneself;
/// [`Refusal::NotAllowed`] for whoever was not asked when it began.
pub fn say(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
    yes: bool,
) -> Outcome<Asked> {
    let found = open_askings(tx, member)?.into_iter().find(|open| open.who == who);
    let mut open = found.filter(|_| who != member.id()).ok_or(Refusal::NotFound)?;
    if yes && !open.asking.asks(member.id()) {
        return Err(Refusal::NotAllowed("ask-came-since").into());
    }
    if yes {
        open.asking.say_yes(member.id());
    } else if open.asking.by == member.id() {
        drop_asking(tx, member, who)?;
        return Ok(Asked::Waits);
    } else {
        open.asking.take_back(member.id());
    }
    save(tx, member, &open)?;
    decide(tx, instance, member, &open)
}

fn drop_asking(tx: &mut Tx<'_>, member: &Member, who: MemberId) -> Outcome<()> {
    store::remove_asking(tx, member.scope(), who)?;
    Ok(store::remove_farewell(tx, member.scope(), who)?)
}

/// Whether an asking fell that still lies there, or somebody left who had no key.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let today = clock::day(tx.now());
    let fell = all(tx, member)?.iter().any(|open| open.has_fallen(today));
    Ok(fell || is_parting(tx, member)?)
}

/// Askings that fell are taken away, with their envelopes, and so is what hung on whoever left
/// while their place was frozen.
pub fn settle(tx: &mut Tx<'_>, member: &Member) -> Outcome<()> {
    part(tx, member)?;
    let today = clock::day(tx.now());
    for open in all(tx, member)?.into_iter().filter(|open| open.has_fallen(today)) {
        drop_asking(tx, member, open.who)?;
    }
    Ok(())
}

/// Somebody went: nobody asks them any more, and what they asked or said counts no more.
pub fn end_askings(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    store::remove_asking(tx, after.scope(), who)?;
    for mut open in open_askings(tx, after)? {
        if open.asking.by == who {
            drop_asking(tx, after, open.who)?;
        } else if open.asking.yes.contains(&who) {
            open.asking.take_back(who);
            save(tx, after, &open)?;
        }
    }
    Ok(())
}

/// Seals open askings under the new key.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for open in open_askings(tx, after)? {
        save(tx, after, &open)?;
    }
    Ok(())
}

fn put_in_envelope(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
    farewell: &Farewell,
) -> Outcome<()> {
    let scope = member.scope();
    let public = standing::public_key(tx, instance, member, who)?;
    let hand = Hand::of(tx, instance, member)?;
    let id = *EnvelopeId::random(tx).bytes();
    let bytes = sealed::pack(farewell)?;
    let spot = spot(id, member.id());
    let place = place(&scope, &spot);
    let (envelope, words) = random::within(tx, |c| Envelope::seal(&place, &bytes, c));
    let boxed = hand.boxed(tx, (&id, who, &public), &envelope)?;
    Ok(store::save_farewell(tx, scope, who, FarewellRow { id, boxed, words })?)
}

/// No column says who wrote it, and no page does: whoever opens it is no longer to know who is in the
/// group. That it comes from a member the envelope says.
fn spot(row: [u8; 16], writer: MemberId) -> Spot {
    Spot { label: FAREWELL_LABEL, row, writer }
}

/// The letter for this seat, and the envelope that a member of the group put its key in.
struct Letter {
    row: FarewellRow,
    writer: MemberId,
    envelope: Envelope,
}

fn letter(tx: &mut Tx<'_>, instance: &InstanceKey, seat: &GroupSeat) -> Outcome<Option<Letter>> {
    let (scope, who) = (GroupScope::of_seat(seat), MemberId::from(seat.member));
    let Some(row) = store::find_farewell(tx, scope, who)? else { return Ok(None) };
    let senders = Senders::of(tx, instance, scope, [&row.boxed[..]].into_iter())?;
    let found = senders.open(&seat.secret, &to(&scope, &row.id, &who), (&row.boxed, None));
    Ok(found.map(|(writer, envelope)| Letter { row, writer, envelope }))
}

/// What lies in the envelope for this seat, whether its holder is still in the group or not. `None`
/// where none waits, or no member of the group wrote it.
pub fn farewell(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    seat: &GroupSeat,
) -> Outcome<Option<Farewell>> {
    let Some(Letter { row, writer, envelope }) = letter(tx, instance, seat)? else {
        return Ok(None);
    };
    let (scope, spot) = (GroupScope::of_seat(seat), spot(row.id, writer));
    let opened = envelope.open(&place(&scope, &spot), &row.words).map_err(Stop::from);
    let words = opened.and_then(|opened| sealed::unpack(&opened)).map(Some);
    Ok(groups::unless_damaged(FAREWELL_LABEL, words)?.words())
}

/// The same envelope for a new secret of whoever it is to.
pub fn turn_seat(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (old, new): (&GroupSeat, &GroupSeat),
) -> Outcome<()> {
    let Some(Letter { row, writer, envelope }) = letter(tx, instance, old)? else { return Ok(()) };
    let (scope, who) = (GroupScope::of_seat(old), MemberId::from(old.member));
    let about = to(&scope, &row.id, &who);
    let boxed = wrapped(tx, &new.secret, &about, (writer, &envelope));
    Ok(store::save_farewell(tx, scope, who, FarewellRow { boxed, ..row })?)
}

/// Whether a letter that a member of the group wrote waits for the holder of this seat.
pub fn is_written_to(tx: &mut Tx<'_>, instance: &InstanceKey, seat: &GroupSeat) -> Outcome<bool> {
    Ok(letter(tx, instance, seat)?.is_some())
}

/// Whether an envelope waits for the holder of this seat.
pub fn has_farewell(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<bool> {
    let found = store::find_farewell(tx, GroupScope::of_seat(seat), MemberId::from(seat.member))?;
    Ok(found.is_some())
}

/// The envelope is put away for good.
pub fn put_away(tx: &mut Tx<'_>, seat: &GroupSeat) -> Outcome<()> {
    let who = MemberId::from(seat.member);
    Ok(store::remove_farewell(tx, GroupScope::of_seat(seat), who)?)
}
