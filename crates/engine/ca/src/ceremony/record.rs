//! What is kept of a ceremony, for people to read, print and sign.

use std::fmt;

use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_store::{Id, ReadError, Store, Timestamp, args};
use chancery_x509::{DigestAlgorithm, hex, time};

use super::Made;
use crate::record::key_digest;

/// The record of a ceremony; its `Display` is the text that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CeremonyRecord {
    /// Row identifier.
    pub id: Id,
    /// When it was held.
    pub held_at: Timestamp,
    /// Who held it.
    pub held_by: String,
    /// The address that stands in every certificate.
    pub status_url: String,
    /// What was made, the root first.
    pub authorities: Vec<MadeAuthority>,
}

/// An authority that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeAuthority {
    /// Its name in addresses and of its key's file.
    pub slug: String,
    /// Its subject on one line.
    pub subject: String,
    /// Kind of its key.
    pub key: KeyAlgorithm,
    /// Where its key is: a file of the vault, or a URI in a token.
    pub place: String,
    /// SHA-256 of its `SubjectPublicKeyInfo`.
    pub key_fingerprint: String,
    /// Serial number of its certificate.
    pub serial: String,
    /// SHA-256 of its certificate.
    pub fingerprint: String,
    /// First second of its validity.
    pub not_before: i64,
    /// Last second of its validity.
    pub not_after: i64,
}

impl From<&Made> for MadeAuthority {
    fn from(made: &Made) -> Self {
        let certificate = &made.certificate;
        Self {
            slug: made.slug.clone(),
            subject: certificate.subject().one_line(),
            key: made.key,
            place: made.place.clone(),
            key_fingerprint: hex::fingerprint(&key_digest(certificate.public_key().as_der())),
            serial: certificate.serial().to_hex(),
            fingerprint: hex::fingerprint(
                &certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc),
            ),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
        }
    }
}

impl fmt::Display for CeremonyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Record of the key ceremony {}", self.id)?;
        writeln!(f)?;
        writeln!(
            f,
            "Held at:         {}",
            time::display(self.held_at.as_secs())
        )?;
        writeln!(f, "Held by:         {}", self.held_by)?;
        writeln!(f, "Status address:  {}", self.status_url)?;
        for made in &self.authorities {
            writeln!(f)?;
            writeln!(f, "Authority:       {}", made.slug)?;
            writeln!(f, "  Subject:       {}", made.subject)?;
            writeln!(f, "  Key:           {}, {}", made.key, made.place)?;
            writeln!(f, "  Key SHA-256:   {}", made.key_fingerprint)?;
            writeln!(f, "  Serial number: {}", made.serial)?;
            writeln!(f, "  SHA-256:       {}", made.fingerprint)?;
            writeln!(
                f,
                "  Validity:      {} to {}",
                time::display(made.not_before),
                time::display(made.not_after)
            )?;
        }
        Ok(())
    }
}

/// The texts of all ceremonies with their times, the latest first.
pub async fn ceremony_records(store: &Store) -> Result<Vec<(Timestamp, String)>, ReadError> {
    let rows = store
        .rows(
            "select held_at, record from ceremony order by held_at desc, id",
            args![],
        )
        .await?;
    let records: Result<_, chancery_store::RowError> = rows
        .iter()
        .map(|row| Ok((row.time(0)?, row.text(1)?)))
        .collect();
    Ok(records?)
}
