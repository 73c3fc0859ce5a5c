//! Rows as they are read.

use crate::{Id, Timestamp, Value};

/// One row of a result; columns are taken by position, in the order of the `select`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    columns: Vec<Value>,
}

/// A column is missing or of another type than the code expects: a fault in our SQL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column} is not {expected}")]
pub struct RowError {
    /// The position, from 0.
    pub column: usize,
    /// What the code expects.
    pub expected: &'static str,
}

/// A record that can be read from a row.
pub trait FromRow: Sized {
    /// Reads the record; the order of columns is the implementor's.
    fn from_row(row: &Row) -> Result<Self, RowError>;
}

impl Row {
    /// A row of the given columns.
    #[must_use]
    pub const fn new(columns: Vec<Value>) -> Self {
        Self { columns }
    }

    /// `bigint not null`.
    pub fn int(&self, column: usize) -> Result<i64, RowError> {
        self.opt_int(column)?.ok_or(RowError {
            column,
            expected: "an integer",
        })
    }

    /// `bigint`.
    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, RowError> {
        match self.columns.get(column) {
            Some(Value::Int(value)) => Ok(Some(*value)),
            Some(Value::Null) => Ok(None),
            _ => Err(RowError {
                column,
                expected: "an integer or null",
            }),
        }
    }

    /// `text not null`.
    pub fn text(&self, column: usize) -> Result<String, RowError> {
        self.opt_text(column)?.ok_or(RowError {
            column,
            expected: "text",
        })
    }

    /// `text`.
    pub fn opt_text(&self, column: usize) -> Result<Option<String>, RowError> {
        match self.columns.get(column) {
            Some(Value::Text(value)) => Ok(Some(value.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(RowError {
                column,
                expected: "text or null",
            }),
        }
    }

    /// `bytea not null`.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, RowError> {
        self.opt_bytes(column)?.ok_or(RowError {
            column,
            expected: "octets",
        })
    }

    /// `bytea`.
    pub fn opt_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, RowError> {
        match self.columns.get(column) {
            Some(Value::Bytes(value)) => Ok(Some(value.clone())),
            Some(Value::Null) => Ok(None),
            _ => Err(RowError {
                column,
                expected: "octets or null",
            }),
        }
    }

    /// `boolean not null`, which SQLite keeps as 0 or 1.
    pub fn bool(&self, column: usize) -> Result<bool, RowError> {
        match self.columns.get(column) {
            Some(Value::Bool(value)) => Ok(*value),
            Some(Value::Int(0)) => Ok(false),
            Some(Value::Int(1)) => Ok(true),
            _ => Err(RowError {
                column,
                expected: "a boolean",
            }),
        }
    }

    /// A row identifier, `bytea not null`.
    pub fn id(&self, column: usize) -> Result<Id, RowError> {
        self.opt_id(column)?.ok_or(RowError {
            column,
            expected: "an identifier",
        })
    }

    /// A row identifier, `bytea`.
    pub fn opt_id(&self, column: usize) -> Result<Option<Id>, RowError> {
        let Some(bytes) = self.opt_bytes(column)? else {
            return Ok(None);
        };
        <[u8; 16]>::try_from(bytes.as_slice())
            .map(|bytes| Some(Id::from_bytes(bytes)))
            .map_err(|_| RowError {
                column,
                expected: "an identifier of 16 octets",
            })
    }

    /// A time, `bigint not null`.
    pub fn time(&self, column: usize) -> Result<Timestamp, RowError> {
        self.int(column).map(Timestamp::from_micros)
    }

    /// A time, `bigint`.
    pub fn opt_time(&self, column: usize) -> Result<Option<Timestamp>, RowError> {
        Ok(self.opt_int(column)?.map(Timestamp::from_micros))
    }
}
