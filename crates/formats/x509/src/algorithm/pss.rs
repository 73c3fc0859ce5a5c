//! RSASSA-PSS parameters (RFC 4055 section 3.1, RFC 8017 appendix A.2.3).

use super::{DigestAlgorithm, mgf1};
use crate::asn1::{self, Reader, tag};
use crate::error::ParseError;
use crate::oid;

/// How RSASSA-PSS pads: the digest of the message, the digest under MGF1, and the octets of salt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PssParameters {
    /// Digest of the message.
    pub digest: DigestAlgorithm,
    /// Digest under the mask generation function.
    pub mgf1: DigestAlgorithm,
    /// Octets of salt.
    pub salt_len: u16,
}

/// The salt of the largest modulus read here, 16,384 bits, with the smallest digest: 2048 - 20 - 2 octets.
const MAX_SALT: u64 = 2026;

impl PssParameters {
    /// What absent fields stand for: SHA-1 twice and 20 octets of salt.
    pub const DEFAULT: Self = Self::with(DigestAlgorithm::Sha1);

    /// One digest for both and a salt as long as its output, as RFC 4055 section 3.1 recommends.
    #[must_use]
    pub const fn with(digest: DigestAlgorithm) -> Self {
        Self {
            digest,
            mgf1: digest,
            // At most 64.
            #[expect(clippy::cast_possible_truncation, reason = "at most 64")]
            salt_len: digest.output_len() as u16,
        }
    }

    /// `RSASSA-PSS-params`; defaults are left out (X.690 section 11.5).
    #[must_use]
    pub fn to_der(self) -> Vec<u8> {
        let mut parts = Vec::new();
        if self.digest != Self::DEFAULT.digest {
            parts.extend(asn1::explicit(0, &self.digest.to_der_with_null()));
        }
        if self.mgf1 != Self::DEFAULT.mgf1 {
            parts.extend(asn1::explicit(1, &mgf1::to_der(self.mgf1)));
        }
        if self.salt_len != Self::DEFAULT.salt_len {
            parts.extend(asn1::explicit(2, &asn1::integer_u64(self.salt_len.into())));
        }
        asn1::sequence(&[&parts])
    }

    /// Reads `RSASSA-PSS-params`. Defaults may be written out: RFC 4055 section 3.1 wants the trailer field accepted
    /// either way, and signers exist that write all four. A salt that no modulus has room for is refused.
    pub fn from_der(der: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::sequence(der, "RSASSA-PSS parameters")?;
        let digest = reader.optional(tag::context_constructed(0), "RSASSA-PSS digest")?;
        let mgf = reader.optional(tag::context_constructed(1), "mask generation function")?;
        let salt = reader.optional(tag::context_constructed(2), "RSASSA-PSS salt length")?;
        let trailer = reader.optional(tag::context_constructed(3), "RSASSA-PSS trailer field")?;
        reader.finish()?;
        let digest = match digest {
            None => Self::DEFAULT.digest,
            Some(content) => {
                DigestAlgorithm::read(Reader::sequence(content, "RSASSA-PSS digest")?)?
            }
        };
        let mgf1 = mgf.map_or(Ok(Self::DEFAULT.mgf1), mgf1::read)?;
        let salt_len = match salt {
            None => Self::DEFAULT.salt_len,
            Some(content) => {
                u16::try_from(number(content, "RSASSA-PSS salt length", 0..=MAX_SALT)?)
                    .unwrap_or(u16::MAX)
            }
        };
        if let Some(content) = trailer {
            number(content, "RSASSA-PSS trailer field", 1..=1)?;
        }
        Ok(Self {
            digest,
            mgf1,
            salt_len,
        })
    }

    /// Whether a key with these parameters may verify a signature made with `used`: the same digests, and no less salt
    /// (RFC 4055 section 3.3).
    #[must_use]
    pub fn allows(self, used: Self) -> bool {
        self.digest == used.digest && self.mgf1 == used.mgf1 && used.salt_len >= self.salt_len
    }

    /// The `AlgorithmIdentifier` of id-RSASSA-PSS.
    pub(super) fn algorithm_identifier(self) -> Vec<u8> {
        asn1::sequence(&[&asn1::oid(&oid::RSASSA_PSS), &self.to_der()])
    }
}

fn number(
    content: &[u8],
    what: &'static str,
    range: std::ops::RangeInclusive<u64>,
) -> Result<u64, ParseError> {
    let mut reader = Reader::new(content, what);
    let value = reader.integer_u64(what)?;
    reader.finish()?;
    if range.contains(&value) {
        Ok(value)
    } else {
        Err(ParseError::Invalid {
            what,
            clause: "RFC 4055 section 3.1",
        })
    }
}
