//! Coming in, waiting, saying “not yet”, and the granting of earlier keys.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{self, Earlier};
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::groups::nameless::{self, Batch, Item};
use crate::ids::MemberId;
use crate::newcomers::model::{Coming, NotYet, coming_under};
use crate::newcomers::store;

const LABEL: &str = "newcomers.coming";

/// Who would rather not yet: room for thirty members and a dozen newcomers at once.
fn batch() -> Batch {
    Batch { name: "newcomers".to_owned(), row_bytes: 16 * 1024 }
}

/// Somebody was let in, in this transaction, by this member.
pub fn came(tx: &mut Tx<'_>, instance: &InstanceKey, after: &Member, who: MemberId) -> Outcome<()> {
    let version = agreements::holding(tx, after)?;
    let Some(rule) = coming_under(&version, groups::epoch(tx, after.scope())?) else {
        return Ok(());
    };
    // The row is there from the start, so that its coming tells of no objection.
    if rule == Earlier::AfterADay {
        let items = nameless::items::<NotYet>(tx, after, &batch())?;
        nameless::save(tx, after, &batch(), &items)?;
        if version.papers.earlier == Earlier::AtOnce {
            grant(tx, instance, after, who, |epoch| version.opening_of(epoch) == Earlier::AtOnce)?;
        }
    }
    let coming = Coming { since: tx.now(), rule };
    save(tx, after, who, &coming)?;
    settle(tx, instance, after)
}

fn save(tx: &mut Tx<'_>, hand: &Member, who: MemberId, coming: &Coming) -> Outcome<()> {
    let words = groups::seal_words_of(tx, hand, LABEL, who.bytes(), None, coming)?;
    Ok(store::save(tx, hand.scope(), who, words)?)
}

fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, Coming)>> {
    let rows = store::list(tx, member.scope())?;
    rows.into_iter()
        .filter(|(_, words)| groups::may_open(member, words))
        .map(|(who, words)| {
            Ok((who, groups::open_words(member, LABEL, who.bytes(), None, &words)?))
        })
        .collect()
}

fn objections(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<MemberId>> {
    let items = nameless::items::<NotYet>(tx, member, &batch())?;
    Ok(items.into_iter().flat_map(|item| item.words).collect())
}

/// A newcomer whose earlier words are not all open.
pub struct Waiting {
    /// Who.
    pub who: MemberId,
    /// From when on they may read earlier words (microseconds UTC).
    pub opens_at: i64,
    /// Whether the time has come and it is “not yet” all the same. Why is told to nobody.
    pub not_yet: bool,
    /// Whether whoever looks said “not yet”.
    pub by_me: bool,
}

/// Newcomers who wait for earlier words: shown to everybody.
pub fn waiting(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Waiting>> {
    let now = tx.now();
    let all = list(tx, member)?;
    let mine = nameless::mark(member, &batch());
    let items = nameless::items::<NotYet>(tx, member, &batch())?;
    let mine: Vec<MemberId> =
        items.into_iter().filter(|item| item.mark == mine).flat_map(|item| item.words).collect();
    let waits = all.into_iter().filter(|(_, coming)| coming.rule == Earlier::AfterADay);
    Ok(waits
        .filter(|(_, coming)| !coming.is_over(now))
        .map(|(who, coming)| Waiting {
            who,
            opens_at: coming.opens_at(),
            not_yet: now >= coming.opens_at(),
            by_me: mine.contains(&who),
        })
        .collect())
}

/// Whether a row is kept about this member's coming.
pub fn is_kept(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(store::list(tx, member.scope())?.iter().any(|(who, _)| *who == member.id()))
}

/// Says that this member would rather not yet, or takes that back. It leaves no trace but in the
/// row that everybody's saves change.
///
/// # Errors
/// [`Refusal::NotFound`] when nobody of that id waits, or it is oneself.
pub fn say(tx: &mut Tx<'_>, member: &Member, who: MemberId, not_yet: bool) -> Outcome<()> {
    let waits: Vec<MemberId> = list(tx, member)?.into_iter().map(|(id, _)| id).collect();
    if who == member.id() || !waits.contains(&who) {
        return Err(Refusal::NotFound.into());
    }
    let mine = nameless::mark(member, &batch());
    let mut items = nameless::items::<NotYet>(tx, member, &batch())?;
    let own = items.iter().position(|item| item.mark == mine);
    let mut words = own.map(|at| items.remove(at).words).unwrap_or_default();
    words.retain(|id| *id != who && waits.contains(id));
    words.extend(not_yet.then_some(who));
    items.push(Item { mark: mine, words });
    // In the order of marks: whoever spoke last does not stand last.
    items.sort_by(|a, b| a.mark.cmp(&b.mark));
    nameless::save(tx, member, &batch(), &items)
}

/// Whether somebody waits for a key that may be granted now, or for nothing any more.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    let all = list(tx, member)?;
    if all.is_empty() {
        return Ok(false);
    }
    let (now, objected) = (tx.now(), objections(tx, member)?);
    let rule = agreements::holding(tx, member)?.papers.earlier;
    Ok(all.iter().any(|(who, coming)| {
        coming.is_over(now) || coming.opens(rule, objected.contains(who), now)
    }))
}

/// Grants the earlier epochs that this member has to those who may have them now.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let all = list(tx, member)?;
    if all.is_empty() {
        return Ok(());
    }
    let (now, objected) = (tx.now(), objections(tx, member)?);
    let version = agreements::holding(tx, member)?;
    let mut left = all.len();
    for (who, coming) in all {
        let opens = coming.opens(version.papers.earlier, objected.contains(&who), now);
        let open = |epoch| version.opening_of(epoch) != Earlier::Never;
        let whole = opens && grant(tx, instance, member, who, open)?;
        if whole || coming.is_over(now) {
            store::remove(tx, member.scope(), who)?;
            left -= 1;
        }
    }
    if left == 0 {
        nameless::end(tx, member, &batch())?;
    }
    Ok(())
}

/// Grants the earlier epochs whose words were written while the group had agreed that they may open.
fn grant(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
    open: impl Fn(u32) -> bool,
) -> Outcome<bool> {
    let mut earlier = groups::all_earlier(tx, member.scope(), who)?;
    earlier.epochs.retain(|epoch| open(*epoch));
    groups::grant_earlier(tx, instance, member, &earlier)
}

/// Somebody went. Nobody can take back for them what they said without a name, and if it went with
/// them all would know that they had said it: everything is asked anew, whoever goes.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    store::remove(tx, after.scope(), who)?;
    let all = list(tx, after)?;
    if all.is_empty() {
        return nameless::end(tx, after, &batch());
    }
    let since = tx.now();
    for (id, coming) in all {
        save(tx, after, id, &Coming { since, ..coming })?;
    }
    nameless::save::<NotYet>(tx, after, &batch(), &[])
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for (who, coming) in list(tx, after)? {
        save(tx, after, who, &coming)?;
    }
    Ok(())
}
