use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Chance, Error, Notice, Row, Sql, Value, postgres, sqlite};

/// An open transaction. Everything in it is seen and kept together or not at all.
///
/// Once a statement has failed, all that follow fail too and nothing is kept,
/// whatever the closure returns: PostgreSQL works so, and one rule is enough.
pub struct Tx<'a> {
    pub(crate) face: Face<'a>,
    pub(crate) now: i64,
    chance: &'a Chance,
    pub(crate) fault: Option<Error>,
    /// What is to be told once it is kept; nothing can be told in a look.
    told: Option<Vec<Notice>>,
}

pub(crate) enum Face<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut postgres::Session),
}

/// What a statement gave back: rows, or how many rows it changed.
pub(crate) enum Answer {
    Rows(Vec<Row>),
    Changed(u64),
}

impl<'a> Tx<'a> {
    pub(crate) fn new(face: Face<'a>, now: i64, chance: &'a Chance) -> Tx<'a> {
        Tx { face, now, chance, fault: None, told: None }
    }

    /// One that changes things, and so may tell of it.
    pub(crate) fn writing(face: Face<'a>, now: i64, chance: &'a Chance) -> Tx<'a> {
        Tx { told: Some(Vec::new()), ..Tx::new(face, now, chance) }
    }

    pub(crate) fn take_told(&mut self) -> Vec<Notice> {
        self.told.take().unwrap_or_default()
    }

    /// The moment of this transaction in microseconds UTC: read once, and the
    /// same again when the closure is run again.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Fills `buf` by chance, drawn anew when the closure is run again: it sees
    /// another state then, and one nonce before two texts gives both away. What
    /// the run that was undone wrote may lie in the engine's files for long.
    pub fn fill(&mut self, buf: &mut [u8]) {
        (self.chance)(buf);
    }

    /// Tells all who listen, in every process that has the database open
    /// ([`Db::listen`](crate::Db::listen)): once this transaction is kept, and
    /// not at all if it is not. `channel` is plain letters; both together have
    /// at most 7,000 bytes.
    ///
    /// # Errors
    /// [`Error::ReadOnly`] in a look, [`Error::Wrong`] for a channel or a text
    /// that is not as said.
    pub fn tell(&mut self, channel: &str, text: &str) -> Result<(), Error> {
        let notice = Notice::new(channel, text)?;
        self.told.as_mut().ok_or(Error::ReadOnly)?.push(notice);
        Ok(())
    }

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// Whatever the engine says, as an [`Error`].
    pub fn exec(&mut self, sql: Sql, params: &[Value]) -> Result<u64, Error> {
        match self.run(&sql, params, false)? {
            Answer::Changed(count) => Ok(count),
            Answer::Rows(rows) => Ok(rows.len() as u64),
        }
    }

    /// The only row.
    ///
    /// # Errors
    /// [`Error::NoRow`] if there is none, [`Error::Wrong`] if there are several.
    pub fn one(&mut self, sql: Sql, params: &[Value]) -> Result<Row, Error> {
        self.opt(sql, params)?.ok_or(Error::NoRow)
    }

    /// The only row, if there is one.
    ///
    /// # Errors
    /// [`Error::Wrong`] if there are several.
    pub fn opt(&mut self, sql: Sql, params: &[Value]) -> Result<Option<Row>, Error> {
        let Answer::Rows(mut rows) = self.run(&sql, params, true)? else { return Ok(None) };
        match rows.len() {
            0 | 1 => Ok(rows.pop()),
            _ => Err(sql.wrong("more than one row came back")),
        }
    }

    /// All rows, in the order of the statement.
    ///
    /// # Errors
    /// Whatever the engine says, as an [`Error`].
    pub fn all(&mut self, sql: Sql, params: &[Value]) -> Result<Vec<Row>, Error> {
        match self.run(&sql, params, true)? {
            Answer::Rows(rows) => Ok(rows),
            Answer::Changed(_) => Ok(Vec::new()),
        }
    }

    fn run(&mut self, sql: &Sql, params: &[Value], rows: bool) -> Result<Answer, Error> {
        if self.fault.is_some() {
            return Err(sql.wrong("an earlier statement of this transaction failed"));
        }
        let answer = params.iter().try_for_each(Value::check).and_then(|()| match &mut self.face {
            Face::Sqlite(conn) => sqlite::run(conn, sql, params, rows),
            Face::Postgres(session) => session.run(sql, params, rows),
        });
        match &answer {
            Ok(_) => {
                #[cfg(feature = "testing")]
                crate::testing::record(
                    sql,
                    match self.face {
                        Face::Sqlite(_) => crate::Engine::Sqlite,
                        Face::Postgres(_) => crate::Engine::Postgres,
                    },
                );
            }
            Err(error) => self.fault = Some(error.clone()),
        }
        answer
    }

    /// Runs the closure; a panic and a swallowed fault come out as errors.
    pub(crate) fn attempt<T, E: From<Error>>(
        &mut self,
        f: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match catch_unwind(AssertUnwindSafe(|| f(self))) {
            Err(_) => Err(Error::Panicked.into()),
            Ok(Err(error)) => Err(error),
            Ok(Ok(value)) => match &self.fault {
                None => Ok(value),
                Some(fault) => Err(fault.clone().into()),
            },
        }
    }
}
