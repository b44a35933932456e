//! Coming in, waiting, saying “not yet”, and the granting of earlier keys.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::Member;
use crate::agreements::{self, Earlier};
use crate::error::{Outcome, Refusal};
use crate::groups;
use crate::groups::nameless::{self, Batch, Item, Mark};
use crate::ids::MemberId;
use crate::newcomers::model::{Coming, NotYet, coming_under};
use crate::newcomers::store;

const LABEL: &str = "newcomers.coming";

/// Who would rather not yet: room for thirty members and a dozen newcomers at once.
fn batch() -> Batch {
    Batch { name: "newcomers".to_owned(), row_bytes: 16 * 1024 }
}

/// Newcomers who wait, and who would rather not yet.
struct All {
    coming: Vec<(MemberId, Coming)>,
    items: Vec<Item<NotYet>>,
    /// Whether the row of objections is there and is the one that goes with the newcomers' rows. If
    /// not, it was taken away or an older one was put back: nobody knows who objects.
    whole: bool,
}

fn read(tx: &mut Tx<'_>, member: &Member) -> Outcome<All> {
    let coming = list(tx, member)?;
    let mut items = nameless::items::<NotYet>(tx, member, &batch())?;
    let nobody = Mark::of_nobody();
    let edition = items.iter().find(|item| item.mark == nobody).and_then(|it| it.words.edition);
    items.retain(|item| item.mark != nobody);
    let whole = edition.is_some_and(|edition| coming.iter().all(|(_, c)| c.edition == edition));
    Ok(All { coming, items, whole })
}

/// Saves all of it with another edition, as every save of any member does: so an objection changes no
/// other rows than anything else, and a row from before one does not fit any more.
fn save_all(tx: &mut Tx<'_>, hand: &Member, all: All) -> Outcome<()> {
    let mut edition = [0; 8];
    tx.fill(&mut edition);
    let edition = u64::from_be_bytes(edition);
    for (who, coming) in all.coming {
        save(tx, hand, who, &Coming { edition, ..coming })?;
    }
    let mut items = all.items;
    let words = NotYet { edition: Some(edition), ..NotYet::default() };
    items.push(Item { mark: Mark::of_nobody(), words });
    // In the order of marks: whoever spoke last does not stand last.
    items.sort_by(|a, b| a.mark.cmp(&b.mark));
    nameless::save(tx, hand, &batch(), &items)
}

/// Everybody is asked anew, and the time begins anew.
fn anew(all: All, since: i64) -> All {
    let coming = all.coming.into_iter().map(|(who, coming)| (who, Coming { since, ..coming }));
    All { coming: coming.collect(), items: Vec::new(), whole: true }
}

/// Somebody was let in, in this transaction, by this member.
pub fn came(tx: &mut Tx<'_>, instance: &InstanceKey, after: &Member, who: MemberId) -> Outcome<()> {
    let version = agreements::holding(tx, after)?;
    let Some(rule) = coming_under(&version, groups::epoch(tx, after)?) else {
        return Ok(());
    };
    if rule == Earlier::AfterADay && version.papers.earlier == Earlier::AtOnce {
        grant(tx, instance, after, who, |epoch| version.opening_of(epoch) == Earlier::AtOnce)?;
    }
    let (all, since) = (read(tx, after)?, tx.now());
    let mut all = if all.whole { all } else { anew(all, since) };
    all.coming.push((who, Coming { since, rule, edition: 0 }));
    // The row of objections is there from the start, so that its coming tells of none.
    save_all(tx, after, all)?;
    settle(tx, instance, after)
}

fn save(tx: &mut Tx<'_>, hand: &Member, who: MemberId, coming: &Coming) -> Outcome<()> {
    let words = groups::seal_words_of(tx, hand, LABEL, who.bytes(), None, coming)?;
    Ok(store::save(tx, hand.scope(), who, words)?)
}

/// To whom a damaged row was about nothing earlier opens.
fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, Coming)>> {
    let mut all = Vec::new();
    for (who, words) in store::list(tx, member.scope())? {
        if groups::is_current(member, &words) {
            let place = (LABEL, who.bytes().as_slice(), None);
            let coming = groups::read_paper(tx, member, place, &words)?;
            all.extend(coming.map(|coming| (who, coming)));
        }
    }
    Ok(all)
}

