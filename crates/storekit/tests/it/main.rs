//! What the crate promises, on the engine that `SAMEBOAT_TEST_DB` names. Tests
//! of one engine alone do nothing in the run for the other.

#![expect(clippy::disallowed_methods, reason = "these tests wait for every task that they start")]

mod breaking;
mod chance;
mod conflicts;
mod copy;
mod dump;
mod migrations;
mod notices;
mod power;
mod reads;
mod silence;
mod statements;
mod values;
mod writes;

use storekit::testing::TestDb;
use storekit::{Db, Engine, Error, Migration, params, sql};

/// A small table, as a group's tables are.
const NOTES: &[Migration] = &[Migration {
    name: "0001_note",
    sql: "CREATE TABLE note (
        group_id INTEGER NOT NULL,
        id INTEGER NOT NULL,
        body TEXT NOT NULL CHECK (body <> 'forbidden'),
        PRIMARY KEY (group_id, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE answer (
        group_id INTEGER NOT NULL,
        id INTEGER NOT NULL,
        note_id INTEGER NOT NULL,
        PRIMARY KEY (group_id, id),
        FOREIGN KEY (group_id, note_id) REFERENCES note (group_id, id) ON DELETE CASCADE
    ) STRICT;",
}];

async fn notes() -> TestDb {
    TestDb::with(NOTES).await
}

fn is_sqlite() -> bool {
    TestDb::chosen() == Engine::Sqlite
}

async fn add(db: &Db, id: i64, body: &str) -> Result<u64, Error> {
    let body = body.to_owned();
    db.write(move |tx| {
        tx.exec(
            sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, $2)"),
            params![id, &body],
        )
    })
    .await
}

async fn count(db: &Db) -> i64 {
    let counting = db.read(|tx| {
        tx.one(sql!("SELECT COUNT(*) AS n FROM note WHERE group_id = 1"), params![])?.get("n")
    });
    counting.await.expect("a count")
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Fault(error)
    }
}

/// An application's own error, which has swallowed what storekit said.
#[derive(Debug, PartialEq)]
enum Refusal {
    No,
    Fault(Error),
}
