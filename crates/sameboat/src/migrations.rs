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
];
