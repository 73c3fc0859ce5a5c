//! The store itself, on SQLite or PostgreSQL.

use std::{fmt, path::PathBuf, sync::Arc};

use crate::{
    Batch, CommitError, FromRow, OpenError, ReadError, Row, Statement, Value, error::ZeroCharacter,
    migrate, postgres::Postgres, sqlite::Sqlite,
};

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreConfig {
    /// A SQLite file, made if absent, in WAL mode with durable commits.
    Sqlite {
        /// The file.
        path: PathBuf,
    },
    /// A PostgreSQL address (`postgres://…` or `host=… user=…`).
    ///
    /// On another machine than this it is reached by verified TLS only; `sslrootcert=FILE` names the
    /// authorities, in PEM, instead of those that the system trusts.
    Postgres {
        /// Connection parameters.
        url: String,
    },
}

impl fmt::Debug for StoreConfig {
    /// The address may carry a password and is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path } => f.debug_struct("Sqlite").field("path", path).finish(),
            Self::Postgres { .. } => f.debug_struct("Postgres").finish_non_exhaustive(),
        }
    }
}

/// The migrations of one crate: it alone owns these tables.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// Name of the owning crate in lowercase ASCII letters; part of the name of its migration history table.
    pub component: &'static str,
    /// `(name, SQL)` in order; a name is `V1__people`, and neither it nor its SQL changes once it landed.
    pub steps: &'static [(&'static str, &'static str)],
}

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    backend: Arc<Backend>,
}

enum Backend {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.engine())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database and brings this crate's tables and then those of every component, in the
    /// given order, up to date.
    pub async fn open(config: &StoreConfig, migrations: &[Migrations]) -> Result<Self, OpenError> {
        let mut all = vec![migrate::OWN];
        all.extend_from_slice(migrations);
        let backend = match config {
            StoreConfig::Sqlite { path } => Backend::Sqlite(Sqlite::open(path.clone(), all).await?),
            StoreConfig::Postgres { url } => Backend::Postgres(Postgres::open(url, &all).await?),
        };
        Ok(Self {
            backend: Arc::new(backend),
        })
    }

    /// The name of the engine, for operators: `SQLite` or `PostgreSQL`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match *self.backend {
            Backend::Sqlite(_) => "SQLite",
            Backend::Postgres(_) => "PostgreSQL",
        }
    }

    /// Commits all statements or none; returns once the commit is durable.
    ///
    /// The batch runs to its end even when the caller stops waiting.
    pub async fn commit(&self, batch: Batch) -> Result<(), CommitError> {
        let statements = batch.into_statements();
        if statements.is_empty() {
            return Ok(());
        }
        self.write(statements, Answer::Nothing).await.map(drop)
    }

    /// Commits one `insert`, `update` or `delete … returning` and gives the rows that it returned, once durable.
    ///
    /// Their number is checked against [`Statement::expect`] before the commit.
    pub async fn returning(&self, statement: Statement) -> Result<Vec<Row>, CommitError> {
        self.write(vec![statement], Answer::Rows).await
    }

    /// Whether the database takes commits: commits nothing, by the way that every batch goes.
    pub async fn check(&self) -> Result<(), CommitError> {
        self.write(Vec::new(), Answer::Nothing).await.map(drop)
    }

    async fn write(
        &self,
        statements: Vec<Statement>,
        answer: Answer,
    ) -> Result<Vec<Row>, CommitError> {
        for (position, statement) in statements.iter().enumerate() {
            refuse_zero(&statement.args).map_err(|error| CommitError::Fault {
                statement: position,
                source: Box::new(error),
            })?;
        }
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(statements, answer).await,
            Backend::Postgres(postgres) => postgres.write(statements, answer).await,
        }
    }

    /// All rows of a query, which sees every commit that has returned.
    pub async fn rows(&self, sql: &'static str, args: Vec<Value>) -> Result<Vec<Row>, ReadError> {
        refuse_zero(&args).map_err(|error| ReadError::Fault(Box::new(error)))?;
        match &*self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(sql, args).await,
            Backend::Postgres(postgres) => postgres.read(sql, args).await,
        }
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

/// What a write gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Only that it was committed.
    Nothing,
    /// The rows of its single `returning` statement.
    Rows,
}

/// PostgreSQL keeps no U+0000 in `text`; refusing it here makes both stores agree.
fn refuse_zero(args: &[Value]) -> Result<(), ZeroCharacter> {
    let zero = |value: &Value| matches!(value, Value::Text(text) if text.contains('\0'));
    args.iter().position(zero).map_or(Ok(()), |position| {
        Err(ZeroCharacter {
            number: position + 1,
        })
    })
}
