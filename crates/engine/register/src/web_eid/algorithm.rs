//! The algorithms of tokens: those of JSON Web Signature (RFC 7518 sections 3.3 to 3.5).

use std::fmt;

use chancery_x509::asn1;
use chancery_x509::{DigestAlgorithm, EcCurve, PssParameters, PublicKeyKind, SignatureAlgorithm};

use super::TokenError;

/// Fewest bits of an RSA key (RFC 7518 section 3.3).
const LEAST_RSA_BITS: u32 = 2048;

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// ECDSA on P-521 with SHA-512.
    Es512,
    /// RSASSA-PSS with SHA-256, MGF1 with the same and a salt of 32 octets.
    Ps256,
    /// RSASSA-PSS with SHA-384, a salt of 48 octets.
    Ps384,
    /// RSASSA-PSS with SHA-512, a salt of 64 octets.
    Ps512,
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
}

impl TokenAlgorithm {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Es256,
        Self::Es384,
        Self::Es512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
    ];

    /// The name in the token.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Es512 => "ES512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// The digest of origin and challenge, and of the signature.
    #[must_use]
    pub const fn digest(self) -> DigestAlgorithm {
        match self {
            Self::Es256 | Self::Ps256 | Self::Rs256 => DigestAlgorithm::Sha256,
            Self::Es384 | Self::Ps384 | Self::Rs384 => DigestAlgorithm::Sha384,
            Self::Es512 | Self::Ps512 | Self::Rs512 => DigestAlgorithm::Sha512,
        }
    }

    /// The signature algorithm as X.509 knows it.
    #[must_use]
    pub const fn signature_algorithm(self) -> SignatureAlgorithm {
        match self {
            Self::Es256 | Self::Es384 | Self::Es512 => SignatureAlgorithm::ecdsa(self.digest()),
            Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                SignatureAlgorithm::RsaPss(PssParameters::with(self.digest()))
            }
            Self::Rs256 | Self::Rs384 | Self::Rs512 => SignatureAlgorithm::rsa_pkcs1(self.digest()),
        }
    }

    /// Octets of each of `r` and `s`: those of the curve's field (RFC 7518 section 3.4).
    const fn field_octets(self) -> Option<usize> {
        match self {
            Self::Es256 => Some(32),
            Self::Es384 => Some(48),
            Self::Es512 => Some(66),
            Self::Ps256 | Self::Ps384 | Self::Ps512 | Self::Rs256 | Self::Rs384 | Self::Rs512 => {
                None
            }
        }
    }

    /// Whether tokens with this algorithm can come from a key of this kind: JSON Web Signature binds each ECDSA algorithm to its curve.
    #[must_use]
    pub fn fits(self, key: PublicKeyKind) -> bool {
        match (self, key) {
            (
                Self::Es256,
                PublicKeyKind::Ec {
                    curve: EcCurve::P256,
                },
            )
            | (
                Self::Es384,
                PublicKeyKind::Ec {
                    curve: EcCurve::P384,
                },
            )
            | (
                Self::Es512,
                PublicKeyKind::Ec {
                    curve: EcCurve::P521,
                },
            ) => true,
            (
                Self::Ps256 | Self::Ps384 | Self::Ps512,
                PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. },
            )
            | (Self::Rs256 | Self::Rs384 | Self::Rs512, PublicKeyKind::Rsa { bits, .. }) => {
                bits >= LEAST_RSA_BITS
            }
            _ => false,
        }
    }

    /// The signature as X.509 writes it: ECDSA signatures are `r || s` in tokens and `ECDSA-Sig-Value` there (RFC 3279 section 2.2.3).
    pub(super) fn signature_in_der(self, signature: &[u8]) -> Result<Vec<u8>, TokenError> {
        let Some(octets) = self.field_octets() else {
            return Ok(signature.to_vec());
        };
        let expected = octets.saturating_mul(2);
        let length = TokenError::SignatureLength {
            algorithm: self,
            expected,
            found: signature.len(),
        };
        if signature.len() != expected {
            return Err(length);
        }
        let (r, s) = signature.split_at_checked(octets).ok_or(length)?;
        Ok(asn1::sequence(&[&asn1::integer(r), &asn1::integer(s)]))
    }
}

impl fmt::Display for TokenAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
