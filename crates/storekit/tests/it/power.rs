//! What was answered with success survives power loss: a disk that forgets what was not synced.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use powercut::{Disk, Loss};
use storekit::testing::{START, TestDb, counted_chance};
use storekit::{Db, Error, Migration, Options, Settings, Target, params, sql};

use crate::is_sqlite;

/// No key, so that what is there twice is seen twice.
const HALVES: &[Migration] = &[Migration {
    name: "0001_halves",
    sql: "CREATE TABLE half (writer INTEGER NOT NULL, number INTEGER NOT NULL,
              body TEXT NOT NULL) STRICT;
          CREATE INDEX half_writer ON half (writer, number);
          CREATE TABLE tally (writer INTEGER NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT;",
}];

const WRITERS: i64 = 8;
/// Writes of a round that are answered before the power begins to fail.
const ANSWERED: u64 = 200;

/// Whether a write was answered with success, by writer and number.
type Written = BTreeMap<(i64, i64), bool>;

async fn open(folder: &Path, durable: bool) -> Result<Db, Error> {
    let settings = Settings {
        target: Target::Sqlite(folder.join("a.db")),
        clock: Arc::new(|| START),
        chance: counted_chance(1),
        pool: 2,
    };
    let vfs = Some(powercut::VFS.to_owned());
    Db::open_with(settings, Options { durable, vfs, ..Options::default() }).await
}

/// Two rows in one table, one counted in another: all of it or nothing.
async fn write(db: &Db, writer: i64, number: i64) -> Result<(), Error> {
    let body = "x".repeat((writer * 61 + number * 379) as usize % 2_500);
    db.write(move |tx| {
        for _ in 0..2 {
            tx.exec(
                sql!("INSERT INTO half (writer, number, body) VALUES ($1, $2, $3)"),
                params![writer, number, &body],
            )?;
        }
        tx.exec(
            sql!(
                "INSERT INTO tally (writer, n) VALUES ($1, 1)
                 ON CONFLICT (writer) DO UPDATE SET n = tally.n + 1"
            ),
            params![writer],
        )?;
        Ok(())
    })
    .await
}

/// Writes from several sides until the power is gone: after so many answers at a moment that `seed`
/// chooses, in every third round while the log is emptied.
async fn write_until_dark(db: Db, disk: Arc<Disk>, seed: u64, least: u64, written: &mut Written) {
    let loss = if seed.is_multiple_of(2) { Loss::Everything } else { Loss::ByChance(seed) };
    let fail = move |disk: &Disk| disk.cut_after(1 + seed * 13 % 60, loss);
    if least == 0 {
        fail(&disk);
    }
    let answered = Arc::new(AtomicU64::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let first = written.range((writer, 0)..(writer + 1, 0)).count() as i64;
            let (db, disk, answered) = (db.clone(), disk.clone(), answered.clone());
            tokio::spawn(async move {
                let mut mine = Vec::new();
                for number in first.. {
                    let kept = write(&db, writer, number).await.is_ok();
                    mine.push(((writer, number), kept));
                    if !kept {
                        break;
                    }
                    if answered.fetch_add(1, Ordering::SeqCst) + 1 == least {
                        fail(&disk);
                        if seed.is_multiple_of(3) {
                            db.checkpoint().await.ok();
                        }
                    }
                }
                mine
            })
        })
        .collect();
    for writer in writers {
        written.extend(writer.await.expect("no panic"));
    }
    assert!(disk.is_dark());
    db.close().await;
}

/// What is wrong with a database after the power came back.
#[derive(Debug, Default, PartialEq)]
struct Wrong {
    lost: usize,
    doubled: usize,
    half: usize,
    /// It can't be read, or SQLite says that it is damaged.
    damaged: bool,
}

