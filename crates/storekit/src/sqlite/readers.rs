use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{Opener, plain};
use crate::Error;

// How long a long look waits for others to finish.
const WAIT: Duration = Duration::from_secs(10);
// Connections a thread keeps; more databases than this are open only in tests.
const KEPT_HERE: usize = 4;

thread_local! {
    static HERE: RefCell<Vec<(Weak<Shared>, Connection)>> = const { RefCell::new(Vec::new()) };
}

/// Connections that only read: one on each thread that answers people, and a
/// few for long looks on other threads.
pub(super) struct Readers(Arc<Shared>);

struct Shared {
    opener: Arc<Opener>,
    closed: AtomicBool,
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
}

impl Shared {
    fn open(&self) -> Result<Connection, Error> {
        self.opener.open_reader().map_err(plain)
    }
}

impl Readers {
    pub(super) fn new(opener: Arc<Opener>, most: usize) -> Readers {
        Readers(Arc::new(Shared {
            opener,
            closed: AtomicBool::new(false),
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(most)),
        }))
    }

    /// Lends this thread's connection. It is out of the drawer meanwhile, so a
    /// panic closes it instead of leaving its transaction open.
    pub(super) fn here<T, E: From<Error>>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.0.closed.load(Ordering::Acquire) {
            return Err(Error::Closed.into());
        }
        let me = Arc::downgrade(&self.0);
        let kept = HERE.with_borrow_mut(|all| {
            let at = all.iter().position(|(whose, _)| whose.ptr_eq(&me));
            at.map(|at| all.swap_remove(at).1)
        });
        let conn = match kept {
            Some(conn) => conn,
            None => self.0.open()?,
        };
        let result = f(&conn);
        if conn.is_autocommit() {
            HERE.with_borrow_mut(|all| {
                all.retain(|(whose, _)| whose.strong_count() > 0);
                all.truncate(KEPT_HERE - 1);
                all.push((me, conn));
            });
        }
        result
    }

    /// Lends one of the few connections for long looks, on the blocking pool.
    pub(super) async fn away<T, E>(
        &self,
        f: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let place = tokio::time::timeout(WAIT, self.0.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| Error::Busy)?.map_err(|_| Error::Closed)?;
        let shared = self.0.clone();
        let looking = tokio::task::spawn_blocking(move || {
            let kept = shared.idle.lock().map_or(None, |mut idle| idle.pop());
            let conn = match kept {
                Some(conn) => conn,
                None => shared.open()?,
            };
            let result = f(&conn);
            if conn.is_autocommit()
                && !shared.closed.load(Ordering::Acquire)
                && let Ok(mut idle) = shared.idle.lock()
            {
                idle.push(conn);
            }
            drop(place);
            result
        });
        looking.await.unwrap_or_else(|_| Err(Error::Closed.into()))
    }

    pub(super) fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        self.0.places.close();
        if let Ok(mut idle) = self.0.idle.lock() {
            idle.clear();
        }
    }
}
