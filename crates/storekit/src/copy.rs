//! Whole tables, row by row: what a backup writes and a restore reads. The engine is none of the
//! copy's business, so it also carries a database from one engine to the other.

use crate::tx::{Answer, Face};
use crate::{Error, Sql, Tx, Value, postgres, sqlite};

/// The columns of one row and what they hold.
pub type Columns<'a> = &'a [String];

impl Tx<'_> {
    /// Gives every row of a table, in no order that is promised, without holding more than a few
    /// of them.
    ///
    /// # Errors
    /// Those of `each`, which stops it; [`Error::Wrong`] for a name that is no table's.
    pub fn copy_out<E: From<Error>>(
        &mut self,
        table: &str,
        mut each: impl FnMut(Columns<'_>, Vec<Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        let from = plain_name(table)?;
        match &mut self.face {
            Face::Sqlite(conn) => {
                let sql = Sql::made(format!("SELECT * FROM {from}"));
                sqlite::each(conn, &sql, |row| each(&row.names, row.values))
            }
            Face::Postgres(session) => copy_out(session, from, &mut each),
        }
    }

    /// Puts one row into a table.
    ///
    /// # Errors
    /// [`Error::Wrong`] when table or columns are not there; those of a statement.
    pub fn copy_in(
        &mut self,
        table: &str,
        columns: Columns<'_>,
        values: &[Value],
    ) -> Result<(), Error> {
        let into = plain_name(table)?;
        let names: Result<Vec<&str>, Error> = columns.iter().map(|name| plain_name(name)).collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
        let text =
            format!("INSERT INTO {into} ({}) VALUES ({})", names?.join(", "), places.join(", "));
        self.exec(Sql::made(text), values).map(drop)
    }

    /// The migrations that this database has been through, in order.
    ///
    /// # Errors
    /// Those of a statement.
    pub fn migrations(&mut self) -> Result<Vec<String>, Error> {
        let rows = self.all(crate::sql!("SELECT name FROM migration ORDER BY place"), &[])?;
        rows.iter().map(|row| row.get("name")).collect()
    }
}

fn copy_out<E: From<Error>>(
    session: &mut postgres::Session,
    table: &str,
    each: &mut impl FnMut(Columns<'_>, Vec<Value>) -> Result<(), E>,
) -> Result<(), E> {
    // A cursor of its own name for each table: statements are kept by their text.
    let declare = format!("DECLARE each_{table} NO SCROLL CURSOR FOR SELECT * FROM {table}");
    session.run(&Sql::made(declare), &[], false)?;
    let fetch = Sql::made(format!("FETCH 500 FROM each_{table}"));
    loop {
        let Answer::Rows(rows) = session.run(&fetch, &[], true)? else { return Ok(()) };
        if rows.is_empty() {
            session.run(&Sql::made(format!("CLOSE each_{table}")), &[], false)?;
            return Ok(());
        }
        for row in rows {
            each(&row.names, row.values)?;
        }
    }
}

/// Names come from a backup's file: nothing but a name gets into a statement.
fn plain_name(name: &str) -> Result<&str, Error> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let good = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain);
    good.then_some(name).ok_or_else(|| Error::Wrong("a name that no table or column has".into()))
}
