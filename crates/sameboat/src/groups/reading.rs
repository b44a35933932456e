//! Rows that do not open any more: a failing disk, or somebody who writes to the database, changed
//! them. One costs what stood in it, and nothing else: it is shown as damaged, or counts as not
//! there where a missing row gives the careful answer.

use seal::Sealed;
use serde::de::DeserializeOwned;
use storekit::Tx;

use crate::access::Member;
use crate::error::{Fault, FaultKind, Outcome, Refusal, Stop};
use crate::groups::keys;

/// What a row says to a member.
pub enum Reading<T> {
    /// These words.
    Words(T),
    /// Nothing: it is for others, or from before they came.
    Closed,
    /// Nothing any more, to anybody.
    Damaged,
}

impl<T> Reading<T> {
    /// The words, if there are any.
    pub fn words(self) -> Option<T> {
        match self {
            Reading::Words(words) => Some(words),
            Reading::Closed | Reading::Damaged => None,
        }
    }
}

/// What came of opening a row: a damaged one is no failure. The log has it, with its label.
///
/// # Errors
/// Whatever else stopped it.
pub fn unless_damaged<T>(label: &'static str, opened: Outcome<Option<T>>) -> Outcome<Reading<T>> {
    match opened {
        Ok(Some(words)) => Ok(Reading::Words(words)),
        Ok(None) => Ok(Reading::Closed),
        Err(Stop::Failed(fault)) if fault.kind == FaultKind::Damaged => {
            tracing::error!(label, fault = fault.chain(), "a row does not open");
            Ok(Reading::Damaged)
        }
        Err(other) => Err(other),
    }
}

/// Opens words of the group; none where the row is damaged.
///
/// # Errors
/// [`Refusal::Conflict`] when the key was turned after this request was let in.
pub fn read_words<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    member: &Member,
    (label, row, writer): (&'static str, &[u8], Option<&[u8]>),
    value: &Sealed,
) -> Outcome<Option<T>> {
    let opened = keys::open_words(member, label, row, writer, value);
    Ok(unless_damaged(label, in_time(tx, member, value, opened)?)?.words())
}

/// The same for a standing paper: one under an earlier key is none of ours.
///
/// # Errors
/// As [`read_words`].
pub fn read_paper<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    member: &Member,
    (label, row, writer): (&'static str, &[u8], Option<&[u8]>),
    value: &Sealed,
) -> Outcome<Option<T>> {
    let opened = keys::open_paper(member, label, row, writer, value);
    Ok(unless_damaged(label, in_time(tx, member, value, opened)?)?.words())
}

/// A row under an epoch that never was did not come too early for this request: it is damaged.
fn in_time<T>(
    tx: &mut Tx<'_>,
    member: &Member,
    value: &Sealed,
    opened: Outcome<T>,
) -> Outcome<Outcome<Option<T>>> {
    if matches!(opened, Err(Stop::Refused(Refusal::Conflict(_)))) {
        let now = keys::epoch(tx, member)?;
        if value.key_number().is_none_or(|epoch| epoch > now) {
            let fault = Fault::damaged("a row under an epoch that never was");
            return Ok(Err(fault.into()));
        }
    }
    Ok(opened.map(Some))
}
