//! PostgreSQL's conditions as the store's errors.

use std::error::Error as _;

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::{CommitError, ReadError, RowError, error::Cause};

/// What the server said, without its DETAIL: that repeats the values of the row, and ends in logs.
#[derive(Debug, thiserror::Error)]
#[error("{message} (SQLSTATE {code})")]
struct Refusal {
    code: String,
    message: String,
}

/// A failed request, by what the caller may do about it.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Another transaction was in the way (40001, 40P01): nothing was done.
    #[error("another transaction was in the way")]
    Collision(#[source] Cause),
    /// The connection is gone.
    #[error("the connection was lost")]
    Lost(#[source] Cause),
    /// A constraint refused.
    #[error("a constraint refused")]
    Constraint {
        unique: bool,
        #[source]
        source: Cause,
    },
    /// An earlier statement of the transaction failed.
    #[error("an earlier statement failed")]
    Aborted(#[source] Cause),
    /// The server does not accept the SQL or its arguments.
    #[error("the statement is faulty")]
    Fault(#[source] Cause),
    /// The server cannot now: full, shutting down, too slow, no connection to be had.
    #[error("the server cannot now")]
    Unavailable(#[source] Cause),
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(refusal) = error.as_db_error() else {
            let is_io = error
                .source()
                .is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
            let lost = error.is_closed() || is_io;
            let cause: Cause = Box::new(error);
            return if lost {
                Self::Lost(cause)
            } else {
                Self::Fault(cause)
            };
        };
        let code = refusal.code().clone();
        let cause: Cause = Box::new(Refusal {
            code: code.code().to_owned(),
            message: refusal.message().to_owned(),
        });
        match code.code().get(..2).unwrap_or_default() {
            _ if is_serialization(&code) => Self::Collision(cause),
            // The administrator ends sessions, as when a node takes over.
            _ if code == SqlState::ADMIN_SHUTDOWN || code == SqlState::CRASH_SHUTDOWN => {
                Self::Lost(cause)
            }
            "08" => Self::Lost(cause),
            "23" => Self::Constraint {
                unique: code == SqlState::UNIQUE_VIOLATION,
                source: cause,
            },
            "25" if code == SqlState::IN_FAILED_SQL_TRANSACTION => Self::Aborted(cause),
            // No data types, no names, no rights, not read-only: our SQL; the rest is the server's state.
            "0A" | "21" | "22" | "25" | "26" | "42" => Self::Fault(cause),
            _ => Self::Unavailable(cause),
        }
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Self {
        Self::Fault(Box::new(error))
    }
}

fn is_serialization(code: &SqlState) -> bool {
    *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED
}

impl Failure {
    pub(super) fn pool(error: PoolError) -> Self {
        Self::Unavailable(Box::new(error))
    }

    /// Whether nothing was done and the same may succeed now; not for a commit that was sent.
    pub(super) const fn may_be_repeated(&self) -> bool {
        matches!(self, Self::Collision(_) | Self::Lost(_))
    }

    pub(super) fn into_read_error(self) -> ReadError {
        match self {
            Self::Fault(cause) | Self::Constraint { source: cause, .. } => ReadError::Fault(cause),
            Self::Collision(cause)
            | Self::Lost(cause)
            | Self::Aborted(cause)
            | Self::Unavailable(cause) => ReadError::Unavailable(cause),
        }
    }
}

/// Where a batch failed.
#[derive(Debug)]
pub(super) enum Phase {
    /// In the statement at this position.
    Statement(usize, Failure),
    /// Before any statement, or in a `commit` that the server refused.
    Control(Failure),
    /// A statement touched another number of rows than expected.
    Count(CommitError),
    /// The connection was lost after `commit` was sent: the outcome is unknown.
    Unknown(Cause),
}

impl Phase {
    pub(super) fn into_commit_error(self) -> CommitError {
        match self {
            Self::Count(conflict) => conflict,
            Self::Unknown(cause) => CommitError::Unavailable(cause),
            Self::Statement(statement, failure) => commit_error(statement, failure),
            Self::Control(failure) => commit_error(0, failure),
        }
    }
}

fn commit_error(statement: usize, failure: Failure) -> CommitError {
    match failure {
        Failure::Constraint { unique, source } => CommitError::Constraint {
            statement,
            unique,
            source,
        },
        Failure::Fault(source) | Failure::Aborted(source) => {
            CommitError::Fault { statement, source }
        }
        Failure::Collision(cause) | Failure::Lost(cause) | Failure::Unavailable(cause) => {
            CommitError::Unavailable(cause)
        }
    }
}
