//! Key agreement (RFC 5652 section 6.2.2) with ephemeral-static ECDH (RFC 5753 section 3.1, RFC 8418 section 3.1).

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::oid;
use chancery_x509::{EcCurve, ObjectIdentifier, ParseError, PublicKeyInfo, PublicKeyKind};

use super::{MAX_RECIPIENTS, RecipientIdentifier};
use crate::enveloped::key_derivation::KeyDerivation;
use crate::enveloped::key_wrap::KeyWrap;

/// Longest user keying material that is read.
const MAX_UKM: usize = 1_024;

/// Longest wrapped key: no content cipher's key has more than 32 octets, and key wrap adds 8.
const MAX_WRAPPED_KEY: usize = 256;

/// The content-encryption key, wrapped for recipients who share a curve with the sender's ephemeral key.
///
/// ```asn1
/// KeyAgreeRecipientInfo ::= SEQUENCE {
///     version CMSVersion,  -- always 3
///     originator [0] EXPLICIT OriginatorIdentifierOrKey,
///     ukm [1] EXPLICIT UserKeyingMaterial OPTIONAL,
///     keyEncryptionAlgorithm KeyEncryptionAlgorithmIdentifier,
///     recipientEncryptedKeys SEQUENCE OF RecipientEncryptedKey }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAgreeRecipientInfo {
    /// The sender's key.
    pub originator: Originator,
    /// What the sender mixes into the key.
    pub user_keying_material: Option<Vec<u8>>,
    /// How, or which algorithm that is not known here.
    pub agreement: Result<Agreement, ParseError>,
    /// One wrapped key a recipient.
    pub encrypted_keys: Vec<EncryptedKey>,
}

/// The sender's side of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Originator {
    /// An ephemeral key.
    PublicKey {
        /// id-ecPublicKey or id-X25519.
        algorithm: ObjectIdentifier,
        /// The named curve, where it is given again (RFC 5753 section 3.1.1 lets it be absent or NULL).
        curve: Option<ObjectIdentifier>,
        /// The point.
        public_key: Vec<u8>,
    },
    /// The key of a certificate (static-static agreement): told, not opened.
    Certificate,
}

/// One recipient's wrapped key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedKey {
    /// Whose.
    pub recipient: RecipientIdentifier,
    /// The wrapped key (RFC 3394).
    pub wrapped: Vec<u8>,
}

/// `KeyEncryptionAlgorithmIdentifier` of an agreement: how the shared secret becomes a key, and what that key wraps with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The derivation.
    pub derivation: KeyDerivation,
    /// Whether the cofactor variant is named; on the curves here the cofactor is 1, and both are the same.
    pub cofactor: bool,
    /// The key wrap.
    pub wrap: KeyWrap,
    /// The key wrap's `AlgorithmIdentifier` as it stands in the message: it enters the derivation.
    pub(crate) wrap_der: Vec<u8>,
}

impl Agreement {
    /// An agreement as it is written here.
    #[must_use]
    pub fn new(derivation: KeyDerivation, wrap: KeyWrap) -> Self {
        Self {
            derivation,
            cofactor: false,
            wrap,
            // RFC 3565 section 2.3.2: parameters are absent.
            wrap_der: asn1::sequence(&[&asn1::oid(&wrap.oid())]),
        }
    }

    fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "key agreement algorithm";
        let mut algorithm = Reader::sequence(der, WHAT)?;
        let scheme = algorithm.oid(WHAT)?;
        let (derivation, cofactor) = KeyDerivation::from_scheme(&scheme)
            .ok_or(ParseError::UnknownAlgorithm { oid: scheme })?;
        let wrap_der = algorithm.raw(tag::SEQUENCE, "key wrap algorithm")?.to_vec();
        algorithm.finish()?;
        let mut parts = Reader::sequence(&wrap_der, "key wrap algorithm")?;
        let oid = parts.oid("key wrap algorithm")?;
        // RFC 3565 section 2.3.2 wants none, RFC 3370 section 4.3.1 a NULL; it is derived with as it stands.
        parts.optional(tag::NULL, "key wrap parameters")?;
        parts.finish()?;
        let wrap = KeyWrap::from_oid(&oid).ok_or(ParseError::UnknownAlgorithm { oid })?;
        Ok(Self {
            derivation,
            cofactor,
            wrap,
            wrap_der,
        })
    }

    fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&self.derivation.scheme()), &self.wrap_der])
    }
}

impl Originator {
    fn read(content: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "originator";
        const PUBLIC_KEY: u8 = tag::context_constructed(1);
        let mut choice = Reader::new(content, WHAT);
        let originator = if choice.peek() == Some(PUBLIC_KEY) {
            let mut key = Reader::new(choice.read(PUBLIC_KEY, WHAT)?, WHAT);
            let mut parts = key.nested("originator algorithm")?;
            let algorithm = parts.oid("originator algorithm")?;
            let curve = if parts.peek() == Some(tag::OID) {
                Some(parts.oid("originator curve")?)
            } else {
                parts.optional(tag::NULL, "originator curve")?;
                None
            };
            parts.finish()?;
            let public_key = key.bit_string("originator key")?.to_vec();
            key.finish()?;
            Self::PublicKey {
                algorithm,
                curve,
                public_key,
            }
        } else {
            choice.any(WHAT)?;
            Self::Certificate
        };
        choice.finish()?;
        Ok(originator)
    }

