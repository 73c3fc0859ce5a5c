//! Subject public keys.

use std::fmt;

use const_oid::ObjectIdentifier;

use crate::algorithm::{DigestAlgorithm, PssParameters, SignatureAlgorithm};
use crate::asn1::{Reader, tag};
use crate::crypto::{Crypto, VerifyError};
use crate::error::ParseError;
use crate::oid;

/// A `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7), kept as it came, with what kind of key it is.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKeyInfo {
    der: Vec<u8>,
    kind: PublicKeyKind,
    rsa: Option<RsaPublicKey>,
    bits: Vec<u8>,
}

/// Kind and size of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PublicKeyKind {
    /// RSA (RFC 3279 section 2.3.1).
    Rsa {
        /// Bits of the modulus.
        bits: u32,
        /// The public exponent; `u64::MAX` stands for any that is larger.
        exponent: u64,
    },
    /// RSA for RSASSA-PSS alone (RFC 4055 section 1.2).
    RsaPss {
        /// Bits of the modulus.
        bits: u32,
        /// The public exponent; `u64::MAX` stands for any that is larger.
        exponent: u64,
        /// What its signatures are bound to; without parameters any digest and salt.
        parameters: Option<PssParameters>,
    },
    /// Elliptic curve, named (RFC 5480).
    Ec {
        /// Which curve.
        curve: EcCurve,
    },
    /// Ed25519 (RFC 8410).
    Ed25519,
    /// Ed448 (RFC 8410).
    Ed448,
    /// X25519, for key agreement (RFC 8410).
    X25519,
    /// DSA (RFC 3279 section 2.3.2): recognised so that it can be named; nothing here uses it.
    Dsa,
    /// Another algorithm.
    Other {
        /// Its object identifier.
        algorithm: ObjectIdentifier,
    },
}

/// A named curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EcCurve {
    /// secp256r1.
    P256,
    /// secp384r1.
    P384,
    /// secp521r1.
    P521,
    /// Another, by object identifier.
    Other(ObjectIdentifier),
}

/// The numbers of an RSA public key, big-endian without leading zeros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RsaPublicKey {
    /// The modulus.
    pub modulus: Vec<u8>,
    /// The public exponent.
    pub exponent: Vec<u8>,
}

impl PublicKeyInfo {
    /// Reads a DER `SubjectPublicKeyInfo`.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "public key";
        let mut info = Reader::sequence(der, WHAT)?;
        let mut algorithm = info.nested("public key algorithm")?;
        let bits = info.bit_string("public key bits")?;
        info.finish()?;
        let oid = algorithm.oid("public key algorithm")?;
        let mut rsa = None;
        let kind = match oid {
            oid::RSA_ENCRYPTION => {
                // RFC 3279 section 2.3.1: parameters are NULL.
                algorithm.read(tag::NULL, "RSA key parameters")?;
                algorithm.finish()?;
                let key = RsaPublicKey::from_der(bits)?;
                let (bits, exponent) = key.sizes();
                rsa = Some(key);
                PublicKeyKind::Rsa { bits, exponent }
            }
            oid::RSASSA_PSS => {
                let parameters = (!algorithm.is_empty())
                    .then(|| PssParameters::from_der(algorithm.rest()))
                    .transpose()?;
                let key = RsaPublicKey::from_der(bits)?;
                let (bits, exponent) = key.sizes();
                rsa = Some(key);
                PublicKeyKind::RsaPss {
                    bits,
                    exponent,
                    parameters,
                }
            }
            oid::EC_PUBLIC_KEY => {
                // RFC 5480 section 2.1.1: namedCurve only.
                let curve = EcCurve::from_oid(algorithm.oid("named curve")?);
                algorithm.finish()?;
                curve.check_point(bits)?;
                PublicKeyKind::Ec { curve }
            }
            oid::ED25519 | oid::ED448 | oid::X25519 => {
                // RFC 8410 section 3: parameters are absent.
                algorithm.finish()?;
                let (kind, length) = match oid {
                    oid::ED25519 => (PublicKeyKind::Ed25519, 32),
                    oid::X25519 => (PublicKeyKind::X25519, 32),
                    _ => (PublicKeyKind::Ed448, 57),
                };
                if bits.len() != length {
                    return Err(ParseError::Invalid {
                        what: "EdDSA or X25519 public key",
                        clause: "RFC 8410 section 4",
                    });
                }
                kind
            }
            oid::DSA => PublicKeyKind::Dsa,
            other => PublicKeyKind::Other { algorithm: other },
        };
        Ok(Self {
            der: der.to_vec(),
            kind,
            rsa,
            bits: bits.to_vec(),
        })
    }

    /// The `SubjectPublicKeyInfo` as it came.
    #[must_use]
    pub fn as_der(&self) -> &[u8] {
        &self.der
    }

    /// Kind and size.
    #[must_use]
    pub fn kind(&self) -> PublicKeyKind {
        self.kind
    }

    /// Modulus and exponent of an RSA key.
    #[must_use]
    pub fn rsa(&self) -> Option<&RsaPublicKey> {
        self.rsa.as_ref()
    }

    /// The content of the `subjectPublicKey` BIT STRING: what OCSP and key identifiers are made of.
    #[must_use]
    pub fn subject_public_key(&self) -> &[u8] {
        &self.bits
    }

    /// Whether signatures of this algorithm can come from this key at all: the same family, and with RSASSA-PSS keys what their
    /// parameters allow (RFC 4055 section 3.3). Says nothing of strength.
    #[must_use]
    pub fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        match (self.kind, algorithm) {
            (PublicKeyKind::RsaPss { parameters, .. }, SignatureAlgorithm::RsaPss(used)) => {
                parameters.is_none_or(|bound| bound.allows(used))
            }
            (PublicKeyKind::Rsa { .. }, SignatureAlgorithm::RsaPss(_))
            | (PublicKeyKind::Ed25519, SignatureAlgorithm::Ed25519) => true,
            (PublicKeyKind::Rsa { .. }, _) => algorithm.is_rsa_pkcs1(),
            (PublicKeyKind::Ec { .. }, _) => algorithm.is_ecdsa(),
            _ => false,
        }
    }

    /// A DER `SubjectPublicKeyInfo` that [fits](Self::fits) the algorithm; else [`VerifyError::UnusableKey`].
    pub fn fitting(algorithm: SignatureAlgorithm, spki: &[u8]) -> Result<Self, VerifyError> {
        Self::from_der(spki)
            .ok()
            .filter(|key| key.fits(algorithm))
            .ok_or(VerifyError::UnusableKey)
    }

    /// What [`Crypto::verify_digest`] looks at before any cryptography: the algorithm signs digests, the key fits it, and the
    /// digest has its length. Gives the algorithm's digest and the key.
    pub fn for_digest(
        algorithm: SignatureAlgorithm,
        spki: &[u8],
        digest: &[u8],
    ) -> Result<(DigestAlgorithm, Self), VerifyError> {
        let of = algorithm
            .digest()
            .ok_or(VerifyError::NotOverDigest(algorithm))?;
        let key = Self::fitting(algorithm, spki)?;
        if digest.len() == of.output_len() {
            Ok((of, key))
        } else {
            Err(VerifyError::Mismatch)
        }
    }

    /// The key identifier: SHA-1 of the `subjectPublicKey` bits (RFC 5280 section 4.2.1.2, method 1).
    #[must_use]
    pub fn key_identifier(&self, crypto: &dyn Crypto) -> Vec<u8> {
        crypto.digest(DigestAlgorithm::Sha1, &self.bits)
    }
}

