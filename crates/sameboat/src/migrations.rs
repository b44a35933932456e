//! The database's history, in order. A migration that has landed is never edited.

use storekit::Migration;

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../migrations/", $name, ".sql")) }),+]
    };
}

/// All of them.
pub const ALL: &[Migration] = migrations![
    "0001_people",
    "0002_notebook",
    "0003_groups",
    "0004_papers",
    "0005_joining",
    "0006_leaving",
    "0007_sharing",
    "0008_meetings",
    "0009_newcomers",
    "0010_returning",
    "0011_gone",
    "0012_journey",
    "0014_partings",
    "0015_cause",
    "0016_format",
    "0017_epochs",
    "0018_tags",
    "0019_gone_list",
    "0020_turns",
];

/// The names of all, in order.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|migration| migration.name).collect()
}

/// Every table, in the order in which they were made: parents before their children.
pub fn tables() -> Vec<&'static str> {
    let made = |sql: &'static str| {
        sql.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split(' ').next())
    };
    ALL.iter().flat_map(|migration| made(migration.sql)).collect()
}
