//! Digests.

use std::fmt;

use const_oid::ObjectIdentifier;

use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::oid;

/// A digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestAlgorithm {
    /// For key identifiers, fingerprints and OCSP `CertID`, and to read old signatures; never in a new one.
    Sha1,
    /// SHA-224, to read old signatures.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl DigestAlgorithm {
    /// Every digest, weakest first.
    pub const ALL: [Self; 5] = [
        Self::Sha1,
        Self::Sha224,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
    ];

    /// Its object identifier.
    #[must_use]
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha224 => oid::SHA224,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
        }
    }

    /// By object identifier.
    #[must_use]
    pub fn from_oid(oid: &ObjectIdentifier) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.oid() == *oid)
    }

    /// Octets of its output.
    #[must_use]
    pub const fn output_len(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Octets of the block that it works on, to which HMAC pads its key (RFC 2104 section 2).
    #[must_use]
    pub const fn block_len(self) -> usize {
        match self {
            Self::Sha1 | Self::Sha224 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
        }
    }

    /// Whether nobody can make two messages with the same digest. SHA-1 has been broken since 2017: a signature over it
    /// counts only where a caller says so.
    #[must_use]
    pub const fn is_collision_resistant(self) -> bool {
        !matches!(self, Self::Sha1)
    }

    /// The `AlgorithmIdentifier`. SHA-1 carries NULL, as every OCSP client expects it; the SHA-2 family leaves parameters out
    /// (RFC 5754 section 2).
    #[must_use]
    pub fn to_der(self) -> Vec<u8> {
        match self {
            Self::Sha1 => self.to_der_with_null(),
            _ => asn1::sequence(&[&asn1::oid(&self.oid())]),
        }
    }

    /// The `AlgorithmIdentifier` with NULL, as inside RSASSA-PSS and RSAES-OAEP parameters (RFC 4055 section 2.1) and
    /// `DigestInfo` (RFC 8017 appendix B.1).
    #[must_use]
    pub fn to_der_with_null(self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&self.oid()), &asn1::null()])
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
            Self::Sha224 => "SHA-224",
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
