//! PostgreSQL: a small pool; writes are SERIALIZABLE and run again when others
//! got in the way, which gives them the meaning of SQLite's one writer.
mod address;
mod ears;
mod errors;
mod pool;
mod session;
mod tls;
mod types;

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Mutex, OnceCell};
use tokio_postgres::SimpleQueryMessage;

use crate::tx::Face;
use crate::{AboutServer, Chance, Error, Listener, Migration, Notice, Options, Tx};
#[cfg(feature = "testing")]
pub(crate) use address::Address;
use ears::Ears;
pub(crate) use errors::{explain, in_time, plain};
use pool::{Lent, Pool};
pub(crate) use session::Session;

const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
const WRITABLE: &str = "SELECT CASE WHEN NOT pg_is_in_recovery()
     AND current_setting('transaction_read_only') = 'off' THEN 'yes' ELSE 'no' END";
// The names that programs give themselves are shown to every account.
const ABOUT: &str = "SELECT split_part(current_setting('server_version'), ' ', 1),
     current_setting('synchronous_commit'), current_setting('synchronous_standby_names'),
     CASE WHEN EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'Patroni%')
          THEN 'yes' ELSE 'no' END";
/// The lock is in nobody's way but that of others who ask for it.
pub(crate) const TURN: &str = "LOCK TABLE migration IN SHARE UPDATE EXCLUSIVE MODE";
pub(crate) const TELL: &str = "SELECT pg_notify('storekit', $1)";
// With waits that double up to 200 ms, a write gives up after about 5 s.
const ATTEMPTS: u32 = 32;

pub(crate) struct Postgres {
    pool: Arc<Pool>,
    ears: OnceCell<Ears>,
    each_twice: bool,
    asking: Arc<Mutex<()>>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, options: &Options, size: usize) -> Result<Postgres, Error> {
        let pool = Arc::new(Pool::new(url, options.waits, size)?);
        let lent = pool.lend("SELECT 1").await?;
        lent.give_back();
        Ok(Postgres {
            pool,
            ears: OnceCell::new(),
            each_twice: options.each_twice,
            asking: Arc::default(),
        })
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
        let limit = self.pool.waits().long.as_millis();
        let longer = format!("{READ}; SET LOCAL statement_timeout = {limit}");
        let mut lent = self.pool.lend(if long { &longer } else { READ }).await?;
        if long {
            lent.session.take_time();
        }
        on_the_side(move || {
            let face = Face::Postgres(&mut lent.session);
            let result = Tx::new(face, now, &chance).attempt(f);
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
        f: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let lent = self.pool.lend(WRITE).await?;
        let each_twice = self.each_twice;
        on_the_side(move || keep_trying(lent, (now, &chance, each_twice), f)).await
    }

    pub(crate) async fn migrate(&self, all: &'static [Migration], now: i64) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let limit = self.pool.waits().step;
        let done = crate::migrate::postgres(lent.client(), limit, all, now).await;
        if done.is_ok() {
            lent.give_back();
        }
        done
    }

    pub(crate) async fn prepare_only(&self, text: &str) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let text = crate::swap_words(text, crate::Engine::Postgres);
        let done = in_time(self.pool.waits().statement, lent.client().prepare(&text)).await;
        if !matches!(done, Err(Error::Lost(_))) {
            lent.give_back();
        }
        done.map(drop)
    }

    pub(crate) async fn listen(&self) -> Result<Listener, Error> {
        let opening = self.ears.get_or_try_init(|| Ears::open(self.pool.clone()));
        Ok(opening.await?.listen())
    }

    pub(crate) async fn tell(&self, notice: Notice) -> Result<(), Error> {
        let lent = self.pool.lend("SELECT 1").await?;
        let packed = notice.pack();
        let limit = self.pool.waits().statement;
        in_time(limit, lent.client().execute(TELL, &[&packed])).await?;
        lent.give_back();
        Ok(())
    }

    pub(crate) async fn about(&self) -> Result<AboutServer, Error> {
        let lent = self.pool.lend(READ).await?;
        let limit = self.pool.waits().statement;
        let answer = in_time(limit, lent.client().simple_query(ABOUT)).await?;
        let row = answer.iter().find_map(|said| match said {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        let said = |at| row.and_then(|row| row.get(at)).unwrap_or_default().to_owned();
        Ok(AboutServer {
            version: said(0),
            hosts: self.pool.address().hosts(),
            synchronous_commit: said(1),
            synchronous_standby_names: said(2),
            patroni: said(3) == "yes",
        })
    }

    /// A server that is being copied from takes writes; one that copies begins none.
    pub(crate) async fn could_write(&self) -> Result<(), Error> {
        let alone = self.asking.clone().lock_owned().await;
        let pool = self.pool.clone();
        // It goes on when whoever asked waits no longer: so the pool learns which host answers, also
        // while nothing else asks. One at a time, or they would fill the pool.
        let asking = Handle::current().spawn(async move {
            let done = could_write(&pool).await;
            drop(alone);
            done
        });
        asking.await.unwrap_or(Err(Error::Closed))
    }

    pub(crate) fn close(&self) {
        if let Some(ears) = self.ears.get() {
            ears.close();
        }
        self.pool.close();
    }
}

async fn could_write(pool: &Arc<Pool>) -> Result<(), Error> {
    let lent = pool.lend(WRITE).await?;
    let asked = lent.client().simple_query(WRITABLE);
    let answer = in_time(pool.waits().begin, asked).await?;
    let yes = answer.iter().any(|said| match said {
        SimpleQueryMessage::Row(row) => row.get(0) == Some("yes"),
        _ => false,
    });
    in_time(pool.waits().begin, lent.client().batch_execute("ROLLBACK")).await?;
    if !yes {
        return Err(Error::Lost("it takes no writes".into()));
    }
    lent.give_back();
    Ok(())
}

fn keep_trying<T, E: From<Error>>(
    mut lent: Lent,
    (now, chance, each_twice): (i64, &Chance, bool),
    f: impl Fn(&mut Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    lent.session.writing = true;
    for attempt in 1..=ATTEMPTS {
        if attempt > 1 {
            lent.runs_again();
            lent.session.command(WRITE)?;
        }
        // Of those that get in one another's way one runs at a time. Else of 200
        // presses of one thing at once some are given up.
        if lent.is_crowded() && lent.session.queue().is_err() {
            // No turn came, or nothing was ever migrated here: then without.
            lent.session.command("ROLLBACK")?;
            lent.session.command(WRITE)?;
        }
        let session = &mut lent.session;
        session.again = false;
        let mut tx = Tx::writing(Face::Postgres(session), now, chance);
        let result = tx.attempt(&f);
        let told = tx.take_told();
        let session = &mut lent.session;
        session.again |= each_twice && attempt == 1;
        let result = result.and_then(|value| {
            // PostgreSQL passes them on when the transaction is kept.
            told.iter().try_for_each(|notice| session.tell(notice))?;
            Ok(value)
        });
        // A closure may have turned the fault into an error of its own; that
        // others got in the way is asked of the session, not of the error.
        if result.is_ok() && !session.again {
            match session.commit() {
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
