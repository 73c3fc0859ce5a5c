//! Effects that leave the house (mail first), written in the transaction of their cause.
//!
//! Delivery is at least once, under an id that stays the same, so that the far side can drop a repetition.
//! A claim is leased to its deliverer; when it neither succeeds nor fails by the end of the lease, somebody
//! else may claim the row, and the `attempt` of the claim keeps the late one from settling it.
//! Bodies are sealed by the caller, and erased on delivery.

mod captured;
mod operator;

use std::time::Duration;

use crate::{
    Batch, CommitError, Expect, FromRow, Id, Row, RowError, Statement, Store, Timestamp, args,
};

pub use captured::{Captured, capture, captured, captured_message};
pub use operator::{Counts, Entry, State, counts, list, purge, retry};

pub(crate) const SCHEMA: &str = "
create table outbox (
    id bytea not null primary key,
    topic text not null,
    recipient text not null,
    body bytea,
    state text not null check (state in ('waiting', 'delivered', 'dead')),
    attempt bigint not null,
    due_at bigint not null,
    created_at bigint not null,
    finished_at bigint,
    reason text
);
create index outbox_waiting on outbox (due_at) where state = 'waiting';
create index outbox_dead on outbox (finished_at) where state = 'dead';
create index outbox_finished on outbox (finished_at) where state <> 'waiting';
create index outbox_created on outbox (created_at);
create table captured_message (
    id bytea not null primary key,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text,
    captured_at bigint not null
);
create index captured_message_newest on captured_message (captured_at);
";

/// How often a delivery is tried before it is dead.
pub const MAX_ATTEMPTS: i64 = 12;

/// An effect to be had.
#[derive(Clone, Debug)]
pub struct Outgoing<'a> {
    /// The id under which the far side sees it, each time it is tried.
    pub id: Id,
    /// Who delivers it, such as `mail`.
    pub topic: &'static str,
    /// To whom it goes, for the deliverer and for operators' lists.
    pub recipient: &'a str,
    /// What goes, sealed: it may carry a code.
    pub body: Vec<u8>,
    /// When it is written and first due.
    pub now: Timestamp,
}

/// Adds the effect to the batch of its cause.
pub fn enqueue(batch: &mut Batch, outgoing: &Outgoing<'_>) {
    batch.one(
        "insert into outbox (id, topic, recipient, body, state, attempt, due_at, created_at)
            values ($1, $2, $3, $4, 'waiting', 0, $5, $5)",
        args![
            outgoing.id,
            outgoing.topic,
            outgoing.recipient,
            outgoing.body.as_slice(),
            outgoing.now
        ],
    );
}

/// An effect claimed for delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The id under which the far side sees it.
    pub id: Id,
    /// Who delivers it.
    pub topic: String,
    /// To whom it goes.
    pub recipient: String,
    /// What goes, sealed.
    pub body: Vec<u8>,
    /// Which try this is, from 1; settling it is refused once there is a later one.
    pub attempt: i64,
}

impl FromRow for Delivery {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            topic: row.text(1)?,
            recipient: row.text(2)?,
            body: row.bytes(3)?,
            attempt: row.int(4)?,
        })
    }
}

/// Nothing could be claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// The claim was not committed.
    #[error("the claim was not committed")]
    Commit(#[from] CommitError),
    /// A row is not what the code expects.
    #[error("a claimed row could not be read")]
    Row(#[from] RowError),
}

/// Claims up to `limit` effects of all topics that are due at `now`, for `lease`; the one that waits longest comes first.
///
/// What was tried [`MAX_ATTEMPTS`] times without ever being settled (it ends its deliverer each time) becomes dead.
pub async fn claim(
    store: &Store,
    now: Timestamp,
    lease: Duration,
    limit: u32,
) -> Result<Vec<Delivery>, ClaimError> {
    let due = "select id from outbox where state = 'waiting' and due_at <= $1 limit 1";
    // Most polls find nothing, and a read costs no commit.
    let idle = store.rows(due, args![now]).await;
    if idle.is_ok_and(|rows| rows.is_empty()) {
        return Ok(Vec::new());
    }
    let mut worn_out = Batch::new();
    worn_out.any(
        "update outbox set state = 'dead', finished_at = $1, reason = 'never settled'
            where state = 'waiting' and due_at <= $1 and attempt >= $2",
        args![now, MAX_ATTEMPTS],
    );
    store.commit(worn_out).await?;
    // The outer conditions look superfluous, but two nodes may see the same rows: PostgreSQL makes the
    // second wait for the first, then evaluates them (not the subquery) again on the changed row.
    let rows = store
        .returning(Statement {
            sql: "update outbox set attempt = attempt + 1, due_at = $2
                where id in (
                    select id from outbox where state = 'waiting' and due_at <= $1
                    order by due_at limit $3
                ) and state = 'waiting' and due_at <= $1
                returning id, topic, recipient, body, attempt, created_at",
            args: args![now, now.plus(lease), limit],
            expect: Expect::Any,
        })
        .await?;
    // `returning` promises no order.
    let mut claimed = rows
        .iter()
        .map(|row| Ok((row.time(5)?, Delivery::from_row(row)?)))
        .collect::<Result<Vec<_>, RowError>>()?;
    claimed.sort_by_key(|(created_at, delivery)| (*created_at, delivery.id));
    Ok(claimed.into_iter().map(|(_, delivery)| delivery).collect())
}

/// The outcome of a delivery could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// The lease ended and somebody else claimed the effect, or it is settled already.
    #[error("attempt {attempt} is no longer the latest")]
    Superseded {
        /// The attempt of the claim.
        attempt: i64,
    },
    /// The outcome was not committed.
    #[error("the outcome was not committed")]
    Commit(#[source] CommitError),
}

/// Keeps that the effect was delivered, and erases its body.
pub async fn delivered(
    store: &Store,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<(), SettleError> {
    let mut batch = Batch::new();
    batch.one(
        "update outbox set state = 'delivered', body = null, finished_at = $3, reason = null
            where id = $1 and attempt = $2 and state = 'waiting'",
        args![delivery.id, delivery.attempt, now],
    );
    settle(store, delivery, batch).await
}

/// Keeps why the delivery failed, and when to try again.
///
/// It is dead when `retry_at` is none (the far side said that it is in vain) or this was the last of
/// [`MAX_ATTEMPTS`]; the sealed body stays until [`purge`], so that an operator can [`retry`] it.
pub async fn failed(
    store: &Store,
    delivery: &Delivery,
    retry_at: Option<Timestamp>,
    reason: &'static str,
    now: Timestamp,
) -> Result<(), SettleError> {
    let mut batch = Batch::new();
    match retry_at.filter(|_| delivery.attempt < MAX_ATTEMPTS) {
        Some(retry_at) => batch.one(
            "update outbox set due_at = $3, reason = $4
                where id = $1 and attempt = $2 and state = 'waiting'",
            args![delivery.id, delivery.attempt, retry_at, reason],
        ),
        None => batch.one(
            "update outbox set state = 'dead', finished_at = $3, reason = $4
                where id = $1 and attempt = $2 and state = 'waiting'",
            args![delivery.id, delivery.attempt, now, reason],
        ),
    };
    settle(store, delivery, batch).await
}

async fn settle(store: &Store, delivery: &Delivery, batch: Batch) -> Result<(), SettleError> {
    store.commit(batch).await.map_err(|error| match error {
        CommitError::Conflict { .. } => SettleError::Superseded {
            attempt: delivery.attempt,
        },
        error => SettleError::Commit(error),
    })
}
