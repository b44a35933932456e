use std::panic::{AssertUnwindSafe, catch_unwind};

use zeroize::Zeroizing;

use crate::{Chance, Error, Notice, Row, Sql, Value, postgres, sqlite};

/// An open transaction. Everything in it is seen and kept together or not at all.
///
/// Once a statement has failed, all that follow fail too and nothing is kept,
/// whatever the closure returns: PostgreSQL works so, and one rule is enough.
pub struct Tx<'a> {
    pub(crate) face: Face<'a>,
    pub(crate) now: i64,
    pub(crate) tape: &'a mut Tape,
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
    pub(crate) fn new(face: Face<'a>, now: i64, tape: &'a mut Tape) -> Tx<'a> {
        Tx { face, now, tape, fault: None, told: None }
    }

    /// One that changes things, and so may tell of it.
    pub(crate) fn writing(face: Face<'a>, now: i64, tape: &'a mut Tape) -> Tx<'a> {
        Tx { told: Some(Vec::new()), ..Tx::new(face, now, tape) }
    }

    pub(crate) fn take_told(&mut self) -> Vec<Notice> {
        self.told.take().unwrap_or_default()
    }

    /// The moment of this transaction in microseconds UTC: read once, and the
    /// same again when the closure is run again.
    pub fn now(&self) -> i64 {
        self.now
    }

    /// Fills `buf` by chance; the same bytes again when the closure is run again.
    pub fn fill(&mut self, buf: &mut [u8]) {
        self.tape.fill(buf);
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

/// Chance, remembered: what a closure drew is what it draws again.
pub(crate) struct Tape {
    chance: Chance,
    // Keys are made of these bytes.
    drawn: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Tape {
    pub(crate) fn new(chance: Chance) -> Tape {
        Tape { chance, drawn: Zeroizing::new(Vec::new()), at: 0 }
    }

    pub(crate) fn rewind(&mut self) {
        self.at = 0;
    }

    fn fill(&mut self, buf: &mut [u8]) {
        let end = self.at + buf.len();
        if end > self.drawn.len() {
            // A new vector each time: growing in place would leave a copy
            // behind that nothing wipes.
            let mut longer = Zeroizing::new(vec![0; end]);
            let known = self.drawn.len();
            longer[..known].copy_from_slice(&self.drawn);
            (self.chance)(&mut longer[known..]);
            self.drawn = longer;
        }
        buf.copy_from_slice(&self.drawn[self.at..end]);
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::Tape;

    #[test]
    fn a_rewound_tape_gives_the_same_bytes_and_then_new_ones() {
        let next = AtomicU8::new(0);
        let mut tape = Tape::new(Arc::new(move |buf| {
            buf.fill_with(|| next.fetch_add(1, Ordering::Relaxed));
        }));
        let (mut first, mut again, mut more) = ([0; 3], [0; 2], [0; 4]);
        tape.fill(&mut first);
        tape.rewind();
        tape.fill(&mut again);
        tape.fill(&mut more);
        assert_eq!((first, again, more), ([0, 1, 2], [0, 1], [2, 3, 4, 5]));
    }
}
