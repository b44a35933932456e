//! One small face on SQLite and PostgreSQL.
//!
//! A transaction is a closure: it gets a [`Tx`], runs statements, and what it
//! returns decides whether its changes stay. Closures are synchronous, so
//! nothing can wait while a transaction is open, and they have no effect but
//! SQL, so that they can be run again.
//!
//! Always true:
//! - a write that was answered with success is on the disk;
//! - a closure that returns an error, or panics, leaves nothing behind;
//! - after a statement failed, its transaction cannot be kept, on either engine;
//! - no error repeats a value that was bound to a statement.
#![forbid(unsafe_code)]

mod copy;
mod db;
mod error;
mod migrate;
mod notices;
mod postgres;
mod row;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;
mod value;

pub use copy::Columns;
pub use db::{AboutServer, Chance, Clock, Db, Engine, Options, Settings, Target, Waits};
pub use error::Error;
pub use migrate::{Migration, swap_words};
pub use notices::{Heard, Listener, Notice};
pub use row::{FromValue, Row};
pub use sql::Sql;
pub use tx::Tx;
pub use value::Value;
