//! Signature algorithms.

use std::fmt;

use const_oid::ObjectIdentifier;

use super::{DigestAlgorithm, PssParameters};
use crate::asn1::{self, Reader};
use crate::error::ParseError;
use crate::oid;

/// A signature algorithm.
///
/// Those over SHA-1 and SHA-224 are for reading: nothing here writes them. Whether a signature over SHA-1 counts is the caller's
/// policy; see [`DigestAlgorithm::is_collision_resistant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// sha1WithRSAEncryption (RFC 3279 section 2.2.1), for reading.
    RsaPkcs1Sha1,
    /// sha224WithRSAEncryption (RFC 4055 section 5), for reading.
    RsaPkcs1Sha224,
    /// sha256WithRSAEncryption (RFC 4055 section 5).
    RsaPkcs1Sha256,
    /// sha384WithRSAEncryption.
    RsaPkcs1Sha384,
    /// sha512WithRSAEncryption.
    RsaPkcs1Sha512,
    /// id-RSASSA-PSS (RFC 4055 section 3).
    RsaPss(PssParameters),
    /// ecdsa-with-SHA1 (RFC 3279 section 2.2.3), for reading.
    EcdsaSha1,
    /// ecdsa-with-SHA224 (RFC 5758 section 3.2), for reading.
    EcdsaSha224,
    /// ecdsa-with-SHA256 (RFC 5758 section 3.2).
    EcdsaSha256,
    /// ecdsa-with-SHA384.
    EcdsaSha384,
    /// ecdsa-with-SHA512.
    EcdsaSha512,
    /// Ed25519 (RFC 8410).
    Ed25519,
}

impl SignatureAlgorithm {
    /// Those that an object identifier alone names: all but RSASSA-PSS.
    pub const WITHOUT_PARAMETERS: [Self; 11] = [
        Self::RsaPkcs1Sha1,
        Self::RsaPkcs1Sha224,
        Self::RsaPkcs1Sha256,
        Self::RsaPkcs1Sha384,
        Self::RsaPkcs1Sha512,
        Self::EcdsaSha1,
        Self::EcdsaSha224,
        Self::EcdsaSha256,
        Self::EcdsaSha384,
        Self::EcdsaSha512,
        Self::Ed25519,
    ];

    /// RSASSA-PKCS1-v1_5 with this digest: what rsaEncryption in a CMS `SignerInfo` means (RFC 5754 section 3.2).
    #[must_use]
    pub const fn rsa_pkcs1(digest: DigestAlgorithm) -> Self {
        match digest {
            DigestAlgorithm::Sha1 => Self::RsaPkcs1Sha1,
            DigestAlgorithm::Sha224 => Self::RsaPkcs1Sha224,
            DigestAlgorithm::Sha256 => Self::RsaPkcs1Sha256,
            DigestAlgorithm::Sha384 => Self::RsaPkcs1Sha384,
            DigestAlgorithm::Sha512 => Self::RsaPkcs1Sha512,
        }
    }

