//! The gone list: who and what went for good, so that no backup brings it back.
//!
//! Always true: an entry is noted in the transaction that deletes, waits in a row, and leaves the
//! database once it stands in the file that the settings name, off the database's machine. It
//! holds random ids and a day: nothing that was ever written, and nobody's name.

mod model;
mod store;

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use storekit::{Db, Tx};

use crate::clock;
use crate::error::{Fault, Outcome};
pub use model::{Entry, Kind, parse};

/// Days after which an entry that no list takes is forgotten, where the settings name none.
const WAITS_DAYS: i64 = 1;

/// Notes that something goes, in the transaction that deletes it. `scope` is the group's or the
/// person's id.
pub fn note(tx: &mut Tx<'_>, kind: Kind, scope: &[u8; 16], id: &[u8; 16]) -> Outcome<()> {
    let day = clock::day(tx.now());
    Ok(store::add(tx, &Entry { kind, scope: *scope, id: *id, day })?)
}

/// Makes the list where there is none, so that a place which nobody left has one to restore with,
/// and so that a list which can't be written is heard of at the start.
pub async fn begin(list: &Path) -> Outcome<()> {
    let list = list.to_owned();
    let written = tokio::task::spawn_blocking(move || append(&list, "")).await;
    Ok(written.map_err(Fault::new)?.map_err(Fault::new)?)
}

/// Writes what waits at the end of the list, waits for its disk, and then forgets the rows. Twice
/// the same line does no harm.
pub async fn deliver(db: &Db, list: &Path) -> Outcome<()> {
    let waiting = db.read(store::list).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let text: String = waiting.iter().map(Entry::line).collect();
    let list = list.to_owned();
    let written = tokio::task::spawn_blocking(move || append(&list, &text)).await;
    written.map_err(Fault::new)?.map_err(Fault::new)?;
    Ok(db.write(move |tx| waiting.iter().try_for_each(|entry| store::remove(tx, entry))).await?)
}

/// Forgets what nobody wants to know: without a list, nothing is kept.
pub fn forget(tx: &mut Tx<'_>) -> Outcome<()> {
    let before = clock::day(tx.now()) - WAITS_DAYS;
    Ok(store::remove_before(tx, before)?)
}

fn append(list: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(list)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
