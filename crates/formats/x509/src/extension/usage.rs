//! What a key may be used for.

use std::ops::{BitOr, BitOrAssign};

use const_oid::ObjectIdentifier;

use super::ExtensionValue;
use crate::asn1::{self, Reader, tag, tlv};
use crate::error::ParseError;
use crate::oid;

/// `KeyUsage` (RFC 5280 section 4.2.1.3): a set of uses, joined with `|`.
///
/// ```asn1
/// KeyUsage ::= BIT STRING { digitalSignature(0), nonRepudiation(1), keyEncipherment(2), dataEncipherment(3),
///     keyAgreement(4), keyCertSign(5), cRLSign(6), encipherOnly(7), decipherOnly(8) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Signatures other than on certificates and lists.
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    /// Signatures that commit (contentCommitment since X.509 2005).
    pub const NON_REPUDIATION: Self = Self(1 << 1);
    /// Encrypting keys, with RSA.
    pub const KEY_ENCIPHERMENT: Self = Self(1 << 2);
    /// Encrypting data directly.
    pub const DATA_ENCIPHERMENT: Self = Self(1 << 3);
    /// Agreeing on keys, with elliptic curves.
    pub const KEY_AGREEMENT: Self = Self(1 << 4);
    /// Signing certificates.
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    /// Signing revocation lists.
    pub const CRL_SIGN: Self = Self(1 << 6);
    /// Only encrypting, in key agreement.
    pub const ENCIPHER_ONLY: Self = Self(1 << 7);
    /// Only decrypting, in key agreement.
    pub const DECIPHER_ONLY: Self = Self(1 << 8);

    const NAMES: [(Self, &'static str); 9] = [
        (Self::DIGITAL_SIGNATURE, "digitalSignature"),
        (Self::NON_REPUDIATION, "nonRepudiation"),
        (Self::KEY_ENCIPHERMENT, "keyEncipherment"),
        (Self::DATA_ENCIPHERMENT, "dataEncipherment"),
        (Self::KEY_AGREEMENT, "keyAgreement"),
        (Self::KEY_CERT_SIGN, "keyCertSign"),
        (Self::CRL_SIGN, "cRLSign"),
        (Self::ENCIPHER_ONLY, "encipherOnly"),
        (Self::DECIPHER_ONLY, "decipherOnly"),
    ];

    /// Whether all uses of `other` are in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any use of `other` is in this set.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no use is set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The standard's names of the uses in this set, in the order of their bits.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        Self::NAMES
            .into_iter()
            .filter(move |(usage, _)| self.contains(*usage))
            .map(|(_, name)| name)
    }

    /// One use by the standard's name; `contentCommitment` is nonRepudiation.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "contentCommitment" {
            return Some(Self::NON_REPUDIATION);
        }
        Self::NAMES
            .into_iter()
            .find(|(_, known)| *known == name)
            .map(|(usage, _)| usage)
    }
}

impl BitOr for KeyUsage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for KeyUsage {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl ExtensionValue for KeyUsage {
    const OID: ObjectIdentifier = oid::KEY_USAGE;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let content = asn1::element(value, tag::BIT_STRING, "keyUsage")?;
        let bits = content
            .iter()
            .skip(1)
            .take(2)
            .enumerate()
            .fold(0_u16, |bits, (index, octet)| {
                bits | (u16::from(octet.reverse_bits()) << (8 * index))
            });
        let usage = Self(bits);
        // At least one bit is set, trailing zeros are cut, bits past decipherOnly do not exist.
        if usage.is_empty() || bits >> 9 != 0 || asn1::named_bits(bits) != content {
            return Err(ParseError::Invalid {
                what: "keyUsage",
                clause: "RFC 5280 section 4.2.1.3",
            });
        }
        Ok(usage)
    }

    fn encode(&self) -> Vec<u8> {
        tlv(tag::BIT_STRING, &asn1::named_bits(self.0))
    }
}

/// `ExtKeyUsageSyntax` (RFC 5280 section 4.2.1.12): purposes, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtendedKeyUsage(pub Vec<ObjectIdentifier>);

impl ExtendedKeyUsage {
    /// Whether this purpose is listed. `anyExtendedKeyUsage` is not taken for it: who accepts that says so.
    #[must_use]
    pub fn contains(&self, purpose: &ObjectIdentifier) -> bool {
        self.0.contains(purpose)
    }
}

impl ExtensionValue for ExtendedKeyUsage {
    const OID: ObjectIdentifier = oid::EXTENDED_KEY_USAGE;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::sequence(value, "extKeyUsage")?;
        let mut purposes = vec![reader.oid("extKeyUsage")?];
        while !reader.is_empty() {
            purposes.push(reader.oid("extKeyUsage")?);
        }
        Ok(Self(purposes))
    }

    fn encode(&self) -> Vec<u8> {
        let purposes: Vec<_> = self.0.iter().map(asn1::oid).collect();
        asn1::sequence_of(&purposes)
    }
}

/// `BasicConstraints` (RFC 5280 section 4.2.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether the subject is an authority.
    pub ca: bool,
    /// How many authorities may follow below, self-issued ones not counted.
    pub path_len: Option<u8>,
}

impl ExtensionValue for BasicConstraints {
    const OID: ObjectIdentifier = oid::BASIC_CONSTRAINTS;

    fn decode(value: &[u8]) -> Result<Self, ParseError> {
        const WHAT: &str = "basicConstraints";
        let mut reader = Reader::sequence(value, WHAT)?;
        let ca = reader.boolean_default_false(WHAT)?;
        let path_len = if reader.is_empty() {
            None
        } else {
            let length = reader.integer_u64(WHAT)?;
            Some(u8::try_from(length).map_err(|_| ParseError::Invalid {
                what: WHAT,
                clause: "a path length of at most 255",
            })?)
        };
        reader.finish()?;
        Ok(Self { ca, path_len })
    }

    fn encode(&self) -> Vec<u8> {
        let path_len = self
            .path_len
            .map_or_else(Vec::new, |length| asn1::integer_u64(length.into()));
        asn1::sequence(&[&asn1::boolean(self.ca), &path_len])
    }
}
