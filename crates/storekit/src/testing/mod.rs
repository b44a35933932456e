//! For tests: a database of its own for each, and proof that every statement ran.
//!
//! Read from the environment: `SAMEBOAT_TEST_DB` (`sqlite` or `postgres`),
//! `DATABASE_URL` (a server where databases may be made), `SAMEBOAT_SQL_LOG`
//! (a file that collects which statements ran) and `SAMEBOAT_TEST_TWICE` (set:
//! every write is run, undone and run again).
#![expect(
    clippy::disallowed_methods,
    reason = "the runner of tests speaks through the environment; a clock makes names that are free"
)]

mod dump;
mod postgres;
mod rows;
mod statements;
mod steps;
mod way;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::{Chance, Clock, Db, Engine, Migration, Options, Settings, Target, Waits};
pub use dump::{Table, dump};
pub use rows::Exchange;
pub(crate) use statements::record;
pub use statements::{Found, Place, not_executed, statements_in, statements_run};
pub(crate) use steps::passing;
pub use steps::{Moment, end_at};
pub use way::Way;

/// The moment at which a test's clock stands: 2026-01-06, 18:30 UTC, a Tuesday.
pub const START: i64 = 1_767_724_200_000_000;

/// How long a server of tests may be busy with others.
const PATIENT: Duration = Duration::from_secs(30);

/// What a test's database starts from.
#[derive(Clone)]
pub struct Start {
    /// The tables.
    pub migrations: &'static [Migration],
    /// By default a clock that stands at [`START`].
    pub clock: Clock,
    /// By default [`counted_chance`].
    pub chance: Chance,
    /// By default no waiting for the disk: tests pull no plugs.
    pub options: Options,
}

impl Start {
    /// These tables, and a clock and chance that are the same in every run.
    pub fn with(migrations: &'static [Migration]) -> Start {
        Start {
            migrations,
            clock: Arc::new(|| START),
            chance: counted_chance(1),
            options: Options {
                durable: false,
                each_twice: std::env::var_os("SAMEBOAT_TEST_TWICE").is_some(),
                // A machine that runs all tests at once is slow to answer.
                waits: Waits { host: PATIENT, begin: PATIENT, ..Waits::default() },
                ..Options::default()
            },
        }
    }
}

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct StoppedClock(Arc<AtomicI64>);

impl StoppedClock {
    /// Stands at `at`, microseconds UTC.
    pub fn at(at: i64) -> StoppedClock {
        StoppedClock(Arc::new(AtomicI64::new(at)))
    }

    /// Moves on by so many microseconds.
    pub fn pass(&self, time: i64) {
        self.0.fetch_add(time, Ordering::SeqCst);
    }

    /// The clock to open a database with.
    pub fn clock(&self) -> Clock {
        let at = self.0.clone();
        Arc::new(move || at.load(Ordering::SeqCst))
    }
}

/// Bytes that look random, never repeat and are the same in every run
/// (SplitMix64). Never for anything but tests.
pub fn counted_chance(seed: u64) -> Chance {
    let state = Mutex::new(seed);
    Arc::new(move |buf: &mut [u8]| {
        let mut state = state.lock().expect("nothing panics while it is held");
        for part in buf.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            part.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..part.len()]);
        }
    })
}

/// A database that is gone when this is dropped. Use it as the [`Db`] it holds.
pub struct TestDb {
    // Dropped in this order: the door is shut before the house goes.
    db: Db,
    _folder: Option<tempfile::TempDir>,
    _server: Option<postgres::Own>,
    target: Target,
    start: Start,
}

impl TestDb {
    /// An empty SQLite file in a folder of its own.
    pub async fn sqlite() -> TestDb {
        TestDb::start(Engine::Sqlite, Start::with(&[])).await
    }

    /// An empty database of its own on the server that `DATABASE_URL` names.
    pub async fn postgres() -> TestDb {
        TestDb::start(Engine::Postgres, Start::with(&[])).await
    }

    /// One or the other, as [`TestDb::chosen`] says.
    pub async fn from_env() -> TestDb {
        TestDb::start(TestDb::chosen(), Start::with(&[])).await
    }

    /// One or the other, with these tables.
    pub async fn with(migrations: &'static [Migration]) -> TestDb {
        TestDb::start(TestDb::chosen(), Start::with(migrations)).await
    }

    /// The engine that this run of the tests is for: `SAMEBOAT_TEST_DB` is
    /// `sqlite` (also when it is not set) or `postgres`.
    pub fn chosen() -> Engine {
        match std::env::var("SAMEBOAT_TEST_DB").as_deref() {
            Err(_) | Ok("" | "sqlite") => Engine::Sqlite,
            Ok("postgres") => Engine::Postgres,
            Ok(other) => panic!("SAMEBOAT_TEST_DB is sqlite or postgres, not {other}"),
        }
    }

    /// Everything chosen by hand.
    pub async fn start(engine: Engine, start: Start) -> TestDb {
        let (target, folder, server) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a test needs a folder");
                let file: PathBuf = folder.path().join("test.db");
                (Target::Sqlite(file), Some(folder), None)
            }
            Engine::Postgres => {
                let own = postgres::Own::make(start.migrations).await;
                (Target::Postgres(own.url.clone()), None, Some(own))
            }
        };
        let db = open(&target, &start).await;
        db.migrate(start.migrations).await.expect("the migrations run");
        TestDb { db, _folder: folder, _server: server, target, start }
    }

    /// Opens the same database once more, as another process would.
    pub async fn another(&self) -> Db {
        open(&self.target, &self.start).await
    }

    /// The same by another way there, or with other switches.
    pub async fn another_by(&self, target: &Target, options: Options) -> Db {
        open(target, &Start { options, ..self.start.clone() }).await
    }

    /// Where it lies.
    pub fn target(&self) -> &Target {
        &self.target
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

async fn open(target: &Target, start: &Start) -> Db {
    let settings = Settings {
        target: target.clone(),
        clock: start.clock.clone(),
        chance: start.chance.clone(),
        pool: 4,
    };
    let opening = Db::open_with(settings, start.options.clone());
    opening.await.expect("a test's database opens")
}
