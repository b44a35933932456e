use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};

use storekit::testing::{Start, TestDb};
use storekit::{Engine, Error, Migration, Options, params, sql};

use crate::{Refusal, add, count, is_sqlite, notes};

#[tokio::test]
async fn a_write_is_seen_by_the_next_read() {
    let db = notes().await;
    assert_eq!(add(&db, 1, "a").await, Ok(1));
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn a_closure_that_refuses_leaves_nothing() {
    let db = notes().await;
    let refused: Result<(), Refusal> = db
        .write(|tx| {
            tx.exec(
                sql!("INSERT INTO note (group_id, id, body) VALUES (1, 7, 'half')"),
                params![],
            )?;
            Err(Refusal::No)
        })
        .await;
    assert_eq!(refused, Err(Refusal::No));
    assert_eq!(count(&db).await, 0);
}

#[tokio::test]
async fn a_panic_leaves_nothing_and_the_next_write_works() {
    let db = notes().await;
    for _ in 0..3 {
        let panicked: Result<(), Error> = db
            .write(|tx| {
                tx.exec(
                    sql!("INSERT INTO note (group_id, id, body) VALUES (1, 8, 'half')"),
                    params![],
                )?;
                panic!("as if by a mistake")
            })
            .await;
        assert_eq!(panicked, Err(Error::Panicked));
    }
    assert_eq!(add(&db, 1, "a").await, Ok(1));
    assert_eq!(count(&db).await, 1);
}

/// Holds the writer until all the others wait, so that they share a commit.
#[tokio::test(flavor = "multi_thread")]
async fn in_one_commit_only_those_that_fail_are_undone() {
    let db = notes().await;
    let (go, wait) = mpsc::channel::<()>();
    let held = tokio::spawn({
        let db = db.clone();
        async move {
            db.write(move |_| {
                wait.recv().expect("the test lets go");
                Ok::<(), Error>(())
            })
            .await
        }
    });
    let others: Vec<_> = (0..60)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(move |tx| {
                    tx.exec(
                        sql!("INSERT INTO note (group_id, id, body) VALUES (1, $1, 'b')"),
                        params![id],
                    )?;
                    match id % 3 {
                        0 => Ok(id),
                        1 => Err(Refusal::No),
                        _ => panic!("as if by a mistake"),
                    }
                })
                .await
            })
        })
        .collect();
    tokio::task::yield_now().await;
    go.send(()).expect("the first write listens");
    held.await.expect("no panic").expect("kept");
    for (id, other) in (0..60).zip(others) {
        let answer = other.await.expect("the panic stays in the write");
        match id % 3 {
            0 => assert_eq!(answer, Ok(id)),
            1 => assert_eq!(answer, Err(Refusal::No)),
            _ => assert_eq!(answer, Err(Refusal::Fault(Error::Panicked))),
        }
    }
    assert_eq!(count(&db).await, 20);
}

#[tokio::test]
async fn one_commit_each_works_the_same() {
    let start = Start {
        options: Options { one_commit_each: true, ..Options::default() },
        ..Start::with(crate::NOTES)
    };
    let db = TestDb::start(TestDb::chosen(), start).await;
    for id in 0..5 {
        assert_eq!(add(&db, id, "a").await, Ok(1));
    }
    assert_eq!(count(&db).await, 5);
}

#[tokio::test]
async fn what_breaks_a_constraint_says_which_and_no_words() {
    let db = notes().await;
    add(&db, 1, "first").await.expect("kept");
    let twice = add(&db, 1, "a secret").await.expect_err("there is one");
    assert_eq!(twice, Error::Unique("note".into()));
    assert!(!format!("{twice} {twice:?}").contains("secret"));
    let checked = add(&db, 2, "forbidden").await;
    assert_eq!(checked, Err(Error::Constraint("check")));
    let orphan = db.write(|tx| {
        tx.exec(sql!("INSERT INTO answer (group_id, id, note_id) VALUES (1, 1, 99)"), params![])
    });
    assert_eq!(orphan.await, Err(Error::Constraint("foreign key")));
    let empty = db.write(|tx| {
        tx.exec(
            sql!("INSERT INTO note (group_id, id, body) VALUES (1, 3, $1)"),
            params![None::<String>],
        )
    });
    assert_eq!(empty.await, Err(Error::Constraint("not null")));
}