fn objected(items: &[Item<NotYet>]) -> Vec<MemberId> {
    items.iter().flat_map(|item| item.words.who.iter().copied()).collect()
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
    let All { coming, items, .. } = read(tx, member)?;
    let mine = nameless::mark(member, &batch());
    let mine: Vec<MemberId> = items
        .into_iter()
        .filter(|item| item.mark == mine)
        .flat_map(|item| item.words.who)
        .collect();
    let waits = coming.into_iter().filter(|(_, coming)| coming.rule == Earlier::AfterADay);
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
    let (all, since) = (read(tx, member)?, tx.now());
    let mut all = if all.whole { all } else { anew(all, since) };
    let waits: Vec<MemberId> = all.coming.iter().map(|(id, _)| *id).collect();
    if who == member.id() || !waits.contains(&who) {
        return Err(Refusal::NotFound.into());
    }
    let mine = nameless::mark(member, &batch());
    let own = all.items.iter().position(|item| item.mark == mine);
    let mut words = own.map(|at| all.items.remove(at).words).unwrap_or_default();
    words.who.retain(|id| *id != who && waits.contains(id));
    words.who.extend(not_yet.then_some(who));
    all.items.push(Item { mark: mine, words });
    save_all(tx, member, all)
}

/// Whether somebody waits. Then every write of any member saves all of it anew.
pub fn is_due(tx: &mut Tx<'_>, member: &Member) -> Outcome<bool> {
    Ok(!store::list(tx, member.scope())?.is_empty())
}

/// Grants the earlier epochs that this member has to those who may have them now.
pub fn settle(tx: &mut Tx<'_>, instance: &InstanceKey, member: &Member) -> Outcome<()> {
    let (all, now) = (read(tx, member)?, tx.now());
    for (who, _) in store::list(tx, member.scope())? {
        // A row that does not open any more: nothing earlier opens by it.
        if !all.coming.iter().any(|(waits, _)| *waits == who) {
            store::remove(tx, member.scope(), who)?;
        }
    }
    if all.coming.is_empty() {
        return Ok(());
    }
    if !all.whole {
        tracing::error!(
            "the row of objections to newcomers was missing, or an old one: asked anew"
        );
        return save_all(tx, member, anew(all, now));
    }
    let version = agreements::holding(tx, member)?;
    let objected = objected(&all.items);
    let (mut left, items) = (Vec::new(), all.items);
    for (who, coming) in all.coming {
        let opens = coming.opens(version.papers.earlier, objected.contains(&who), now);
        let open = |epoch| version.opening_of(epoch) != Earlier::Never;
        let whole = opens && grant(tx, instance, member, who, open)?;
        if whole || coming.is_over(now) {
            store::remove(tx, member.scope(), who)?;
        } else {
            left.push((who, coming));
        }
    }
    if left.is_empty() {
        return nameless::end(tx, member, &batch());
    }
    save_all(tx, member, All { coming: left, items, whole: true })
}

/// Grants the earlier epochs whose words were written while the group had agreed that they may open.
fn grant(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    who: MemberId,
    open: impl Fn(u32) -> bool,
) -> Outcome<bool> {
    let mut earlier = groups::all_earlier(member, who);
    earlier.epochs.retain(|epoch| open(*epoch));
    groups::grant_earlier(tx, instance, member, &earlier)
}

/// Somebody went. Nobody can take back for them what they said without a name, and if it went with
/// them all would know that they had said it: everything is asked anew, whoever goes.
pub fn went(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    store::remove(tx, after.scope(), who)?;
    let (all, since) = (read(tx, after)?, tx.now());
    if all.coming.is_empty() {
        return nameless::end(tx, after, &batch());
    }
    save_all(tx, after, anew(all, since))
}

/// After a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    for (who, coming) in list(tx, after)? {
        save(tx, after, who, &coming)?;
    }
    Ok(())
}
