//! Revocation: committed, then told by the list and by OCSP before the caller hears of it.

use chancery_audit::{Act, Actor, Object};
use chancery_keys::EntropyError;
use chancery_store::{Batch, CommitError, Id, ReadError, Timestamp, args};
use chancery_x509::{Certificate, RevocationReason};
use serde_json::json;

use crate::{
    Ca, CertificateKey, CertificateRecord, CertificateState, CrlError, record::key_digest,
};

/// The reasons for which a subscriber's certificate is revoked (RFC 5280 section 5.3.1). Certificates are not
/// suspended (S/MIME BR 4.9.13).
pub const SUBSCRIBER_REASONS: [RevocationReason; 6] = [
    RevocationReason::Unspecified,
    RevocationReason::KeyCompromise,
    RevocationReason::AffiliationChanged,
    RevocationReason::Superseded,
    RevocationReason::CessationOfOperation,
    RevocationReason::PrivilegeWithdrawn,
];

/// Why a certificate was not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// There is no such certificate here.
    #[error("there is no certificate with the {key}")]
    NotFound {
        /// What was asked for.
        key: CertificateKey,
    },
    /// It is revoked already; date and reason stay as they are.
    #[error("the certificate was revoked already, for the reason {reason}")]
    AlreadyRevoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
    /// It has expired: nobody relies on it, and lists would drop it.
    #[error("the certificate has expired")]
    Expired {
        /// When.
        at: Timestamp,
    },
    /// The reason does not fit this kind of certificate.
    #[error("{reason} is no reason for which this certificate can be revoked")]
    Reason {
        /// What was asked for.
        reason: RevocationReason,
    },
    /// A root is not revoked: who trusts it must stop trusting it.
    #[error("a root is not revoked, it is taken out of the trust stores")]
    Root,
    /// One of the caller's statements conflicted: somebody else was faster.
    #[error("what is to be stored with the revocation changed meanwhile")]
    Superseded,
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The database did not answer.
    #[error("the authority's records could not be read")]
    Read(#[from] ReadError),
    /// The database did not take the revocation.
    #[error("the revocation could not be recorded")]
    Commit(#[from] CommitError),
    /// The certificate IS revoked and OCSP says so, but the list was not signed; `maintain` tries again.
    #[error("the certificate is revoked, but the revocation list could not be signed yet")]
    ListNotSigned(#[source] CrlError),
}

impl Ca {
    /// Revokes a certificate. On return the revocation is durable with the caller's statements, OCSP tells of
    /// it and a new list is served.
    pub async fn revoke(
        &self,
        key: impl Into<CertificateKey>,
        reason: RevocationReason,
        actor: &Actor,
        also: Batch,
        now: Timestamp,
    ) -> Result<(), RevokeError> {
        let key = key.into();
        let record = self.find(key).await?;
        check_revocable(&record, reason, now)?;
        let (mut batch, own) = self.revocation(&record, reason, actor, now)?;
        batch.append(also);
        match self.context().store.commit(batch).await {
            Ok(()) => {}
            Err(CommitError::Conflict { statement: 0, .. }) => {
                return Err(already(&self.find(key).await?));
            }
            Err(
                CommitError::Conflict { statement, .. }
                | CommitError::Constraint {
                    statement,
                    unique: true,
                    ..
                },
            ) if statement >= own => return Err(RevokeError::Superseded),
            Err(error) => return Err(error.into()),
        }
        tracing::info!(serial = %record.serial, %reason, "certificate revoked");
        self.ocsp_cache().forget(record.serial);
        let Some(authority) = self.authority(&record.authority) else {
            return Ok(());
        };
        let ticket = authority.crl.changed();
        self.renew_list(authority, ticket, now)
            .await
            .map_err(RevokeError::ListNotSigned)
    }

    /// A statement that fails the batch as a conflict where the certificate is revoked by then.
    pub fn require_unrevoked(batch: &mut Batch, certificate: Id) {
        // Written, not only read, so that a revocation at the same moment comes before or after.
        batch.one(
            "update certificate set revoked_at = null where id = $1 and revoked_at is null",
            args![certificate],
        );
    }

    async fn find(&self, key: CertificateKey) -> Result<CertificateRecord, RevokeError> {
        self.certificate(key)
            .await?
            .ok_or(RevokeError::NotFound { key })
    }

    /// The batch, and the position from which the caller's statements stand in it.
    fn revocation(
        &self,
        record: &CertificateRecord,
        reason: RevocationReason,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(Batch, usize), EntropyError> {
        let code = i64::from(reason.code());
        let mut batch = Batch::new();
        batch.one(
            "update certificate set revoked_at = $2, reason = $3 where id = $1 and revoked_at is null",
            args![record.id, now, code],
        );
        batch.one(
            "insert into revocation (authority, shard, serial, revoked_at, reason, not_after)
                values ($1, $2, $3, $4, $5, $6)",
            args![
                &record.authority,
                record.shard,
                record.serial.as_bytes(),
                now,
                code,
                record.not_after
            ],
        );
        if matches!(
            reason,
            RevocationReason::KeyCompromise | RevocationReason::CaCompromise
        ) {
            // No certificate is issued for this key again (S/MIME BR 6.1.1.3).
            batch.any(
                "update certified_key set compromised_at = $2
                    where digest = $1 and compromised_at is null",
                args![key_digest(record.certificate.public_key().as_der()), now],
            );
        }
        let act = Act {
            action: "certificate.revoke",
            actor: actor.clone(),
            object: Object {
                kind: "certificate",
                id: record.serial.to_hex(),
            },
            before: Some(json!({ "state": "valid" })),
            after: Some(json!({ "state": "revoked", "reason": reason.name() })),
            evidence: None,
        };
        chancery_audit::record(&mut batch, self.context().entropy.as_ref(), &act, now)?;
        let own = batch.statements().len();
        Ok((batch, own))
    }
}

fn check_revocable(
    record: &CertificateRecord,
    reason: RevocationReason,
    now: Timestamp,
) -> Result<(), RevokeError> {
    match record.state(now) {
        CertificateState::Revoked { .. } => return Err(already(record)),
        CertificateState::Expired => {
            return Err(RevokeError::Expired {
                at: record.not_after,
            });
        }
        CertificateState::Valid => {}
    }
    let certificate: &Certificate = &record.certificate;
    let fits = if certificate.is_ca() {
        if certificate.issuer() == certificate.subject() {
            return Err(RevokeError::Root);
        }
        // An authority's entry says why (S/MIME BR 7.2.2), and no reason is how lists say `unspecified`.
        reason == RevocationReason::CaCompromise
            || (reason != RevocationReason::Unspecified && SUBSCRIBER_REASONS.contains(&reason))
    } else {
        SUBSCRIBER_REASONS.contains(&reason)
    };
    if fits {
        Ok(())
    } else {
        Err(RevokeError::Reason { reason })
    }
}

fn already(record: &CertificateRecord) -> RevokeError {
    let (at, reason) = record.revoked.unwrap_or_default();
    RevokeError::AlreadyRevoked { at, reason }
}
