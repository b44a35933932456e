//! The sentence that the group writes about what it wants together.

use storekit::Tx;

use crate::access::Member;
use crate::common_ground::model::{Cause, Sentence};
use crate::common_ground::store;
use crate::error::{FieldIssue, Outcome, Refusal};
use crate::groups;
use crate::web::Once;

const LABEL: &str = "common_ground.cause";

/// What the group says, if somebody ever wrote it and this member may read it.
pub fn cause(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Cause>> {
    let Some(words) = store::find(tx, member.scope())? else { return Ok(None) };
    if !groups::is_current(member, &words) {
        return Ok(None);
    }
    let row = member.scope();
    groups::read_paper(tx, member, (LABEL, row.bytes(), None), &words)
}

/// What somebody sends.
pub struct Writing {
    /// The sentence; none to take away the one that stands there.
    pub sentence: Sentence,
    /// How often it had been written when they saw it.
    pub seen: u32,
    /// The form's key.
    pub once: Once,
}

/// Writes the sentence, changes it, or takes it away. Whether one stands there now.
///
/// # Errors
/// A field to mend when there is nothing to write and nothing to take away;
/// [`Refusal::Conflict`] when somebody else wrote in between.
pub fn write(tx: &mut Tx<'_>, member: &Member, writing: &Writing) -> Outcome<bool> {
    writing.once.spend(tx)?;
    // The key may have turned since this request was let in.
    let member = &groups::afresh(tx, member)?;
    let now = cause(tx, member)?;
    let (text, turn) = now.as_ref().map_or(("", 0), |now| (&*now.text, now.turn));
    let typed = writing.sentence.as_str();
    // Where somebody took it away meanwhile, what an empty form asks for is so.
    let is_so = now.is_some() && turn != writing.seen;
    if typed.is_empty() && text.is_empty() && !is_so {
        return Err(FieldIssue::only("cause", "cause-empty"));
    }
    if typed == text {
        return Ok(!typed.is_empty());
    }
    if turn != writing.seen {
        return Err(Refusal::Conflict("cause-changed").into());
    }
    say(tx, member, &writing.sentence)?;
    Ok(!typed.is_empty())
}

/// Says it whatever stands there: for the example groups, which need no form.
pub fn say(tx: &mut Tx<'_>, member: &Member, sentence: &Sentence) -> Outcome<()> {
    let turn = cause(tx, member)?.map_or(0, |now| now.turn) + 1;
    let (text, at) = (sentence.as_str().to_owned(), tx.now());
    save(tx, member, &Cause { text, turn, by: member.id(), at })
}

/// Seals it anew, after a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    match cause(tx, after)? {
        Some(now) => save(tx, after, &now),
        None => Ok(()),
    }
}

fn save(tx: &mut Tx<'_>, member: &Member, cause: &Cause) -> Outcome<()> {
    let scope = member.scope();
    let words = groups::seal_words_of(tx, member, LABEL, scope.bytes(), None, cause)?;
    Ok(store::save(tx, scope, words)?)
}
