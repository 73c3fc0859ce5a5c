//! One certificate: prepare, lint, sign. Committing it is the caller's, in the same batch as its cause.

use std::sync::Arc;

use chancery_keys::{SignError, Signer};
use chancery_profile::{Finding, Issuer, Linted, PrepareError, Profile, SubjectData, Wanted, lint};
use chancery_store::Timestamp;
use chancery_x509::{Certificate, ParseError, PublicKeyInfo, SerialNumber, VerifyError};

use crate::{
    context::{Context, SHARD},
    serial::SerialError,
};

/// A certificate was not made.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    /// The profile does not allow what was asked for.
    #[error("the profile does not allow this certificate")]
    Refused(#[from] PrepareError),
    /// A lint objected, so nothing was signed.
    #[error("the certificate would break {} rules", findings.len())]
    Lint {
        /// What the lints found.
        findings: Vec<Finding>,
    },
    /// There was no serial number.
    #[error("there is no serial number for the certificate")]
    Serial(#[from] SerialError),
    /// The key did not sign.
    #[error("the authority's key did not sign")]
    Sign(#[from] SignError),
    /// What was signed is no certificate.
    #[error("the signed certificate could not be read back")]
    Assemble(#[from] ParseError),
    /// The signature that was made does not verify: a fault of the key or its token.
    #[error("the signature that was made does not verify")]
    Signature(#[from] VerifyError),
}

/// Who signs.
#[derive(Clone, Copy)]
pub(crate) struct IssuerKey<'a> {
    pub slug: &'a str,
    /// `None` for a root, which signs its own certificate.
    pub certificate: Option<&'a Certificate>,
    pub signer: &'a Arc<dyn Signer>,
}

/// What is to be certified.
#[derive(Clone, Copy)]
pub(crate) struct Blank<'a> {
    pub profile: &'a Profile,
    pub subject: &'a SubjectData,
    pub public_key: &'a PublicKeyInfo,
    pub not_before: i64,
    pub not_after: i64,
}

/// Prepares and lints; the result can be signed once.
pub(crate) fn prepare(
    context: &Context,
    issuer: IssuerKey<'_>,
    blank: Blank<'_>,
    serial: SerialNumber,
) -> Result<Linted, MintError> {
    let by = Issuer {
        certificate: issuer.certificate,
        signature: issuer.signer.algorithm(),
        status_url: &context.status_url,
        slug: issuer.slug,
        shard: u32::try_from(SHARD).unwrap_or(0),
    };
    let wanted = Wanted {
        subject: blank.subject,
        public_key: blank.public_key,
        serial,
        not_before: blank.not_before,
        not_after: blank.not_after,
    };
    let prepared = blank.profile.prepare(&by, &wanted, &context.crypto)?;
    lint(prepared, &context.crypto).map_err(|findings| MintError::Lint { findings })
}

/// Prepares under a new serial number, lints and signs.
pub(crate) async fn mint(
    context: &Context,
    issuer: IssuerKey<'_>,
    blank: Blank<'_>,
    now: Timestamp,
) -> Result<Certificate, MintError> {
    let serial = context.serials.next(context.entropy.as_ref(), now).await?;
    let linted = prepare(context, issuer, blank, serial)?;
    let tbs = linted.tbs_der().to_vec();
    let signature = context.pool.sign(Arc::clone(issuer.signer), tbs).await?;
    let certificate = linted.finish(&signature)?;
    // A faulty signature, of a token or of memory, must not leave the house: from a wrong RSA-CRT
    // signature the key can be computed.
    let key = issuer
        .certificate
        .map_or_else(|| certificate.public_key(), Certificate::public_key);
    certificate.verify_signature(key, &context.crypto)?;
    Ok(certificate)
}