#[tokio::test]
async fn a_unique_index_of_its_own_is_told_too() {
    const ALL: &[Migration] = &[Migration {
        name: "0001",
        sql: "CREATE TABLE link (id INTEGER PRIMARY KEY, code TEXT NOT NULL) STRICT;
              CREATE UNIQUE INDEX link_code ON link (code);",
    }];
    let db = TestDb::with(ALL).await;
    let twice: Result<u64, Error> = db
        .write(|tx| {
            tx.exec(sql!("INSERT INTO link (id, code) VALUES (1, 'x'), (2, 'x')"), params![])
        })
        .await;
    assert_eq!(twice, Err(Error::Unique("link".into())));
}

#[tokio::test]
async fn a_swallowed_fault_cannot_be_kept() {
    let db = notes().await;
    add(&db, 1, "first").await.expect("kept");
    let swallowed: Result<(), Error> = db
        .write(|tx| {
            tx.exec(
                sql!("INSERT INTO note (group_id, id, body) VALUES (1, 2, 'second')"),
                params![],
            )?;
            let again = tx.exec(
                sql!("INSERT INTO note (group_id, id, body) VALUES (1, 1, 'again')"),
                params![],
            );
            assert!(matches!(again, Err(Error::Unique(_))));
            let after = tx.one(sql!("SELECT 1 AS n"), params![]);
            assert!(matches!(after, Err(Error::Wrong(_))));
            Ok(())
        })
        .await;
    assert_eq!(swallowed, Err(Error::Unique("note".into())));
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn rows_come_back_from_a_write() {
    let db = notes().await;
    let body: Result<String, Error> = db
        .write(|tx| {
            tx.one(
                sql!("INSERT INTO note (group_id, id, body) VALUES (1, 1, 'a') RETURNING body"),
                params![],
            )?
            .get("body")
        })
        .await;
    assert_eq!(body.as_deref(), Ok("a"));
    assert_eq!(count(&db).await, 1);
}

#[tokio::test]
async fn the_moment_is_read_once_and_chance_differs_between_writes() {
    let ticks = Arc::new(AtomicU32::new(0));
    let start = Start {
        clock: {
            let ticks = ticks.clone();
            Arc::new(move || i64::from(ticks.fetch_add(1, Ordering::SeqCst)))
        },
        ..Start::with(crate::NOTES)
    };
    let db = TestDb::start(TestDb::chosen(), start).await;
    let draw = || {
        db.write(|tx| {
            let mut bytes = [0; 16];
            tx.fill(&mut bytes);
            Ok::<_, Error>((tx.now(), tx.now(), bytes))
        })
    };
    let (first, second) = (draw().await.expect("kept"), draw().await.expect("kept"));
    assert_eq!(first.0, first.1);
    assert!(second.0 > first.0);
    assert_ne!(first.2, second.2);
}

#[tokio::test]
async fn a_closed_database_takes_nothing_and_has_kept_all() {
    let db = notes().await;
    let waiting: Vec<_> = (0..50)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move { add(&db, id, "a").await })
        })
        .collect();
    let mut kept = 0;
    for write in waiting {
        kept += i64::from(write.await.expect("no panic").is_ok());
    }
    db.close().await;
    db.close().await;
    assert_eq!(add(&db, 99, "late").await, Err(Error::Closed));
    let look: Result<(), Error> = db.read(|_| Ok(())).await;
    assert_eq!(look, Err(Error::Closed));
    assert_eq!(count(&db.another().await).await, kept);
    if let (true, storekit::Target::Sqlite(file)) = (is_sqlite(), db.target()) {
        let log = file.with_extension("db-wal");
        assert_eq!(std::fs::metadata(log).map_or(0, |log| log.len()), 0);
    }
    assert_eq!(db.engine() == Engine::Sqlite, is_sqlite());
}
