//! Drafts: kept as typed, complete or not.

use chancery_register::{Denied, Permission, Principal};
use chancery_store::{Batch, Id, Timestamp, args};

use super::DRAFT;
use crate::{
    ApplicationData, Fault, Ra, WrongTransition,
    fault::{fault_into, refused_into},
};

/// Octets of a draft, as JSON; more is no form that a person filled in.
const MAX_DRAFT: usize = 64 * 1024;

/// A draft was not kept.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such order, or it is another person's.
    #[error("there is no such order")]
    NotFound,
    /// The step is not open for data.
    #[error(transparent)]
    WrongState(#[from] WrongTransition),
    /// More than a form can hold.
    #[error("more than {max} octets")]
    TooLarge {
        /// The most.
        max: usize,
    },
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(DraftError);
refused_into!(DraftError);

impl From<Fault> for DraftError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Ra {
    /// Keeps what was typed so far, complete or not ([`Permission::EditOwnOrders`]).
    pub async fn save_draft(
        &self,
        principal: &Principal,
        order: Id,
        data: &ApplicationData,
        now: Timestamp,
    ) -> Result<(), DraftError> {
        let granted = principal.require(Permission::EditOwnOrders)?;
        let order = self
            .own_order(granted.person(), order)
            .await?
            .ok_or(DraftError::NotFound)?;
        self.open_for_data(&order, now)?;
        let octets = serde_json::to_vec(data).map_or(0, |json| json.len());
        if octets > MAX_DRAFT {
            return Err(DraftError::TooLarge { max: MAX_DRAFT });
        }
        let mut batch = Batch::new();
        // A draft is nobody's evidence: it does not count as a change of the order.
        batch.one(
            "update ra_orders set draft = $3 where id = $1 and version = $2",
            args![order.id, order.version, self.seal(DRAFT, order.id, data)?],
        );
        self.commit(batch).await?;
        Ok(())
    }
}
