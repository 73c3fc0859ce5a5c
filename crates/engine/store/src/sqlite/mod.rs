//! SQLite: one writer thread that commits waiting batches in groups, beside read-only reader threads.

mod error;
mod reader;
mod sql;
mod writer;

#[cfg(test)]
mod tests;

use std::{
    fs::OpenOptions,
    io::ErrorKind,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{mpsc, oneshot};

use crate::{
    CommitError, Migrations, OpenError, ReadError, Row, Statement, Value,
    error::{Cause, Closed},
    migrate,
    store::Answer,
};

/// Batches that may wait for the writer before callers are held back.
const QUEUE: usize = 1024;
/// Prepared statements that each connection keeps.
const STATEMENTS: usize = 512;
/// Reader threads.
const READERS: usize = 4;

/// An open database file.
pub(crate) struct Sqlite {
    writes: mpsc::Sender<writer::Work>,
    reads: reader::Readers,
}

impl Sqlite {
    pub(crate) async fn open(
        path: PathBuf,
        migrations: Vec<Migrations>,
    ) -> Result<Self, OpenError> {
        let place = path.display().to_string();
        let opened = tokio::task::spawn_blocking(move || Self::open_blocking(&path, &migrations));
        opened.await.unwrap_or_else(|error| {
            Err(OpenError::Database {
                place,
                source: Box::new(error),
            })
        })
    }

    fn open_blocking(path: &Path, migrations: &[Migrations]) -> Result<Self, OpenError> {
        let failed = |source: Cause| OpenError::Database {
            place: path.display().to_string(),
            source,
        };
        let mut connection = connect_writer(path).map_err(failed)?;
        for component in migrations {
            bring_up_to_date(&mut connection, component)?;
        }
        let readers = (0..READERS)
            .map(|_| connect_reader(path))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| failed(Box::new(error)))?;
        let reads = reader::Readers::start(readers).map_err(|error| failed(Box::new(error)))?;
        let (writes, waiting) = mpsc::channel(QUEUE);
        writer::start(connection, waiting).map_err(|error| failed(Box::new(error)))?;
        Ok(Self { writes, reads })
    }

    pub(crate) async fn write(
        &self,
        statements: Vec<Statement>,
        answer: Answer,
    ) -> Result<Vec<Row>, CommitError> {
        let gone = || CommitError::Unavailable(Box::new(Closed));
        let (reply, outcome) = oneshot::channel();
        let work = writer::Work {
            statements,
            answer,
            reply,
        };
        self.writes.send(work).await.map_err(|_| gone())?;
        outcome.await.map_err(|_| gone())?
    }

    pub(crate) async fn read(
        &self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        self.reads.read(sql, args).await
    }
}

/// Runs one component's migrations.
///
/// A step is one transaction with its history entry, so when another process takes it in the meantime, what
/// looks like a failure is none the next time. Each such failure means that a step was done elsewhere.
fn bring_up_to_date(connection: &mut Connection, component: &Migrations) -> Result<(), OpenError> {
    let runner = migrate::runner(component)?;
    let mut tries = 8 + 2 * component.steps.len();
    loop {
        tries -= 1;
        let Err(error) = runner.run(connection) else {
            return Ok(());
        };
        let from_database = matches!(error.kind(), refinery::error::Kind::Connection(..));
        if tries == 0 || !from_database {
            return Err(OpenError::Migration {
                component: component.component,
                source: Box::new(error),
            });
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// WAL could not be switched on, as on a file system without shared memory.
#[derive(Debug, thiserror::Error)]
#[error("the journal mode is {0} instead of wal")]
struct JournalMode(String);

fn connect_writer(path: &Path) -> Result<Connection, Cause> {
    // SQLite gives its journal the permissions of the database, so this closes all of them to others. A file
    // that is there is not opened: closing it again would end the POSIX locks of this process's other connections.
    let mut file = OpenOptions::new();
    match file.create_new(true).write(true).mode(0o600).open(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode != "wal" {
        return Err(Box::new(JournalMode(mode)));
    }
    // The commit is on the disk before it is answered, also when the power fails.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A burst may grow the journal; give the space back afterwards.
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // What is deleted is overwritten where that costs no further write.
    connection.pragma_update_and_check(None, "secure_delete", "fast", |_| Ok(()))?;
    Ok(connection)
}

fn connect_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    // As in PostgreSQL, and so that `like 'prefix%'` can use an index.
    connection.pragma_update(None, "case_sensitive_like", true)?;
    Ok(())
}
