//! A few words for one other member, among words of the group and not in rows of their own: a row
//! would tell, in clear, who put it there and for whom. For whom they are is among the words of the
//! group; whose they are only the one finds out who opens them.

use seal::{Envelope, InstanceKey, Sealed};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups::envelopes::{Hand, Senders, Spot, place, to};
use crate::groups::model::Enclosed;
use crate::ids::{EnvelopeId, MemberId};
use crate::{random, sealed};

/// Locks words for their writer and one other member.
///
/// # Errors
/// [`crate::error::Refusal::NotFound`] when the other is not in the roster.
pub fn enclose(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    (writer, other): (&Member, MemberId),
    (label, words): (&'static str, &impl Serialize),
) -> Outcome<Enclosed> {
    let hand = Hand::of(tx, instance, writer)?;
    let public = hand.public(other)?;
    let item = EnvelopeId::random(tx);
    let bytes = sealed::pack(words)?;
    let (scope, spot) = (writer.scope(), Spot { label, row: *item.bytes(), writer: writer.id() });
    let place = place(&scope, &spot);
    let (envelope, words) = random::within(tx, |c| Envelope::seal(&place, &bytes, c));
    let writers = hand.own(tx, item.bytes(), &envelope);
    let others = hand.boxed(tx, (item.bytes(), other, &public), &envelope)?;
    Ok(Enclosed { item, to: other, words: words.into_bytes(), writers, others })
}

/// Who may have locked those of these words that are for this member.
pub fn senders<'a>(
    tx: &mut Tx<'_>,
    member: &Member,
    all: impl Iterator<Item = &'a Enclosed>,
) -> Outcome<Senders> {
    let (scope, me) = (member.scope(), member.id());
    let mine = all.filter(|enclosed| enclosed.to == me).map(|enclosed| &enclosed.others[..]);
    Senders::of(tx, member.person().instance(), scope, mine)
}

/// Opens words that this member locked, or that were locked for them, and says who locked them.
/// Anybody else's open nothing, as those do that somebody damaged.
pub fn open<T: DeserializeOwned>(
    (member, senders): (&Member, &Senders),
    label: &'static str,
    enclosed: &Enclosed,
) -> Option<(MemberId, T)> {
    let (scope, me, item) = (member.scope(), member.id(), *enclosed.item.bytes());
    let to = to(&scope, &item, &me);
    let open = |bytes, whose| senders.open(member.secret(), &to, (bytes, whose));
    let theirs = || open(&enclosed.others, None).filter(|_| enclosed.to == me);
    let (writer, envelope) = open(&enclosed.writers, Some(me)).or_else(theirs)?;
    let words = Sealed::from_bytes(enclosed.words.clone());
    let spot = Spot { label, row: item, writer };
    let opened = envelope.open(&place(&scope, &spot), &words).ok()?;
    Some((writer, sealed::unpack(&opened).ok()?))
}
