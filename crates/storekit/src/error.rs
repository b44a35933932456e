/// What can go wrong. No text in here comes from a bound value or a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// `one` found nothing.
    #[error("no such row")]
    NoRow,
    /// A unique constraint refused the row; holds the name of the table
    /// (SQLite names the index instead where it stands on an expression).
    #[error("there is already such a row in {0}")]
    Unique(String),
    /// A check, a foreign key or NOT NULL refused the row; holds which.
    #[error("the {0} constraint refused the row")]
    Constraint(&'static str),
    /// No space is left. Nothing of the write was kept.
    #[error("the disk is full")]
    Full,
    /// The database, or this transaction, takes no writes.
    #[error("the database takes no writes")]
    ReadOnly,
    /// No place came free, a statement took too long, or others kept getting
    /// in the way. Trying later is fine.
    #[error("the database is busy")]
    Busy,
    /// The database was closed by this process.
    #[error("the database is closed")]
    Closed,
    /// The database cannot be reached, does not answer in time, takes no writes
    /// just now (it was demoted), or the link to it broke. Nothing of a write
    /// was kept. Holds the engine's code.
    #[error("the database cannot be reached ({0})")]
    Lost(String),
    /// The same at the very moment of keeping a write: it may have been kept or
    /// not, and nobody can say. Holds the engine's code.
    #[error("the database cannot be reached ({0}), and it may have kept the write or not")]
    Unsure(String),
    /// A column is missing or does not hold what was asked for.
    #[error("column {name}: {problem}")]
    Column {
        /// The column as it was asked for.
        name: String,
        /// What is the matter with it.
        problem: &'static str,
    },
    /// A statement or its parameters are wrong: a mistake in the program.
    #[error("wrong statement: {0}")]
    Wrong(String),
    /// The closure panicked; what it did was undone.
    #[error("the transaction panicked")]
    Panicked,
    /// The migrations do not fit the database.
    #[error("migration: {0}")]
    Migration(String),
    /// This engine cannot do that.
    #[error("{0}")]
    Unsupported(&'static str),
}
