//! Who may read something, and sealing for just those.

use seal::{InstanceKey, KeyKind, Sealed};
use serde::Serialize;
use storekit::Tx;

use crate::access::Member;
use crate::agreements;
use crate::error::Outcome;
use crate::groups::envelopes::{self, Spot};
use crate::groups::{self, Named};
use crate::ids::{MemberId, ShareId};
use crate::sharing::model::{Audience, Said};
use crate::sharing::store::shares::ShareRow;

/// Label of a share's words.
pub const SHARE_LABEL: &str = "sharing.words";
/// Label of an answer's words.
pub const ANSWER_LABEL: &str = "sharing.answer";

/// A new share's way to its readers, as its writer saw it before sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// For whom.
    pub audience: Audience,
    /// The one reader, where it is for one alone.
    pub to: Option<MemberId>,
    /// Whether people who come later may read it.
    pub newcomers: bool,
}

/// Where a share's words stand.
pub fn share_spot(id: ShareId, writer: MemberId) -> Spot {
    Spot { label: SHARE_LABEL, row: *id.bytes(), writer }
}

/// Everybody who is here.
pub fn here(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<Named>> {
    let all = groups::list_members(tx, member)?;
    Ok(all.into_iter().filter(|named| named.state.has_key()).collect())
}

fn ids_here(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<MemberId>> {
    Ok(here(tx, member)?.iter().map(|named| named.id).collect())
}

/// Those who are here and may read a share.
pub fn readers(
    tx: &mut Tx<'_>,
    member: &Member,
    (row, said): (&ShareRow, &Said),
) -> Outcome<Vec<MemberId>> {
    let here = ids_here(tx, member)?;
    if row.words.key_kind() == Some(KeyKind::Envelope) {
        return Ok(here.into_iter().filter(|id| said.readers.contains(id)).collect());
    }
    if said.newcomers {
        return Ok(here);
    }
    let holders = groups::holders(tx, member, &row.words)?;
    Ok(here.into_iter().filter(|id| holders.contains(id)).collect())
}

/// For whom words beside a share need envelopes: where the share lies in some, or people came in
/// since who may not read it. `None` for the group's key.
fn envelopes_beside(
    tx: &mut Tx<'_>,
    member: &Member,
    share: (&ShareRow, &Said),
) -> Outcome<Option<Vec<MemberId>>> {
    let (row, said) = share;
    let readers = readers(tx, member, share)?;
    if row.words.key_kind() == Some(KeyKind::Envelope) {
        return Ok(Some(readers));
    }
    let all = ids_here(tx, member)?;
    let all_read = all.iter().all(|id| readers.contains(id));
    let open = said.newcomers || all_read && !opens_wider(tx, member, row)?;
    Ok(if open { None } else { Some(readers) })
}

/// Whether newcomers may read more of what is sealed with the group's key of now than of a share.
fn opens_wider(tx: &mut Tx<'_>, member: &Member, share: &ShareRow) -> Outcome<bool> {
    let version = agreements::holding(tx, member)?;
    let then = version.opening_of(share.words.key_number().unwrap_or_default());
    let now = groups::epoch(tx, member)?;
    Ok(version.opening_of(now).is_wider_than(then))
}

/// Seals words for the readers that a share has now, and for nobody else. The words are made of who
/// gets envelopes; nobody does where they stand under the group's key.
pub fn seal_beside<W: Serialize>(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    member: &Member,
    (share, spot, words): ((&ShareRow, &Said), &Spot, impl FnOnce(Vec<MemberId>) -> W),
) -> Outcome<Sealed> {
    // With keys from before a turn nobody who came in with it would be seen.
    let member = &groups::afresh(tx, member)?;
    match envelopes_beside(tx, member, share)? {
        Some(readers) => {
            let words = words(readers.clone());
            envelopes::put(tx, instance, (member, &readers), (spot, &words))
        }
        None => groups::seal_words(tx, member, spot.label, &spot.row, &words(Vec::new())),
    }
}
