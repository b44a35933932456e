//! “Would you like…?”: asking before another kind of answer than was asked for (A10).

use std::collections::BTreeSet;

use seal::InstanceKey;
use storekit::Tx;

use super::answers::{self, Answer, answers_of};
use super::shares::find_row;
use crate::access::Member;
use crate::clock;
use crate::error::{Outcome, Refusal};
use crate::groups::envelopes;
use crate::ids::{AnswerId, MemberId, ShareId};
use crate::sharing::model::{Kind, Offer, Wants};
use crate::sharing::store::answers as store;

/// Days for which an offer waits on Today.
const WAITS_DAYS: i64 = 14;

/// An offer to this member that they said nothing to.
pub struct Offered {
    /// About which share of theirs.
    pub share: ShareId,
    /// Who offers it.
    pub by: MemberId,
    /// What.
    pub what: Wants,
}

/// Asks the share's writer whether another kind of answer would be welcome. Asked twice, it stands
/// once.
///
/// # Errors
/// [`Refusal::NotFound`] for whoever wrote the share, and for a kind that needs no asking;
/// [`Refusal::Conflict`] where they have said no.
pub fn offer(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (id, what): (ShareId, Wants),
) -> Outcome<()> {
    let (share, said) = find_row(tx, member, id)?.ok_or(Refusal::NotFound)?;
    let fits = share.writer != member.id() && said.wants.others().any(|other| other == what);
    fits.then_some(()).ok_or(Refusal::NotFound)?;
    let asks = Offer::Asks(what);
    let all = answers_of(tx, member, id)?.words;
    if all.iter().any(|one| one.writer == member.id() && one.offer == Some(asks)) {
        return Ok(());
    }
    if is_declined(&all, member.id(), what) {
        return Err(Refusal::Conflict("offer-declined").into());
    }
    let beside = (&share, &said);
    answers::add(tx, instance, member, (beside, Kind::Words, (String::new(), Some(asks))))
}

/// The share's writer says whether an offer is welcome. A second word takes the place of the first.
///
/// # Errors
/// [`Refusal::NotFound`] when the share is not theirs, or the offer was taken back.
pub fn say_to_offer(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (id, to, yes): (ShareId, AnswerId, bool),
) -> Outcome<()> {
    let (share, said) = find_row(tx, member, id)?.ok_or(Refusal::NotFound)?;
    let all = answers_of(tx, member, id)?.words;
    let offered = all.iter().find(|one| one.id == to && share.writer == member.id());
    let Some(Answer { writer: by, offer: Some(Offer::Asks(what)), .. }) = offered else {
        return Err(Refusal::NotFound.into());
    };
    let says = Offer::Says { to, by: *by, what: *what, yes };
    for before in all.iter().filter(|one| settled(one) == Some(to)) {
        answers::take_answer_back(tx, member, id, before.id)?;
    }
    let beside = (&share, &said);
    answers::add(tx, instance, member, (beside, Kind::Words, (String::new(), Some(says))))
}

/// Whether the share's writer has said no to this member about this, whether or not the offer still
/// stands. Only the two of them can read it.
pub fn is_declined(all: &[Answer], by: MemberId, what: Wants) -> bool {
    all.iter().any(|one| match one.offer {
        Some(Offer::Says { by: to, what: about, yes, .. }) => to == by && about == what && !yes,
        _ => false,
    })
}

/// Whether an answer says yes to this offer.
pub fn is_yes_to(answer: &Answer, offer: AnswerId) -> bool {
    matches!(answer.offer, Some(Offer::Says { to, yes: true, .. }) if to == offer)
}

/// What the share's writer said to an offer, if they did, and where it stands.
pub fn said_to(all: &[Answer], writer: MemberId, offer: AnswerId) -> Option<(AnswerId, bool)> {
    let theirs = all.iter().filter(|one| one.writer == writer);
    theirs.rev().find_map(|one| match one.offer {
        Some(Offer::Says { to, yes, .. }) if to == offer => Some((one.id, yes)),
        _ => None,
    })
}

/// Offers of the last two weeks that wait for this member, the newest first.
pub fn offers_to_me(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Offered>> {
    let (me, since) = (member.id(), clock::day(tx.now()) - WAITS_DAYS);
    let rows = store::list_to(tx, member.scope(), me, since)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let opened = envelopes::open_all(tx, member)?;
    let mut all = Vec::new();
    for row in rows {
        all.extend(answers::read(member, &opened, &row)?.words());
    }
    let mine = all.iter().filter(|one| one.writer == me);
    let said: BTreeSet<AnswerId> = mine.filter_map(settled).collect();
    let open = |one: &Answer| match one.offer {
        Some(Offer::Asks(what)) if one.writer != me && !said.contains(&one.id) => {
            Some(Offered { share: one.share, by: one.writer, what })
        }
        _ => None,
    };
    Ok(all.iter().rev().filter_map(open).collect())
}

/// The offer that an answer says yes or no to.
pub fn settled(answer: &Answer) -> Option<AnswerId> {
    match answer.offer {
        Some(Offer::Says { to, .. }) => Some(to),
        _ => None,
    }
}
