use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::Client;

use super::plain;
use super::session::{Link, Session};
use super::tls::Address;
use crate::Error;

// How long a transaction waits for a connection.
const WAIT: Duration = Duration::from_secs(10);

// What was answered with success survives power loss, so at least `on`; a
// stricter choice of the operator stays.
const SETTINGS: &str = "SET statement_timeout = 15000;
    SET lock_timeout = 10000;
    SET idle_in_transaction_session_timeout = 30000;
    SELECT set_config('synchronous_commit', 'on', false)
     WHERE current_setting('synchronous_commit') = 'off'";

pub(super) struct Pool {
    address: Address,
    idle: Mutex<Vec<Link>>,
    places: Arc<Semaphore>,
}

impl Pool {
    pub(super) fn new(url: &str, size: usize) -> Result<Pool, Error> {
        Ok(Pool {
            address: Address::parse(url)?,
            idle: Mutex::default(),
            places: Arc::new(Semaphore::new(size)),
        })
    }

    /// Lends a connection on which `first` (a BEGIN) has gone well. A kept one
    /// whose server has gone meanwhile is replaced: nothing was done on it yet.
    pub(super) async fn lend(self: &Arc<Pool>, first: &str) -> Result<Lent, Error> {
        let place = tokio::time::timeout(WAIT, self.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| Error::Busy)?.map_err(|_| Error::Closed)?;
        while let Some(link) = self.idle.lock().map_or(None, |mut idle| idle.pop()) {
            if link.client.batch_execute(first).await.is_ok() {
                return Ok(self.lent(link, place));
            }
        }
        let client = self.address.connect().await?;
        for text in [SETTINGS, first] {
            client.batch_execute(text).await.map_err(|error| plain(&error))?;
        }
        Ok(self.lent(Link::new(client), place))
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    fn lent(self: &Arc<Pool>, link: Link, place: OwnedSemaphorePermit) -> Lent {
        Lent { session: Session::new(link), pool: self.clone(), _place: place }
    }

    pub(super) fn close(&self) {
        self.places.close();
        if let Ok(mut idle) = self.idle.lock() {
            idle.clear();
        }
    }
}

/// A connection on loan. Dropped, it is hung up; only one that is known to be
/// out of its transaction is given back.
pub(super) struct Lent {
    pub(super) session: Session,
    pool: Arc<Pool>,
    _place: OwnedSemaphorePermit,
}

impl Lent {
    pub(super) fn client(&self) -> &Client {
        &self.session.link.client
    }

    pub(super) fn give_back(self) {
        if !self.client().is_closed()
            && !self.pool.places.is_closed()
            && let Ok(mut idle) = self.pool.idle.lock()
        {
            idle.push(self.session.link);
        }
    }
}
