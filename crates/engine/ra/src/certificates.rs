//! Certificates as their holders and the registration authority see and revoke them.

use chancery_audit::Actor;
use chancery_ca::{CertificateKey, CertificateRecord, CertificateState, Page as CaPage, Search};
use chancery_register::{Denied, Permission, PersonId, Principal};
use chancery_store::{Batch, Id, Timestamp};
use chancery_x509::RevocationReason;

use crate::{
    EventKind, Fault, Ra, ReadError, event,
    fault::{fault_into, refused_into},
    notice::Notice,
};

/// The reasons that a holder may give (RFC 5280 section 5.3.1).
const HOLDER_REASONS: [RevocationReason; 5] = [
    RevocationReason::Unspecified,
    RevocationReason::KeyCompromise,
    RevocationReason::AffiliationChanged,
    RevocationReason::Superseded,
    RevocationReason::CessationOfOperation,
];

/// For these a certificate is revoked whose data do not hold any more.
const UNTRUE: [RevocationReason; 2] = [
    RevocationReason::AffiliationChanged,
    RevocationReason::PrivilegeWithdrawn,
];

/// How often a revocation is tried while others change its order.
const TRIES: u32 = 3;

/// A certificate was not revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// Not permitted.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such certificate, or it is another person's.
    #[error("there is no such certificate")]
    NotFound,
    /// It is revoked already.
    #[error("the certificate is revoked already")]
    AlreadyRevoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
    /// It has expired; nobody accepts it any more.
    #[error("the certificate has expired")]
    Expired,
    /// This person cannot give this reason.
    #[error("{reason} is not a reason for this")]
    Reason {
        /// What was given.
        reason: RevocationReason,
    },
    /// The authority did not revoke it.
    #[error("the authority did not revoke it")]
    Authority(#[source] Box<chancery_ca::RevokeError>),
    /// Somebody changed the order meanwhile.
    #[error("the order was changed meanwhile")]
    Stale,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(Fault),
}

fault_into!(RevokeError);
refused_into!(RevokeError);

impl From<Fault> for RevokeError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<chancery_ca::RevokeError> for RevokeError {
    fn from(error: chancery_ca::RevokeError) -> Self {
        use chancery_ca::RevokeError as E;
        match error {
            E::NotFound { .. } => Self::NotFound,
            E::AlreadyRevoked { at, reason } => Self::AlreadyRevoked { at, reason },
            E::Expired { .. } => Self::Expired,
            E::Reason { reason } => Self::Reason { reason },
            E::Superseded => Self::Stale,
            other => Self::Authority(Box::new(other)),
        }
    }
}

impl Ra {
    /// Certificates: one's own ([`Permission::ReadOwnCertificates`]), or, for staff, all that the search wants
    /// ([`Permission::SearchCertificates`]).
    pub async fn certificates(
        &self,
        principal: &Principal,
        search: &Search,
        now: Timestamp,
    ) -> Result<CaPage<CertificateRecord>, ReadError> {
        let mut search = search.clone();
        let own = search.holder == Some(principal.person.id());
        if own || !principal.may(Permission::SearchCertificates) {
            let granted = principal.require(Permission::ReadOwnCertificates)?;
            search.holder = Some(granted.person().id());
        }
        Ok(self.ca.search(&search, now).await?)
    }

    /// One certificate: one's own ([`Permission::ReadOwnCertificates`]), or, for staff, any
    /// ([`Permission::SearchCertificates`]).
    pub async fn certificate(
        &self,
        principal: &Principal,
        id: Id,
    ) -> Result<CertificateRecord, ReadError> {
        let record = self.ca.certificate(id).await?;
        let own = record
            .as_ref()
            .is_some_and(|record| record.holder == Some(principal.person.id()));
        if own {
            principal.require(Permission::ReadOwnCertificates)?;
        } else if !principal.may(Permission::SearchCertificates) {
            principal.require(Permission::ReadOwnCertificates)?;
            return Err(ReadError::NotFound);
        }
        record.ok_or(ReadError::NotFound)
    }

