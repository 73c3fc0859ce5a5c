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
    /// The server's settings do not suit us.
    #[error("the database at {place} has {setting} {found} instead of {wanted}")]
    Setting {
        /// The server, without credentials.
        place: String,
        /// The name of the setting.
        setting: &'static str,
        /// What we need.
        wanted: &'static str,
        /// What it has.
        found: String,
    },
    /// The server would be reached over the network without encryption.
    #[error(
        "the database at {place} is on another machine, and the connection would not be encrypted"
    )]
    Plaintext {
        /// The server, without credentials.
        place: String,
    },
    /// There are no authorities to verify the server's certificate by.
    #[error("no authority can be trusted with the certificate of the database server")]
    Trust {
        /// The file that was to name them; none means those that the system trusts.
        file: Option<String>,
        /// What is wrong with it.
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

/// A batch was not committed.
///
/// Nothing of it remains, but for one case: when the connection to a PostgreSQL server is lost while it
/// commits, the batch may have been committed although the caller sees [`CommitError::Unavailable`].
/// Batches insert under an identifier or update under a version, so that trying again is refused.
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
    /// The database does not accept statement `statement` or its arguments: a fault in our SQL.
    #[error("statement {statement} is faulty")]
    Fault {
        /// Position in the batch, from 0.
        statement: usize,
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
    /// The database does not accept the query or its arguments: a fault in our SQL.
    #[error("the query is faulty")]
    Fault(#[source] Cause),
    /// The result is not what the code expects.
    #[error("a row could not be read")]
    Row(#[from] RowError),
}

/// A text argument holds U+0000, which PostgreSQL cannot keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("argument {number} holds a zero character")]
pub(crate) struct ZeroCharacter {
    pub(crate) number: usize,
}

/// The thread or task that answers is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the database was closed")]
pub(crate) struct Closed;
