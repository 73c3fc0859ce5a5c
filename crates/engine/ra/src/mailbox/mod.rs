//! Verification of control of a mailbox by a random value sent there (S/MIME BR 3.2.2.2).

mod confirm;
mod secret;
mod send;

use chancery_register::{Permission, Principal};
use chancery_store::{FromRow, Id, Row, RowError, Timestamp, args};

use crate::{Ra, ReadError, order::Order};
pub use confirm::{ConfirmEmailError, EmailConfirmation};
pub use send::SendEmailError;

/// A link and code on their way to a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The mailbox.
    pub email: String,
    /// When they were sent.
    pub sent_at: Timestamp,
    /// Until when either can be used.
    pub expires_at: Timestamp,
    /// How many wrong codes are left.
    pub tries_left: u32,
    /// Where it stands.
    pub state: SendingState,
}

/// Where a sending stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendingState {
    /// The answer is awaited.
    Open,
    /// Answered.
    Answered,
    /// Its time is over.
    Expired,
    /// Too many wrong codes were typed.
    Blocked,
    /// Another was sent since.
    Superseded,
}

impl SendingState {
    /// The name in locale keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Expired => "expired",
            Self::Blocked => "blocked",
            Self::Superseded => "superseded",
        }
    }
}

/// A row of `ra_sendings`.
pub(crate) struct SendingRow {
    id: Id,
    order: Id,
    email: String,
    code: Vec<u8>,
    sent_at: Timestamp,
    expires_at: Timestamp,
    tries: i64,
    state: SendingState,
}

impl SendingRow {
    /// Where it stands at `now`, where `tries` wrong codes close it.
    fn state(&self, tries: u32, now: Timestamp) -> SendingState {
        match self.state {
            SendingState::Open if now >= self.expires_at => SendingState::Expired,
            SendingState::Open if self.tries >= i64::from(tries) => SendingState::Blocked,
            state => state,
        }
    }
}

/// The columns of a [`SendingRow`].
macro_rules! sending_columns {
    () => {
        "id, order_id, email, code, sent_at, expires_at, tries, state"
    };
}
use sending_columns;

impl FromRow for SendingRow {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            order: row.id(1)?,
            email: row.text(2)?,
            code: row.bytes(3)?,
            sent_at: row.time(4)?,
            expires_at: row.time(5)?,
            tries: row.int(6)?,
            state: match row.text(7)?.as_str() {
                "open" => SendingState::Open,
                "answered" => SendingState::Answered,
                "superseded" => SendingState::Superseded,
                _ => {
                    return Err(RowError {
                        column: 7,
                        expected: "a state of a sending",
                    });
                }
            },
        })
    }
}

impl Ra {
    async fn sending_row(
        &self,
        order: Id,
    ) -> Result<Option<SendingRow>, chancery_store::ReadError> {
        self.store
            .first(
                concat!(
                    "select ",
                    sending_columns!(),
                    " from ra_sendings where order_id = $1 order by sent_at desc, id limit 1"
                ),
                args![order],
            )
            .await
    }

    /// The last sending of one of the person's own orders ([`Permission::ReadOwnOrders`]), for
    /// lists that do not need the rest of [`Ra::order`].
    pub async fn sending(
        &self,
        principal: &Principal,
        order: &Order,
        now: Timestamp,
    ) -> Result<Option<Sending>, ReadError> {
        let granted = principal.require(Permission::ReadOwnOrders)?;
        if granted.person() != order.person {
            return Err(ReadError::NotFound);
        }
        Ok(self.last_sending(order, now).await?)
    }

    /// The last sending of an order.
    pub(crate) async fn last_sending(
        &self,
        order: &Order,
        now: Timestamp,
    ) -> Result<Option<Sending>, chancery_store::ReadError> {
        let row = self.sending_row(order.id).await?;
        let max = self.policy.email_code_tries;
        Ok(row.map(|row| Sending {
            state: row.state(max, now),
            tries_left: u32::try_from(i64::from(max) - row.tries).unwrap_or(0),
            email: row.email,
            sent_at: row.sent_at,
            expires_at: row.expires_at,
        }))
    }
}
