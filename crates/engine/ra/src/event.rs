//! What happened to an order, for the people in it; the audit log has its own record.

use chancery_register::{Permission, PersonId, Principal};
use chancery_store::{Batch, FromRow, Id, Row, RowError, Timestamp, args};

use crate::{Ra, ReadError, order::Order};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// The order was placed.
    OrderPlaced,
    /// The order was placed to renew a certificate.
    RenewalBegun,
    /// Data were submitted, for the first time or corrected.
    DataSubmitted,
    /// The application was signed as a document when it was submitted.
    DataSigned,
    /// Data verified earlier were taken over.
    DataReused,
    /// A document was added.
    DocumentAdded,
    /// A document was taken back before it was submitted.
    DocumentRemoved,
    /// An officer verified the data.
    DataVerified,
    /// An officer sent the data back.
    DataRejected,
    /// The evidence on the data grew too old; they are to be verified again.
    DataReopened,
    /// The data turned out not to hold; others are to be given.
    DataWithdrawn,
    /// A link and code were sent to the mailbox.
    CodeSent,
    /// The mailbox answered.
    EmailVerified,
    /// Codes for collecting the certificate were given out.
    CodesGivenOut,
    /// The certificate was issued.
    CertificateIssued,
    /// The certificate was revoked.
    CertificateRevoked,
    /// The order was closed: the certificate that it was to renew was revoked.
    OrderClosed,
}

impl EventKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::OrderPlaced,
        Self::RenewalBegun,
        Self::DataSubmitted,
        Self::DataSigned,
        Self::DataReused,
        Self::DocumentAdded,
        Self::DocumentRemoved,
        Self::DataVerified,
        Self::DataRejected,
        Self::DataReopened,
        Self::DataWithdrawn,
        Self::CodeSent,
        Self::EmailVerified,
        Self::CodesGivenOut,
        Self::CertificateIssued,
        Self::CertificateRevoked,
        Self::OrderClosed,
    ];

    /// The name in rows and locale keys.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::OrderPlaced => "order-placed",
            Self::RenewalBegun => "renewal-begun",
            Self::DataSubmitted => "data-submitted",
            Self::DataSigned => "data-signed",
            Self::DataReused => "data-reused",
            Self::DocumentAdded => "document-added",
            Self::DocumentRemoved => "document-removed",
            Self::DataVerified => "data-verified",
            Self::DataRejected => "data-rejected",
            Self::DataReopened => "data-reopened",
            Self::DataWithdrawn => "data-withdrawn",
            Self::CodeSent => "code-sent",
            Self::EmailVerified => "email-verified",
            Self::CodesGivenOut => "codes-given-out",
            Self::CertificateIssued => "certificate-issued",
            Self::CertificateRevoked => "certificate-revoked",
            Self::OrderClosed => "order-closed",
        }
    }
}

/// One line of the events list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The order.
    pub order: Id,
    /// Its number.
    pub order_number: String,
    /// The code of its product.
    pub product: String,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody where a link was answered.
    pub by: Option<PersonId>,
}

impl FromRow for Event {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let kind = row.text(3)?;
        Ok(Self {
            order: row.id(0)?,
            order_number: row.text(1)?,
            product: row.text(2)?,
            kind: EventKind::ALL
                .into_iter()
                .find(|known| known.id() == kind)
                .ok_or(RowError {
                    column: 3,
                    expected: "a kind of event",
                })?,
            at: row.time(4)?,
            by: row.opt_id(5)?.map(PersonId::new),
        })
    }
}

/// How many events one change of an order can cause.
const EVENTS_A_CHANGE: i64 = 4;

/// Adds the `nth` event of the change that an order's version guards.
pub(crate) fn record(
    batch: &mut Batch,
    order: &Order,
    nth: i64,
    kind: EventKind,
    by: Option<PersonId>,
    now: Timestamp,
) {
    batch.one(
        "insert into ra_events (order_id, position, person, kind, at, by_person)
            values ($1, $2, $3, $4, $5, $6)",
        args![
            order.id,
            order.version * EVENTS_A_CHANGE + nth,
            order.person,
            kind.id(),
            now,
            by
        ],
    );
}

impl Ra {
    /// The newest events of the person's own orders, newest first.
    pub async fn events(&self, principal: &Principal, limit: u32) -> Result<Vec<Event>, ReadError> {
        let granted = principal.require(Permission::ReadOwnOrders)?;
        let events = self
            .store
            .all(
                "select o.id, o.number, o.product, e.kind, e.at, e.by_person
                    from ra_events e join ra_orders o on o.id = e.order_id
                    where e.person = $1 order by e.at desc, e.order_id, e.position desc limit $2",
                args![granted.person(), limit],
            )
            .await?;
        Ok(events)
    }

    /// All events of an order, newest first.
    pub(crate) async fn events_of_order(
        &self,
        order: Id,
    ) -> Result<Vec<Event>, chancery_store::ReadError> {
        self.store
            .all(
                "select o.id, o.number, o.product, e.kind, e.at, e.by_person
                    from ra_events e join ra_orders o on o.id = e.order_id
                    where e.order_id = $1 order by e.position desc",
                args![order],
            )
            .await
    }
}
