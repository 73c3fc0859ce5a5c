//! Who did what to what, and when: every act inserts its entry in the batch that does it.
//!
//! Entries wait, unordered, in `audit_pending`, so that an act costs one more insert and no two acts
//! wait for each other; a single sequencer will move them into a tamper-evident log.
//!
//! An entry is kept for as long as the log is, so no personal data enters it in clear: objects and people
//! are named by id, and what changed by field names and digests. Two columns are set apart because the
//! log will hold them as salted commitments only: the network address and the name of the account at the
//! command line.

#![warn(missing_docs)]

mod entry;

use std::net::IpAddr;

use chancery_keys::{Entropy, EntropyError, random_id};
use chancery_store::{Batch, Id, Migrations, Timestamp, args};

pub use entry::{Entry, EntryActor, of_object, recent};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    component: "audit",
    steps: &[(
        "V1__pending",
        "
create table audit_pending (
    id bytea not null primary key,
    recorded_at bigint not null,
    action text not null,
    actor_kind text not null check (actor_kind in ('person', 'operator', 'system')),
    actor_id bytea,
    actor_role text,
    erasable_user text,
    erasable_address text,
    object_kind text not null,
    object_id text not null,
    state_before text,
    state_after text,
    evidence bytea
);
create index audit_pending_recorded on audit_pending (recorded_at, id);
create index audit_pending_object on audit_pending (object_kind, object_id, recorded_at);
",
    )],
};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A person who is logged in.
    Person {
        /// The person.
        id: Id,
        /// The role in which the person acts.
        role: &'static str,
        /// Where the request came from.
        from: Option<IpAddr>,
    },
    /// Whoever may use the command line in the data directory.
    Operator {
        /// The name of the account.
        user: String,
    },
    /// The server, of its own accord.
    System,
}

/// What an act is done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its kind, such as `certificate`.
    pub kind: &'static str,
    /// Its id or serial number; never a name or an address.
    pub id: String,
}

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What is done, as `noun.verb`: `certificate.issue`.
    pub action: &'static str,
    /// Who does it.
    pub actor: Actor,
    /// What it is done to.
    pub object: Object,
    /// The state before: ids, digests and field names, no personal data in clear.
    pub before: Option<serde_json::Value>,
    /// The state after, likewise.
    pub after: Option<serde_json::Value>,
    /// SHA-256 of what the act rests on, such as the verified documents.
    pub evidence: Option<[u8; 32]>,
}

/// Adds the entry of an act to the batch that does it.
pub fn record(
    batch: &mut Batch,
    entropy: &dyn Entropy,
    act: &Act,
    now: Timestamp,
) -> Result<(), EntropyError> {
    let (kind, id, role, user, address) = match &act.actor {
        Actor::Person { id, role, from } => (
            "person",
            Some(*id),
            Some(*role),
            None,
            from.map(|a| a.to_string()),
        ),
        Actor::Operator { user } => ("operator", None, None, Some(user), None),
        Actor::System => ("system", None, None, None, None),
    };
    let state = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    batch.one(
        "insert into audit_pending (id, recorded_at, action, actor_kind, actor_id, actor_role,
            erasable_user, erasable_address, object_kind, object_id, state_before, state_after, evidence)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        args![
            random_id(entropy)?,
            now,
            act.action,
            kind,
            id,
            role,
            user,
            address,
            act.object.kind,
            &act.object.id,
            state(&act.before),
            state(&act.after),
            act.evidence
        ],
    );
    Ok(())
}
