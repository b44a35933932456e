//! All that one member wrote, and what becomes of it when they go or others come.

use storekit::Tx;

use super::{answers, hiding, shares, worries};
use crate::access::Member;
use crate::error::Outcome;
use crate::groups::envelopes;
use crate::groups::{self, Reading, sayings};
use crate::ids::{MemberId, ShareId};
use crate::sharing::actions::answers::Answer;
use crate::sharing::actions::readers::share_spot;
use crate::sharing::actions::shares::Share;
use crate::sharing::actions::worries::Worry;
use crate::sharing::model::{Alarm, Said};
use crate::sharing::store::answers as answer_store;
use crate::sharing::store::shares::{self as share_store, ShareRow};

/// What a member wrote here.
pub struct Mine {
    /// Shares, the newest first.
    pub shares: Vec<Share>,
    /// Answers, with the writer of the share if it still stands open to this member.
    pub answers: Vec<(Answer, Option<MemberId>)>,
    /// What they told the facilitator.
    pub told: Vec<Worry>,
    /// Shares that they hid from themselves.
    pub hidden: Vec<Share>,
    /// Their shares that can't be read any more, with their days (UTC).
    pub damaged: Vec<(ShareId, i64)>,
}

/// Reads it.
pub fn mine(tx: &mut Tx<'_>, member: &Member) -> Outcome<Mine> {
    let scope = member.scope();
    let opened = envelopes::open_all(tx, member)?;
    let damaged = damaged_of(tx, member)?.iter().map(|row| (row.id, row.day)).collect();
    let mut mine = Mine { shares: vec![], answers: vec![], told: vec![], hidden: vec![], damaged };
    for row in share_store::list_of(tx, scope, member.id())? {
        mine.shares.extend(shares::find(tx, member, row.id)?);
    }
    for row in answer_store::list_of(tx, scope, member.id())? {
        let to = shares::find_row(tx, member, row.share)?.map(|(share, _)| share.writer);
        let answer = answers::read(member, &opened, &row)?.words();
        mine.answers.extend(answer.map(|answer| (answer, to)));
    }
    let by_me = |told: &Alarm| told.by == member.id();
    mine.told = worries::worries(tx, member)?.all.into_iter().filter(|w| by_me(&w.told)).collect();
    for id in hiding::hidden(tx, member)? {
        mine.hidden.extend(shares::find(tx, member, id)?);
    }
    Ok(mine)
}

/// Takes a share back, with the answers to it. One that is damaged can be taken back, too.
pub fn take_back(tx: &mut Tx<'_>, member: &Member, id: ShareId) -> Outcome<()> {
    let row = shares::own_row(tx, member, id)?;
    shares::remove(tx, member, &row)?;
    sayings::forget(tx, member, &shares::batch(row.number), &id.to_string())
}

/// The rows of this member's own shares that can't be read any more.
fn damaged_of(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<ShareRow>> {
    let opened = envelopes::open_all(tx, member)?;
    let mut damaged = Vec::new();
    for row in share_store::list_of(tx, member.scope(), member.id())? {
        if matches!(shares::read(member, &opened, &row)?, Reading::Damaged) {
            damaged.push(row);
        }
    }
    Ok(damaged)
}

/// Takes away all that somebody wrote who goes and takes their words along. What they told the
/// facilitator can only go by their own hand.
pub fn remove_all_of(tx: &mut Tx<'_>, after: &Member, who: MemberId) -> Outcome<()> {
    let scope = after.scope();
    for row in share_store::list_of(tx, scope, who)? {
        shares::remove(tx, after, &row)?;
        sayings::forget(tx, after, &shares::batch(row.number), &row.id.to_string())?;
    }
    for row in answer_store::list_of(tx, scope, who)? {
        answers::remove_with_replies(tx, after, &row)?;
    }
    if who == after.id() {
        let opened = envelopes::open_all(tx, after)?;
        worries::remove_told_by(tx, after, &opened)?;
    }
    Ok(())
}

/// Seals what newcomers may read under the new key: the shares that their writers opened, and the
/// answers to them.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    let scope = after.scope();
    for row in share_store::list_open(tx, scope)? {
        let spot = share_spot(row.id, row.writer);
        let said: Reading<Said> = envelopes::read_of_group(after, &spot, &row.words)?;
        // A column found it; whether newcomers may read it its writer said.
        let Some(said) = said.words().filter(|said| said.newcomers) else { continue };
        let writer = Some(row.writer.bytes().as_slice());
        let words = groups::seal_words_of(tx, after, spot.label, &spot.row, writer, &said)?;
        share_store::save_words(tx, scope, row.id, words)?;
        answers::reseal(tx, after, &row)?;
    }
    Ok(())
}
