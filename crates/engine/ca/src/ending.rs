//! Certificates by their end, for those who tell people of it.

use chancery_store::{Id, ReadError, Timestamp, args};

use crate::{Ca, CertificateRecord, record::certificate_columns};

/// A place in the order of ends: a moment, and an identifier among certificates that end at it.
pub type EndsAt = (Timestamp, Id);

impl Ca {
    /// Certificates of people, from orders, that end behind `after` and not later than `until`, and are not revoked, in the order of their
    /// ends and identifiers; at most `limit`.
    pub async fn ending(
        &self,
        after: EndsAt,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<CertificateRecord>, ReadError> {
        let sql = concat!(
            "select ",
            certificate_columns!(),
            " from certificate c where c.not_after >= $1 and c.not_after <= $2
                and (c.not_after > $1 or c.id > $3)
                and c.holder is not null and c.order_id is not null and c.revoked_at is null
              order by c.not_after, c.id limit $4"
        );
        let (ends, id) = after;
        self.context()
            .store
            .all(sql, args![ends, until, id, limit])
            .await
    }
}
