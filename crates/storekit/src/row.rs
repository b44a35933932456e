use std::sync::Arc;

use crate::{Error, Value};

/// One row of an answer. Columns are asked for by name.
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) names: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

impl Row {
    /// The column `name` as a `T`.
    ///
    /// # Errors
    /// [`Error::Column`] when there is no such column, it is NULL and `T` is no
    /// `Option`, or it does not fit into a `T`.
    pub fn get<T: FromValue>(&self, name: &str) -> Result<T, Error> {
        let problem = |problem| Error::Column { name: name.to_owned(), problem };
        let value = self
            .names
            .iter()
            .position(|known| known == name)
            .and_then(|at| self.values.get(at))
            .ok_or_else(|| problem("is not in the answer"))?;
        T::from_value(value).ok_or_else(|| {
            problem(if let Value::Null = value {
                "is NULL"
            } else {
                "does not fit the type asked for"
            })
        })
    }
}

/// What a column can be read as.
pub trait FromValue: Sized {
    /// `None` if the value does not fit.
    fn from_value(value: &Value) -> Option<Self>;
}

macro_rules! from_value {
    ($([$($size:tt)*] $kind:ty: $case:pat => $fit:expr;)+) => {$(
        impl $($size)* FromValue for $kind {
            fn from_value(value: &Value) -> Option<Self> {
                if let $case = value { $fit } else { None }
            }
        }
    )+};
}
macro_rules! whole_numbers {
    ($($kind:ty),+) => {
        from_value! { $([] $kind: Value::Int(number) => (*number).try_into().ok();)+ }
    };
}
whole_numbers!(i64, i32, i16, i8, u64, u32, u16, u8, usize);
from_value! {
    [] bool: Value::Int(yes @ (0 | 1)) => Some(*yes == 1);
    [] f64: Value::Real(number) => Some(*number);
    [] String: Value::Text(text) => Some(text.clone());
    [] Vec<u8>: Value::Blob(bytes) => Some(bytes.clone());
    [<const N: usize>] [u8; N]: Value::Blob(bytes) => bytes.as_slice().try_into().ok();
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Null = value {
            return Some(None);
        }
        T::from_value(value).map(Some)
    }
}
