//! What can go wrong with the store.

use crate::RowError;

/// Boxed cause of the database driver, for logs only.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database cannot be reached or is not a database.
    #[error("the database at {place} cannot be opened")]
    Database {
        /// The file or server, without credentials.
        place: String,
        /// The driver's error.
        #[source]
        source: Cause,
    },
    /// The tables could not be brought up to date.
    #[error("the migrations of {component} failed")]
    Migration {
        /// The crate that owns the tables.
        component: &'static str,
        /// The driver's error.
        #[source]
        source: Cause,
    },
}

/// A batch was not committed; nothing of it remains.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A statement touched another number of rows than expected: somebody else was faster.
    #[error("statement {statement} touched {actual} rows instead of {expected}")]
    Conflict {
        /// Position in the batch, from 0.
        statement: usize,
        /// What the batch expected.
        expected: u64,
        /// What it met.
        actual: u64,
    },
    /// A unique, foreign key, check or not-null constraint refused statement `statement`.
    #[error("statement {statement} broke a constraint")]
    Constraint {
        /// Position in the batch, from 0.
        statement: usize,
        /// Whether it was a unique or primary key.
        unique: bool,
        /// The driver's error.
        #[source]
        source: Cause,
    },
    /// The database is full, gone or failing; the caller may try again later.
    #[error("the database did not take the batch")]
    Unavailable(#[source] Cause),
}

/// A read failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database is gone or failing; the caller may try again later.
    #[error("the database did not answer")]
    Unavailable(#[source] Cause),
    /// The result is not what the code expects.
    #[error("a row could not be read")]
    Row(#[from] RowError),
}
