//! Certificates as they are kept.

mod insert;
mod key;

use chancery_audit::Actor;
use chancery_store::{FromRow, Id, ReadError, Row, RowError, Timestamp, args};
use chancery_x509::{Certificate, RevocationReason, SerialNumber};

pub(crate) use insert::{KEY_GUARD, NewRow, insert, key_digest};
pub use key::CertificateKey;

use crate::Ca;

/// The columns of a certificate in the order that [`CertificateRecord`] reads them.
macro_rules! certificate_columns {
    () => {
        "c.id, c.serial, c.authority, c.shard, c.profile, c.subject, c.emails, c.holder, c.order_id,
            c.not_before, c.not_after, c.der, c.evidence, c.issued_at, c.issued_by, c.revoked_at, c.reason"
    };
}
pub(crate) use certificate_columns;

/// Whether a certificate may be relied upon, as far as the authority knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateState {
    /// In its validity and not revoked.
    Valid,
    /// Past its validity.
    Expired,
    /// Revoked, whether or not it has expired since.
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
}

/// A certificate and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRecord {
    /// Row identifier, the one in the portal's addresses.
    pub id: Id,
    /// Serial number.
    pub serial: SerialNumber,
    /// Slug of the authority that issued it.
    pub authority: String,
    /// Shard of the authority's CRL that would list it.
    pub shard: i64,
    /// Name of its profile.
    pub profile: String,
    /// The subject on one line, as shown to people.
    pub subject: String,
    /// E-mail addresses of the subject alternative name.
    pub emails: Vec<String>,
    /// The person who holds it; `None` for the authority's own and those issued at the command line.
    pub holder: Option<Id>,
    /// The order that it came from.
    pub order: Option<Id>,
    /// First moment of validity.
    pub not_before: Timestamp,
    /// Last moment of validity.
    pub not_after: Timestamp,
    /// What its issuance rests on, as given to [`crate::IssueRequest::evidence`].
    pub evidence: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Who had it issued, as [`issuer_text`] writes it.
    pub issued_by: String,
    /// When and why it was revoked.
    pub revoked: Option<(Timestamp, RevocationReason)>,
    /// The certificate.
    pub certificate: Certificate,
}

impl CertificateRecord {
    /// Whether it is an authority's own: its certificate or that of its OCSP responder. Who works with
    /// subscribers' certificates has no business with these.
    #[must_use]
    pub fn is_of_authority(&self) -> bool {
        self.certificate.is_ca() || self.profile == crate::responder::PROFILE
    }

    /// Its state at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> CertificateState {
        match self.revoked {
            Some((at, reason)) => CertificateState::Revoked { at, reason },
            None if now.as_secs() > self.certificate.not_after() => CertificateState::Expired,
            None => CertificateState::Valid,
        }
    }
}

impl FromRow for CertificateRecord {
    fn from_row(row: &Row) -> Result<Self, RowError> {
        let revoked = match (row.opt_time(15)?, row.opt_int(16)?) {
            (Some(at), code) => Some((at, reason_from(code))),
            (None, _) => None,
        };
        let certificate = certificate(row, 11)?;
        Ok(Self {
            id: row.id(0)?,
            serial: serial(row, 1)?,
            authority: row.text(2)?,
            shard: row.int(3)?,
            profile: row.text(4)?,
            subject: row.text(5)?,
            emails: row.text(6)?.lines().map(ToOwned::to_owned).collect(),
            holder: row.opt_id(7)?,
            order: row.opt_id(8)?,
            not_before: row.time(9)?,
            not_after: row.time(10)?,
            evidence: row.text(12)?,
            issued_at: row.time(13)?,
            issued_by: row.text(14)?,
            revoked,
            certificate,
        })
    }
}

pub(crate) fn certificate(row: &Row, column: usize) -> Result<Certificate, RowError> {
    Certificate::from_der(&row.bytes(column)?).map_err(|_| RowError {
        column,
        expected: "a certificate in DER",
    })
}

pub(crate) fn serial(row: &Row, column: usize) -> Result<SerialNumber, RowError> {
    SerialNumber::new(&row.bytes(column)?).map_err(|_| RowError {
        column,
        expected: "a serial number",
    })
}

pub(crate) fn reason_from(code: Option<i64>) -> RevocationReason {
    code.and_then(|code| u8::try_from(code).ok())
        .and_then(RevocationReason::from_code)
        .unwrap_or_default()
}

/// What stands in `issued_by`: `person:ID (role)`, `operator:NAME` or `system`.
#[must_use]
pub fn issuer_text(actor: &Actor) -> String {
    match actor {
        Actor::Person { id, role, .. } => format!("person:{id} ({role})"),
        Actor::Operator { user } => format!("operator:{user}"),
        Actor::System => "system".to_owned(),
    }
}

impl Ca {
    /// The certificate with this identifier or serial number.
    pub async fn certificate(
        &self,
        key: impl Into<CertificateKey>,
    ) -> Result<Option<CertificateRecord>, ReadError> {
        match key.into() {
            CertificateKey::Id(id) => {
                let sql = concat!(
                    "select ",
                    certificate_columns!(),
                    " from certificate c where c.id = $1"
                );
                self.context().store.first(sql, args![id]).await
            }
            CertificateKey::Serial(serial) => {
                let sql = concat!(
                    "select ",
                    certificate_columns!(),
                    " from certificate c where c.serial = $1"
                );
                self.context()
                    .store
                    .first(sql, args![serial.as_bytes()])
                    .await
            }
        }
    }
}
