//! Collecting a certificate by codes, without logging in (I1, I2).
//!
//! Once everything about an order is verified, an officer gives out two codes by separate channels: the reference number goes by mail with
//! a link, the authorisation code is told to the applicant by the officer, on paper or by telephone. Both together
//! show what the certificate will say and have it issued, once.

mod collect;
mod give_out;

use std::sync::Arc;

use chancery_store::{FromRow, Id, Row, RowError, Timestamp};

use crate::{ActivateError, Fault, Statement, fault::fault_into, order::Order};

pub use give_out::{GiveOutError, GivenOut};

/// Characters of 5 bits: 60 bits, so that nobody comes upon another's reference number and spends its tries.
const REFERENCE_LENGTH: usize = 12;
/// 140 bits, as every code that is typed.
const CODE_LENGTH: usize = 28;

/// What is collected, as it will stand.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The order.
    pub order: Order,
    /// Who ordered.
    pub applicant: String,
    /// The mailbox that stands in the certificate.
    pub email: String,
    /// Everything else, checked as for issuance.
    pub preview: chancery_ca::Preview,
    /// What is agreed to.
    pub statements: Vec<Arc<Statement>>,
    /// Until when the codes can be used.
    pub expires_at: Timestamp,
}

/// A certificate was not collected.
#[derive(Debug, thiserror::Error)]
pub enum CollectError {
    /// There are no such codes: a slip of the pen, a wrong code or an unknown reference number are not told apart.
    #[error("the codes are wrong")]
    Wrong,
    /// Too many wrong codes were typed: new ones must be given out.
    #[error("too many wrong codes were typed")]
    Blocked,
    /// The codes were used, or others were given out since.
    #[error("the codes are used up")]
    UsedUp,
    /// Their time is over.
    #[error("the codes have expired")]
    Expired,
    /// The order cannot be activated, or not in this way.
    #[error(transparent)]
    Activate(#[from] ActivateError),
    /// Somebody used the codes meanwhile.
    #[error("the codes were used meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(CollectError);

impl From<Fault> for CollectError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A row of `ra_collections`.
struct CollectionRow {
    id: Id,
    order: Id,
    code: Vec<u8>,
    expires_at: Timestamp,
    tries: i64,
    is_open: bool,
}

impl FromRow for CollectionRow {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        Ok(Self {
            id: row.id(0)?,
            order: row.id(1)?,
            code: row.bytes(2)?,
            expires_at: row.time(3)?,
            tries: row.int(4)?,
            is_open: row.text(5)? == "open",
        })
    }
}
