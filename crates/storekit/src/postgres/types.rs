use std::sync::Arc;

use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::{Error, Row, Value};

/// A value was given for a place of another type.
#[derive(Debug, thiserror::Error)]
#[error("a value does not fit the type of its place")]
pub(super) struct Misfit;

impl ToSql for Value {
    fn to_sql(
        &self,
        place: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, place) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(number), &Type::INT8) => number.to_sql(place, out),
            (Value::Int(number), &Type::INT4) => i32::try_from(*number)?.to_sql(place, out),
            (Value::Int(number), &Type::INT2) => i16::try_from(*number)?.to_sql(place, out),
            (Value::Int(number), &Type::FLOAT8) => (*number as f64).to_sql(place, out),
            (Value::Real(number), &Type::FLOAT8) => number.to_sql(place, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR | &Type::NAME | &Type::UNKNOWN) => {
                text.to_sql(place, out)
            }
            (Value::Blob(bytes), &Type::BYTEA) => bytes.to_sql(place, out),
            (Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_), _) => {
                Err(Misfit.into())
            }
        }
    }

    // The value and the place are looked at together, above.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

pub(super) fn read_row(row: &tokio_postgres::Row, names: &Arc<[String]>) -> Result<Row, Error> {
    let values: Result<_, Error> = (0..names.len()).map(|at| read_value(row, at)).collect();
    Ok(Row { names: names.clone(), values: values? })
}

fn read_value(row: &tokio_postgres::Row, at: usize) -> Result<Value, Error> {
    let column = &row.columns()[at];
    let problem = |problem| Error::Column { name: column.name().to_owned(), problem };
    let read = match *column.type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).map(Value::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(at).map(Value::from),
        Type::INT2 => row.try_get::<_, Option<i16>>(at).map(Value::from),
        Type::BOOL => row.try_get::<_, Option<bool>>(at).map(Value::from),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map(Value::from),
        Type::TEXT | Type::VARCHAR | Type::NAME => {
            row.try_get::<_, Option<String>>(at).map(Value::from)
        }
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map(Value::from),
        Type::NUMERIC => return Err(problem("is NUMERIC: CAST(… AS INTEGER) it")),
        _ => return Err(problem("is of a type that not both engines have")),
    };
    read.map_err(|_| problem("cannot be read"))
}
