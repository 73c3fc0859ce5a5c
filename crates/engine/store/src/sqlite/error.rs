//! SQLite's result codes as the store's errors.

use rusqlite::{Error, ErrorCode, ffi};

use crate::{CommitError, ReadError};

/// The error of statement `statement`.
pub(super) fn commit_error(statement: usize, error: Error) -> CommitError {
    let Some(failure) = error.sqlite_error() else {
        let source = Box::new(error);
        return CommitError::Fault { statement, source };
    };
    match failure.code {
        ErrorCode::ConstraintViolation => CommitError::Constraint {
            statement,
            unique: matches!(
                failure.extended_code,
                ffi::SQLITE_CONSTRAINT_UNIQUE
                    | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                    | ffi::SQLITE_CONSTRAINT_ROWID
            ),
            source: Box::new(error),
        },
        code if is_fault(code) => CommitError::Fault {
            statement,
            source: Box::new(error),
        },
        _ => CommitError::Unavailable(Box::new(error)),
    }
}

/// The error of a query.
pub(super) fn read_error(error: Error) -> ReadError {
    let fault = match error.sqlite_error() {
        // A reader's connection is read-only: whoever writes through it chose the wrong function.
        Some(failure) => is_fault(failure.code) || failure.code == ErrorCode::ReadOnly,
        None => true,
    };
    if fault {
        ReadError::Fault(Box::new(error))
    } else {
        ReadError::Unavailable(Box::new(error))
    }
}

/// Whether the code says that our SQL is wrong, rather than that the database fails.
const fn is_fault(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::Unknown
            | ErrorCode::TypeMismatch
            | ErrorCode::ParameterOutOfRange
            | ErrorCode::TooBig
            | ErrorCode::ApiMisuse
            | ErrorCode::SchemaChanged
    )
}
