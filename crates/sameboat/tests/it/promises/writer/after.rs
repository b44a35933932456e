//! Something is changed, then members write: who gets keys, and who reads what.

use std::collections::{BTreeMap, BTreeSet};

use storekit::Value;
use storekit::testing::Table;

use super::ask::{Seen, Sight};
use super::eyes::looks;
use super::flipped::writes;
use super::run::Watch;
use super::tamper::{Kind, Tampering};

/// Who looks at what afterwards.
const AFTER: &str = "finn {g}, finn {g}/talk, gus {g}, dora {g}, dora {g}/talk, \
                         dora {ana-share}, nora {ana-share}, nora {g}/talk, cleo {g}/talk, olga {g}";

/// Changes that are tried in each table.
const TRIED: usize = 4;

/// A few of the changes to a table: of each kind, and of each column.
fn some(mut all: Vec<Tampering>) -> Vec<Tampering> {
    const SEALED: [&str; 6] = ["words", "bytes", "letter", "copy", "box", "outside"];
    let mut seen = BTreeSet::new();
    all.retain(|one| {
        let sealed = one.column.as_deref().is_some_and(|column| SEALED.contains(&column));
        let row = if one.column.is_none() { one.row } else { 0 };
        let decides = !sealed || matches!(one.kind, Kind::PutBack | Kind::Swapped);
        decides && seen.insert((one.kind, one.column.clone(), row))
    });
    let step = all.len().div_ceil(TRIED).max(1);
    all.into_iter().step_by(step).collect()
}

/// New keys that members hold after others have written.
#[derive(Default)]
pub struct Keys {
    /// For each member, by what their id and their group's are, the epochs that were granted.
    grants: BTreeMap<Vec<u8>, BTreeSet<i64>>,
    /// Items and the members for whom there is an envelope.
    envelopes: BTreeSet<(Vec<u8>, Vec<u8>)>,
}

impl Keys {
    /// Keys that are in one state of the database and not in another.
    pub fn between(before: &[Table], after: &[Table]) -> Keys {
        let mut keys = Keys::default();
        for row in fresh(before, after, "key_grant", 3) {
            let (Value::Blob(member), Value::Int(epoch)) = (row[1].clone(), row[2].clone()) else {
                panic!("a grant has a member and an epoch")
            };
            keys.grants.entry(member).or_default().insert(epoch);
        }
        for row in fresh(before, after, "envelope", 3) {
            let (Value::Blob(item), Value::Blob(member)) = (row[1].clone(), row[2].clone()) else {
                panic!("an envelope has an item and a member")
            };
            keys.envelopes.insert((item, member));
        }
        keys
    }

    /// What was given that is not given where nothing was changed. `had` is what stood there
    /// before: a key that somebody had may be given to them again.
    pub fn beyond(&self, usual: &Keys, had: &Keys) -> Vec<String> {
        let mut wrong = Vec::new();
        for (member, epochs) in &self.grants {
            let may = |keys: &Keys| keys.grants.get(member).and_then(|all| all.first().copied());
            let first = [may(usual), may(had).filter(|_| usual.grants.contains_key(member))];
            let first = first.into_iter().flatten().min();
            let beyond = epochs.iter().filter(|epoch| first.is_none_or(|first| **epoch < first));
            for epoch in beyond {
                wrong.push(format!("epoch {epoch} is granted to {:02x?}", &member[..4]));
            }
        }
        let fine = |given: &&(Vec<u8>, Vec<u8>)| {
            usual.envelopes.contains(given) || had.envelopes.contains(given)
        };
        let others = self.envelopes.iter().filter(|given| !fine(given));
        wrong.extend(others.map(|(_, member)| format!("an envelope for {:02x?}", &member[..4])));
        wrong
    }
}

/// Rows whose first columns stand nowhere in the state before.
fn fresh(before: &[Table], after: &[Table], table: &str, key: usize) -> Vec<Vec<Value>> {
    let before = before.iter().find(|found| found.name == table);
    let before = before.map_or(&[][..], |table| &table.rows);
    let known = |row: &Vec<Value>| before.iter().any(|old| old[..key] == row[..key]);
    let after = after.iter().find(|found| found.name == table).expect("a table");
    after.rows.iter().filter(|row| !known(row)).cloned().collect()
}

/// What is given and seen where nothing was changed.
struct Usual {
    keys: Keys,
    had: Keys,
    seen: Seen,
}

impl Watch {
    /// Changes a few things in these tables, one at a time, and has members write after each.
    pub async fn tamper_and_write(&mut self, tables: &[&str]) -> Vec<String> {
        let (mut findings, mut made, mut could) = (Vec::new(), 0, [0, 0]);
        let usual = self.usual().await;
        for table in tables {
            for tampering in some(self.tamperings(table)) {
                if self.place.world.db().exchange(&tampering.exchange).await.is_err() {
                    continue;
                }
                made += 1;
                let before = self.place.world.db().dump().await;
                let done = self.members_write().await;
                could = [0, 1].map(|at| could[at] + usize::from(done[at]));
                let wrong = self.beyond(&usual, &before).await;
                findings.extend(wrong.into_iter().map(|wrong| format!("{tampering}: {wrong}")));
                self.put_all_back().await;
            }
        }
        eprintln!("{made} changes, after which {could:?} could let somebody in and write");
        assert!(made > 2 * tables.len(), "only {made} changes");
        assert!(could.iter().all(|could| could * 2 > made), "only {could:?} of {made} could write");
        findings
    }

    async fn usual(&mut self) -> Usual {
        assert_eq!(self.members_write().await, [true, true]);
        let after = self.place.world.db().dump().await;
        let keys = Keys::between(&self.place.now, &after);
        assert!(keys.grants.len() >= 5, "the key turned");
        let mut seen = self.may_see();
        for (person, address) in looks(&self.place, AFTER) {
            let page = self.open(person, &address).await;
            seen.add(self.place.people[person].0, self.reader.read(&page));
        }
        let had = Keys::between(&[], &self.place.now);
        self.put_all_back().await;
        Usual { keys, had, seen }
    }

    /// What is given and seen beyond what is usual.
    async fn beyond(&mut self, usual: &Usual, before: &[Table]) -> Vec<String> {
        let after = self.place.world.db().dump().await;
        let mut wrong = Keys::between(before, &after).beyond(&usual.keys, &usual.had);
        for (person, address) in looks(&self.place, AFTER) {
            let page = self.open(person, &address).await;
            let sight = Sight { said: BTreeSet::new(), ..self.reader.read(&page) };
            let who = self.place.people[person].0;
            let seen = usual.seen.wrong(who, &sight);
            wrong.extend(seen.into_iter().map(|seen| format!("{who} on {address} {seen}")));
        }
        wrong
    }

    /// A member lets in whoever is at the door, and another says something. Tells whether each
    /// could.
    pub async fn members_write(&mut self) -> [bool; 2] {
        let group = self.place.group.clone();
        let mut ana = self.browser(self.place.person("ana"));
        ana.open(&format!("{group}/door")).await;
        let doors = ana.page.texts("form[action$='/let-in'] button");
        let let_in = doors.len() == 1;
        if let_in {
            ana.press("Let them in").await;
        }
        [let_in, writes(&mut self.someone("bea"), &group).await]
    }
}
