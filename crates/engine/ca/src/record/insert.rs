//! The rows of a certificate about to be committed.

use chancery_keys::AwsLc;
use chancery_store::{Batch, Id, Timestamp, args};
use chancery_x509::{
    Certificate, Crypto, DigestAlgorithm,
    extension::{GeneralName, SubjectAltName},
    hex,
};

use crate::search::{Found, terms};

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
            "insert into certificate_term (certificate_id, term, issued_at) values ($1, $2, $3)",
            args![new.id, term, now],
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
    let hex = |octets: &[u8]| hex::encode(octets, "");
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
            hex(&key_digest(certificate.public_key().as_der())),
        ],
        holder,
    })
}
