use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::{Error, Sql};

/// For housekeeping, where no statement of the caller stands and no value is
/// bound, so the engine's own words can be passed on.
pub(crate) fn plain(error: rusqlite::Error) -> Error {
    translate(error, Error::Wrong, true)
}

/// For a statement that could not even be read.
pub(super) fn unreadable(error: rusqlite::Error, sql: &Sql) -> Error {
    translate(error, |what| sql.wrong(what), true)
}

/// For one that ran: the engine's words may repeat people's.
pub(super) fn explain(error: rusqlite::Error, sql: &Sql) -> Error {
    translate(error, |what| sql.wrong(what), false)
}

fn translate(error: rusqlite::Error, wrong: impl Fn(String) -> Error, words: bool) -> Error {
    let (failure, said) = match error {
        rusqlite::Error::SqliteFailure(failure, said) => (failure, said),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error, Some(msg)),
        rusqlite::Error::MultipleStatement => return wrong("one statement at a time".into()),
        rusqlite::Error::Utf8Error(..) => return wrong("text that is not UTF-8".into()),
        _ => return wrong("SQLite could not make sense of it".into()),
    };
    known(failure, said.as_deref()).unwrap_or_else(|| {
        let code = format!("SQLite code {}", failure.extended_code);
        wrong(said.filter(|_| words).unwrap_or(code))
    })
}

fn known(failure: ffi::Error, message: Option<&str>) -> Option<Error> {
    match failure.code {
        ErrorCode::ConstraintViolation => Some(match failure.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => Error::Unique(table_in(message.unwrap_or_default())),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::Constraint("foreign key"),
            ffi::SQLITE_CONSTRAINT_NOTNULL => Error::Constraint("not null"),
            ffi::SQLITE_CONSTRAINT_CHECK => Error::Constraint("check"),
            _ => Error::Constraint("type"),
        }),
        ErrorCode::DiskFull => Some(Error::Full),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Some(Error::ReadOnly),
        // A disk that became read-only under an open file; the commit's last page is not there.
        ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_WRITE => {
            Some(Error::ReadOnly)
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OperationInterrupted => {
            Some(Error::Busy)
        }
        ErrorCode::CannotOpen
        | ErrorCode::SystemIoFailure
        | ErrorCode::DatabaseCorrupt
        | ErrorCode::NotADatabase
        | ErrorCode::OutOfMemory => {
            Some(Error::Lost(format!("SQLite code {}", failure.extended_code)))
        }
        _ => None,
    }
}

// "UNIQUE constraint failed: note.group_id, note.id", or "…: index 'name'".
fn table_in(message: &str) -> String {
    let named = message.rsplit(": ").next().unwrap_or_default();
    let table = named.split('.').next().unwrap_or_default();
    table.trim_start_matches("index ").trim_matches('\'').to_owned()
}