impl fmt::Debug for PublicKeyInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKeyInfo")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl RsaPublicKey {
    /// `RSAPublicKey` (RFC 8017 appendix A.1.1): both numbers are positive.
    fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut key = Reader::sequence(der, "RSA public key")?;
        let modulus = positive(key.integer("RSA modulus")?)?;
        let exponent = positive(key.integer("RSA exponent")?)?;
        key.finish()?;
        Ok(Self { modulus, exponent })
    }

    /// Bits of the modulus, and the exponent or `u64::MAX`.
    fn sizes(&self) -> (u32, u64) {
        let leading = self
            .modulus
            .first()
            .map_or(0, |octet| octet.leading_zeros());
        let bits = u32::try_from(self.modulus.len())
            .unwrap_or(u32::MAX)
            .saturating_mul(8)
            .saturating_sub(leading);
        let exponent = if self.exponent.len() > 8 {
            u64::MAX
        } else {
            self.exponent
                .iter()
                .fold(0, |value, octet| (value << 8) | u64::from(*octet))
        };
        (bits, exponent)
    }
}

fn positive(content: &[u8]) -> Result<Vec<u8>, ParseError> {
    let invalid = ParseError::Invalid {
        what: "RSA public key",
        clause: "RFC 8017 section 3.1",
    };
    match content {
        [0] => Err(invalid),
        [0, rest @ ..] => Ok(rest.to_vec()),
        [first, ..] if *first >= 0x80 => Err(invalid),
        digits => Ok(digits.to_vec()),
    }
}

impl EcCurve {
    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: ObjectIdentifier) -> Self {
        match oid {
            oid::SECP256R1 => Self::P256,
            oid::SECP384R1 => Self::P384,
            oid::SECP521R1 => Self::P521,
            other => Self::Other(other),
        }
    }

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::P256 => oid::SECP256R1,
            Self::P384 => oid::SECP384R1,
            Self::P521 => oid::SECP521R1,
            Self::Other(oid) => oid,
        }
    }

    /// An uncompressed or compressed point of the right length (RFC 5480 section 2.2); whether it lies on the curve is seen at the
    /// first use of the key.
    fn check_point(self, point: &[u8]) -> Result<(), ParseError> {
        let field = match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
            Self::Other(_) => return Ok(()),
        };
        let right = match point.split_first() {
            Some((4, rest)) => rest.len() == 2 * field,
            Some((2 | 3, rest)) => rest.len() == field,
            _ => false,
        };
        if right {
            Ok(())
        } else {
            Err(ParseError::Invalid {
                what: "elliptic curve point",
                clause: "RFC 5480 section 2.2",
            })
        }
    }
}

impl fmt::Display for EcCurve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::P521 => f.write_str("P-521"),
            Self::Other(oid) => write!(f, "{oid}"),
        }
    }
}

impl fmt::Display for PublicKeyKind {
    /// `RSA 3072`, `EC P-256`, `Ed25519`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits, .. } => write!(f, "RSA {bits}"),
            Self::RsaPss { bits, .. } => write!(f, "RSASSA-PSS {bits}"),
            Self::Ec { curve } => write!(f, "EC {curve}"),
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::Ed448 => f.write_str("Ed448"),
            Self::X25519 => f.write_str("X25519"),
            Self::Dsa => f.write_str("DSA"),
            Self::Other { algorithm } => write!(f, "{algorithm}"),
        }
    }
}
