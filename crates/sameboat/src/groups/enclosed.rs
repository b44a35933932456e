//! A few words for one other member, among words of the group and not in rows of their own: a row
//! would tell, in clear, who put it there and for whom.

use seal::{
    EnvelopeKey, EnvelopeTo, InstanceKey, Place, Sealed, envelope_box, envelope_unbox,
    envelope_unwrap, envelope_wrap,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Fault, Outcome};
use crate::groups::keys;
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
    let scope = writer.scope();
    let public = keys::public_key(tx, instance, scope, other)?;
    let item = EnvelopeId::random(tx);
    let bytes = sealed::pack(words)?;
    let me = writer.id();
    let (mine, theirs) = (to(&scope, &item, &me), to(&scope, &item, &other));
    let (words, writers, others) = random::within(tx, |c| {
        let key = EnvelopeKey::random(c);
        let words = key.seal(&place(label, &scope, &item), &bytes, c);
        let writers = envelope_wrap(writer.secret(), &mine, &key, c);
        (words, writers, envelope_box(&public, &theirs, &key, c))
    });
    let others = others.map_err(Fault::new)?;
    Ok(Enclosed { item, words: words.into_bytes(), writers, others })
}

/// Opens words that this member locked, or that were locked for them. Anybody else's open nothing,
/// as those do that somebody damaged.
pub fn open<T: DeserializeOwned>(
    member: &Member,
    label: &'static str,
    enclosed: &Enclosed,
) -> Option<T> {
    let (scope, me, secret) = (member.scope(), member.id(), member.secret());
    let to = to(&scope, &enclosed.item, &me);
    let key = envelope_unwrap(secret, &to, &enclosed.writers)
        .or_else(|_| envelope_unbox(secret, &to, &enclosed.others))
        .ok()?;
    let words = Sealed::from_bytes(enclosed.words.clone());
    let opened = key.open(&place(label, &scope, &enclosed.item), &words).ok()?;
    sealed::unpack(&opened).ok()
}

fn to<'a>(scope: &'a GroupScope, item: &'a EnvelopeId, member: &'a MemberId) -> EnvelopeTo<'a> {
    EnvelopeTo { group: scope.bytes(), item: item.bytes(), member: member.bytes() }
}

/// Nobody stands as the writer: whoever opens it does not know beforehand whose it is.
fn place<'a>(label: &'static str, scope: &'a GroupScope, item: &'a EnvelopeId) -> Place<'a> {
    Place { label, scope: scope.bytes(), row: item.bytes(), writer: None }
}