    /// The reasons for which this person can revoke certificates.
    #[must_use]
    pub fn revocation_reasons(&self, principal: &Principal) -> &'static [RevocationReason] {
        if principal.may(Permission::RevokeAnyCertificate) {
            &chancery_ca::SUBSCRIBER_REASONS
        } else {
            &HOLDER_REASONS
        }
    }

    /// Revokes a certificate: one's own ([`Permission::RevokeOwnCertificates`]), or, for staff, any
    /// ([`Permission::RevokeAnyCertificate`]); an authority's own takes [`Permission::OperateAuthorities`]. On
    /// return the revocation list and OCSP tell of it.
    pub async fn revoke(
        &self,
        principal: &Principal,
        id: Id,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<(), RevokeError> {
        let record = self.ca.certificate(id).await?;
        let own = record
            .as_ref()
            .is_some_and(|record| record.holder == Some(principal.person.id()));
        let of_authority = record
            .as_ref()
            .is_some_and(CertificateRecord::is_of_authority);
        let granted = if principal.may(Permission::RevokeAnyCertificate) {
            principal.require(if of_authority {
                Permission::OperateAuthorities
            } else {
                Permission::RevokeAnyCertificate
            })?
        } else {
            let granted = principal.require(Permission::RevokeOwnCertificates)?;
            if !own {
                return Err(RevokeError::NotFound);
            }
            granted
        };
        let record = record.ok_or(RevokeError::NotFound)?;
        if !self.revocation_reasons(principal).contains(&reason) {
            return Err(RevokeError::Reason { reason });
        }
        if let CertificateState::Revoked { at, reason } = record.state(now) {
            return Err(RevokeError::AlreadyRevoked { at, reason });
        }
        let by = Some(granted.person());
        self.revoke_and_tell(&record, reason, &granted.actor(), by, now)
            .await
    }

    /// An operator's revocation at the command line; the holder is told as of any other. Reasons and authorities'
    /// own certificates are judged by [`chancery_ca::Ca::revoke`].
    pub async fn revoke_by_operator(
        &self,
        key: impl Into<CertificateKey>,
        reason: RevocationReason,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), RevokeError> {
        let record = self.ca.certificate(key.into()).await?;
        let record = record.ok_or(RevokeError::NotFound)?;
        if let CertificateState::Revoked { at, reason } = record.state(now) {
            return Err(RevokeError::AlreadyRevoked { at, reason });
        }
        self.revoke_and_tell(&record, reason, actor, None, now)
            .await
    }

    /// Revokes a certificate and, where its key is compromised, before it all others of that key (S/MIME BR
    /// 4.9.1.1): if one of them fails, the same act tried again does the rest.
    async fn revoke_and_tell(
        &self,
        record: &CertificateRecord,
        reason: RevocationReason,
        actor: &Actor,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<(), RevokeError> {
        if reason == RevocationReason::KeyCompromise {
            for other in self.ca.with_same_key(record, now).await? {
                match self.revoke_one(&other, reason, actor, by, now).await {
                    Ok(()) | Err(RevokeError::AlreadyRevoked { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        self.revoke_one(record, reason, actor, by, now).await
    }

    async fn revoke_one(
        &self,
        record: &CertificateRecord,
        reason: RevocationReason,
        actor: &Actor,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<(), RevokeError> {
        let mut tries = 0;
        loop {
            let also = self.tell_revoked(record, reason, by, now).await?;
            tries += 1;
            return match self.ca.revoke(record.id, reason, actor, also, now).await {
                // A revocation does not fail because somebody touched the order at that moment.
                Err(chancery_ca::RevokeError::Superseded) if tries < TRIES => continue,
                // It is revoked, and OCSP says so; the authority signs the list as soon as it can.
                Err(chancery_ca::RevokeError::ListNotSigned(error)) => {
                    tracing::error!(%error, "a revocation list was not signed");
                    Ok(())
                }
                other => Ok(other?),
            };
        }
    }

    /// The event and the letter of a revocation.
    async fn tell_revoked(
        &self,
        record: &CertificateRecord,
        reason: RevocationReason,
        by: Option<PersonId>,
        now: Timestamp,
    ) -> Result<Batch, RevokeError> {
        let mut batch = match record.order {
            Some(order) => match self.any_order(order).await {
                Ok(Some(order)) => {
                    let mut batch = order.change();
                    event::record(
                        &mut batch,
                        &order,
                        0,
                        EventKind::CertificateRevoked,
                        by,
                        now,
                    );
                    batch
                }
                // Nothing waits for a product file that is gone.
                Ok(None) | Err(Fault::Product { .. }) => Batch::new(),
                Err(fault) => return Err(fault.into()),
            },
            None => Batch::new(),
        };
        let closed = self.close_renewal(&mut batch, record.id, by, now).await?;
        if UNTRUE.contains(&reason) {
            self.withdraw_data_of(&mut batch, record, closed, now)
                .await?;
        }
        if let Some(holder) = record.holder
            && let Some(person) = self.register.person(PersonId::new(holder)).await?
        {
            let notice = Notice::CertificateRevoked {
                full_name: person.full_name.clone(),
                certificate: record.id.to_string(),
                serial: record.serial.to_hex(),
                subject: record.subject.clone(),
                reason: reason.name().to_owned(),
                at: now.as_secs(),
            };
            self.notify(&mut batch, &person.email, &person, notice, now)?;
        }
        Ok(batch)
    }

    /// What the certificate said is not taken to be true any more.
    async fn withdraw_data_of(
        &self,
        batch: &mut Batch,
        record: &CertificateRecord,
        closed: Option<Id>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let Some((kind, data)) = (match record.order {
            Some(order) => self.certified_data(order).await?,
            None => None,
        }) else {
            return Ok(());
        };
        let Some(holder) = record.holder.map(PersonId::new) else {
            return Ok(());
        };
        self.withdraw(batch, holder, (kind, &data), closed, now)
            .await
    }
}
