//! Whoever left for good while their place was frozen: what became of their words is done by the
//! next write of a member. The tag shows that they chose it: who can write to the database can't take
//! anybody's words away.

use seal::InstanceKey;
use storekit::Tx;

use crate::access::{GroupScope, Member};
use crate::error::{Fault, Outcome};
use crate::ids::MemberId;
use crate::instance_key::{Change, Retagged};
use crate::leaving::store::{self, PartingRow};
use crate::standing::Words;

const LABEL: &str = "leaving.parting";

fn tag(instance: &InstanceKey, scope: &GroupScope, row: &PartingRow) -> Vec<u8> {
    instance.mac(LABEL, &[scope.bytes(), row.member.bytes(), row.words.as_bytes()]).to_vec()
}

fn holds(instance: &InstanceKey, scope: &GroupScope, row: &PartingRow) -> bool {
    let facts: [&[u8]; 3] = [scope.bytes(), row.member.bytes(), row.words.as_bytes()];
    instance.mac_holds_now(LABEL, &facts, &row.tag)
}

/// Notes what somebody chose who has no key.
pub fn add(
    tx: &mut Tx<'_>,
    instance: &InstanceKey,
    scope: GroupScope,
    (member, words): (MemberId, Words),
) -> Outcome<()> {
    let mut row = PartingRow { member, words: words.word().to_owned(), tag: Vec::new() };
    row.tag = tag(instance, &scope, &row);
    Ok(store::save_parting(tx, scope, row)?)
}

/// Those whose choice waits.
pub fn list(tx: &mut Tx<'_>, member: &Member) -> Outcome<Vec<(MemberId, Words)>> {
    let rows = store::list_partings(tx, member.scope())?.into_iter();
    rows.filter(|row| holds(member.person().instance(), &member.scope(), row))
        .map(|row| {
            let words = Words::from_word(&row.words);
            let words = words.ok_or_else(|| Fault::because("a parting with an unknown word"))?;
            Ok((row.member, words))
        })
        .collect()
}

/// The instance key is changed: the rows of all groups are tagged anew.
pub fn redo(tx: &mut Tx<'_>, change: &Change) -> Outcome<Retagged> {
    let mut done = Retagged::default();
    for (group, mut row) in store::list_all_partings(tx)? {
        let scope = GroupScope::under_new_key(group);
        let whole = holds(&change.before, &scope, &row);
        if whole {
            row.tag = tag(&change.now, &scope, &row);
            store::save_parting(tx, scope, row)?;
        }
        done.count(whole);
    }
    Ok(done)
}
