//! What a certificate can be used for, by its key, keyUsage and extKeyUsage.

use chancery_x509::extension::{ExtendedKeyUsage, KeyUsage};
use chancery_x509::{Certificate, ObjectIdentifier, ParseError, PublicKeyKind, oid};

/// Signing, encryption or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Logging in and signing.
    pub signing: bool,
    /// Being encrypted to.
    pub encryption: bool,
}

impl Uses {
    /// Signing alone.
    pub const SIGNING: Self = Self {
        signing: true,
        encryption: false,
    };
    /// Encryption alone.
    pub const ENCRYPTION: Self = Self {
        signing: false,
        encryption: true,
    };
    /// Both, by one certificate.
    pub const BOTH: Self = Self {
        signing: true,
        encryption: true,
    };

    /// Whether all uses of `other` are among these.
    #[must_use]
    pub const fn contain(self, other: Self) -> bool {
        (self.signing || !other.signing) && (self.encryption || !other.encryption)
    }

    /// Whether it is neither.
    #[must_use]
    pub const fn is_none(self) -> bool {
        !self.signing && !self.encryption
    }

    /// What the certificate allows. `log_in` are the key purposes that supported authorities name for log-in.
    pub(super) fn of(
        certificate: &Certificate,
        log_in: &[ObjectIdentifier],
    ) -> Result<Self, ParseError> {
        if certificate.is_ca() {
            return Ok(Self::default());
        }
        let by_key = by_key(certificate.public_key().kind());
        let by_usage = match certificate.extension::<KeyUsage>()? {
            None => Self::BOTH,
            Some(usage) => {
                let transport = match certificate.public_key().kind() {
                    PublicKeyKind::Rsa { .. } => KeyUsage::KEY_ENCIPHERMENT,
                    _ => KeyUsage::KEY_AGREEMENT,
                };
                Self {
                    signing: usage
                        .intersects(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::NON_REPUDIATION),
                    encryption: usage.contains(transport),
                }
            }
        };
        let by_purpose = match certificate.extension::<ExtendedKeyUsage>()? {
            None => Self::BOTH,
            Some(purposes) => {
                let mail = purposes.contains(&oid::EKU_EMAIL_PROTECTION)
                    || purposes.contains(&oid::EKU_ANY);
                let signs = [oid::EKU_CLIENT_AUTH, oid::EKU_DOCUMENT_SIGNING];
                let mut signs = signs.iter().chain(log_in);
                Self {
                    signing: mail || signs.any(|purpose| purposes.contains(purpose)),
                    encryption: mail,
                }
            }
        };
        Ok(by_key.and(by_usage).and(by_purpose))
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            signing: self.signing && other.signing,
            encryption: self.encryption && other.encryption,
        }
    }
}

const fn by_key(key: PublicKeyKind) -> Uses {
    match key {
        PublicKeyKind::Rsa { .. } | PublicKeyKind::Ec { .. } => Uses::BOTH,
        PublicKeyKind::RsaPss { .. } | PublicKeyKind::Ed25519 => Uses::SIGNING,
        PublicKeyKind::X25519 => Uses::ENCRYPTION,
        _ => Uses {
            signing: false,
            encryption: false,
        },
    }
}
