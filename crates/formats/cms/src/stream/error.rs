//! What can be wrong with a stream.

use chancery_x509::ObjectIdentifier;
use thiserror::Error;

/// Why octets are not a CMS structure that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StreamError {
    /// The octets end before the structure does.
    #[error("the CMS structure is cut short: it ends inside its {part}")]
    Truncated {
        /// What was being read.
        part: &'static str,
    },
    /// More octets follow the end of the structure.
    #[error("octets follow the end of the CMS structure")]
    TrailingData,
    /// Another type stands where this part should be.
    #[error("not a CMS structure, or damaged: another type stands in place of its {part}")]
    Unexpected {
        /// The part that was expected.
        part: &'static str,
    },
    /// The content is no OCTET STRING, as in Authenticode and other forms of PKCS#7 1.5 (RFC 5652 section 5.2.1).
    #[error(
        "the content is of another type than OCTET STRING, as in PKCS#7 1.5; such files are not read"
    )]
    NotOctetString,
    /// An identifier octet that BER does not allow, or a tag number past 30, which CMS does not use.
    #[error("not a CMS structure, or damaged: the tag {octet:#04x} in its {part}")]
    Tag {
        /// The octet.
        octet: u8,
        /// What was being read.
        part: &'static str,
    },
    /// A length that runs past what holds the element, is over 64 bits, or is indefinite on a primitive element (X.690 section 8.1.3).
    #[error("not a CMS structure, or damaged: an impossible length in its {part}")]
    Length {
        /// What was being read.
        part: &'static str,
    },
    /// Nested deeper than any honest structure.
    #[error("nested over {limit} deep")]
    TooDeep {
        /// The depth allowed.
        limit: usize,
    },
    /// Larger than allowed.
    #[error("the {part} is over {limit} octets long, the most that is read")]
    TooLarge {
        /// Which part.
        part: &'static str,
        /// The size allowed.
        limit: u64,
    },
    /// Not a type of content that is read here.
    #[error("CMS content of the type {oid} is not supported")]
    ContentType {
        /// The type met.
        oid: ObjectIdentifier,
    },
}

/// Why a structure cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum StreamWriteError {
    /// Another number of octets came than was said beforehand.
    #[error("the {part} was said to be {said} octets long, but {came} came")]
    Length {
        /// Content or fields behind it.
        part: &'static str,
        /// The length said.
        said: u64,
        /// The length met; where more came, the length at which it was met.
        came: u64,
    },
    /// The structure would be longer than a 64-bit length can say.
    #[error("the structure is too large")]
    TooLarge,
}
