use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::{Error, Listener, Migration, Notice, Tx, postgres::Postgres, sqlite::Sqlite};

/// Where the data lies.
#[derive(Clone)]
pub enum Target {
    /// A file; it is made if it is not there.
    Sqlite(PathBuf),
    /// A `postgres://` address. Anything but this machine is spoken to under
    /// TLS, unless `sslmode=disable` says otherwise; `sslrootcert=FILE` names
    /// a certificate authority of one's own (PEM). Several hosts
    /// (`postgres://me@one,two,three/name`) are copies of one database: the one
    /// that takes writes is used.
    Postgres(String),
}

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, in this process.
    Sqlite,
    /// PostgreSQL, elsewhere.
    Postgres,
}

/// Microseconds since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Fills the slice with bytes nobody can foretell.
pub type Chance = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What a database needs to be opened.
#[derive(Clone)]
pub struct Settings {
    /// Where the data lies.
    pub target: Target,
    /// The clock behind [`Tx::now`].
    pub clock: Clock,
    /// The chance behind [`Tx::fill`].
    pub chance: Chance,
    /// How many connections at most: to PostgreSQL, or for `read_long` on SQLite. At least 1.
    pub pool: usize,
}

/// How long PostgreSQL may say nothing. A server that was paused or cut off never
/// answers, and would hold whoever waits, and their connection, for ever. When a
/// limit has passed, the connection is thrown away, and with it what was begun.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// For a place in the pool.
    pub place: Duration,
    /// For each host of the address: found, connected, greeted, signed in.
    pub host: Duration,
    /// For the first word on a connection that was kept.
    pub begin: Duration,
    /// For a statement. The server gives up at this time, and we a second later.
    pub statement: Duration,
    /// The same in a long look.
    pub long: Duration,
    /// For a commit, which may wait for another machine.
    pub commit: Duration,
    /// For one step of the migrations.
    pub step: Duration,
}

impl Default for Waits {
    fn default() -> Waits {
        Waits {
            place: Duration::from_secs(20),
            host: Duration::from_secs(5),
            begin: Duration::from_secs(3),
            statement: Duration::from_secs(15),
            long: Duration::from_secs(120),
            commit: Duration::from_secs(15),
            step: Duration::from_secs(60 * 60),
        }
    }
}

/// What decides whether a write that was answered with success outlives its server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AboutServer {
    /// Its version, such as `15.18`.
    pub version: String,
    /// How many hosts the address names.
    pub hosts: usize,
    /// When a commit is answered, as it holds for us.
    pub synchronous_commit: String,
    /// The servers for whose copy a commit waits; empty for none.
    pub synchronous_standby_names: String,
    /// Whether something that calls itself Patroni is connected.
    pub patroni: bool,
}

/// Switches for measurements and for tests of what happens when things break.
#[derive(Clone, Debug)]
pub struct Options {
    /// SQLite: a commit for each write instead of one for all that wait.
    pub one_commit_each: bool,
    /// SQLite: wait for the disk at each commit. Without it a power cut may
    /// lose writes that were answered with success.
    pub durable: bool,
    /// SQLite: the file may not grow past so many pages of 4,096 bytes.
    pub most_pages: Option<u32>,
    /// SQLite: the name of a registered file system layer (VFS) to use.
    pub vfs: Option<String>,
    /// Each write is run, undone and run again, as if others had got in the
    /// way: what a closure may not rely on shows.
    pub each_twice: bool,
    /// PostgreSQL: how long it may say nothing.
    pub waits: Waits,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            one_commit_each: false,
            durable: true,
            most_pages: None,
            vfs: None,
            each_twice: false,
            waits: Waits::default(),
        }
    }
}

/// An open database. Clones share it; it closes when the last one is dropped.
#[derive(Clone)]
pub struct Db {
    face: Face,
    clock: Clock,
    chance: Chance,
}

#[derive(Clone)]
enum Face {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

impl Db {
    /// Opens the database and checks that it answers.
    ///
    /// # Errors
    /// [`Error::Lost`] if it cannot be reached, [`Error::ReadOnly`] or
    /// [`Error::Full`] if the disk does not let us, [`Error::Wrong`] for a bad address.
    pub async fn open(settings: Settings) -> Result<Db, Error> {
        Db::open_with(settings, Options::default()).await
    }

    /// The same, with switches that only measurements and tests should touch.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open_with(settings: Settings, options: Options) -> Result<Db, Error> {
        let pool = settings.pool.max(1);
        let face = match settings.target {
            Target::Sqlite(path) => {
                let opening =
                    tokio::task::spawn_blocking(move || Sqlite::open(path, &options, pool));
                Face::Sqlite(Arc::new(opening.await.map_err(|_| Error::Closed)??))
            }
            Target::Postgres(url) => {
                Face::Postgres(Arc::new(Postgres::open(&url, &options, pool).await?))
            }
        };
        Ok(Db { face, clock: settings.clock, chance: settings.chance })
    }

    /// Which engine keeps the data.
    pub fn engine(&self) -> Engine {
        match self.face {
            Face::Sqlite(_) => Engine::Sqlite,
            Face::Postgres(_) => Engine::Postgres,
        }
    }

