use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::address::{Address, Line, Open};
use super::types::read_row;
use super::{TELL, TURN, errors, explain, plain};
use crate::tx::Answer;
use crate::{Engine, Error, Notice, Sql, Value, Waits, swap_words};

// Statements kept ready on each connection; lists of many lengths could pile up.
const KEPT: usize = 512;

/// What we wait longer than the server, which then says why.
const GRACE: Duration = Duration::from_secs(1);

/// A connection and what is ready on it. Dropped, it is cut: what it waits for may never come.
pub(super) struct Link {
    pub(super) client: Client,
    line: Line,
    address: Arc<Address>,
    kept: HashMap<String, Kept>,
}

#[derive(Clone)]
struct Kept {
    statement: Statement,
    names: Arc<[String]>,
}

impl Link {
    pub(super) fn new(open: Open, address: Arc<Address>) -> Link {
        let Open { client, line } = open;
        Link { client, line, address, kept: HashMap::new() }
    }
}

/// A connection in one transaction.
pub(crate) struct Session {
    pub(super) link: Link,
    handle: Handle,
    waits: Waits,
    /// How long a statement may take.
    statement: Duration,
    /// Whether this transaction is to change something.
    pub(super) writing: bool,
    /// Others got in the way: the whole transaction is to be run again.
    pub(super) again: bool,
    /// Nobody answers here, or no more writes are taken.
    spent: bool,
}

impl Session {
    pub(super) fn new(link: Link, waits: Waits) -> Session {
        let (handle, statement) = (Handle::current(), waits.statement);
        Session { link, handle, waits, statement, writing: false, again: false, spent: false }
    }

    /// A long look: the server was told, and has longer.
    pub(super) fn take_time(&mut self) {
        self.statement = self.waits.long;
    }

    /// Whether it can be used once more.
    pub(super) fn is_good(&self) -> bool {
        !self.spent && !self.link.client.is_closed()
    }

    /// The statements around those of a closure.
    pub(super) fn command(&mut self, text: &str) -> Result<(), Error> {
        if self.spent {
            return Err(errors::silent());
        }
        let work = timeout(self.waits.begin + GRACE, self.link.client.batch_execute(text));
        let done = self.handle.block_on(work);
        self.looked_at(done, errors::at_begin)
    }

    /// Waits for its turn among the writes of all processes that get in one another's way: one has it
    /// until its transaction ends. This is a transaction's first word, and takes no snapshot, so what
    /// follows sees what those before it kept.
    pub(super) fn queue(&mut self) -> Result<(), Error> {
        let work = timeout(self.statement + GRACE, self.link.client.batch_execute(TURN));
        let done = self.handle.block_on(work);
        self.looked_at(done, errors::at_begin)
    }

    /// Keeps what was done. It is never cancelled: the server would call it kept
    /// before the machines that it waits for have it.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        if self.spent {
            return Err(errors::silent());
        }
        self.link.line.warned.store(false, Ordering::SeqCst);
        let work = timeout(self.waits.commit, self.link.client.batch_execute("COMMIT"));
        let unsure = |code: &str| Err(Error::Unsure(code.to_owned()));
        match self.handle.block_on(work) {
            // Somebody has cut the server's wait for its other machines short.
            Ok(Ok(())) if self.link.line.warned.load(Ordering::SeqCst) => {
                self.spent = true;
                unsure("01000")
            }
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                self.again |= errors::is_conflict(&error);
                Err(errors::at_commit(&error))
            }
            Err(_) => {
                self.spent = true;
                unsure("no answer in time")
            }
        }
    }

    pub(super) fn tell(&mut self, notice: &Notice) -> Result<(), Error> {
        let packed = notice.pack();
        let told = async { self.link.client.execute(TELL, &[&packed]).await };
        let told = self.handle.block_on(timeout(self.statement + GRACE, told));
        self.looked_at(told, plain).map(drop)
    }

    pub(super) fn sleep(&self, time: Duration) {
        self.handle.block_on(tokio::time::sleep(time));
    }

    pub(crate) fn run(&mut self, sql: &Sql, params: &[Value], rows: bool) -> Result<Answer, Error> {
        let limit = self.statement + GRACE;
        let work = timeout(limit, answer(&mut self.link, sql, params, rows));
        match self.handle.block_on(work) {
            Ok(Err(Failure::Ours(error))) => Err(error),
            Ok(Err(Failure::Engine(error))) => {
                self.looked_at(Ok(Err(error)), |error| explain(error, sql))
            }
            Ok(Ok(answer)) => Ok(answer),
            Err(elapsed) => self.looked_at(Err(elapsed), plain),
        }
    }

    /// Notes what an answer, or none, says about the connection.
    fn looked_at<T>(
        &mut self,
        answer: Result<Result<T, tokio_postgres::Error>, Elapsed>,
        words: impl FnOnce(&tokio_postgres::Error) -> Error,
    ) -> Result<T, Error> {
        match answer {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                self.again |= errors::is_conflict(&error);
                let mut said = words(&error);
                // The server was demoted while we wrote.
                if self.writing && said == Error::ReadOnly {
                    said = Error::Lost(SqlState::READ_ONLY_SQL_TRANSACTION.code().to_owned());
                }
                self.spent |= matches!(said, Error::Lost(_));
                Err(said)
            }
            Err(_) => {
                self.spent = true;
                self.link.address.cancel(&self.link.client);
                Err(errors::silent())
            }
        }
    }
}

enum Failure {
    Ours(Error),
    Engine(tokio_postgres::Error),
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Failure {
        Failure::Engine(error)
    }
}

async fn answer(
    link: &mut Link,
    sql: &Sql,
    params: &[Value],
    rows: bool,
) -> Result<Answer, Failure> {
    let kept = ready(link, sql).await?;
    let places = kept.statement.params().len();
    if places != params.len() {
        let count = params.len();
        let what = format_args!("{places} places but {count} values");
        return Err(Failure::Ours(sql.wrong(what)));
    }
    let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|v| v as _).collect();
    if !rows && kept.names.is_empty() {
        let changed = link.client.execute(&kept.statement, &values).await?;
        return Ok(Answer::Changed(changed));
    }
    let found = link.client.query(&kept.statement, &values).await?;
    let read: Result<_, Error> = found.iter().map(|row| read_row(row, &kept.names)).collect();
    read.map(Answer::Rows).map_err(Failure::Ours)
}

async fn ready(link: &mut Link, sql: &Sql) -> Result<Kept, Failure> {
    if let Some(kept) = link.kept.get(sql.text()) {
        return Ok(kept.clone());
    }
    let text = swap_words(sql.text(), Engine::Postgres);
    let statement = link.client.prepare(&text).await.map_err(|error| {
        match errors::said_while_reading(&error) {
            Some(what) => Failure::Ours(sql.wrong(what)),
            None => Failure::Engine(error),
        }
    })?;
    let names = statement.columns().iter();
    let kept = Kept { names: names.map(|column| column.name().to_owned()).collect(), statement };
    if link.kept.len() >= KEPT {
        link.kept.clear();
    }
    link.kept.insert(sql.text().to_owned(), kept.clone());
    Ok(kept)
}
