//! The end of a renewal whose certificate is revoked.

use chancery_register::PersonId;
use chancery_store::{Batch, Expect, Id, Statement, Timestamp, args};

use crate::{Fault, Ra};

impl Ra {
    /// Closes the renewal of a certificate, in the batch that revokes it: nothing is left to be done for it, and it does not count as an
    /// unfinished order any more. Gives that order.
    pub(crate) async fn close_renewal(
        &self,
        batch: &mut Batch,
        certificate: Id,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<Option<Id>, Fault> {
        let order = match self.open_renewal(certificate).await {
            // Without its product it cannot be activated either.
            Err(Fault::Product { .. }) => return Ok(None),
            found => found?,
        };
        match &order {
            Some(order) => order.close(batch, by, now),
            // One that is placed at this moment comes before, and is seen when this is tried again, or is refused.
            None => {
                batch.push(Statement {
                    sql: "update ra_orders set version = version where renews = $1 and not finished",
                    args: args![certificate],
                    expect: Expect::Rows(0),
                });
            }
        }
        Ok(order.map(|order| order.id))
    }
}
