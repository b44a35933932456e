//! SQLite: one thread writes, many read.
mod errors;
mod readers;
mod statements;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{mpsc, oneshot};

use crate::notices::Bell;
use crate::tx::Face;
use crate::{Chance, Error, Listener, Notice, Options, Tx};
pub(crate) use errors::plain;
use readers::Readers;
pub(crate) use statements::{each, prepare_only, run};
use writer::{Job, Order, Ran};

// Long enough for another process to finish a commit or a backup to begin.
const BUSY_WAIT: Duration = Duration::from_secs(5);
// As many writes may wait before the next one waits for a place in the queue.
const QUEUE: usize = 1024;
// Statements kept ready on each connection.
const KEPT: usize = 512;

pub(crate) struct Sqlite {
    queue: mpsc::Sender<Order>,
    readers: Readers,
    bell: Bell,
}

pub(crate) struct Opener {
    path: PathBuf,
    options: Options,
}

impl Opener {
    fn open(&self) -> Result<Connection, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = match &self.options.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(&self.path, flags, vfs.as_str())?,
            None => Connection::open_with_flags(&self.path, flags)?,
        };
        conn.busy_timeout(BUSY_WAIT)?;
        // Without it SQLite prepares kept statements anew when it sees new values.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.set_prepared_statement_cache_capacity(KEPT);
        // A small database lies in memory whole; of a large one no more than this counts as ours.
        conn.execute_batch("PRAGMA mmap_size = 33554432; PRAGMA foreign_keys = ON;")?;
        Ok(conn)
    }

    fn open_writer(&self) -> Result<Connection, rusqlite::Error> {
        let conn = self.open()?;
        conn.execute_batch(
            // The log is folded into the file every 16 MB: a page that many writes changed, once.
            "PRAGMA journal_mode = WAL;
             PRAGMA wal_autocheckpoint = 4000;
             PRAGMA secure_delete = ON;
             PRAGMA journal_size_limit = 67108864;",
        )?;
        let wait = if self.options.durable { "FULL" } else { "OFF" };
        conn.pragma_update(None, "synchronous", wait)?;
        if let Some(pages) = self.options.most_pages {
            conn.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        }
        Ok(conn)
    }

    fn open_reader(&self) -> Result<Connection, rusqlite::Error> {
        let conn = self.open()?;
        conn.execute_batch("PRAGMA query_only = ON;")?;
        Ok(conn)
    }
}

impl Sqlite {
    pub(crate) fn open(path: PathBuf, options: &Options, pool: usize) -> Result<Sqlite, Error> {
        make_private_file(&path)?;
        let opener = Arc::new(Opener { path, options: options.clone() });
        let conn = opener.open_writer().map_err(plain)?;
        let (queue, orders) = mpsc::channel(QUEUE);
        let most = if options.one_commit_each { 1 } else { writer::GROUP };
        let way = writer::Way { most, each_twice: options.each_twice };
        std::thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || writer::work(conn, orders, way))
            .map_err(|_| Error::Lost("no thread for the writer".into()))?;
        let readers = Readers::new(opener, pool);
        Ok(Sqlite { readers, queue, bell: Bell::new() })
    }

    pub(crate) async fn write<T, E>(
        &self,
        now: i64,
        chance: Chance,
        f: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (tell, answer) = oneshot::channel();
        let slot = Arc::new(Mutex::new(None));
        let filled = slot.clone();
        let run = move |conn: &Connection| {
            let mut tx = Tx::writing(Face::Sqlite(conn), now, &chance);
            let result = tx.attempt(&f);
            let told = tx.take_told();
            let ran = match &result {
                Ok(_) => Ran::Keep,
                Err(_) => Ran::Undo(tx.fault),
            };
            *lock(&filled) = Some((result, told));
            ran
        };
        let bell = self.bell.clone();
        let tell = move |kept: Result<(), Error>| {
            let ran = lock(&slot).take();
            let (result, told) = ran.unwrap_or_else(|| (Err(Error::Closed.into()), Vec::new()));
            if kept.is_ok() && result.is_ok() {
                told.into_iter().for_each(|notice| bell.tell(notice));
            }
            // Nobody listens when the person has gone; the write stands.
            drop(tell.send(kept.map_err(E::from).and(result)));
        };
        let (run, tell) = (Box::new(run), Box::new(tell));
        self.send(Order::Write(Job { run, tell })).await?;
        answer.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    /// Runs `f` on the writer's connection with no transaction open.
    pub(crate) async fn alone<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (tell, answer) = oneshot::channel();
        let job = move |conn: &mut Connection| drop(tell.send(f(conn)));
        self.send(Order::Alone(Box::new(job))).await?;
        answer.await.unwrap_or(Err(Error::Closed))
    }

    pub(crate) fn listen(&self) -> Listener {
        self.bell.listen()
    }

    pub(crate) fn tell(&self, notice: Notice) {
        self.bell.tell(notice);
    }

    async fn send(&self, order: Order) -> Result<(), Error> {
        self.queue.send(order).await.map_err(|_| Error::Closed)
    }

    pub(crate) fn read<T, E: From<Error>>(
        &self,
        now: i64,
        chance: Chance,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.readers.here(|conn| look(conn, now, chance, f))
    }

    pub(crate) async fn read_long<T, E>(
        &self,
        now: i64,
        chance: Chance,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.readers.away(move |conn| look(conn, now, chance, f)).await
    }

    pub(crate) async fn close(&self) {
        self.readers.close();
        let (tell, answer) = oneshot::channel();
        if self.send(Order::Close(tell)).await.is_ok() {
            // An error means that somebody else's close was there first.
            drop(answer.await);
        }
    }
}

// What is behind these locks is whole at every moment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One look at one state: every select in it sees the same.
fn look<T, E: From<Error>>(
    conn: &Connection,
    now: i64,
    chance: Chance,
    f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    statements::command(conn, "BEGIN")?;
    let result = Tx::new(Face::Sqlite(conn), now, &chance).attempt(f);
    statements::command(conn, "ROLLBACK")?;
    result
}

/// Takes the place of a writer, and gives it back.
pub(crate) fn could_write(conn: &Connection) -> Result<(), Error> {
    statements::command(conn, "BEGIN IMMEDIATE")?;
    statements::command(conn, "ROLLBACK")
}

pub(crate) fn checkpoint(conn: &Connection) -> Result<(), Error> {
    let stuck: i64 =
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(plain)?;
    if stuck == 0 { Ok(()) } else { Err(Error::Busy) }
}

// SQLite's log and shared memory take the file's rights over.
fn make_private_file(path: &Path) -> Result<(), Error> {
    let mut open = std::fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    match open.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(from_disk(&error)),
    }
}

fn from_disk(error: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::Full,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Error::ReadOnly,
        kind => Error::Lost(kind.to_string()),
    }
}
