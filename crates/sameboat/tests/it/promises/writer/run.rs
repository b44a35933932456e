//! One change after the other, and what is seen after each.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

use sameboat::migrations;
use storekit::testing::Table;

use super::accepted::{self, UNTOUCHED};
use super::ask::{Reader, Seen};
use super::eyes::{Look, looks, pages_of};
use super::phrases::PHRASES;
use super::play::Place;
use super::schema::{PARENTS, shapes};
use super::tamper::{Kind, Tampering, ids, tamperings};
use crate::world::{Browser, Page};

/// A played place, with what everybody sees before anything is changed.
pub struct Watch {
    /// The place.
    pub place: Place,
    /// Reads pages.
    pub reader: Reader,
    seen: Seen,
    looks: BTreeMap<String, Vec<Look>>,
    asked: u32,
}

/// What came of the changes to some tables.
#[derive(Default)]
pub struct Outcome {
    /// How many changes were made.
    pub made: usize,
    /// How many the database refused.
    pub refused: usize,
    /// The columns that were changed.
    pub touched: BTreeSet<String>,
    /// What somebody saw that they may not.
    pub findings: Vec<String>,
}

impl Watch {
    /// Plays the place, and looks at all pages that these tables need.
    pub async fn over(tables: &[&str]) -> Watch {
        let place = Place::played().await;
        let seen = Seen::default();
        let mut watch =
            Watch { place, reader: Reader::new(), seen, looks: BTreeMap::new(), asked: 0 };
        watch.seen = watch.may_see();
        let mut known: BTreeMap<(usize, String), Look> = BTreeMap::new();
        for table in tables {
            let mut all = Vec::new();
            for (person, address) in looks(&watch.place, pages_of(table)) {
                let key = (person, address.clone());
                if !known.contains_key(&key) {
                    let page = watch.open(person, &address).await;
                    let sight = watch.reader.read(&page);
                    let told = sight.told.iter().map(|(at, _)| *at).collect();
                    watch.seen.add(watch.place.people[person].0, sight);
                    let plain = watch.reader.plain(&page);
                    known.insert(key.clone(), Look { person, address, page, plain, told });
                }
                all.push(known[&key].clone());
            }
            watch.looks.insert((*table).to_owned(), all);
        }
        watch.only_readers();
        watch
    }

    /// Who may read which words.
    pub fn may_see(&self) -> Seen {
        let mut seen = Seen::default();
        for (at, phrase) in PHRASES.iter().enumerate() {
            seen.told.extend(phrase.readers.iter().map(|who| ((*who).to_owned(), at)));
        }
        seen
    }

    /// Nobody has read what is not for them while nothing was changed.
    fn only_readers(&self) {
        for (who, at) in &self.seen.told {
            let phrase = &PHRASES[*at];
            assert!(phrase.readers.contains(&who.as_str()), "{who} reads “{}”", phrase.words);
        }
    }

    /// A page as somebody sees it, whose browser stays as it is.
    pub async fn open(&mut self, person: usize, address: &str) -> Page {
        self.browser(person).open(address).await.clone()
    }

    /// Somebody's browser, to be used for a while.
    pub fn browser(&mut self, person: usize) -> Browser {
        let mut browser = self.place.people[person].1.clone();
        // No address sends so much that it is refused.
        self.asked += 1;
        let [_, b, c, d] = (self.asked / 100).to_be_bytes();
        browser.address = IpAddr::V4(Ipv4Addr::new(10, b, c, d));
        browser
    }

    /// Changes everything in a table, one thing at a time.
    pub async fn tamper(&mut self, table: &str, outcome: &mut Outcome) {
        for tampering in self.tamperings(table) {
            if self.place.world.db().exchange(&tampering.exchange).await.is_err() {
                outcome.refused += 1;
                continue;
            }
            outcome.made += 1;
            outcome.touch(&tampering);
            for (who, address, wrong) in self.look(table).await {
                let found = format!("{tampering}: {who} on {address} {wrong}");
                if !accepted::is(&tampering, &wrong) {
                    outcome.findings.push(found);
                }
            }
            self.undo(&tampering).await;
        }
        let now = self.place.world.db().dump().await;
        assert!(now == self.place.now, "{table} is not as it was");
    }

