//! PostgreSQL: a small pool; writes are SERIALIZABLE and run again when others
//! got in the way, which gives them the meaning of SQLite's one writer.
mod ears;
mod errors;
mod pool;
mod session;
mod tls;
mod types;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::OnceCell;

use crate::tx::{Face, Tape};
use crate::{Chance, Error, Listener, Migration, Notice, Tx};
use ears::Ears;
pub(crate) use errors::{explain, plain};
use pool::{Lent, Pool};
pub(crate) use session::Session;
#[cfg(feature = "testing")]
pub(crate) use tls::Address;

const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const READ_LONG: &str =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 120000";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
pub(crate) const TELL: &str = "SELECT pg_notify('storekit', $1)";
// With waits that double up to 200 ms, a write gives up after about 5 s.
const ATTEMPTS: u32 = 32;

pub(crate) struct Postgres {
    pool: Arc<Pool>,
    ears: OnceCell<Ears>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, size: usize) -> Result<Postgres, Error> {
        let pool = Arc::new(Pool::new(url, size)?);
        let lent = pool.lend("SELECT 1").await?;
        lent.give_back();
        Ok(Postgres { pool, ears: OnceCell::new() })
    }

    pub(crate) async fn read<T, E>(
        &self,
        now: i64,
        chance: Chance,
        long: bool,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let mut lent = self.pool.lend(if long { READ_LONG } else { READ }).await?;
        on_the_side(move || {
            let mut tape = Tape::new(chance);
            let face = Face::Postgres(&mut lent.session);
            let result = Tx::new(face, now, &mut tape).attempt(f);
            if lent.session.command("ROLLBACK").is_ok() {
                lent.give_back();
            }
            result
        })
        .await
    }

    pub(crate) async fn write<T, E>(
        &self,
        now: i64,
        chance: Chance,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let lent = self.pool.lend(WRITE).await?;
        on_the_side(move || keep_trying(lent, now, &chance, f)).await
    }

    pub(crate) async fn migrate(&self, all: &'static [Migration], now: i64) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let done = crate::migrate::postgres(lent.client(), all, now).await;
        if done.is_ok() {
            lent.give_back();
        }
        done
    }

    pub(crate) async fn prepare_only(&self, text: &str) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let text = crate::swap_words(text, crate::Engine::Postgres);
        let done = lent.client().prepare(&text).await;
        lent.give_back();
        done.map(drop).map_err(|error| plain(&error))
    }

    pub(crate) async fn listen(&self) -> Result<Listener, Error> {
        let opening = self.ears.get_or_try_init(|| Ears::open(self.pool.clone()));
        Ok(opening.await?.listen())
    }

    pub(crate) async fn tell(&self, notice: Notice) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let told = lent.client().execute(TELL, &[&notice.pack()]).await;
        lent.give_back();
        told.map(drop).map_err(|error| plain(&error))
    }

    pub(crate) fn close(&self) {
        if let Some(ears) = self.ears.get() {
            ears.close();
        }
        self.pool.close();
    }
}

fn keep_trying<T, E: From<Error>>(
    mut lent: Lent,
    now: i64,
    chance: &Chance,
    mut f: impl FnMut(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut tape = Tape::new(chance.clone());
    for attempt in 1..=ATTEMPTS {
        let session = &mut lent.session;
        session.again = false;
        if attempt > 1 {
            session.command(WRITE)?;
        }
        tape.rewind();
        let mut tx = Tx::writing(Face::Postgres(session), now, &mut tape);
        let result = tx.attempt(&mut f);
        let told = tx.take_told();
        let session = &mut lent.session;
        let result = result.and_then(|value| {
            // PostgreSQL passes them on when the transaction is kept.
            told.iter().try_for_each(|notice| session.tell(notice))?;
            Ok(value)
        });
        // A closure may have turned the fault into an error of its own; that
        // others got in the way is asked of the session, not of the error.
        if result.is_ok() && !session.again {
            match session.command("COMMIT") {
                Ok(()) => {
                    lent.give_back();
                    return result;
                }
                Err(error) if !session.again => return Err(error.into()),
                // PostgreSQL has rolled back already.
                Err(_) => {}
            }
        } else {
            let undone = session.command("ROLLBACK");
            if !session.again || undone.is_err() {
                if undone.is_ok() {
                    lent.give_back();
                }
                return result;
            }
        }
        session.sleep(pause(attempt, chance));
    }
    lent.give_back();
    Err(Error::Busy.into())
}

fn pause(attempt: u32, chance: &Chance) -> Duration {
    let mut part = [0];
    chance(&mut part);
    let most = 200_000.min(1_000 << attempt.min(8));
    Duration::from_micros(most / 2 + most / 2 * u64::from(part[0]) / 255)
}

/// Runs a closure where it may wait for the network.
async fn on_the_side<T, E>(f: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    tokio::task::spawn_blocking(f).await.unwrap_or_else(|_| Err(Error::Closed.into()))
}
