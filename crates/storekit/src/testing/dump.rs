use crate::testing::TestDb;
use crate::{Db, Engine, Error, Row, Sql, Tx, Value, params, sql};

/// All that a table holds at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// Its rows, in an order that only what they hold decides.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// The bytes of every value, one after the other: what a thief who has a
    /// copy would search.
    pub fn bytes(&self) -> Vec<u8> {
        self.rows.iter().flatten().flat_map(|value| [bytes(value), vec![b'\n']].concat()).collect()
    }
}

impl TestDb {
    /// Every table with all its rows.
    pub async fn dump(&self) -> Vec<Table> {
        dump(self).await
    }
}

/// Every table of any database with all its rows.
pub async fn dump(db: &Db) -> Vec<Table> {
    let engine = db.engine();
    let dump = db.read(move |tx| tables(tx, engine)).await;
    dump.expect("a test may read its whole database")
}

fn tables(tx: &mut Tx<'_>, engine: Engine) -> Result<Vec<Table>, Error> {
    let names = match engine {
        Engine::Sqlite => {
            tx.all(sql!("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"), &[])?
        }
        Engine::Postgres => tx.all(
            sql!(
                "SELECT CAST(table_name AS TEXT) AS name
                 FROM information_schema.tables
                 WHERE table_schema = 'public'
                 ORDER BY table_name"
            ),
            &[],
        )?,
    };
    names.iter().map(|row| table(tx, engine, row.get("name")?)).collect()
}

/// The columns stand in the catalogue, since an empty table has no row that names them.
fn columns(tx: &mut Tx<'_>, engine: Engine, table: &str) -> Result<Vec<String>, Error> {
    let rows = match engine {
        Engine::Sqlite => {
            tx.all(sql!("SELECT name FROM pragma_table_info($1) ORDER BY cid"), params![table])?
        }
        Engine::Postgres => tx.all(
            sql!(
                "SELECT CAST(column_name AS TEXT) AS name
                 FROM information_schema.columns
                 WHERE table_schema = 'public' AND CAST(table_name AS TEXT) = $1
                 ORDER BY ordinal_position"
            ),
            params![table],
        )?,
    };
    rows.iter().map(|row| row.get("name")).collect()
}

fn table(tx: &mut Tx<'_>, engine: Engine, name: String) -> Result<Table, Error> {
    let rows = tx.all(Sql::made(format!("SELECT * FROM {name}")), &[])?;
    let columns = columns(tx, engine, &name)?;
    let mut rows: Vec<Vec<Value>> = rows.into_iter().map(|Row { values, .. }| values).collect();
    rows.sort_by_cached_key(|row| row.iter().map(bytes).collect::<Vec<_>>());
    Ok(Table { name, columns, rows })
}

fn bytes(value: &Value) -> Vec<u8> {
    match value {
        Value::Null => Vec::new(),
        Value::Int(number) => number.to_be_bytes().to_vec(),
        Value::Real(number) => number.to_be_bytes().to_vec(),
        Value::Text(text) => text.clone().into_bytes(),
        Value::Blob(bytes) => bytes.clone(),
    }
}
