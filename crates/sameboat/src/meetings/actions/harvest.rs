//! What a group keeps from a meeting, and what a member typed about it and has not sent.

use storekit::Tx;

use crate::access::Member;
use crate::drafts::{self, Draft, FormName};
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::ids::MeetingId;
use crate::meetings::kept;
use crate::meetings::model::{Meeting, Stage};

/// The form of the harvest and that of the close ask for the same words, so they share a draft.
fn form_of(id: MeetingId) -> FormName {
    FormName::new("meetings.harvest", id)
}

/// Writes down what the group keeps, while people sit together or after.
///
/// # Errors
/// A field to mend when somebody else wrote in between.
pub fn write_harvest(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    harvest: &(String, u32),
) -> Outcome<()> {
    let mut meeting = kept::get(tx, member, id)?;
    if meeting.stage == Stage::Planned {
        return Err(Refusal::NotFound.into());
    }
    if take(tx, member, &mut meeting, harvest)? {
        kept::save(tx, member, &mut meeting)?;
    }
    Ok(())
}

/// Puts these words into the meeting, and throws their draft away. Whether they are new.
pub(super) fn take(
    tx: &mut Tx<'_>,
    member: &Member,
    meeting: &mut Meeting,
    (text, seen): &(String, u32),
) -> Outcome<bool> {
    let words = &mut meeting.words;
    let is_new = words.harvest != *text;
    if is_new && words.harvest_turn != *seen {
        return Err(FieldIssue::only("harvest", "meet-harvest-elsewhere"));
    }
    if is_new {
        words.harvest.clone_from(text);
        words.harvest_turn += 1;
    }
    drafts::remove(tx, member.person(), &form_of(meeting.id))?;
    Ok(is_new)
}

/// What this member typed and has not sent, if it says something else than what is kept.
pub fn harvest_draft(
    tx: &mut Tx<'_>,
    member: &Member,
    meeting: &Meeting,
) -> Outcome<Option<Draft>> {
    let draft = drafts::find(tx, member.person(), &form_of(meeting.id))?;
    Ok(draft.filter(|draft| draft.text != meeting.words.harvest))
}

/// Keeps what this member has typed so far.
pub fn keep_harvest_draft(
    tx: &mut Tx<'_>,
    member: &Member,
    id: MeetingId,
    text: &str,
) -> Outcome<()> {
    let meeting = kept::get(tx, member, id)?;
    let unsent = if text == meeting.words.harvest { "" } else { text };
    drafts::save(tx, member.person(), &form_of(id), unsent)
}
