//! Entries as auditors read them.

use std::net::IpAddr;

use chancery_store::{FromRow, Id, ReadError, Row, RowError, Store, Timestamp, args};

/// A recorded act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The entry's own id.
    pub id: Id,
    /// When the act was done.
    pub at: Timestamp,
    /// What was done.
    pub action: String,
    /// Who did it.
    pub actor: EntryActor,
    /// The kind of what it was done to.
    pub object_kind: String,
    /// Its id or serial number.
    pub object_id: String,
    /// The state before.
    pub before: Option<serde_json::Value>,
    /// The state after.
    pub after: Option<serde_json::Value>,
    /// SHA-256 of what the act rested on.
    pub evidence: Option<[u8; 32]>,
}

/// Who did it, as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryActor {
    /// A person who was logged in.
    Person {
        /// The person.
        id: Id,
        /// The role in which the person acted.
        role: String,
        /// Where the request came from.
        from: Option<IpAddr>,
    },
    /// Whoever used the command line.
    Operator {
        /// The name of the account.
        user: String,
    },
    /// The server, of its own accord.
    System,
}

impl FromRow for Entry {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            at: row.time(1)?,
            action: row.text(2)?,
            actor: actor(row)?,
            object_kind: row.text(8)?,
            object_id: row.text(9)?,
            before: state(row, 10)?,
            after: state(row, 11)?,
            evidence: evidence(row)?,
        })
    }
}

fn actor(row: &Row) -> Result<EntryActor, RowError> {
    match row.text(3)?.as_str() {
        "person" => Ok(EntryActor::Person {
            id: row.id(4)?,
            role: row.text(5)?,
            from: row
                .opt_text(7)?
                .map(|address| address.parse())
                .transpose()
                .map_err(|_| RowError {
                    column: 7,
                    expected: "a network address",
                })?,
        }),
        "operator" => Ok(EntryActor::Operator { user: row.text(6)? }),
        "system" => Ok(EntryActor::System),
        _ => Err(RowError {
            column: 3,
            expected: "a kind of actor",
        }),
    }
}

fn state(row: &Row, column: usize) -> Result<Option<serde_json::Value>, RowError> {
    let text = row.opt_text(column)?;
    let value = text.map(|text| serde_json::from_str(&text)).transpose();
    value.map_err(|_| RowError {
        column,
        expected: "JSON",
    })
}

fn evidence(row: &Row) -> Result<Option<[u8; 32]>, RowError> {
    let octets = row.opt_bytes(12)?;
    let digest = octets.map(|octets| <[u8; 32]>::try_from(octets.as_slice()));
    digest.transpose().map_err(|_| RowError {
        column: 12,
        expected: "a digest of 32 octets",
    })
}

/// The newest `limit` acts, newest first.
pub async fn recent(store: &Store, limit: u32) -> Result<Vec<Entry>, ReadError> {
    let sql = "select id, recorded_at, action, actor_kind, actor_id, actor_role, erasable_user,
            erasable_address, object_kind, object_id, state_before, state_after, evidence
        from audit_pending order by recorded_at desc, id desc limit $1";
    store.all(sql, args![limit]).await
}

/// The newest `limit` acts done to one object, newest first.
pub async fn of_object(
    store: &Store,
    kind: &str,
    id: &str,
    limit: u32,
) -> Result<Vec<Entry>, ReadError> {
    let sql = "select id, recorded_at, action, actor_kind, actor_id, actor_role, erasable_user,
            erasable_address, object_kind, object_id, state_before, state_after, evidence
        from audit_pending where object_kind = $1 and object_id = $2
        order by recorded_at desc, id desc limit $3";
    store.all(sql, args![kind, id, limit]).await
}
