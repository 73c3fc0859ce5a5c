//! Leases: who of several nodes or workers does a piece of work now.
//!
//! A lease is a row, not a lock of the engine, and no transaction is open while the work is done. Each
//! holder has another `attempt`, a fencing token: [`Lease::guard`] makes a batch commit only while the
//! attempt is still the latest, whatever the clocks say.

use std::time::Duration;

use crate::{Batch, CommitError, Expect, Id, Statement, Store, Timestamp, args};

pub(crate) const SCHEMA: &str = "
create table lease (
    name text not null primary key,
    holder bytea not null,
    attempt bigint not null,
    leased_until bigint not null
);
";

/// A lease that was acquired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// What is leased, such as `crl` or `audit-sequencer`.
    pub name: &'static str,
    /// The node or worker that holds it.
    pub holder: Id,
    /// The fencing token: larger for each later holder.
    pub attempt: i64,
    /// When it ends unless renewed.
    pub until: Timestamp,
}

impl Lease {
    /// Makes the batch conflict once somebody else has acquired the lease.
    pub fn guard(&self, batch: &mut Batch) {
        batch.one(
            "update lease set attempt = attempt where name = $1 and attempt = $2",
            args![self.name, self.attempt],
        );
    }
}

/// Takes the lease if nobody holds it at `now`, or if `holder` does; `None` while another holds it.
pub async fn acquire(
    store: &Store,
    name: &'static str,
    holder: Id,
    now: Timestamp,
    span: Duration,
) -> Result<Option<Lease>, CommitError> {
    let until = now.plus(span);
    let rows = store
        .returning(Statement {
            sql: "insert into lease (name, holder, attempt, leased_until) values ($1, $2, 1, $3)
                on conflict (name) do update
                set holder = $2, attempt = lease.attempt + 1, leased_until = $3
                where lease.leased_until <= $4 or lease.holder = $2
                returning attempt",
            args: args![name, holder, until, now],
            expect: Expect::Any,
        })
        .await?;
    Ok(rows
        .first()
        .and_then(|row| row.int(0).ok())
        .map(|attempt| Lease {
            name,
            holder,
            attempt,
            until,
        }))
}

/// Moves the end of the lease to `now` plus `span`; `None` if somebody else has acquired it since.
pub async fn renew(
    store: &Store,
    lease: &Lease,
    now: Timestamp,
    span: Duration,
) -> Result<Option<Lease>, CommitError> {
    let until = now.plus(span);
    let rows = store
        .returning(Statement {
            sql: "update lease set leased_until = $3 where name = $1 and attempt = $2 returning attempt",
            args: args![lease.name, lease.attempt, until],
            expect: Expect::Any,
        })
        .await?;
    Ok((!rows.is_empty()).then(|| Lease {
        until,
        ..lease.clone()
    }))
}

/// Gives the lease back, so that another need not wait for its end; nothing happens if it was lost.
pub async fn release(store: &Store, lease: Lease) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    batch.any(
        "update lease set leased_until = 0 where name = $1 and attempt = $2",
        args![lease.name, lease.attempt],
    );
    store.commit(batch).await
}