/// Looks at it. What was not answered may be there, whole, and counts as answered from now on.
async fn look(db: &Db, written: &mut Written) -> Wrong {
    let found = db
        .read(|tx| {
            let said = tx.all(sql!("PRAGMA integrity_check"), params![])?;
            let said: Vec<String> =
                said.iter().map(|row| row.get("integrity_check")).collect::<Result<_, _>>()?;
            let rows = tx.all(
                sql!("SELECT writer, number, COUNT(*) AS halves FROM half GROUP BY writer, number"),
                params![],
            )?;
            let rows = rows
                .iter()
                .map(|row| Ok(((row.get("writer")?, row.get("number")?), row.get("halves")?)));
            let halves = rows.collect::<Result<BTreeMap<(i64, i64), i64>, Error>>()?;
            let tally = tx.one(sql!("SELECT COALESCE(SUM(n), 0) AS n FROM tally"), params![])?;
            Ok::<_, Error>((said == ["ok"], halves, tally.get::<usize>("n")?))
        })
        .await;
    let Ok((whole, halves, tally)) = found else {
        let lost = written.values().filter(|answered| **answered).count();
        return Wrong { lost, damaged: true, ..Wrong::default() };
    };
    let mut wrong = Wrong { damaged: !whole || tally != halves.len(), ..Wrong::default() };
    for (key, answered) in written.iter_mut() {
        match halves.get(key) {
            None => wrong.lost += usize::from(*answered),
            Some(2) => *answered = true,
            Some(1) => wrong.half += 1,
            Some(_) => wrong.doubled += 1,
        }
    }
    written.retain(|key, _| halves.contains_key(key));
    wrong
}

/// One folder after the other: each begins with what the last cut left.
struct Machine {
    folder: tempfile::TempDir,
    written: Written,
}

impl Machine {
    async fn new() -> Machine {
        let folder = tempfile::tempdir().expect("a folder");
        let _disk = Disk::new(folder.path()).expect("a folder can be watched");
        let db = open(folder.path(), true).await.expect("it opens");
        db.migrate(HALVES).await.expect("the tables are made");
        db.close().await;
        Machine { folder, written: Written::new() }
    }

    async fn round(&mut self, seed: u64, least: u64, durable: bool) -> Wrong {
        let disk = Arc::new(Disk::new(self.folder.path()).expect("a folder can be watched"));
        let db = open(self.folder.path(), durable).await.expect("it opens");
        write_until_dark(db, disk.clone(), seed, least, &mut self.written).await;
        let next = tempfile::tempdir().expect("a folder");
        disk.salvage(next.path()).expect("the power is gone");
        self.folder = next;
        let _disk = Disk::new(self.folder.path()).expect("a folder can be watched");
        let Ok(db) = open(self.folder.path(), true).await else {
            return Wrong { damaged: true, ..Wrong::default() };
        };
        let wrong = look(&db, &mut self.written).await;
        db.close().await;
        wrong
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_with_success_survives_fifty_power_cuts() {
    if !is_sqlite() {
        return;
    }
    let mut machine = Machine::new().await;
    for round in 0..50 {
        let wrong = machine.round(round, ANSWERED, true).await;
        assert_eq!(wrong, Wrong::default(), "round {round}");
        assert!(machine.written.len() as u64 >= (round + 1) * ANSWERED);
    }
}

/// The log is made with the first write, and its name must last with it.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_writes_into_a_file_just_made_survive_too() {
    if !is_sqlite() {
        return;
    }
    let mut answered = 0;
    for round in 0..60 {
        let mut machine = Machine::new().await;
        assert_eq!(machine.round(round, 0, true).await, Wrong::default(), "round {round}");
        answered += machine.written.len();
    }
    assert!(answered > 60, "{answered} writes");
}

/// What a PostgreSQL that waits keeps is its own word; that it waits is asked of it here.
#[tokio::test]
async fn a_server_that_would_not_wait_for_its_disk_is_asked_to() {
    if is_sqlite() {
        return;
    }
    let db = TestDb::postgres().await;
    let Target::Postgres(url) = db.target() else {
        panic!("it is PostgreSQL");
    };
    let mark = if url.contains('?') { '&' } else { '?' };
    let lazy = format!("{url}{mark}options=-c%20synchronous_commit%3Doff");
    let here = db.another_by(&Target::Postgres(lazy), Options::default()).await;
    let waits = here.write(|tx| {
        let asked = sql!("SELECT current_setting('synchronous_commit') AS waits");
        tx.one(asked, params![])?.get::<String>("waits")
    });
    assert_eq!(waits.await, Ok("on".to_owned()));
}

/// Proof that the check above can fail: the same, by a program that does not wait for the disk.
#[tokio::test(flavor = "multi_thread")]
async fn without_waiting_for_the_disk_the_same_check_finds_the_loss() {
    if !is_sqlite() {
        return;
    }
    for round in 0..6 {
        let wrong = Machine::new().await.round(round, ANSWERED, false).await;
        assert!(wrong.lost > 0 || wrong.damaged, "round {round}: {wrong:?}");
        // With nothing left but what was synced, the file is whole, and all answers were lies.
        if round % 2 == 0 {
            assert!(wrong.lost as u64 >= ANSWERED, "round {round}: {wrong:?}");
        }
    }
}
