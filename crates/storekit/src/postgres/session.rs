use std::collections::HashMap;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Statement};

use super::types::read_row;
use super::{TELL, errors, explain, plain};
use crate::tx::Answer;
use crate::{Engine, Error, Notice, Sql, Value, swap_words};

// Statements kept ready on each connection; lists of many lengths could pile up.
const KEPT: usize = 512;

/// A connection and what is ready on it.
pub(super) struct Link {
    pub(super) client: Client,
    kept: HashMap<String, Kept>,
}

#[derive(Clone)]
struct Kept {
    statement: Statement,
    names: Arc<[String]>,
}

impl Link {
    pub(super) fn new(client: Client) -> Link {
        Link { client, kept: HashMap::new() }
    }
}

/// A connection in one transaction.
pub(crate) struct Session {
    pub(super) link: Link,
    handle: Handle,
    /// Others got in the way: the whole transaction is to be run again.
    pub(super) again: bool,
}

impl Session {
    pub(super) fn new(link: Link) -> Session {
        Session { link, handle: Handle::current(), again: false }
    }

    pub(super) fn command(&mut self, text: &str) -> Result<(), Error> {
        let done = self.handle.block_on(self.link.client.batch_execute(text));
        done.map_err(|error| {
            self.again |= errors::is_conflict(&error);
            plain(&error)
        })
    }

    pub(super) fn tell(&mut self, notice: &Notice) -> Result<(), Error> {
        let told = self.handle.block_on(self.link.client.execute(TELL, &[&notice.pack()]));
        told.map(drop).map_err(|error| {
            self.again |= errors::is_conflict(&error);
            plain(&error)
        })
    }

    pub(super) fn sleep(&self, time: std::time::Duration) {
        self.handle.block_on(tokio::time::sleep(time));
    }

    pub(crate) fn run(&mut self, sql: &Sql, params: &[Value], rows: bool) -> Result<Answer, Error> {
        let answer = self.handle.block_on(answer(&mut self.link, sql, params, rows));
        answer.map_err(|failure| match failure {
            Failure::Ours(error) => error,
            Failure::Engine(error) => {
                self.again |= errors::is_conflict(&error);
                explain(&error, sql)
            }
        })
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
