use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};

use super::errors::{explain, unreadable};
use super::plain;
use crate::tx::Answer;
use crate::{Error, Row, Sql, Value};

pub(crate) fn run(
    conn: &Connection,
    sql: &Sql,
    params: &[Value],
    rows: bool,
) -> Result<Answer, Error> {
    let mut statement = conn.prepare_cached(sql.text()).map_err(|error| unreadable(error, sql))?;
    bind(&mut statement, sql, params)?;
    if rows || statement.column_count() > 0 {
        return collect(&mut statement).map(Answer::Rows).map_err(|error| explain(error, sql));
    }
    let changed = statement.raw_execute().map_err(|error| explain(error, sql))?;
    Ok(Answer::Changed(changed as u64))
}

// To SQLite `$2` is a name, numbered by where it first stands.
fn bind(statement: &mut CachedStatement<'_>, sql: &Sql, params: &[Value]) -> Result<(), Error> {
    if statement.parameter_count() != params.len() {
        return Err(sql.wrong(format_args!(
            "{} places but {} values",
            statement.parameter_count(),
            params.len()
        )));
    }
    for place in 1..=params.len() {
        let value = statement
            .parameter_name(place)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok())
            .and_then(|number| params.get(number.checked_sub(1)?))
            .ok_or_else(|| sql.wrong("places are $1, $2, … without a gap"))?;
        statement.raw_bind_parameter(place, value).map_err(|error| explain(error, sql))?;
    }
    Ok(())
}

fn collect(statement: &mut CachedStatement<'_>) -> Result<Vec<Row>, rusqlite::Error> {
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut found = statement.raw_query();
    while let Some(row) = found.next()? {
        rows.push(read(row, &names)?);
    }
    Ok(rows)
}

fn read(row: &rusqlite::Row<'_>, names: &Arc<[String]>) -> Result<Row, rusqlite::Error> {
    let mut values = Vec::with_capacity(names.len());
    for at in 0..names.len() {
        values.push(match row.get_ref(at)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Int(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(
                std::str::from_utf8(text)
                    .map_err(|error| rusqlite::Error::Utf8Error(at, error))?
                    .to_owned(),
            ),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        });
    }
    Ok(Row { names: names.clone(), values })
}

/// One row after the other, and none kept.
pub(crate) fn each<E: From<Error>>(
    conn: &Connection,
    sql: &Sql,
    mut give: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = conn.prepare(sql.text()).map_err(|error| unreadable(error, sql))?;
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.raw_query();
    while let Some(row) = found.next().map_err(|error| explain(error, sql))? {
        give(read(row, &names).map_err(|error| explain(error, sql))?)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Real(number) => ValueRef::Real(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// BEGIN, COMMIT and their like, kept ready.
pub(super) fn command(conn: &Connection, text: &'static str) -> Result<(), Error> {
    let mut statement = conn.prepare_cached(text).map_err(plain)?;
    statement.raw_execute().map(drop).map_err(plain)
}

pub(crate) fn prepare_only(conn: &Connection, text: &str) -> Result<(), Error> {
    conn.prepare(text).map(drop).map_err(plain)
}
