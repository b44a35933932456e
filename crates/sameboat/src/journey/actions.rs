use storekit::Tx;

use crate::access::Member;
use crate::error::Outcome;
use crate::groups;
use crate::journey::model::{Named, Stage};
use crate::journey::store;
use crate::web::Once;

const LABEL: &str = "journey.stage";

/// The stage that the group named, if it did and this member may read it.
pub fn find(tx: &mut Tx<'_>, member: &Member) -> Outcome<Option<Named>> {
    let Some(words) = store::find(tx, member.scope())? else { return Ok(None) };
    if !groups::is_current(member, &words) {
        return Ok(None);
    }
    let row = member.scope();
    groups::read_paper(tx, member, (LABEL, row.bytes(), None), &words)
}

/// Names the stage.
pub fn name(tx: &mut Tx<'_>, member: &Member, stage: Stage, once: Once) -> Outcome<()> {
    once.spend(tx)?;
    say(tx, member, stage)
}

/// The same, for whoever needs no form: the example groups.
pub fn say(tx: &mut Tx<'_>, member: &Member, stage: Stage) -> Outcome<()> {
    let at = tx.now();
    save(tx, member, &Named { stage, by: member.id(), at })
}

/// Seals it anew, after a turn.
pub fn reseal(tx: &mut Tx<'_>, after: &Member) -> Outcome<()> {
    match find(tx, after)? {
        Some(named) => save(tx, after, &named),
        None => Ok(()),
    }
}

fn save(tx: &mut Tx<'_>, member: &Member, named: &Named) -> Outcome<()> {
    let scope = member.scope();
    let words = groups::seal_words_of(tx, member, LABEL, scope.bytes(), None, named)?;
    Ok(store::save(tx, scope, words)?)
}
