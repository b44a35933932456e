//! Backups: the whole database but for what lets somebody in, sealed to the operator's key; and
//! the way back, which brings back nobody who went.
//!
//! Always true: a backup is one state of the database and is made while people use it; making one
//! needs no instance key; restoring touches nothing before it has read the backup to its end, and
//! then fills an empty database in one transaction. The format knows no engine, so a backup is
//! also the way from SQLite to PostgreSQL and back.

mod cells;
mod file;
mod make;
mod restore;

pub use cells::{Cell, Line};
pub use file::FileHash;
pub use make::{Made, make, make_key};
pub use restore::{Asked, Checked, Departures, Restored, check, hex, restore};

/// Tables that stay out: sign-ins, links, used keys of forms, what was typed and not sent (or was
/// sent since), and what waits for the gone list.
const LEFT_OUT: [&str; 6] = ["sign_in", "invitation", "start_link", "used_once", "draft", "gone"];

/// The tables of a backup, parents before their children.
pub fn tables() -> Vec<&'static str> {
    let all = crate::migrations::tables();
    all.into_iter().filter(|table| !LEFT_OUT.contains(table)).collect()
}
