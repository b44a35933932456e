//! Somebody is worried about what another wrote, and tells the facilitator.

use seal::InstanceKey;
use storekit::Tx;

use super::shares;
use crate::access::Member;
use crate::clock;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups::envelopes::{self, Opened, Spot};
use crate::ids::{MemberId, ShareId, WorryId};
use crate::meetings;
use crate::sharing::model::{Alarm, Text};
use crate::sharing::store::others::{self as store, WorryRow};

const LABEL: &str = "sharing.worry";

/// A worry that this member told or was told.
pub struct Worry {
    /// Its id.
    pub id: WorryId,
    /// The day (UTC).
    pub day: i64,
    /// What was told.
    pub told: Alarm,
    /// Whether the share is still there and this member may read it.
    pub share_is_there: bool,
}

/// Nobody stands as the writer: who told it is for the facilitator alone.
fn spot(id: WorryId) -> Spot {
    Spot { label: LABEL, row: *id.bytes(), writer: MemberId::from([0; 16]) }
}

/// Tells the facilitator on duty that a share is worrying.
///
/// # Errors
/// A field to mend when nobody else is on duty.
pub fn tell(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (share, text): (ShareId, Option<&Text>),
) -> Outcome<()> {
    shares::get(tx, member, share)?;
    let duty = meetings::on_duty(tx, member)?.filter(|duty| *duty != member.id());
    let to = duty.ok_or_else(|| FieldIssue::only("words", "worried-nobody"))?;
    let id = WorryId::random(tx);
    let text = text.map(|text| text.as_str().to_owned()).unwrap_or_default();
    let told = Alarm { by: member.id(), to, share, text, at: tx.now() };
    let key = envelopes::make(tx, instance, member, (id.bytes(), &[to]))?;
    let words = envelopes::seal(tx, member.scope(), &key, (&spot(id), &told))?;
    let day = clock::day(tx.now());
    Ok(store::add_worry(tx, member.scope(), WorryRow { id, day, words })?)
}

/// The worries that this member told or was told.
pub fn worries(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Worry>> {
    let opened = envelopes::open_all(tx, member)?;
    let mut all = Vec::new();
    for row in store::list_worries(tx, member.scope())? {
        let Some(told) = open(member, &opened, &row)? else { continue };
        let share_is_there = shares::find(tx, member, told.share)?.is_some();
        all.push(Worry { id: row.id, day: row.day, told, share_is_there });
    }
    Ok(all)
}

fn open(member: &Member, opened: &Opened, row: &WorryRow) -> Outcome<Option<Alarm>> {
    let Some(key) = opened.of(row.id.bytes()) else { return Ok(None) };
    envelopes::open(member, Some(key), &spot(row.id), &row.words)
}

/// The facilitator has seen to it, or whoever told it takes it back: it is gone.
pub fn seen_to(tx: &mut Tx<'_>, member: &Member, id: WorryId) -> Outcome<()> {
    let mine = worries(tx, member)?.into_iter().find(|worry| worry.id == id);
    mine.ok_or(Refusal::NotFound)?;
    remove(tx, member, id)
}

fn remove(tx: &mut Tx<'_>, member: &Member, id: WorryId) -> Outcome<()> {
    envelopes::remove(tx, member, id.bytes())?;
    Ok(store::remove_worry(tx, member.scope(), id)?)
}

/// Takes away what a member told who goes and takes their words along.
pub fn remove_told_by(tx: &mut Tx<'_>, after: &Member, opened: &Opened) -> Outcome<()> {
    for row in store::list_worries(tx, after.scope())? {
        let told = open(after, opened, &row)?;
        if told.is_some_and(|told| told.by == after.id()) {
            remove(tx, after, row.id)?;
        }
    }
    Ok(())
}
