mod words;

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};
use tokio_postgres::Client;

use crate::postgres::in_time;
use crate::{Engine, Error, sqlite};
pub use words::swap_words;

/// One step of the tables' history, in one text for both engines. Once released
/// it is never changed.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its name, such as `0001_people`.
    pub name: &'static str,
    /// Its statements, in SQLite's words.
    pub sql: &'static str,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    place INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    checksum TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;";
const APPLIED: &str = "SELECT name, checksum FROM migration ORDER BY place";
const RECORD: &str =
    "INSERT INTO migration (place, name, checksum, applied_at) VALUES ($1, $2, $3, $4)";
// Two processes that start at once take turns; the number means nothing.
const LOCK: &str = "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;
    SELECT pg_advisory_xact_lock(7305808869231650155);";

/// Each round takes the lock, reads what is there and adds one step, all in one
/// transaction: killed anywhere, the database stands between two steps.
pub(crate) fn sqlite(
    conn: &mut Connection,
    all: &'static [Migration],
    now: i64,
) -> Result<(), Error> {
    // A changed table is a new one, filled, and the old one dropped; with
    // foreign keys on, the drop would delete the children.
    conn.execute_batch("PRAGMA foreign_keys = OFF").map_err(sqlite::plain)?;
    let done = loop {
        match sqlite_step(conn, all, now) {
            Ok(true) => {}
            Ok(false) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    conn.execute_batch("PRAGMA foreign_keys = ON").map_err(sqlite::plain)?;
    done
}

fn sqlite_step(conn: &mut Connection, all: &[Migration], now: i64) -> Result<bool, Error> {
    let tx =
        conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite::plain)?;
    tx.execute_batch(TABLE).map_err(sqlite::plain)?;
    let applied: Result<Vec<(String, String)>, _> = tx
        .prepare(APPLIED)
        .and_then(|mut find| find.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect());
    let applied = applied.map_err(sqlite::plain)?;
    let Some(next) = next(all, &applied)? else {
        return Ok(false);
    };
    let failed = |error| failed(next, sqlite::plain(error));
    tx.execute_batch(next.sql).map_err(failed)?;
    let astray = tx
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut check| check.exists([]))
        .map_err(failed)?;
    if astray {
        return Err(Error::Migration(format!("{} leaves rows without their parent", next.name)));
    }
    let place = applied.len() as i64 + 1;
    tx.execute(RECORD, rusqlite::params![place, next.name, checksum(next.sql), now])
        .map_err(failed)?;
    #[cfg(feature = "testing")]
    crate::testing::passing(next.name, crate::testing::Moment::Ran);
    tx.commit().map_err(failed)?;
    #[cfg(feature = "testing")]
    crate::testing::passing(next.name, crate::testing::Moment::Kept);
    Ok(true)
}

pub(crate) async fn postgres(
    client: &Client,
    limit: Duration,
    all: &'static [Migration],
    now: i64,
) -> Result<(), Error> {
    let table = swap_words(TABLE, Engine::Postgres);
    loop {
        in_time(limit, client.batch_execute(LOCK)).await?;
        in_time(limit, client.batch_execute(&table)).await?;
        let rows = in_time(limit, client.query(APPLIED, &[])).await?;
        let applied: Vec<(String, String)> =
            rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let Some(next) = next(all, &applied)? else {
            return in_time(limit, client.batch_execute("COMMIT")).await;
        };
        let failed = |error| failed(next, error);
        let text = swap_words(next.sql, Engine::Postgres);
        in_time(limit, client.batch_execute(&text)).await.map_err(failed)?;
        let place = applied.len() as i64 + 1;
        let sum = checksum(next.sql);
        in_time(limit, client.execute(RECORD, &[&place, &next.name, &sum, &now]))
            .await
            .map_err(failed)?;
        #[cfg(feature = "testing")]
        crate::testing::passing(next.name, crate::testing::Moment::Ran);
        in_time(limit, client.batch_execute("COMMIT")).await.map_err(failed)?;
        #[cfg(feature = "testing")]
        crate::testing::passing(next.name, crate::testing::Moment::Kept);
    }
}

fn failed(migration: &Migration, error: Error) -> Error {
    match error {
        Error::Wrong(what) => Error::Migration(format!("{}: {what}", migration.name)),
        other => other,
    }
}

/// The step after those that were applied, which must be the first of `all`,
/// unchanged.
fn next<'a>(
    all: &'a [Migration],
    applied: &[(String, String)],
) -> Result<Option<&'a Migration>, Error> {
    for (at, (name, sum)) in applied.iter().enumerate() {
        match all.get(at) {
            Some(known) if known.name != name => {
                return Err(Error::Migration(format!(
                    "the database has {name} where this program has {}",
                    known.name
                )));
            }
            Some(known) if checksum(known.sql) != *sum => {
                return Err(Error::Migration(format!("{name} was changed after it ran")));
            }
            Some(_) => {}
            None => {
                return Err(Error::Migration(format!(
                    "the database is newer than this program: it has {name}"
                )));
            }
        }
    }
    Ok(all.get(applied.len()))
}

/// Tells one set of migrations from another.
#[cfg(feature = "testing")]
pub(crate) fn fingerprint(all: &[Migration]) -> String {
    let texts = all.iter().flat_map(|one| [one.name, "\n", one.sql, "\n"]);
    checksum(&texts.collect::<String>())
}

/// FNV-1a, 64 bits, over the text with line ends made alike: it guards against
/// accidents, not against somebody who can change the program.
fn checksum(text: &str) -> String {
    let sum =
        text.bytes().filter(|byte| *byte != b'\r').fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{sum:016x}")
}
