//! BER made definite: what PKCS#12 and PKCS#7 files of other programs are brought into before the strict reader takes them.
//!
//! Indefinite lengths become definite ones, lengths become minimal, and strings sent in segments become whole (X.690 sections 8.1.3,
//! 8.6.4, 8.7.3 and 8.23.6). Nothing else changes: values, their order within a SET and what stands inside an OCTET STRING stay as they
//! came, so that DER goes through octet for octet and signatures inside keep their meaning.
//!
//! A string under an IMPLICIT tag cannot be told from a structure without knowing the type: [`implicit_octets`] reads one.

mod walk;

use std::borrow::Cow;

use thiserror::Error;

use super::{Reader, tag};
use crate::error::ParseError;

/// How much is read of a BER input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Octets of the input; the result is never longer by more than eight octets for each element.
    pub octets: usize,
    /// Elements inside one another.
    pub depth: usize,
    /// Elements in all, segments of strings included.
    pub elements: usize,
}

impl Limits {
    /// For a file that a person hands in: 16 MB, 64 deep, 300,000 elements.
    pub const FILE: Self = Self {
        octets: 16 << 20,
        depth: 64,
        elements: 300_000,
    };
}

/// Why an input is not one BER element. `at` counts octets from the start of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BerError {
    /// The input ends, or the element around ends, before this one does.
    #[error("the element at octet {at} runs past the end")]
    Truncated {
        /// Where the element begins.
        at: usize,
    },
    /// More octets follow the end of the element.
    #[error("{octets} octets too many at the end")]
    TrailingData {
        /// How many.
        octets: usize,
    },
    /// A length over 64 bits, or the reserved one (X.690 section 8.1.3.5).
    #[error("the length at octet {at} is not one")]
    Length {
        /// Where the element begins.
        at: usize,
    },
    /// An indefinite length on an element that is not constructed (X.690 section 8.1.3.2).
    #[error("the element at octet {at} has no parts, yet its length is indefinite")]
    IndefinitePrimitive {
        /// Where the element begins.
        at: usize,
    },
    /// End-of-contents octets that end nothing (X.690 section 8.1.5).
    #[error("the end mark at octet {at} ends nothing")]
    EndOfContents {
        /// Where they stand.
        at: usize,
    },
    /// A tag number over 30, which none of these structures has.
    #[error("the element at octet {at} has a tag number over 30")]
    TagNumber {
        /// Where the element begins.
        at: usize,
    },
    /// A segment of a string that is not of its type, or a BIT STRING with unused bits before its end (X.690 section 8.6.4).
    #[error("the element at octet {at} is no segment of the string that it stands in")]
    Segment {
        /// Where the segment begins.
        at: usize,
    },
    /// Elements nest deeper than in any honest file.
    #[error("elements are nested more than {limit} deep at octet {at}")]
    TooDeep {
        /// Where.
        at: usize,
        /// How deep is read.
        limit: usize,
    },
    /// More elements than in any honest file.
    #[error("there are over {limit} elements")]
    TooMany {
        /// How many are read.
        limit: usize,
    },
    /// The input is larger than any honest one.
    #[error("{octets} octets, at most {limit} are read")]
    TooLarge {
        /// The size met.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
}

/// One BER element made definite; borrowed where it was so already. Takes time and memory linear in the input. The result is written
/// into room of its exact size: wiping it wipes all that was copied.
pub fn to_definite(input: &[u8], limits: Limits) -> Result<Cow<'_, [u8]>, BerError> {
    if input.len() > limits.octets {
        return Err(BerError::TooLarge {
            octets: input.len(),
            limit: limits.octets,
        });
    }
    Ok(match walk::walk(input, limits)? {
        walk::Walked { changed: false, .. } => Cow::Borrowed(input),
        walked => Cow::Owned(walked.write(input)),
    })
}

/// The octets of an OCTET STRING under the tag `[number] IMPLICIT`, whole or in segments, after [`to_definite`]. None where the next
/// element has another tag.
pub fn implicit_octets<'a>(
    reader: &mut Reader<'a>,
    number: u8,
    what: &'static str,
) -> Result<Option<Cow<'a, [u8]>>, ParseError> {
    if let Some(octets) = reader.optional(tag::context(number), what)? {
        return Ok(Some(Cow::Borrowed(octets)));
    }
    let Some(segments) = reader.optional(tag::context_constructed(number), what)? else {
        return Ok(None);
    };
    // Segments of segments are whole by now.
    let mut reader = Reader::new(segments, what);
    let mut octets = Vec::with_capacity(segments.len());
    while !reader.is_empty() {
        octets.extend_from_slice(reader.read(tag::OCTET_STRING, what)?);
    }
    Ok(Some(Cow::Owned(octets)))
}

#[cfg(test)]
mod tests;
