use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tokio_postgres::Client;

use super::address::Address;
use super::errors::{at_begin, in_time, silent};
use super::session::{Link, Session};
use crate::{Error, Waits};

pub(super) struct Pool {
    address: Arc<Address>,
    waits: Waits,
    idle: Mutex<Vec<Link>>,
    places: Arc<Semaphore>,
    /// How many writes run again just now.
    again: AtomicUsize,
}

impl Pool {
    pub(super) fn new(url: &str, waits: Waits, size: usize) -> Result<Pool, Error> {
        Ok(Pool {
            address: Arc::new(Address::parse(url)?.within(waits.host)),
            waits,
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(size)),
            again: AtomicUsize::new(0),
        })
    }

    /// Lends a connection on which `first` (a BEGIN) has gone well. A kept one
    /// whose server has gone meanwhile is replaced: nothing was done on it yet.
    pub(super) async fn lend(self: &Arc<Pool>, first: &str) -> Result<Lent, Error> {
        let place = timeout(self.waits.place, self.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| Error::Busy)?.map_err(|_| Error::Closed)?;
        while let Some(link) = self.idle.lock().map_or(None, |mut idle| idle.pop()) {
            match timeout(self.waits.begin, link.client.batch_execute(first)).await {
                Ok(Ok(())) => return Ok(self.lent(link, place)),
                Ok(Err(_)) => {}
                // The others lead to the same silence.
                Err(_) => self.forget(),
            }
        }
        let link = Link::new(self.address.connect().await?, self.address.clone());
        in_time(self.waits.host, link.client.batch_execute(&settings(&self.waits))).await?;
        match timeout(self.waits.host, link.client.batch_execute(first)).await {
            Ok(done) => done.map_err(|error| at_begin(&error))?,
            Err(_) => return Err(silent()),
        }
        Ok(self.lent(link, place))
    }

    /// Hangs up all that wait, and begins with another host next time.
    fn forget(&self) {
        self.address.prefer_another();
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) fn waits(&self) -> &Waits {
        &self.waits
    }

    fn lent(self: &Arc<Pool>, link: Link, place: OwnedSemaphorePermit) -> Lent {
        Lent {
            session: Session::new(link, self.waits),
            pool: self.clone(),
            again: None,
            _place: place,
        }
    }

    pub(super) fn close(&self) {
        self.places.close();
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }
}

// What was answered with success survives power loss, so at least `on`; a
// stricter choice of the operator stays.
fn settings(waits: &Waits) -> String {
    let (statement, lock) = (waits.statement.as_millis(), waits.statement.as_millis() * 2 / 3);
    format!(
        "SET statement_timeout = {statement};
         SET lock_timeout = {lock};
         SET idle_in_transaction_session_timeout = 30000;
         SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') = 'off'"
    )
}

/// A connection on loan. Dropped, it is hung up; only one that is known to be
/// out of its transaction is given back.
pub(super) struct Lent {
    pub(super) session: Session,
    pool: Arc<Pool>,
    again: Option<Again>,
    _place: OwnedSemaphorePermit,
}

/// A write that runs again, for as long as it does.
struct Again(Arc<Pool>);

impl Drop for Again {
    fn drop(&mut self) {
        self.0.again.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Lent {
    /// Says that the write on this connection runs again.
    pub(super) fn runs_again(&mut self) {
        if self.again.is_none() {
            self.pool.again.fetch_add(1, Ordering::Relaxed);
            self.again = Some(Again(self.pool.clone()));
        }
    }

    /// Whether other writes of this process run again: one that comes now would be in their way.
    pub(super) fn is_crowded(&self) -> bool {
        self.pool.again.load(Ordering::Relaxed) > 0
    }

    pub(super) fn client(&self) -> &Client {
        &self.session.link.client
    }

    pub(super) fn give_back(self) {
        if self.session.is_good()
            && !self.pool.places.is_closed()
            && let Ok(mut idle) = self.pool.idle.lock()
        {
            idle.push(self.session.link);
        }
    }
}
