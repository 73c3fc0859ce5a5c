//! What operators see of the outbox, and do with it.

use std::time::Duration;

use crate::{
    Batch, CommitError, FromRow, Id, ReadError, Row, RowError, Store, Timestamp, Value, args,
};

/// Where an effect stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// To be delivered now or later, or being delivered.
    Waiting,
    /// Delivered.
    Delivered,
    /// Given up.
    Dead,
}

impl State {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }
}

/// How many effects want attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Waiting, those being delivered included.
    pub waiting: i64,
    /// Given up and not yet purged.
    pub dead: i64,
    /// When the effect that waits longest was first or is again due.
    pub oldest_due_at: Option<Timestamp>,
}

impl FromRow for Counts {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            waiting: row.int(0)?,
            dead: row.int(1)?,
            oldest_due_at: row.opt_time(2)?,
        })
    }
}

/// Counts what waits and what is dead; the cost does not grow with what was delivered.
pub async fn counts(store: &Store) -> Result<Counts, ReadError> {
    let counts = store
        .first(
            "select (select count(*) from outbox where state = 'waiting'),
                (select count(*) from outbox where state = 'dead'),
                (select min(due_at) from outbox where state = 'waiting')",
            args![],
        )
        .await?;
    Ok(counts.unwrap_or(Counts {
        waiting: 0,
        dead: 0,
        oldest_due_at: None,
    }))
}

/// An effect as operators see it: without its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Id,
    /// Who delivers it.
    pub topic: String,
    /// To whom it goes.
    pub recipient: String,
    /// Where it stands.
    pub state: State,
    /// How often it was tried.
    pub attempt: i64,
    /// When it is or was due; while it is being delivered, when that lease ends.
    pub due_at: Timestamp,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was delivered or given up.
    pub finished_at: Option<Timestamp>,
    /// Why the last try failed.
    pub reason: Option<String>,
}

impl FromRow for Entry {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let state = match row.text(3)?.as_str() {
            "waiting" => State::Waiting,
            "delivered" => State::Delivered,
            "dead" => State::Dead,
            _ => {
                return Err(RowError {
                    column: 3,
                    expected: "a state of the outbox",
                });
            }
        };
        Ok(Self {
            id: row.id(0)?,
            topic: row.text(1)?,
            recipient: row.text(2)?,
            state,
            attempt: row.int(4)?,
            due_at: row.time(5)?,
            created_at: row.time(6)?,
            finished_at: row.opt_time(7)?,
            reason: row.opt_text(8)?,
        })
    }
}

/// The newest `limit` effects, in one state or in all.
pub async fn list(
    store: &Store,
    state: Option<State>,
    limit: u32,
) -> Result<Vec<Entry>, ReadError> {
    let limit = Value::from(limit);
    match state {
        None => {
            let sql = "select id, topic, recipient, state, attempt, due_at, created_at, finished_at, reason
                from outbox order by created_at desc, id limit $1";
            store.all(sql, vec![limit]).await
        }
        Some(state) => {
            let sql = "select id, topic, recipient, state, attempt, due_at, created_at, finished_at, reason
                from outbox where state = $1 order by created_at desc, id limit $2";
            store.all(sql, args![state.as_str(), limit]).await
        }
    }
}

/// Tries a dead effect again from the first attempt's patience; false if it is not dead.
pub async fn retry(store: &Store, id: Id, now: Timestamp) -> Result<bool, CommitError> {
    let mut batch = Batch::new();
    batch.one(
        "update outbox set state = 'waiting', attempt = 0, due_at = $2, finished_at = null
            where id = $1 and state = 'dead'",
        args![id, now],
    );
    match store.commit(batch).await {
        Ok(()) => Ok(true),
        Err(CommitError::Conflict { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes what was delivered or given up longer than `keep` ago, recipients and sealed bodies with it.
pub async fn purge(store: &Store, now: Timestamp, keep: Duration) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    batch.any(
        "delete from outbox where state <> 'waiting' and finished_at < $1",
        args![now.minus(keep)],
    );
    store.commit(batch).await
}
