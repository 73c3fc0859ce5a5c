//! The sandbox's mailbox: messages kept in place of being sent.

use crate::{Batch, FromRow, Id, ReadError, Row, RowError, Store, Timestamp, args};

/// A message as the person would see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The id of its delivery: capturing it again changes nothing.
    pub id: Id,
    /// To whom it would go.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: Option<String>,
    /// When it was captured.
    pub at: Timestamp,
}

impl FromRow for Captured {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            recipient: row.text(1)?,
            subject: row.text(2)?,
            text: row.text(3)?,
            html: row.opt_text(4)?,
            at: row.time(5)?,
        })
    }
}

/// Adds the message to the mailbox, once.
pub fn capture(batch: &mut Batch, message: Captured) {
    batch.any(
        "insert into captured_message (id, recipient, subject, body_text, body_html, captured_at)
            values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing",
        args![
            message.id,
            message.recipient,
            message.subject,
            message.text,
            message.html,
            message.at
        ],
    );
}

/// The newest `limit` messages, newest first.
pub async fn captured(store: &Store, limit: u32) -> Result<Vec<Captured>, ReadError> {
    let sql = "select id, recipient, subject, body_text, body_html, captured_at
        from captured_message order by captured_at desc, id limit $1";
    store.all(sql, args![limit]).await
}

/// One message.
pub async fn captured_message(store: &Store, id: Id) -> Result<Option<Captured>, ReadError> {
    let sql = "select id, recipient, subject, body_text, body_html, captured_at
        from captured_message where id = $1";
    store.first(sql, args![id]).await
}
