use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;
use tokio_postgres::error::SqlState;

use crate::{Error, Sql};

/// For housekeeping, where no statement of the caller stands and no value is
/// bound, so the engine's own words can be passed on.
pub(crate) fn plain(error: &tokio_postgres::Error) -> Error {
    said_while_reading(error).map_or_else(|| translate(error, Error::Wrong), Error::Wrong)
}

pub(crate) fn explain(error: &tokio_postgres::Error, sql: &Sql) -> Error {
    translate(error, |what| sql.wrong(what))
}

/// Waits so long for an answer and no longer.
pub(crate) async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, Error> {
    match timeout(limit, work).await {
        Ok(done) => done.map_err(|error| plain(&error)),
        Err(_) => Err(silent()),
    }
}

/// Nobody answered.
pub(super) fn silent() -> Error {
    Error::Lost("no answer in time".into())
}

/// What a BEGIN said: a copy that takes no writes begins none, and is away.
pub(super) fn at_begin(error: &tokio_postgres::Error) -> Error {
    match error.code() {
        Some(code @ (&SqlState::FEATURE_NOT_SUPPORTED | &SqlState::READ_ONLY_SQL_TRANSACTION)) => {
            Error::Lost(code.code().to_owned())
        }
        _ => plain(error),
    }
}

/// What a COMMIT said. Where the server itself says why it was not done, it was not.
pub(super) fn at_commit(error: &tokio_postgres::Error) -> Error {
    match plain(error) {
        Error::Lost(code) => Error::Unsure(code),
        other => other,
    }
}

/// Others changed what this transaction looked at; run again, it may go well.
pub(super) fn is_conflict(error: &tokio_postgres::Error) -> bool {
    matches!(
        error.code(),
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED)
    )
}

/// What the engine dislikes about the text of a statement (class 42, and what
/// it does not know how to do). Only for texts without bound values: with them,
/// the engine's words may repeat people's.
pub(super) fn said_while_reading(error: &tokio_postgres::Error) -> Option<String> {
    let said = error.as_db_error()?;
    let code = said.code().code();
    (code.starts_with("42") || code.starts_with("0A"))
        .then(|| format!("{} ({code})", said.message()))
}

fn translate(error: &tokio_postgres::Error, wrong: impl FnOnce(String) -> Error) -> Error {
    let Some(said) = error.as_db_error() else {
        return match std::error::Error::source(error) {
            Some(source) if source.is::<super::types::Misfit>() => wrong(source.to_string()),
            _ => Error::Lost(if error.is_closed() { "link closed" } else { "no answer" }.into()),
        };
    };
    let code = said.code();
    match *code {
        SqlState::UNIQUE_VIOLATION => Error::Unique(said.table().unwrap_or_default().to_owned()),
        SqlState::FOREIGN_KEY_VIOLATION => Error::Constraint("foreign key"),
        SqlState::NOT_NULL_VIOLATION => Error::Constraint("not null"),
        SqlState::CHECK_VIOLATION => Error::Constraint("check"),
        SqlState::DISK_FULL => Error::Full,
        SqlState::READ_ONLY_SQL_TRANSACTION => Error::ReadOnly,
        SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::LOCK_NOT_AVAILABLE
        | SqlState::QUERY_CANCELED
        | SqlState::TOO_MANY_CONNECTIONS => Error::Busy,
        _ => match code.code().get(..2) {
            // The link, the account, the database, a stop by the operator, the machine.
            Some("08" | "28" | "3D" | "57" | "58" | "XX") => Error::Lost(code.code().to_owned()),
            _ => wrong(format!("PostgreSQL code {}", code.code())),
        },
    }
}
