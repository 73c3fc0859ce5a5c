//! What can be wrong with a structure read or written here.

use std::fmt;

use const_oid::ObjectIdentifier;
use thiserror::Error;

use crate::asn1::ber::BerError;
use crate::oid;

/// Why octets are not the structure that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Not DER: a bad tag, a length that is not minimal or runs past the end, and the like.
    #[error("{what}: not valid DER")]
    Der {
        /// The part that was being read.
        what: &'static str,
        /// What the decoder met, and where.
        #[source]
        source: der::Error,
    },
    /// Not BER, where that is read.
    #[error("{what}: not valid BER")]
    Ber {
        /// The part that was being read.
        what: &'static str,
        /// What was met, and where.
        #[source]
        source: BerError,
    },
    /// The octets end before the structure does.
    #[error("{what}: cut short")]
    Truncated {
        /// The part that was being read.
        what: &'static str,
    },
    /// Another tag stands where this part should be.
    #[error("{what}: another type stands in its place")]
    Unexpected {
        /// The part that was expected.
        what: &'static str,
    },
    /// More octets follow the end of the structure.
    #[error("{what}: {octets} octets too many at the end")]
    TrailingData {
        /// The part that had ended.
        what: &'static str,
        /// How many octets were left.
        octets: usize,
    },
    /// The input is larger than any honest one.
    #[error("{what}: {octets} octets, at most {limit} are read")]
    TooLarge {
        /// The structure.
        what: &'static str,
        /// The size met.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
    /// More parts than any honest structure has.
    #[error("{what}: more than {limit}, which is the most that is read")]
    TooMany {
        /// The parts.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// A value that the standard does not allow.
    #[error("{what}: a value that {clause} does not allow")]
    Invalid {
        /// The part.
        what: &'static str,
        /// The standard and clause.
        clause: &'static str,
    },
    /// The same extension twice (RFC 5280 section 4.2).
    #[error("the extension {oid} occurs twice")]
    DuplicateExtension {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// An algorithm that is not supported here, told by name where it has one that people know.
    #[error("the algorithm {} is not supported", Named(oid))]
    UnknownAlgorithm {
        /// Which.
        oid: ObjectIdentifier,
    },
}

struct Named<'a>(&'a ObjectIdentifier);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match oid::unsupported_name(self.0) {
            Some(name) => write!(f, "{name} ({})", self.0),
            None => self.0.fmt(f),
        }
    }
}

impl ParseError {
    /// Whether the cause is a structure that ends too early: a file cut short in transfer or copying.
    #[must_use]
    pub fn is_truncation(&self) -> bool {
        matches!(
            self,
            Self::Truncated { .. }
                | Self::Ber {
                    source: BerError::Truncated { .. },
                    ..
                }
        )
    }
}

/// Why a structure cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The time lies outside the years 1950 to 9999 (RFC 5280 section 4.1.2.5).
    #[error("the time {seconds} s from 1970 cannot be written: years 1950 to 9999 are allowed")]
    TimeOutOfRange {
        /// Seconds since 1970-01-01T00:00:00Z.
        seconds: i64,
    },
    /// The issuer's name is empty (RFC 5280 section 4.1.2.4).
    #[error("the issuer's name is empty")]
    EmptyIssuer,
    /// `notAfter` precedes `notBefore`.
    #[error("the end of validity precedes its beginning")]
    InvertedValidity,
    /// The same extension twice (RFC 5280 section 4.2).
    #[error("the extension {oid} occurs twice")]
    DuplicateExtension {
        /// Which.
        oid: ObjectIdentifier,
    },
    /// `removeFromCRL` stands in delta lists only (RFC 5280 section 5.3.1).
    #[error("the reason removeFromCRL has no place here")]
    ReasonNotAllowed,
}
