//! Making one list.

use std::{sync::Arc, time::Duration};

use chancery_profile::address;
use chancery_store::{Batch, CommitError, ReadError, RowError, Store, Timestamp, args};
use chancery_x509::{
    CertificateList, RevokedCertificate, SerialNumber, TbsCertList,
    extension::{GeneralName, IssuingDistributionPoint, ListScope},
};

use super::{CrlError, CrlFile};
use crate::{Ca, Purpose, authority::Authority, context::SHARD, record};

const DAY: Duration = Duration::from_hours(24);

/// How long a list is good for: seven days of the ten that S/MIME BR 4.9.7 allow, and for the root's, which
/// tells of authorities, less than its twelve months.
const fn life(purpose: Purpose) -> Duration {
    match purpose {
        Purpose::Root => Duration::from_hours(360 * 24),
        Purpose::Smime | Purpose::Tls | Purpose::Device => Duration::from_hours(7 * 24),
    }
}

/// After how long the next list is signed though nothing was revoked: well ahead, so that a server may be
/// down for days before relying parties run out of lists.
pub(super) const fn renew_after(purpose: Purpose) -> Duration {
    match purpose {
        Purpose::Root => Duration::from_hours(30 * 24),
        Purpose::Smime | Purpose::Tls | Purpose::Device => DAY,
    }
}

/// An entry stays on a list made after its certificate ended (RFC 5280 section 3.3): a root's lists follow
/// each other monthly.
const KEPT_AFTER_END: Duration = Duration::from_hours(62 * 24);

/// Certificates that ended before this are not listed any more.
pub(super) fn kept_since(now: Timestamp) -> Timestamp {
    now.minus(KEPT_AFTER_END)
}

pub(super) async fn stored_number(store: &Store, slug: &str) -> Result<Option<i64>, ReadError> {
    let rows = store
        .rows(
            "select number from crl where authority = $1 and shard = $2",
            args![slug, SHARD],
        )
        .await?;
    match rows.first() {
        Some(row) => Ok(Some(row.int(0)?)),
        None => Ok(None),
    }
}

impl Ca {
    /// A signed list of what is revoked now, and the serial numbers that no list told before.
    pub(super) async fn build_list(
        &self,
        authority: &Authority,
        previous: Option<i64>,
        now: Timestamp,
    ) -> Result<(CrlFile, Vec<SerialNumber>), CrlError> {
        let context = self.context();
        let (entries, unlisted) = self.entries(authority, now).await?;
        let number = previous.unwrap_or(0) + 1;
        let this_update = now.as_secs();
        let next_update = now.plus(life(authority.purpose)).as_secs();
        let shard = u32::try_from(SHARD).unwrap_or(0);
        let address = address::crl(&context.status_url, &authority.slug, shard);
        let algorithm = authority.signer.algorithm();
        let tbs = TbsCertList {
            signature: algorithm,
            issuer: authority.certificate.subject().clone(),
            this_update,
            next_update,
            number: u64::try_from(number).unwrap_or(0),
            authority_key_identifier: authority
                .certificate
                .subject_key_identifier()
                .unwrap_or_default(),
            // The same address as in the certificates, or relying parties take it for another list
            // (RFC 5280 section 6.3.3 step b).
            issuing_distribution_point: Some(IssuingDistributionPoint {
                full_name: vec![GeneralName::Uri(address)],
                scope: ListScope::All,
                ..IssuingDistributionPoint::default()
            }),
        }
        .to_der(entries)?;
        let signature = context
            .pool
            .sign(Arc::clone(&authority.signer), tbs.clone())
            .await?;
        let der = CertificateList::assemble(&tbs, algorithm, &signature);
        CertificateList::from_der(&der)?
            .verify_signature(authority.certificate.public_key(), &context.crypto)?;
        let list = CrlFile {
            der,
            number,
            this_update: Timestamp::from_secs(this_update),
            next_update: Timestamp::from_secs(next_update),
        };
        Ok((list, unlisted))
    }

    async fn entries(
        &self,
        authority: &Authority,
        now: Timestamp,
    ) -> Result<(Vec<RevokedCertificate>, Vec<SerialNumber>), CrlError> {
        let rows = self
            .context()
            .store
            .rows(
                "select serial, revoked_at, reason, listed_in from revocation
                    where authority = $1 and shard = $2 and not_after >= $3 order by serial",
                args![&authority.slug, SHARD, kept_since(now)],
            )
            .await?;
        let mut entries = Vec::with_capacity(rows.len());
        let mut unlisted = Vec::new();
        for row in &rows {
            let read = || -> Result<_, RowError> {
                Ok((
                    record::serial(row, 0)?,
                    row.time(1)?,
                    row.opt_int(2)?,
                    row.opt_int(3)?,
                ))
            };
            let (serial, revoked_at, reason, listed_in) = read().map_err(ReadError::from)?;
            if listed_in.is_none() {
                unlisted.push(serial);
            }
            entries.push(RevokedCertificate {
                serial,
                revoked_at: revoked_at.as_secs(),
                reason: record::reason_from(reason),
                invalid_since: None,
            });
        }
        Ok((entries, unlisted))
    }

    /// Replaces the stored list unless another server did so first.
    pub(super) async fn swap_list(
        &self,
        authority: &Authority,
        previous: Option<i64>,
        list: &CrlFile,
        unlisted: &[SerialNumber],
    ) -> Result<bool, CommitError> {
        let mut batch = Batch::new();
        match previous {
            Some(previous) => batch.one(
                "update crl set number = $3, this_update = $4, next_update = $5, der = $6
                    where authority = $1 and shard = $2 and number = $7",
                args![
                    &authority.slug,
                    SHARD,
                    list.number,
                    list.this_update,
                    list.next_update,
                    list.der.as_slice(),
                    previous
                ],
            ),
            None => batch.one(
                "insert into crl (authority, shard, number, this_update, next_update, der)
                    values ($1, $2, $3, $4, $5, $6)",
                args![
                    &authority.slug,
                    SHARD,
                    list.number,
                    list.this_update,
                    list.next_update,
                    list.der.as_slice()
                ],
            ),
        };
        for serial in unlisted {
            batch.any(
                "update revocation set listed_in = $4
                    where authority = $1 and shard = $2 and serial = $3 and listed_in is null",
                args![&authority.slug, SHARD, serial.as_bytes(), list.number],
            );
        }
        match self.context().store.commit(batch).await {
            Ok(()) => Ok(true),
            Err(CommitError::Conflict { .. } | CommitError::Constraint { unique: true, .. }) => {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}
