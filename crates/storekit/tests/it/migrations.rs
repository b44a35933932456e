use storekit::testing::TestDb;
use storekit::{Error, Migration, params, sql};

use crate::is_sqlite;

const ONE: Migration = Migration {
    name: "0001_a",
    sql: "CREATE TABLE a (id INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT;
          CREATE TABLE child (id INTEGER PRIMARY KEY, a_id INTEGER NOT NULL
              REFERENCES a (id) ON DELETE CASCADE) STRICT;
          INSERT INTO a (id, t) VALUES (1, 'kept');
          INSERT INTO child (id, a_id) VALUES (1, 1);",
};
const TWO: Migration =
    Migration { name: "0002_b", sql: "CREATE TABLE b (id INTEGER PRIMARY KEY) STRICT;" };
const BROKEN: Migration = Migration {
    name: "0003_c",
    sql: "CREATE TABLE c (id INTEGER PRIMARY KEY) STRICT;
          INSERT INTO c (id) VALUES (1), (1);",
};

fn said(done: Result<(), Error>) -> String {
    match done {
        Err(Error::Migration(what)) => what,
        other => panic!("a migration should have been refused: {other:?}"),
    }
}

#[tokio::test]
async fn they_run_once_and_in_order_and_later_ones_join() {
    let db = TestDb::with(&[ONE]).await;
    db.migrate(&[ONE]).await.expect("nothing to do");
    db.migrate(&[ONE, TWO]).await.expect("one more");
    let names = db.read(|tx| {
        let rows =
            tx.all(sql!("SELECT name, applied_at FROM migration ORDER BY place"), params![])?;
        rows.iter().map(|row| row.get("name")).collect::<Result<Vec<String>, Error>>()
    });
    assert_eq!(names.await, Ok(vec!["0001_a".into(), "0002_b".into()]));
}

#[tokio::test]
async fn a_changed_or_unknown_one_is_refused() {
    const CHANGED: Migration = Migration { name: "0001_a", sql: "CREATE TABLE a (id INTEGER);" };
    let db = TestDb::with(&[ONE, TWO]).await;
    assert!(said(db.migrate(&[CHANGED, TWO]).await).contains("0001_a was changed"));
    assert!(said(db.migrate(&[ONE]).await).contains("newer than this program"));
    assert!(said(db.migrate(&[TWO, ONE]).await).contains("where this program has"));
    db.migrate(&[ONE, TWO]).await.expect("a refusal harms nothing");
}

#[tokio::test]
async fn one_that_fails_half_way_leaves_those_before_it_and_nothing_of_itself() {
    let db = TestDb::with(&[ONE]).await;
    assert!(db.migrate(&[ONE, TWO, BROKEN]).await.is_err());
    let tables = |name: &'static str| {
        let db = db.clone();
        async move { db.prepare_only(&format!("SELECT id FROM {name}")).await }
    };
    assert_eq!(tables("b").await, Ok(()));
    assert!(matches!(tables("c").await, Err(Error::Wrong(_))));
    db.migrate(&[ONE, TWO]).await.expect("usable");
}

#[tokio::test]
async fn two_processes_that_start_at_once_take_turns() {
    let db = TestDb::from_env().await;
    let (one, two) = (db.another().await, db.another().await);
    let (first, second) = tokio::join!(one.migrate(&[ONE, TWO]), two.migrate(&[ONE, TWO]));
    assert_eq!((first, second), (Ok(()), Ok(())));
}

#[tokio::test]
async fn changing_a_table_by_copy_keeps_its_children_on_sqlite() {
    if !is_sqlite() {
        return;
    }
    const COPY: Migration = Migration {
        name: "0002_wider",
        sql: "CREATE TABLE a_new (id INTEGER PRIMARY KEY, t TEXT) STRICT;
              INSERT INTO a_new (id, t) SELECT id, t FROM a;
              DROP TABLE a;
              ALTER TABLE a_new RENAME TO a;",
    };
    const ORPHANS: Migration = Migration { name: "0003_orphans", sql: "DELETE FROM a;" };
    let db = TestDb::with(&[ONE, COPY]).await;
    let children = |db: storekit::Db| async move {
        db.read(|tx| tx.one(sql!("SELECT COUNT(*) AS n FROM child"), params![])?.get::<i64>("n"))
            .await
    };
    assert_eq!(children(db.clone()).await, Ok(1));
    assert!(said(db.migrate(&[ONE, COPY, ORPHANS]).await).contains("without their parent"));
    let gone: Result<u64, Error> =
        db.write(|tx| tx.exec(sql!("DELETE FROM a WHERE id = 1"), params![])).await;
    assert_eq!(gone, Ok(1));
    assert_eq!(children(db.clone()).await, Ok(0), "foreign keys are on again");
}