    /// The sender's key as `SubjectPublicKeyInfo` on the curve of the recipient's key; nothing where they do not fit together.
    pub(super) fn spki_for(&self, recipient: &PublicKeyInfo) -> Option<Vec<u8>> {
        let Self::PublicKey {
            algorithm,
            curve: named,
            public_key,
        } = self
        else {
            return None;
        };
        let identifier = match recipient.kind() {
            PublicKeyKind::Ec {
                curve: curve @ (EcCurve::P256 | EcCurve::P384 | EcCurve::P521),
            } if *algorithm == oid::EC_PUBLIC_KEY
                && named.is_none_or(|named| named == curve.oid()) =>
            {
                asn1::sequence(&[&asn1::oid(algorithm), &asn1::oid(&curve.oid())])
            }
            PublicKeyKind::X25519 if *algorithm == oid::X25519 => {
                asn1::sequence(&[&asn1::oid(algorithm)])
            }
            _ => return None,
        };
        let spki = asn1::sequence(&[&identifier, &asn1::bit_string(public_key)]);
        // Checks the point's length, so that a provider meets nothing that is no key at all.
        PublicKeyInfo::from_der(&spki).ok()?;
        Some(spki)
    }

    /// An ephemeral key from its `SubjectPublicKeyInfo`.
    pub(crate) fn from_spki(key: &PublicKeyInfo) -> Option<Self> {
        let algorithm = match key.kind() {
            PublicKeyKind::Ec { .. } => oid::EC_PUBLIC_KEY,
            PublicKeyKind::X25519 => oid::X25519,
            _ => return None,
        };
        Some(Self::PublicKey {
            algorithm,
            // RFC 5753 section 3.1.1: absent, which every reader takes.
            curve: None,
            public_key: key.subject_public_key().to_vec(),
        })
    }

    fn to_der(&self) -> Vec<u8> {
        match self {
            Self::PublicKey {
                algorithm,
                curve,
                public_key,
            } => {
                let curve = curve.as_ref().map(asn1::oid).unwrap_or_default();
                asn1::tlv(
                    tag::context_constructed(1),
                    &[
                        asn1::sequence(&[&asn1::oid(algorithm), &curve]),
                        asn1::bit_string(public_key),
                    ]
                    .concat(),
                )
            }
            // Never written: static-static agreement is read over only.
            Self::Certificate => Vec::new(),
        }
    }
}

impl KeyAgreeRecipientInfo {
    pub(super) fn read(mut parts: Reader<'_>) -> Result<Self, ParseError> {
        parts.integer_u64("version")?;
        let originator = Originator::read(parts.read(tag::context_constructed(0), "originator")?)?;
        let user_keying_material =
            match parts.optional(tag::context_constructed(1), "user keying material")? {
                None => None,
                Some(explicit) => {
                    let ukm = asn1::element(explicit, tag::OCTET_STRING, "user keying material")?;
                    within(ukm, MAX_UKM, "user keying material")?;
                    Some(ukm.to_vec())
                }
            };
        let agreement = Agreement::from_der(parts.raw(tag::SEQUENCE, "key agreement algorithm")?);
        let mut list = parts.nested("encrypted keys")?;
        parts.finish()?;
        let mut encrypted_keys = Vec::new();
        while !list.is_empty() {
            if encrypted_keys.len() >= MAX_RECIPIENTS {
                return Err(ParseError::TooLarge {
                    what: "encrypted keys",
                    octets: encrypted_keys.len(),
                    limit: MAX_RECIPIENTS,
                });
            }
            let mut key = list.nested("encrypted key")?;
            let recipient = RecipientIdentifier::read_in_agreement(&mut key)?;
            let wrapped = key.read(tag::OCTET_STRING, "encrypted key")?;
            key.finish()?;
            within(wrapped, MAX_WRAPPED_KEY, "encrypted key")?;
            encrypted_keys.push(EncryptedKey {
                recipient,
                wrapped: wrapped.to_vec(),
            });
        }
        Ok(Self {
            originator,
            user_keying_material,
            agreement,
            encrypted_keys,
        })
    }

    pub(crate) fn to_der(&self) -> Result<Vec<u8>, ParseError> {
        let agreement = self.agreement.as_ref().map_err(Clone::clone)?;
        let ukm = self
            .user_keying_material
            .as_deref()
            .map(|ukm| asn1::explicit(1, &asn1::octet_string(ukm)))
            .unwrap_or_default();
        let keys: Vec<_> = self
            .encrypted_keys
            .iter()
            .map(|key| {
                asn1::sequence(&[
                    &key.recipient.to_der_in_agreement(),
                    &asn1::octet_string(&key.wrapped),
                ])
            })
            .collect();
        let parts = [
            asn1::integer_u64(3),
            asn1::explicit(0, &self.originator.to_der()),
            ukm,
            agreement.to_der(),
            asn1::sequence_of(&keys),
        ];
        Ok(asn1::tlv(tag::context_constructed(1), &parts.concat()))
    }
}

fn within(octets: &[u8], limit: usize, what: &'static str) -> Result<(), ParseError> {
    if octets.len() > limit {
        return Err(ParseError::TooLarge {
            what,
            octets: octets.len(),
            limit,
        });
    }
    Ok(())
}
