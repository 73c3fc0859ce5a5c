//! PostgreSQL: a batch is one transaction whose statements are sent without waiting for each other.

mod address;
mod connect;
mod error;
mod pipeline;
mod tls;
mod types;

use std::time::Duration;

use deadpool_postgres::{Object, Pool};

use self::{
    connect::Access,
    error::{Failure, Phase},
};
use crate::{
    CommitError, Migrations, OpenError, ReadError, Row, Statement, Value, error::Cause, migrate,
    store::Answer,
};

/// How often a batch is run that others keep from committing, or whose connection is lost before it commits.
const TRIES: u32 = 8;

/// An open database.
pub(crate) struct Postgres {
    writes: Pool,
    /// Their sessions are read-only, as SQLite's readers are, and no burst of reads holds up a write.
    reads: Pool,
}

impl Postgres {
    pub(crate) async fn open(url: &str, migrations: &[Migrations]) -> Result<Self, OpenError> {
        let address = address::parse(url)?;
        let mut client = connect::connect(&address).await?;
        for component in migrations {
            bring_up_to_date(&mut client, component).await?;
        }
        Ok(Self {
            writes: connect::pool(&address, Access::Write)?,
            reads: connect::pool(&address, Access::Read)?,
        })
    }

    pub(crate) async fn write(
        &self,
        statements: Vec<Statement>,
        answer: Answer,
    ) -> Result<Vec<Row>, CommitError> {
        let pool = self.writes.clone();
        // A task of its own: a caller that stops waiting must not leave a transaction open on a pooled connection.
        let task = tokio::spawn(async move { write(&pool, &statements, answer).await });
        task.await
            .unwrap_or_else(|error| Err(CommitError::Unavailable(Box::new(error))))
    }

    pub(crate) async fn read(
        &self,
        sql: &'static str,
        args: Vec<Value>,
    ) -> Result<Vec<Row>, ReadError> {
        for _ in 1..TRIES {
            match self.try_read(sql, &args).await {
                Err(failure) if failure.may_be_repeated() => {}
                outcome => return outcome.map_err(Failure::into_read_error),
            }
        }
        let last = self.try_read(sql, &args).await;
        last.map_err(Failure::into_read_error)
    }

    async fn try_read(&self, sql: &'static str, args: &[Value]) -> Result<Vec<Row>, Failure> {
        let client = self.reads.get().await.map_err(Failure::pool)?;
        let statement = client.prepare_cached(sql).await?;
        let rows = client.query(&statement, &types::borrowed(args)).await?;
        rows.iter().map(types::row).collect()
    }
}

async fn write(
    pool: &Pool,
    statements: &[Statement],
    answer: Answer,
) -> Result<Vec<Row>, CommitError> {
    let mut pause = Duration::from_millis(2);
    for _ in 1..TRIES {
        match try_write(pool, statements, answer).await {
            Err(Phase::Statement(_, failure) | Phase::Control(failure))
                if failure.may_be_repeated() =>
            {
                tracing::debug!(error = %failure, "running a batch once more");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            outcome => return outcome.map_err(Phase::into_commit_error),
        }
    }
    let last = try_write(pool, statements, answer).await;
    last.map_err(Phase::into_commit_error)
}

async fn try_write(
    pool: &Pool,
    statements: &[Statement],
    answer: Answer,
) -> Result<Vec<Row>, Phase> {
    let client = pool
        .get()
        .await
        .map_err(|error| Phase::Control(Failure::pool(error)))?;
    match pipeline::transaction(&client, statements, answer).await {
        Ok(rows) => Ok(rows),
        Err(phase) => {
            // After a failed statement or count nothing is committed; a connection that cannot even say so is dropped.
            if client.batch_execute("rollback").await.is_err() {
                drop(Object::take(client));
            }
            Err(phase)
        }
    }
}

/// Runs one component's migrations; nodes that start together run into each other and try again.
///
/// A step is one transaction with its history entry, so a step that another node takes in the meantime is not
/// done twice, whatever it is refused for (its table, column or history entry is there already), and is passed
/// over the next time. No advisory lock: engines that speak PostgreSQL's protocol do not all have them.
async fn bring_up_to_date(
    client: &mut tokio_postgres::Client,
    component: &Migrations,
) -> Result<(), OpenError> {
    let runner = migrate::runner(component)?;
    let mut tries = 8 + 2 * component.steps.len();
    loop {
        tries -= 1;
        let Err(error) = runner.run_async(client).await else {
            return Ok(());
        };
        let from_database = matches!(error.kind(), refinery::error::Kind::Connection(..));
        if tries == 0 || !from_database {
            let source: Cause = Box::new(error);
            return Err(OpenError::Migration {
                component: component.component,
                source,
            });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
