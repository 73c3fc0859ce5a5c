//! Digest and signature algorithms with their `AlgorithmIdentifier`s.

use std::fmt;

use const_oid::ObjectIdentifier;

use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::oid;

/// A digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DigestAlgorithm {
    /// For key identifiers, fingerprints and OCSP `CertID` only, never in a new signature.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl DigestAlgorithm {
    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        [Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512]
            .into_iter()
            .find(|algorithm| algorithm.oid() == *oid)
    }

    /// Octets of its output.
    #[must_use]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The `AlgorithmIdentifier`. SHA-1 carries NULL, as every OCSP client expects it; the SHA-2 family leaves parameters out
    /// (RFC 5754 section 2).
    #[must_use]
    pub fn to_der(self) -> Vec<u8> {
        match self {
            Self::Sha1 => asn1::sequence(&[&asn1::oid(&self.oid()), &asn1::null()]),
            _ => asn1::sequence(&[&asn1::oid(&self.oid())]),
        }
    }

    /// Reads the parts of an `AlgorithmIdentifier`, parameters absent or NULL (RFC 5754 section 2 wants both accepted).
    pub fn read(mut reader: Reader<'_>) -> Result<Self, ParseError> {
        let oid = reader.oid("digest algorithm")?;
        reader.optional(tag::NULL, "digest parameters")?;
        reader.finish()?;
        Self::from_oid(&oid).ok_or(ParseError::UnknownAlgorithm { oid })
    }

    /// `SHA-256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }
}

impl fmt::Display for DigestAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureAlgorithm {
    /// sha1WithRSAEncryption: recognised, never written.
    RsaPkcs1Sha1,
    /// sha256WithRSAEncryption (RFC 4055 section 5).
    RsaPkcs1Sha256,
    /// sha384WithRSAEncryption.
    RsaPkcs1Sha384,
    /// sha512WithRSAEncryption.
    RsaPkcs1Sha512,
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
    const ALL: [Self; 8] = [
        Self::RsaPkcs1Sha1,
        Self::RsaPkcs1Sha256,
        Self::RsaPkcs1Sha384,
        Self::RsaPkcs1Sha512,
        Self::EcdsaSha256,
        Self::EcdsaSha384,
        Self::EcdsaSha512,
        Self::Ed25519,
    ];

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::RsaPkcs1Sha1 => oid::SHA1_WITH_RSA,
            Self::RsaPkcs1Sha256 => oid::SHA256_WITH_RSA,
            Self::RsaPkcs1Sha384 => oid::SHA384_WITH_RSA,
            Self::RsaPkcs1Sha512 => oid::SHA512_WITH_RSA,
            Self::EcdsaSha256 => oid::ECDSA_WITH_SHA256,
            Self::EcdsaSha384 => oid::ECDSA_WITH_SHA384,
            Self::EcdsaSha512 => oid::ECDSA_WITH_SHA512,
            Self::Ed25519 => oid::ED25519,
        }
    }

    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.oid() == *oid)
    }

    /// The digest taken of the message; Ed25519 takes the message whole.
    #[must_use]
    pub const fn digest(self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1Sha1 => Some(DigestAlgorithm::Sha1),
            Self::RsaPkcs1Sha256 | Self::EcdsaSha256 => Some(DigestAlgorithm::Sha256),
            Self::RsaPkcs1Sha384 | Self::EcdsaSha384 => Some(DigestAlgorithm::Sha384),
            Self::RsaPkcs1Sha512 | Self::EcdsaSha512 => Some(DigestAlgorithm::Sha512),
            Self::Ed25519 => None,
        }
    }

    /// Whether its parameters are NULL; absent otherwise (RFC 4055 section 5, RFC 5758 section 3.2, RFC 8410 section 3).
    const fn has_null(self) -> bool {
        matches!(
            self,
            Self::RsaPkcs1Sha1 | Self::RsaPkcs1Sha256 | Self::RsaPkcs1Sha384 | Self::RsaPkcs1Sha512
        )
    }

    /// The `AlgorithmIdentifier`.
    #[must_use]
    pub fn to_der(self) -> Vec<u8> {
        let parameters = if self.has_null() {
            asn1::null()
        } else {
            Vec::new()
        };
        asn1::sequence(&[&asn1::oid(&self.oid()), &parameters])
    }

    /// Reads an `AlgorithmIdentifier`; parameters must be exactly what the algorithm's standard says.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let oid = Reader::sequence(der, "signature algorithm")?.oid("signature algorithm")?;
        let algorithm = Self::from_oid(&oid).ok_or(ParseError::UnknownAlgorithm { oid })?;
        if algorithm.to_der() == der {
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
            Self::RsaPkcs1Sha256 => "RSA with SHA-256",
            Self::RsaPkcs1Sha384 => "RSA with SHA-384",
            Self::RsaPkcs1Sha512 => "RSA with SHA-512",
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
