//! A backup's lines: JSON Lines (<https://jsonlines.org>), UTF-8, bytes in base64 (RFC 4648, 4).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use storekit::Value;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Line {
    /// The first: who wrote it, and in which state of the tables' history.
    Begin {
        /// Version of the program.
        program: String,
        /// Names of the migrations, in order.
        migrations: Vec<String>,
    },
    /// The rows after it belong to this table.
    Table {
        /// Its name.
        name: String,
        /// Its columns, in the order of the cells.
        columns: Vec<String>,
    },
    /// One row.
    Row(Vec<Cell>),
    /// The last, with the number of rows.
    End {
        /// How many rows there were.
        rows: u64,
    },
}

/// What stands in one place of a row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing.
    None,
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes, in base64.
    Bytes(String),
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        match value {
            Value::Null => Cell::None,
            Value::Int(number) => Cell::Int(number),
            Value::Real(number) => Cell::Real(number),
            Value::Text(text) => Cell::Text(text),
            Value::Blob(bytes) => Cell::Bytes(STANDARD.encode(bytes)),
        }
    }
}

impl TryFrom<Cell> for Value {
    type Error = base64::DecodeError;

    fn try_from(cell: Cell) -> Result<Value, base64::DecodeError> {
        Ok(match cell {
            Cell::None => Value::Null,
            Cell::Int(number) => Value::Int(number),
            Cell::Real(number) => Value::Real(number),
            Cell::Text(text) => Value::Text(text),
            Cell::Bytes(text) => Value::Blob(STANDARD.decode(text)?),
        })
    }
}
