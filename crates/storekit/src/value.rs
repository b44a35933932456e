use crate::Error;

/// What a place in a statement is filled with, and what a column holds.
///
/// Text must not hold the character U+0000, and a real number must not be NaN:
/// one engine or the other would refuse or change it, so both refuse.
#[derive(Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A 64-bit whole number; also yes (1) and no (0), and instants in microseconds UTC.
    Int(i64),
    /// A 64-bit floating-point number.
    Real(f64),
    /// Text in UTF-8.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// The values for a statement's places, in order: `params![&id, 5, "word"]`.
#[macro_export]
macro_rules! params {
    () => { &[] as &[$crate::Value] };
    ($($value:expr),+ $(,)?) => { &[$($crate::Value::from($value)),+] as &[$crate::Value] };
}

impl Value {
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self {
            Value::Text(text) if text.contains('\0') => {
                Err(Error::Wrong("text with U+0000 in it".into()))
            }
            Value::Real(number) if number.is_nan() => {
                Err(Error::Wrong("a number that is no number".into()))
            }
            Value::Null | Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Blob(_) => {
                Ok(())
            }
        }
    }
}

// Values are people's words as often as not, and debug output ends up in logs.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Value::Null => "Null",
            Value::Int(_) => "Int(…)",
            Value::Real(_) => "Real(…)",
            Value::Text(_) => "Text(…)",
            Value::Blob(_) => "Blob(…)",
        })
    }
}

macro_rules! into_value {
    ($([$($size:tt)*] $kind:ty: $given:ident => $value:expr;)+) => {$(
        impl $($size)* From<$kind> for Value {
            fn from($given: $kind) -> Value {
                $value
            }
        }
    )+};
}
macro_rules! whole_numbers {
    ($($kind:ty),+) => {
        into_value! { $([] $kind: number => Value::Int(number.into());)+ }
    };
}
whole_numbers!(i64, i32, i16, i8, u32, u16, u8, bool);
into_value! {
    [] f64: number => Value::Real(number);
    [] &str: text => Value::Text(text.to_owned());
    [] String: text => Value::Text(text);
    [] &[u8]: bytes => Value::Blob(bytes.to_vec());
    [] Vec<u8>: bytes => Value::Blob(bytes);
    [<const N: usize>] [u8; N]: bytes => Value::Blob(bytes.to_vec());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(perhaps: Option<T>) -> Value {
        perhaps.map_or(Value::Null, Into::into)
    }
}

impl<T: Clone + Into<Value>> From<&T> for Value {
    fn from(lent: &T) -> Value {
        lent.clone().into()
    }
}