    /// Every change to a table.
    pub fn tamperings(&self, table: &str) -> Vec<Tampering> {
        let now = find(&self.place.now, table);
        let [first, second] = [0, 1].map(|at| find(&self.place.before[at], table));
        let (shapes, ids) = (shapes(), ids(&self.place.now));
        tamperings(&now, &[&first, &second], (&shapes[table], &ids))
    }

    async fn look(&mut self, table: &str) -> Vec<(&'static str, String, String)> {
        let mut found = Vec::new();
        for look in self.looks[table].clone() {
            let page = self.open(look.person, &look.address).await;
            if self.reader.plain(&page) == look.plain {
                continue;
            }
            let who = self.place.people[look.person].0;
            let sight = self.reader.read(&page);
            let wrong = self.seen.wrong(who, &sight);
            found.extend(wrong.into_iter().map(|wrong| (who, look.address.clone(), wrong)));
            for (at, _) in sight.told.iter().filter(|(at, _)| !look.told.contains(at)) {
                let words = PHRASES[*at].words;
                found.push((who, look.address.clone(), format!("finds “{words}” there now")));
            }
            let there = page.status.is_success() && page.path == look.page.path;
            if there && !look.page.status.is_success() {
                found.push((who, look.address.clone(), "opens a page that was shut".to_owned()));
            }
        }
        found
    }

    async fn undo(&self, tampering: &Tampering) {
        let db = self.place.world.db();
        let takes_along = PARENTS.contains(&tampering.table.as_str())
            && matches!(tampering.kind, Kind::Deleted | Kind::RowPutBack);
        if takes_along {
            self.put_all_back().await;
        } else {
            db.exchange(&tampering.exchange.undone()).await.expect("it can be undone");
        }
    }

    /// The whole database as it was.
    pub async fn put_all_back(&self) {
        let order = migrations::tables();
        let find = |name: &&str| self.place.now.iter().find(|table| table.name == *name);
        let tables: Vec<&Table> = order.iter().filter_map(find).collect();
        self.place.world.db().put_back(&tables).await;
    }
}

/// A table of a dump.
pub fn find(all: &[Table], name: &str) -> Table {
    let found = all.iter().find(|table| table.name == name).cloned();
    found.unwrap_or_else(|| panic!("no table {name}"))
}

impl Outcome {
    fn touch(&mut self, tampering: &Tampering) {
        let column = tampering.column.as_deref().unwrap_or("*");
        self.touched.insert(format!("{}.{column}", tampering.table));
    }

    /// Fails with all that was found, or if less was tried than there is.
    pub fn judge(self, tables: &[Table]) {
        eprintln!(
            "{} changes, {} refused, {} findings",
            self.made,
            self.refused,
            self.findings.len()
        );
        assert!(self.findings.is_empty(), "{}", self.findings.join("\n"));
        let columns = tables.iter().flat_map(|table| {
            let columns = table.columns.iter().map(String::as_str).chain(["*"]);
            columns.map(|column| format!("{}.{column}", table.name))
        });
        let missed: Vec<String> = columns
            .filter(|column| !self.touched.contains(column))
            .filter(|column| !UNTOUCHED.iter().any(|(name, _)| name == column))
            .collect();
        assert!(missed.is_empty(), "nothing was changed in {missed:?}");
        assert!(self.refused < self.made, "{} of {} refused", self.refused, self.made);
    }
}

impl Watch {
    /// These tables as they were played.
    pub fn tables(&self, names: &[&str]) -> Vec<Table> {
        self.place
            .now
            .iter()
            .filter(|table| names.contains(&table.name.as_str()))
            .cloned()
            .collect()
    }
}
