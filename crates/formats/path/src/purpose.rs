//! What a certificate is to be used for.

use std::fmt;
use std::str::FromStr;

use chancery_x509::extension::{ExtendedKeyUsage, KeyUsage};
use chancery_x509::{ObjectIdentifier, PublicKeyKind, oid};
use serde::Serialize;
use thiserror::Error;

use crate::certificate::PathCertificate;
use crate::failure::FailureKind;

/// A purpose: it decides which extKeyUsage and keyUsage are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Any: neither extKeyUsage nor keyUsage of the end entity is looked at.
    #[default]
    Any,
    /// Signing mail (RFC 8550).
    SmimeSign,
    /// Having mail encrypted to it (RFC 8550).
    SmimeEncrypt,
    /// Signing files and documents (RFC 9336), which certificates for mail do too.
    DocumentSign,
    /// Logging in by TLS.
    Client,
    /// Serving TLS.
    Server,
    /// Signing time-stamps (RFC 3161 section 2.3).
    Timestamp,
    /// Signing OCSP responses (RFC 6960 section 4.2.2.2).
    OcspSigning,
}

/// The text names no purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "not a purpose: use smime-sign, smime-encrypt, document-sign, client, server, timestamp, ocsp-signing or any"
)]
pub struct UnknownPurpose;

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Any,
        Self::SmimeSign,
        Self::SmimeEncrypt,
        Self::DocumentSign,
        Self::Client,
        Self::Server,
        Self::Timestamp,
        Self::OcspSigning,
    ];

    /// The name on the command line, `smime-sign` and so on.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::SmimeSign => "smime-sign",
            Self::SmimeEncrypt => "smime-encrypt",
            Self::DocumentSign => "document-sign",
            Self::Client => "client",
            Self::Server => "server",
            Self::Timestamp => "timestamp",
            Self::OcspSigning => "ocsp-signing",
        }
    }

    /// Of which extKeyUsage must name one; none where any will do.
    const fn key_purposes(self) -> &'static [ObjectIdentifier] {
        match self {
            Self::Any => &[],
            Self::SmimeSign | Self::SmimeEncrypt => &[oid::EKU_EMAIL_PROTECTION],
            Self::DocumentSign => &[oid::EKU_DOCUMENT_SIGNING, oid::EKU_EMAIL_PROTECTION],
            Self::Client => &[oid::EKU_CLIENT_AUTH],
            Self::Server => &[oid::EKU_SERVER_AUTH],
            Self::Timestamp => &[oid::EKU_TIME_STAMPING],
            Self::OcspSigning => &[oid::EKU_OCSP_SIGNING],
        }
    }

    fn is_named(self, usage: &ExtendedKeyUsage) -> bool {
        self.key_purposes().iter().any(|one| usage.contains(one))
    }

    /// Whether an issuer with this extKeyUsage may issue for the purpose: a practice of all browsers and of the Baseline
    /// Requirements, beyond RFC 5280 section 4.2.1.12.
    pub(crate) fn allows_issuer(self, usage: Option<&ExtendedKeyUsage>) -> bool {
        match usage {
            Some(usage) if self != Self::Any => {
                self.is_named(usage) || usage.contains(&oid::EKU_ANY)
            }
            _ => true,
        }
    }

    /// Whether the end entity may be used for the purpose, by extKeyUsage and keyUsage.
    pub(crate) fn check(self, leaf: &PathCertificate) -> Result<(), FailureKind> {
        if self == Self::Any {
            return Ok(());
        }
        let extensions = leaf.extensions();
        let usage = extensions.extended_key_usage.as_ref();
        let allowed = match (self, usage) {
            // RFC 3161 section 2.3: the one purpose, and critical.
            (Self::Timestamp, Some(usage)) => {
                usage.0 == self.key_purposes() && extensions.extended_key_usage_critical
            }
            // Named outright: anyExtendedKeyUsage is no delegation.
            (Self::OcspSigning, Some(usage)) => self.is_named(usage),
            (Self::Timestamp | Self::OcspSigning, None) => false,
            (_, None) => true,
            (_, Some(usage)) => self.is_named(usage) || usage.contains(&oid::EKU_ANY),
        };
        if !allowed {
            return Err(FailureKind::WrongPurpose { purpose: self });
        }
        let key = leaf.certificate().public_key().kind();
        if !self.is_fit(key) {
            return Err(FailureKind::UnfitKey { key, purpose: self });
        }
        let (uses, needed) = self.key_uses(leaf);
        match extensions.key_usage {
            Some(has) if !has.intersects(uses) => Err(FailureKind::KeyUsage { needed }),
            _ => Ok(()),
        }
    }

    /// Whether keys of this kind can do what is asked for, whatever keyUsage says or leaves out.
    const fn is_fit(self, key: PublicKeyKind) -> bool {
        let signs_only = matches!(
            key,
            PublicKeyKind::RsaPss { .. }
                | PublicKeyKind::Ed25519
                | PublicKeyKind::Ed448
                | PublicKeyKind::Dsa
        );
        match self {
            Self::SmimeEncrypt => !signs_only,
            Self::SmimeSign | Self::DocumentSign | Self::Timestamp | Self::OcspSigning => {
                !matches!(key, PublicKeyKind::X25519)
            }
            Self::Any | Self::Client | Self::Server => true,
        }
    }

    /// The uses of which one is needed where keyUsage is there.
    fn key_uses(self, leaf: &PathCertificate) -> (KeyUsage, &'static str) {
        const SIGNING: KeyUsage = KeyUsage::DIGITAL_SIGNATURE;
        let agreement = SIGNING | KeyUsage::KEY_AGREEMENT;
        match self {
            Self::SmimeSign | Self::DocumentSign | Self::Timestamp => (
                SIGNING | KeyUsage::NON_REPUDIATION,
                "digitalSignature or nonRepudiation",
            ),
            Self::SmimeEncrypt => match leaf.certificate().public_key().kind() {
                PublicKeyKind::Rsa { .. } => (KeyUsage::KEY_ENCIPHERMENT, "keyEncipherment"),
                _ => (KeyUsage::KEY_AGREEMENT, "keyAgreement"),
            },
            Self::Client => (agreement, "digitalSignature or keyAgreement"),
            Self::Server => (
                agreement | KeyUsage::KEY_ENCIPHERMENT,
                "digitalSignature, keyEncipherment or keyAgreement",
            ),
            Self::OcspSigning | Self::Any => (SIGNING, "digitalSignature"),
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|purpose| purpose.name() == text)
            .ok_or(UnknownPurpose)
    }
}
