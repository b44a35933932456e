//! Keys and allowed words of all tables, read from the migrations.

use std::collections::{BTreeMap, BTreeSet};

use sameboat::migrations;

use crate::house::source::pattern;

/// Tables to whose rows others refer: a row that is deleted there takes others along.
pub const PARENTS: [&str; 2] = ["groups", "person"];

/// What no dump tells of a table.
#[derive(Default)]
pub struct Shape {
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// The words that a text column takes.
    pub words: BTreeMap<String, Vec<String>>,
    /// The columns that take nothing as a value.
    pub optional: BTreeSet<String>,
}

/// The shapes of all tables, by name.
pub fn shapes() -> BTreeMap<String, Shape> {
    let table = pattern(r"(?s)CREATE TABLE (\w+) \((.*?)\) STRICT");
    let key = pattern(r"PRIMARY KEY \(([^)]*)\)");
    let own_key = pattern(r"(?m)^\s*(\w+) [^,\n]*PRIMARY KEY");
    let check = pattern(r"(\w+) TEXT NOT NULL CHECK \(\w+ IN \(([^)]*)\)\)");
    let optional = pattern(r"(?m)^\s*([a-z_]+) [A-Z]+,?$");
    let added = pattern(r"ALTER TABLE (\w+) ADD COLUMN (\w+) [A-Z]+;");
    let mut all: BTreeMap<String, Shape> = BTreeMap::new();
    for migration in migrations::ALL {
        for found in table.captures_iter(migration.sql) {
            let body = &found[2];
            let listed = key.captures(body).map(|key| key[1].to_owned());
            let listed = listed.or_else(|| own_key.captures(body).map(|key| key[1].to_owned()));
            let listed = listed.unwrap_or_else(|| panic!("{} has no key", &found[1]));
            let words = check.captures_iter(body).map(|check| {
                let words =
                    check[2].split(',').map(|word| word.trim().trim_matches('\'').to_owned());
                (check[1].to_owned(), words.collect())
            });
            let key = listed.split(',').map(|column| column.trim().to_owned()).collect();
            let optional = optional.captures_iter(body).map(|column| column[1].to_owned());
            let shape = Shape { key, words: words.collect(), optional: optional.collect() };
            all.insert(found[1].to_owned(), shape);
        }
        for found in added.captures_iter(migration.sql) {
            let shape = all.get_mut(&found[1]).expect("a table that was made");
            shape.optional.insert(found[2].to_owned());
        }
    }
    all
}
