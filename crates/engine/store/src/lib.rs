//! Storage that knows no domain: a [`Batch`] of writes, reads of [`Row`]s, migrations, leases and the outbox.
//!
//! A write is plain data: static SQL, arguments and the number of rows each statement must touch. Use
//! cases read, decide purely, and then commit one batch guarded by `where version = …`; nothing reads
//! inside a transaction. SQL is written once for SQLite and PostgreSQL: `$n` parameters, and the types
//! `bigint`, `text`, `bytea` and `boolean` only. Where the two engines would differ:
//!
//! - `like` is case-sensitive on both; fold text in code, keep the folded copy in a column, and write `escape '\\'`.
//! - `order by` on text follows the collation of the PostgreSQL database (create it with `C`) and the octets in SQLite.
//! - PostgreSQL gives `numeric` for `sum(bigint)`: write `cast(sum(n) as bigint)`.
//! - a parameter stands where its type is plain (`column = $1`), and booleans are compared with a parameter.
#![warn(missing_docs)]

mod batch;
pub mod blob;
mod error;
mod id;
pub mod lease;
mod migrate;
pub mod outbox;
mod postgres;
mod row;
mod sqlite;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod time;

pub use batch::{Batch, Expect, Statement, Value};
pub use error::{CommitError, OpenError, ReadError};
pub use id::{Id, ParseIdError};
pub use row::{FromRow, Row, RowError};
pub use store::{Migrations, Store, StoreConfig};
pub use time::Timestamp;
