//! The gone list: who and what went for good, so that no backup brings it back.
//!
//! Always true: an entry is noted in the transaction that deletes, waits in a row, and leaves the
//! database once it stands in the file that the settings name, off the database's machine. It
//! holds random ids and a day: nothing that was ever written, and nobody's name. The list's lines are
//! numbered and end with one that says so, and the database knows how many there were: a list that
//! was cut off is noticed by whoever writes into it, and by `restore`.

mod file;
mod model;
mod store;

use std::path::Path;

use storekit::{Db, Error, Tx};

use crate::clock;
use crate::error::{Fault, Outcome};
use model::Line;
pub use model::{Entry, Kind, List, Wrong, parse};

/// Days after which an entry that no list takes is forgotten, where the settings name none.
const WAITS_DAYS: i64 = 1;

/// Notes that something goes, in the transaction that deletes it. `scope` is the group's or the
/// person's id.
pub fn note(tx: &mut Tx<'_>, kind: Kind, scope: &[u8; 16], id: &[u8; 16]) -> Outcome<()> {
    let day = clock::day(tx.now());
    Ok(store::add(tx, &Entry { kind, scope: *scope, id: *id, day })?)
}

/// Makes the list where there is none, so that a place which nobody left has one to restore with,
/// and so that a list which can't be written is heard of at the start. Once a day the list says
/// that it ends there: so it tells until when it is known who went.
pub async fn end_day(db: &Db, list: &Path, now: i64) -> Outcome<()> {
    let known = db.read(store::lines).await?;
    let list = list.to_owned();
    let written =
        tokio::task::spawn_blocking(move || file::end_with(&list, clock::day(now), known));
    match written.await.map_err(Fault::new)?.map_err(Fault::new)? {
        Some(last) => Ok(db.write(move |tx| store::save_lines(tx, last)).await?),
        None => Ok(()),
    }
}

/// Writes what waits at the end of the list, waits for its disk, and then forgets the rows. Twice
/// the same line does no harm.
pub async fn deliver(db: &Db, list: &Path, now: i64) -> Outcome<()> {
    let (waiting, known) =
        db.read(|tx| Ok::<_, Error>((store::list(tx)?, store::lines(tx)?))).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let end = Line::End(clock::day(now));
    let lines: Vec<Line> = waiting.iter().cloned().map(Line::Gone).chain([end]).collect();
    let list = list.to_owned();
    let written = tokio::task::spawn_blocking(move || file::append(&list, &lines, known)).await;
    let last = written.map_err(Fault::new)?.map_err(Fault::new)?;
    let done = db.write(move |tx| {
        waiting.iter().try_for_each(|entry| store::remove(tx, entry))?;
        store::save_lines(tx, last)
    });
    Ok(done.await?)
}

/// How many lines the list has had so far, as far as this database knows.
pub fn lines(tx: &mut Tx<'_>) -> Result<u64, Error> {
    store::lines(tx)
}

/// Forgets what nobody wants to know: without a list, nothing is kept.
pub fn forget(tx: &mut Tx<'_>) -> Outcome<()> {
    let before = clock::day(tx.now()) - WAITS_DAYS;
    Ok(store::remove_before(tx, before)?)
}
