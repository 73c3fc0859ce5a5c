//! Certificates as they are kept.

use std::fmt;

use chancery_audit::Actor;
use chancery_keys::AwsLc;
use chancery_store::{Batch, FromRow, Id, ReadError, Row, RowError, Timestamp, args};
use chancery_x509::{
    Certificate, Crypto, DigestAlgorithm, RevocationReason, SerialNumber, extension::GeneralName,
    extension::SubjectAltName,
};

use crate::{
    Ca,
    search::{Found, terms},
};

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

/// How a certificate is named in a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CertificateKey {
    /// By row identifier.
    Id(Id),
    /// By serial number, which is unique in the environment.
    Serial(SerialNumber),
}

impl From<Id> for CertificateKey {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}

impl From<SerialNumber> for CertificateKey {
    fn from(serial: SerialNumber) -> Self {
        Self::Serial(serial)
    }
}

impl fmt::Debug for CertificateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for CertificateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "id {id}"),
            Self::Serial(serial) => write!(f, "serial number {serial}"),
        }
    }
}

/// A certificate about to be committed.
pub(crate) struct NewRow<'a> {
    pub id: Id,
    pub certificate: &'a Certificate,
    pub authority: &'a str,
    pub shard: i64,
    pub profile: &'a str,
    pub holder: Option<Id>,
    pub order: Option<Id>,
    /// Whose key it is: the holder, or who stands for one.
    pub owner: Id,
    pub evidence: &'a str,
    pub issued_by: &'a str,
}

/// Position in [`insert`]'s statements of the one that conflicts where another holds the key.
pub(crate) const KEY_GUARD: usize = 1;

/// SHA-256 of the `SubjectPublicKeyInfo`.
pub(crate) fn key_digest(public_key: &[u8]) -> Vec<u8> {
    AwsLc.digest(DigestAlgorithm::Sha256, public_key)
}

/// All rows of a certificate; these statements come first in their batch.
pub(crate) fn insert(batch: &mut Batch, new: &NewRow<'_>, now: Timestamp) {
    let certificate = new.certificate;
    let digest = key_digest(certificate.public_key().as_der());
    batch.any(
        "insert into certified_key (digest, holder) values ($1, $2) on conflict do nothing",
        args![digest.clone(), new.owner],
    );
    // The primary key decides between two who certify one key at the same moment.
    batch.one(
        "update certified_key set holder = holder
            where digest = $1 and holder = $2 and compromised_at is null",
        args![digest.clone(), new.owner],
    );
    batch.one(
        "insert into certificate (id, serial, authority, shard, profile, subject, emails, holder, order_id,
            key_digest, not_before, not_after, der, evidence, issued_at, issued_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        args![
            new.id,
            certificate.serial().as_bytes(),
            new.authority,
            new.shard,
            new.profile,
            certificate.subject().one_line(),
            certificate.emails().join("\n"),
            new.holder,
            new.order,
            digest,
            Timestamp::from_secs(certificate.not_before()),
            Timestamp::from_secs(certificate.not_after()),
            certificate.as_der(),
            new.evidence,
            now,
            new.issued_by,
        ],
    );
    for term in index_terms(certificate, new.holder) {
        batch.one(
            "insert into certificate_term (certificate_id, term) values ($1, $2)",
            args![new.id, term],
        );
    }
}

fn index_terms(certificate: &Certificate, holder: Option<Id>) -> impl IntoIterator<Item = Vec<u8>> {
    let names = certificate
        .extension::<SubjectAltName>()
        .ok()
        .flatten()
        .unwrap_or(SubjectAltName(Vec::new()));
    let emails = certificate.emails();
    let hex = |octets: &[u8]| chancery_x509::hex::encode(octets, "");
    let attributes = certificate.subject().attributes();
    let mut texts: Vec<&str> = attributes
        .map(|attribute| attribute.value.as_str())
        .collect();
    texts.extend(names.0.iter().filter_map(|name| match name {
        GeneralName::Dns(name) => Some(name.as_str()),
        _ => None,
    }));
    terms(&Found {
        texts,
        emails: emails.iter().map(String::as_str).collect(),
        digits: vec![
            certificate.serial().to_hex(),
            hex(&certificate.fingerprint(DigestAlgorithm::Sha1, &AwsLc)),
            hex(&certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc)),
        ],
        holder,
    })
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