    /// ECDSA with this digest.
    #[must_use]
    pub const fn ecdsa(digest: DigestAlgorithm) -> Self {
        match digest {
            DigestAlgorithm::Sha1 => Self::EcdsaSha1,
            DigestAlgorithm::Sha224 => Self::EcdsaSha224,
            DigestAlgorithm::Sha256 => Self::EcdsaSha256,
            DigestAlgorithm::Sha384 => Self::EcdsaSha384,
            DigestAlgorithm::Sha512 => Self::EcdsaSha512,
        }
    }

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::RsaPkcs1Sha1 => oid::SHA1_WITH_RSA,
            Self::RsaPkcs1Sha224 => oid::SHA224_WITH_RSA,
            Self::RsaPkcs1Sha256 => oid::SHA256_WITH_RSA,
            Self::RsaPkcs1Sha384 => oid::SHA384_WITH_RSA,
            Self::RsaPkcs1Sha512 => oid::SHA512_WITH_RSA,
            Self::RsaPss(_) => oid::RSASSA_PSS,
            Self::EcdsaSha1 => oid::ECDSA_WITH_SHA1,
            Self::EcdsaSha224 => oid::ECDSA_WITH_SHA224,
            Self::EcdsaSha256 => oid::ECDSA_WITH_SHA256,
            Self::EcdsaSha384 => oid::ECDSA_WITH_SHA384,
            Self::EcdsaSha512 => oid::ECDSA_WITH_SHA512,
            Self::Ed25519 => oid::ED25519,
        }
    }

    /// By object identifier; RSASSA-PSS is nothing without its parameters and is read by [`from_der`](Self::from_der).
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::WITHOUT_PARAMETERS
            .into_iter()
            .find(|algorithm| algorithm.oid() == *oid)
    }

    /// The digest taken of the message; Ed25519 takes the message whole.
    #[must_use]
    pub const fn digest(self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1Sha1 | Self::EcdsaSha1 => Some(DigestAlgorithm::Sha1),
            Self::RsaPkcs1Sha224 | Self::EcdsaSha224 => Some(DigestAlgorithm::Sha224),
            Self::RsaPkcs1Sha256 | Self::EcdsaSha256 => Some(DigestAlgorithm::Sha256),
            Self::RsaPkcs1Sha384 | Self::EcdsaSha384 => Some(DigestAlgorithm::Sha384),
            Self::RsaPkcs1Sha512 | Self::EcdsaSha512 => Some(DigestAlgorithm::Sha512),
            Self::RsaPss(parameters) => Some(parameters.digest),
            Self::Ed25519 => None,
        }
    }

    /// Whether it is RSASSA-PKCS1-v1_5.
    #[must_use]
    pub const fn is_rsa_pkcs1(self) -> bool {
        matches!(
            self,
            Self::RsaPkcs1Sha1
                | Self::RsaPkcs1Sha224
                | Self::RsaPkcs1Sha256
                | Self::RsaPkcs1Sha384
                | Self::RsaPkcs1Sha512
        )
    }

    /// Whether it is ECDSA.
    #[must_use]
    pub const fn is_ecdsa(self) -> bool {
        matches!(
            self,
            Self::EcdsaSha1
                | Self::EcdsaSha224
                | Self::EcdsaSha256
                | Self::EcdsaSha384
                | Self::EcdsaSha512
        )
    }

    /// The `AlgorithmIdentifier`: parameters are NULL for RSASSA-PKCS1-v1_5 and absent for ECDSA and Ed25519 (RFC 4055 section
    /// 5, RFC 5758 section 3.2, RFC 8410 section 3).
    #[must_use]
    pub fn to_der(self) -> Vec<u8> {
        match self {
            Self::RsaPss(parameters) => parameters.algorithm_identifier(),
            _ if self.is_rsa_pkcs1() => asn1::sequence(&[&asn1::oid(&self.oid()), &asn1::null()]),
            _ => asn1::sequence(&[&asn1::oid(&self.oid())]),
        }
    }

    /// Reads an `AlgorithmIdentifier`; parameters must be what the algorithm's standard says. With RSASSA-PKCS1-v1_5 they may be
    /// absent, which RFC 4055 section 5 wants accepted.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::sequence(der, "signature algorithm")?;
        let oid = reader.oid("signature algorithm")?;
        if oid == oid::RSASSA_PSS {
            // RFC 4055 section 3.1: in a signature's AlgorithmIdentifier the parameters are present.
            return PssParameters::from_der(reader.rest()).map(Self::RsaPss);
        }
        let algorithm = Self::from_oid(&oid).ok_or(ParseError::UnknownAlgorithm { oid })?;
        let is_absent = reader.is_empty();
        if algorithm.to_der() == der || (algorithm.is_rsa_pkcs1() && is_absent) {
            Ok(algorithm)
        } else {
            Err(ParseError::Invalid {
                what: "signature algorithm parameters",
                clause: "RFC 5280 section 4.1.1.2",
            })
        }
    }

    /// `RSA with SHA-256` and the like, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RsaPkcs1Sha1 => "RSA with SHA-1",
            Self::RsaPkcs1Sha224 => "RSA with SHA-224",
            Self::RsaPkcs1Sha256 => "RSA with SHA-256",
            Self::RsaPkcs1Sha384 => "RSA with SHA-384",
            Self::RsaPkcs1Sha512 => "RSA with SHA-512",
            Self::RsaPss(parameters) => match parameters.digest {
                DigestAlgorithm::Sha1 => "RSASSA-PSS with SHA-1",
                DigestAlgorithm::Sha224 => "RSASSA-PSS with SHA-224",
                DigestAlgorithm::Sha256 => "RSASSA-PSS with SHA-256",
                DigestAlgorithm::Sha384 => "RSASSA-PSS with SHA-384",
                DigestAlgorithm::Sha512 => "RSASSA-PSS with SHA-512",
            },
            Self::EcdsaSha1 => "ECDSA with SHA-1",
            Self::EcdsaSha224 => "ECDSA with SHA-224",
            Self::EcdsaSha256 => "ECDSA with SHA-256",
            Self::EcdsaSha384 => "ECDSA with SHA-384",
            Self::EcdsaSha512 => "ECDSA with SHA-512",
            Self::Ed25519 => "Ed25519",
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
