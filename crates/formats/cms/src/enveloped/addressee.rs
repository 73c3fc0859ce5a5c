//! A recipient to encrypt for.

use chancery_x509::extension::KeyUsage;
use chancery_x509::{
    Certificate, Crypto, DigestAlgorithm, EcCurve, KeyTransport, PublicKeyInfo, PublicKeyKind,
};

use super::EncryptError;
use super::key_derivation::KeyDerivation;
use super::key_wrap::KeyWrap;
use super::recipient::{
    Agreement, EncryptedKey, KeyAgreeRecipientInfo, KeyTransRecipientInfo, Originator,
    RecipientIdentifier, RecipientInfo,
};

/// How the content's key reaches a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyManagement {
    /// Encrypted to an RSA key.
    Transport(KeyTransport),
    /// Wrapped under a key agreed on with an ephemeral one.
    Agreement {
        /// How the shared secret becomes a key.
        derivation: KeyDerivation,
        /// What wraps the content's key; as long as that by default.
        wrap: Option<KeyWrap>,
        /// What is mixed into the derivation; nothing is needed (RFC 5753 section 3.1.1).
        user_keying_material: Option<Vec<u8>>,
    },
}

impl KeyManagement {
    /// What every reader of a kind of key can do: RSA PKCS#1 v1.5; X9.63 with the digest that matches the curve (RFC 5753
    /// section 7.1.4); HKDF with SHA-256 for X25519 (RFC 8551 section 2.3).
    pub fn usual(key: PublicKeyKind) -> Result<Self, EncryptError> {
        let agreement = |derivation| Self::Agreement {
            derivation,
            wrap: None,
            user_keying_material: None,
        };
        Ok(match key {
            PublicKeyKind::Rsa { .. } => Self::Transport(KeyTransport::Pkcs1V15),
            PublicKeyKind::Ec {
                curve: EcCurve::P256,
            } => agreement(KeyDerivation::X963(DigestAlgorithm::Sha256)),
            PublicKeyKind::Ec {
                curve: EcCurve::P384,
            } => agreement(KeyDerivation::X963(DigestAlgorithm::Sha384)),
            PublicKeyKind::Ec {
                curve: EcCurve::P521,
            } => agreement(KeyDerivation::X963(DigestAlgorithm::Sha512)),
            PublicKeyKind::X25519 => agreement(KeyDerivation::Hkdf(DigestAlgorithm::Sha256)),
            kind => return Err(EncryptError::KeyKind { kind }),
        })
    }
}

/// A recipient to encrypt for.
#[derive(Clone, Debug)]
pub struct Addressee {
    certificate: Certificate,
    management: KeyManagement,
    by_key_identifier: bool,
}

impl Addressee {
    /// The holder of this certificate, named by issuer and serial number, in the [usual](KeyManagement::usual) way for its key.
    /// A keyUsage that allows neither keyEncipherment nor keyAgreement, whichever it takes, is refused (RFC 5280 section 4.2.1.3).
    pub fn new(certificate: Certificate) -> Result<Self, EncryptError> {
        let management = KeyManagement::usual(certificate.public_key().kind())?;
        Self::with_management(certificate, management)
    }

    /// The same in another way.
    pub fn with_management(
        certificate: Certificate,
        management: KeyManagement,
    ) -> Result<Self, EncryptError> {
        let kind = certificate.public_key().kind();
        let usage = match &management {
            KeyManagement::Transport(_) => KeyUsage::KEY_ENCIPHERMENT,
            KeyManagement::Agreement { .. } => KeyUsage::KEY_AGREEMENT,
        };
        let fits = match (&management, kind) {
            (KeyManagement::Transport(_), PublicKeyKind::Rsa { .. }) => true,
            (
                KeyManagement::Agreement {
                    derivation, wrap, ..
                },
                kind,
            ) => Self::agrees(kind) && derivation.has_scheme() && *wrap != Some(KeyWrap::DesEde3),
            _ => false,
        };
        if !fits {
            return Err(EncryptError::KeyKind { kind });
        }
        let allowed = certificate
            .extension::<KeyUsage>()
            .map_err(EncryptError::Structure)?;
        if allowed.is_some_and(|allowed| !allowed.contains(usage)) {
            return Err(EncryptError::KeyUsage);
        }
        Ok(Self {
            certificate,
            management,
            by_key_identifier: false,
        })
    }

    const fn agrees(kind: PublicKeyKind) -> bool {
        matches!(
            kind,
            PublicKeyKind::X25519
                | PublicKeyKind::Ec {
                    curve: EcCurve::P256 | EcCurve::P384 | EcCurve::P521
                }
        )
    }

    /// Names the recipient by the key's identifier instead.
    #[must_use]
    pub fn by_key_identifier(self) -> Self {
        Self {
            by_key_identifier: true,
            ..self
        }
    }

    /// The certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    pub(super) fn encrypt_key(
        &self,
        crypto: &dyn Crypto,
        key: &[u8],
    ) -> Result<RecipientInfo, EncryptError> {
        let recipient = if self.by_key_identifier {
            RecipientIdentifier::of_key(&self.certificate, crypto)
        } else {
            RecipientIdentifier::of_certificate(&self.certificate)
        };
        let spki = self.certificate.public_key().as_der();
        match &self.management {
            KeyManagement::Transport(transport) => {
                let encrypted_key = crypto
                    .encrypt_to(transport, spki, key)
                    .map_err(EncryptError::Recipient)?;
                Ok(RecipientInfo::KeyTransport(KeyTransRecipientInfo {
                    recipient,
                    transport: Ok(transport.clone()),
                    encrypted_key,
                }))
            }
            KeyManagement::Agreement {
                derivation,
                wrap,
                user_keying_material,
            } => {
                let wrap = wrap.unwrap_or_else(|| KeyWrap::for_key(key.len()));
                let agreement = Agreement::new(*derivation, wrap);
                let agreed = crypto.agree_with(spki).map_err(EncryptError::Recipient)?;
                let kek = derivation.derive(
                    crypto,
                    &agreed.shared_secret,
                    user_keying_material.as_deref(),
                    wrap,
                    &agreement.wrap_der,
                );
                let wrapped = crypto.wrap_key(&kek, key)?;
                let kind = self.certificate.public_key().kind();
                let originator = PublicKeyInfo::from_der(&agreed.public_key)
                    .ok()
                    .and_then(|key| Originator::from_spki(&key))
                    .ok_or(EncryptError::KeyKind { kind })?;
                Ok(RecipientInfo::KeyAgreement(KeyAgreeRecipientInfo {
                    originator,
                    user_keying_material: user_keying_material.clone(),
                    agreement: Ok(agreement),
                    encrypted_keys: vec![EncryptedKey { recipient, wrapped }],
                }))
            }
        }
    }
}
