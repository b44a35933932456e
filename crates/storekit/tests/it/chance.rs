//! No chance is used twice, also where a write runs again (P27): an engine keeps what a run that
//! was undone wrote, in its files, its log and whatever was copied of them.
use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use storekit::testing::{Start, TestDb, counted_chance};
use storekit::{Engine, Error, Migration, Options, Tx, params, sql};

use crate::is_sqlite;

const SECRETS: &[Migration] = &[Migration {
    name: "0001_secret",
    sql: "CREATE TABLE secret (
        id BLOB NOT NULL PRIMARY KEY,
        of INTEGER NOT NULL,
        sealed BLOB NOT NULL
    ) STRICT;",
}];

/// What every run of every write drew, in the order in which it did.
#[derive(Clone, Default)]
struct Drawn(Arc<Mutex<Vec<Vec<u8>>>>);

impl Drawn {
    fn draw(&self, tx: &mut Tx<'_>, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        tx.fill(&mut bytes);
        self.0.lock().expect("no panic").push(bytes.clone());
        bytes
    }

    /// A row as a sealed value makes it: an id, then a key and a nonce, of different lengths.
    fn secret(&self, tx: &mut Tx<'_>, of: i64) -> Result<Vec<u8>, Error> {
        let id = self.draw(tx, 16);
        let sealed = [self.draw(tx, 32), self.draw(tx, 24)].concat();
        tx.exec(
            sql!("INSERT INTO secret (id, of, sealed) VALUES ($1, $2, $3)"),
            params![&id, of, &sealed],
        )?;
        Ok(sealed)
    }

    /// How many secrets were drawn.
    fn runs(&self) -> usize {
        self.0.lock().expect("no panic").len() / 3
    }

    fn see_that_nothing_came_twice(&self) {
        let all = self.0.lock().expect("no panic");
        let mut seen = HashSet::new();
        for part in all.iter().flat_map(|bytes| bytes.windows(16)) {
            assert!(seen.insert(part), "the same 16 bytes were drawn twice");
        }
    }

    /// `file` is what an engine has on its disk.
    fn see_that_nothing_lies_twice_in(&self, file: &[u8]) {
        let all = self.0.lock().expect("no panic");
        let drawn: HashSet<&[u8]> = all.iter().flat_map(|bytes| bytes.windows(16)).collect();
        let mut there = HashSet::new();
        for part in file.windows(16).filter(|part| drawn.contains(part)) {
            assert!(there.insert(part), "the same 16 drawn bytes lie there twice");
        }
        let written = all.iter().filter(|bytes| there.contains(&bytes[..16])).count();
        assert_eq!(written, all.len(), "what the undone run wrote lies there too");
    }
}

async fn sealed_rows(db: &TestDb) -> Vec<Vec<u8>> {
    let rows = db.read(|tx| {
        let rows = tx.all(sql!("SELECT sealed FROM secret ORDER BY of, id"), params![])?;
        rows.iter().map(|row| row.get("sealed")).collect::<Result<_, Error>>()
    });
    rows.await.expect("read")
}

/// Two writes look at what the other changes: one of them must run again.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_others_got_in_the_way_of_draws_anew() {
    if is_sqlite() {
        return;
    }
    let db = TestDb::with(SECRETS).await;
    let (drawn, both) = (Drawn::default(), Arc::new(Barrier::new(2)));
    let write = |of: i64| {
        let (db, drawn) = (db.clone(), drawn.clone());
        let (both, runs) = (both.clone(), AtomicU32::new(0));
        tokio::spawn(async move {
            db.write(move |tx| {
                // Both have looked before either writes, and written before either is kept.
                let first = runs.fetch_add(1, Ordering::SeqCst) == 0;
                tx.all(sql!("SELECT of FROM secret ORDER BY of, id"), params![])?;
                if first {
                    both.wait();
                }
                let sealed = drawn.secret(tx, of)?;
                if first {
                    both.wait();
                }
                Ok::<_, Error>(sealed)
            })
            .await
        })
    };
    let (one, two) = (write(1), write(2));
    let kept: Vec<Vec<u8>> = vec![
        one.await.expect("no panic").expect("kept"),
        two.await.expect("no panic").expect("kept"),
    ];
    assert_eq!(drawn.runs(), 3, "one of the two was run twice");
    drawn.see_that_nothing_came_twice();
    assert_eq!(sealed_rows(&db).await, kept, "what the last run returned counts");
    let on_disk = db.write(|tx| {
        tx.exec(sql!("CHECKPOINT"), params![])?;
        let bytes = tx.one(
            sql!("SELECT pg_read_binary_file(pg_relation_filepath('secret')) AS bytes"),
            params![],
        )?;
        bytes.get::<Vec<u8>>("bytes")
    });
    drawn.see_that_nothing_lies_twice_in(&on_disk.await.expect("the test's server lets us read"));
}

/// A write too big for the disk breaks the commit that it shares with others: they run again.
#[tokio::test]
async fn a_write_of_a_commit_that_was_split_draws_anew() {
    if !is_sqlite() {
        return;
    }
    let options = Options { most_pages: Some(60), ..Options::default() };
    let start = Start { options, ..Start::with(SECRETS) };
    let db = TestDb::start(Engine::Sqlite, start).await;
    let drawn = Drawn::default();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let held = db.write(move |_| {
        wait.recv().ok();
        Ok::<(), Error>(())
    });
    let small = |of: i64| {
        let drawn = drawn.clone();
        db.write(move |tx| drawn.secret(tx, of))
    };
    let huge = db.write(|tx| {
        tx.exec(
            sql!("INSERT INTO secret (id, of, sealed) VALUES ($1, 3, $2)"),
            params![vec![1u8], vec![1u8; 1_000_000]],
        )
    });
    // Polled in this order on one thread: all wait in the queue behind the first.
    let (held, first, too_big, last, ()) =
        tokio::join!(held, small(1), huge, small(2), async move { drop(go) });
    assert_eq!((held, too_big), (Ok(()), Err(Error::Full)));
    let kept = vec![first.expect("kept"), last.expect("kept")];
    assert_eq!(drawn.runs(), 3, "the first was run twice");
    drawn.see_that_nothing_came_twice();
    assert_eq!(sealed_rows(&db).await, kept, "what the last run returned counts");
}

/// The switch by which whole suites are run with every write twice.
#[tokio::test]
async fn a_write_that_is_run_twice_on_purpose_is_kept_once() {
    let options = Options { durable: false, each_twice: true, ..Options::default() };
    let start = Start { options, chance: counted_chance(7), ..Start::with(SECRETS) };
    let db = TestDb::start(TestDb::chosen(), start).await;
    let drawn = Drawn::default();
    let here = drawn.clone();
    let kept = db.write(move |tx| here.secret(tx, 1)).await.expect("kept");
    assert_eq!(drawn.runs(), 2);
    drawn.see_that_nothing_came_twice();
    assert_eq!(sealed_rows(&db).await, [kept]);
}
