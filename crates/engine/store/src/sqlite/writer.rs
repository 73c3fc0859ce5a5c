//! The writer thread: a group of waiting batches in one transaction, a savepoint each.

use std::{io, thread};

use rusqlite::{Connection, params_from_iter};
use tokio::sync::{mpsc, oneshot};

use super::{
    error::commit_error,
    sql::{Dialect, query},
};
use crate::{CommitError, Row, Statement, store::Answer};

/// The most batches that share a commit.
const GROUP: usize = 256;

/// One batch and whom to tell.
pub(super) struct Work {
    pub(super) statements: Vec<Statement>,
    pub(super) answer: Answer,
    pub(super) reply: oneshot::Sender<Outcome>,
}

type Outcome = Result<Vec<Row>, CommitError>;

/// Starts the thread, which ends when the sending side of `waiting` is dropped.
pub(super) fn start(connection: Connection, waiting: mpsc::Receiver<Work>) -> io::Result<()> {
    let mut writer = Writer {
        connection,
        dialect: Dialect::default(),
    };
    thread::Builder::new()
        .name("store-writer".to_owned())
        .spawn(move || writer.serve(waiting))
        .map(drop)
}

struct Writer {
    connection: Connection,
    dialect: Dialect,
}

impl Writer {
    fn serve(&mut self, mut waiting: mpsc::Receiver<Work>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut group = vec![first];
            // Takes what waits and never lingers for more: under load the next group fills while this one syncs.
            while group.len() < GROUP
                && let Ok(next) = waiting.try_recv()
            {
                group.push(next);
            }
            self.run(group);
        }
    }

    fn run(&mut self, group: Vec<Work>) {
        match self.commit(&group) {
            Ok(outcomes) => {
                for (work, outcome) in group.into_iter().zip(outcomes) {
                    // Whoever asked may have stopped waiting.
                    let _ = work.reply.send(outcome);
                }
            }
            // Alone, each batch answers for itself: one that is too big for the disk does not take its neighbours along.
            Err(error) if group.len() > 1 => {
                tracing::warn!(%error, batches = group.len(), "a group commit failed; trying one by one");
                for work in group {
                    self.run(vec![work]);
                }
            }
            Err(error) => {
                let mut error = Some(error);
                for work in group {
                    if let Some(error) = error.take() {
                        let _ = work.reply.send(Err(error));
                    }
                }
            }
        }
    }

    /// Runs the group in one transaction; an error means that nothing of it was committed.
    fn commit(&mut self, group: &[Work]) -> Result<Vec<Outcome>, CommitError> {
        let outcomes = self.begin_to_commit(group);
        if outcomes.is_err() && !self.connection.is_autocommit() {
            // If even this fails, the next `begin` will, and its callers are told.
            if let Err(error) = self.control("rollback") {
                tracing::error!(%error, "a rollback failed");
            }
        }
        outcomes
    }

    fn begin_to_commit(&mut self, group: &[Work]) -> Result<Vec<Outcome>, CommitError> {
        self.control("begin immediate")?;
        let mut outcomes = Vec::with_capacity(group.len());
        for work in group {
            self.control("savepoint batch")?;
            let outcome = self.batch(work);
            if let Err(error) = outcome {
                // A full disk or a failing one makes SQLite roll back the whole transaction.
                if self.connection.is_autocommit() {
                    return Err(error);
                }
                self.control("rollback to batch")?;
                outcomes.push(Err(error));
            } else {
                outcomes.push(outcome);
            }
            self.control("release batch")?;
        }
        self.control("commit")?;
        Ok(outcomes)
    }

    fn control(&self, sql: &'static str) -> Result<(), CommitError> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute([]))
            .map(drop)
            .map_err(|error| CommitError::Unavailable(Box::new(error)))
    }

    fn batch(&mut self, work: &Work) -> Outcome {
        let mut rows = Vec::new();
        for (position, Statement { sql, args, expect }) in work.statements.iter().enumerate() {
            let touched = self
                .dialect
                .prepare(&self.connection, sql)
                .and_then(|mut statement| match work.answer {
                    Answer::Nothing => statement.execute(params_from_iter(args)),
                    Answer::Rows => {
                        rows = query(&mut statement, args)?;
                        Ok(rows.len())
                    }
                })
                .map_err(|error| commit_error(position, error))?;
            expect.check(position, touched as u64)?;
        }
        Ok(rows)
    }
}
