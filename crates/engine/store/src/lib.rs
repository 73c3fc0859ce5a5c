//! Storage that knows no domain: a [`Batch`] of writes, reads of [`Row`]s, migrations, leases and the outbox.
//!
//! A write is plain data: static SQL, arguments and the number of rows each statement must touch. Use
//! cases read, decide purely, and then commit one batch guarded by `where version = …`; nothing reads
//! inside a transaction. SQL is written once for SQLite and PostgreSQL: `$n` parameters, and the types
//! `bigint`, `text`, `bytea` and `boolean` only.

mod batch;
mod error;
mod id;
mod row;
mod store;
mod time;

pub use batch::{Batch, Expect, Statement, Value};
pub use error::{CommitError, OpenError, ReadError};
pub use id::{Id, ParseIdError};
pub use row::{FromRow, Row, RowError};
pub use store::{Migrations, Store, StoreConfig};
pub use time::Timestamp;