    /// Brings the tables up to date: runs those of `all` that this database has
    /// not seen, each in a transaction of its own.
    ///
    /// # Errors
    /// [`Error::Migration`] when one that ran before has been changed or is
    /// missing from `all` (the database is newer than the program), or when one
    /// fails; those before it stay.
    pub async fn migrate(&self, all: &'static [Migration]) -> Result<(), Error> {
        let now = (self.clock)();
        match &self.face {
            Face::Sqlite(db) => db.alone(move |conn| crate::migrate::sqlite(conn, all, now)).await,
            Face::Postgres(db) => db.migrate(all, now).await,
        }
    }

    /// A short look: all selects in the closure see one state. On SQLite it runs
    /// right here, so it must be bounded: some rows, found by a key.
    ///
    /// # Errors
    /// Those of the closure; a write in it is [`Error::ReadOnly`].
    pub async fn read<T, E>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.face {
            Face::Sqlite(db) => db.read((self.clock)(), self.chance.clone(), f),
            Face::Postgres(db) => db.read((self.clock)(), self.chance.clone(), false, f).await,
        }
    }

    /// A long look, away from the threads that answer people: searches, exports.
    ///
    /// # Errors
    /// As [`Db::read`]; [`Error::Busy`] when too many long looks are waiting.
    pub async fn read_long<T, E>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.face {
            Face::Sqlite(db) => db.read_long((self.clock)(), self.chance.clone(), f).await,
            Face::Postgres(db) => db.read((self.clock)(), self.chance.clone(), true, f).await,
        }
    }

    /// A change. It is kept, for good, if the closure returns `Ok`, and leaves
    /// nothing behind otherwise. The closure may run more than once, so it has
    /// nothing that it could carry from one run to the next; what the last run
    /// returned counts. Once begun, it is finished even if nobody waits for the
    /// answer.
    ///
    /// # Errors
    /// Those of the closure, and every [`Error`] that keeping it can bring.
    pub async fn write<T, E>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &self.face {
            Face::Sqlite(db) => db.write((self.clock)(), self.chance.clone(), f).await,
            Face::Postgres(db) => db.write((self.clock)(), self.chance.clone(), f).await,
        }
    }

    /// Hears what is told from now on ([`Tx::tell`]): on PostgreSQL by every
    /// process that has the database open, over one connection that is made
    /// anew when it breaks; on SQLite by this process, which is the only one.
    ///
    /// # Errors
    /// [`Error::Lost`] when PostgreSQL cannot be reached the first time.
    pub async fn listen(&self) -> Result<Listener, Error> {
        match &self.face {
            Face::Sqlite(db) => Ok(db.listen()),
            Face::Postgres(db) => db.listen().await,
        }
    }

    /// Tells all who listen, of something that is stored nowhere.
    ///
    /// # Errors
    /// [`Error::Wrong`] for a channel or text that [`Tx::tell`] would refuse;
    /// [`Error::Lost`] or [`Error::Busy`] when PostgreSQL cannot take it.
    pub async fn tell(&self, channel: &str, text: &str) -> Result<(), Error> {
        let notice = Notice::new(channel, text)?;
        match &self.face {
            Face::Sqlite(db) => {
                db.tell(notice);
                Ok(())
            }
            Face::Postgres(db) => db.tell(notice).await,
        }
    }

    /// Finishes the writes that wait, takes no new ones and tidies the files.
    pub async fn close(&self) {
        match &self.face {
            Face::Sqlite(db) => db.close().await,
            Face::Postgres(db) => db.close(),
        }
    }

    /// Moves what SQLite's log holds into the file and empties the log, so that
    /// deleted rows are in neither. On PostgreSQL this is the operator's to
    /// arrange (vacuum, the days of the WAL archive), and nothing is done.
    ///
    /// # Errors
    /// [`Error::Busy`] when a long look still needs the log.
    pub async fn checkpoint(&self) -> Result<(), Error> {
        match &self.face {
            Face::Sqlite(db) => db.alone(|conn| crate::sqlite::checkpoint(conn)).await,
            Face::Postgres(_) => Ok(()),
        }
    }

    /// What the server says of itself; nothing on SQLite, which has none.
    ///
    /// # Errors
    /// Those of a look.
    pub async fn about_server(&self) -> Result<Option<AboutServer>, Error> {
        match &self.face {
            Face::Sqlite(_) => Ok(None),
            Face::Postgres(db) => db.about().await.map(Some),
        }
    }

    /// Whether a write could be kept just now, as far as can be seen without one.
    /// Whoever asks decides how long to wait.
    ///
    /// # Errors
    /// Whatever stands in its way: [`Error::Lost`] also where the server is a
    /// copy that takes no writes.
    pub async fn could_write(&self) -> Result<(), Error> {
        match &self.face {
            Face::Sqlite(db) => db.alone(|conn| crate::sqlite::could_write(conn)).await,
            Face::Postgres(db) => db.could_write().await,
        }
    }

    /// Lets the engine read a statement without running it.
    ///
    /// # Errors
    /// [`Error::Wrong`] says what the engine does not like.
    pub async fn prepare_only(&self, text: &str) -> Result<(), Error> {
        let text = crate::sql::one_in_list(text);
        match &self.face {
            Face::Sqlite(db) => {
                db.alone(move |conn| crate::sqlite::prepare_only(conn, &text)).await
            }
            Face::Postgres(db) => db.prepare_only(&text).await,
        }
    }
}
