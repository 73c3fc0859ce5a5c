//! Reading DER.

use const_oid::ObjectIdentifier;
use der::{Decode, Length, Reader as _, SliceReader};

use super::tag;
use crate::error::ParseError;

/// A cursor over consecutive DER elements.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    what: &'static str,
    rest: &'a [u8],
}

/// Splits octets that must be exactly one element of this tag; gives its content.
pub fn element<'a>(input: &'a [u8], tag: u8, what: &'static str) -> Result<&'a [u8], ParseError> {
    let mut reader = Reader::new(input, what);
    let content = reader.read(tag, what)?;
    reader.finish()?;
    Ok(content)
}

impl<'a> Reader<'a> {
    /// A cursor over `input`; `what` names the structure in errors.
    #[must_use]
    pub fn new(input: &'a [u8], what: &'static str) -> Self {
        Self { what, rest: input }
    }

    /// A cursor over the parts of the SEQUENCE that `input` consists of.
    pub fn sequence(input: &'a [u8], what: &'static str) -> Result<Self, ParseError> {
        Ok(Self::new(element(input, tag::SEQUENCE, what)?, what))
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What has not been read yet.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The identifier octet of the next element.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is: identifier octet and content. Tag numbers past 30 do not occur in these structures.
    pub fn any(&mut self, what: &'static str) -> Result<(u8, &'a [u8]), ParseError> {
        let (tag, rest) = self
            .rest
            .split_first()
            .ok_or(ParseError::Truncated { what })?;
        if tag & 0x1f == 0x1f {
            return Err(ParseError::Unexpected { what });
        }
        let mut reader = SliceReader::new(rest).map_err(|source| wrap(what, source))?;
        let content = Length::decode(&mut reader)
            .and_then(|length| reader.read_slice(length))
            .map_err(|source| wrap(what, source))?;
        let left = u32::from(reader.remaining_len()) as usize;
        self.rest = rest
            .get(rest.len().saturating_sub(left)..)
            .unwrap_or_default();
        Ok((*tag, content))
    }

    /// The next element with its identifier and length octets, as it stands.
    pub fn raw(&mut self, tag: u8, what: &'static str) -> Result<&'a [u8], ParseError> {
        let before = self.rest;
        self.read(tag, what)?;
        let length = before.len().saturating_sub(self.rest.len());
        before.get(..length).ok_or(ParseError::Truncated { what })
    }

    /// The content of the next element, which must have this identifier octet.
    pub fn read(&mut self, tag: u8, what: &'static str) -> Result<&'a [u8], ParseError> {
        match self.peek() {
            None => Err(ParseError::Truncated { what }),
            Some(found) if found == tag => Ok(self.any(what)?.1),
            Some(_) => Err(ParseError::Unexpected { what }),
        }
    }

    /// The content of the next element if it has this identifier octet.
    pub fn optional(
        &mut self,
        tag: u8,
        what: &'static str,
    ) -> Result<Option<&'a [u8]>, ParseError> {
        if self.peek() == Some(tag) {
            Ok(Some(self.any(what)?.1))
        } else {
            Ok(None)
        }
    }

    /// The parts of the next element, which must be a SEQUENCE.
    pub fn nested(&mut self, what: &'static str) -> Result<Self, ParseError> {
        Ok(Self::new(self.read(tag::SEQUENCE, what)?, what))
    }

    /// An OBJECT IDENTIFIER.
    pub fn oid(&mut self, what: &'static str) -> Result<ObjectIdentifier, ParseError> {
        let content = self.read(tag::OID, what)?;
        ObjectIdentifier::from_bytes(content).map_err(|_| ParseError::Invalid {
            what,
            clause: "X.690 section 8.19",
        })
    }

    /// An INTEGER: its two's complement octets, checked to be minimal.
    pub fn integer(&mut self, what: &'static str) -> Result<&'a [u8], ParseError> {
        let content = self.read(tag::INTEGER, what)?;
        minimal_integer(content, what)
    }

    /// An INTEGER that is not negative and fits 64 bits.
    pub fn integer_u64(&mut self, what: &'static str) -> Result<u64, ParseError> {
        integer_value(self.integer(what)?, what)
    }

    /// A BOOLEAN DEFAULT FALSE: absent is false, and FALSE must not be written (X.690 section 11.5).
    pub fn boolean_default_false(&mut self, what: &'static str) -> Result<bool, ParseError> {
        match self.optional(tag::BOOLEAN, what)? {
            None => Ok(false),
            Some([0xff]) => Ok(true),
            Some(_) => Err(ParseError::Invalid {
                what,
                clause: "X.690 section 11.5",
            }),
        }
    }

    /// A BIT STRING of whole octets.
    pub fn bit_string(&mut self, what: &'static str) -> Result<&'a [u8], ParseError> {
        match self.read(tag::BIT_STRING, what)?.split_first() {
            Some((0, octets)) => Ok(octets),
            _ => Err(ParseError::Invalid {
                what,
                clause: "X.690 section 8.6",
            }),
        }
    }

    /// The BIT STRING of a signature: none where it is not whole octets, which is a wrong signature rather than a damaged structure.
    pub fn signature(&mut self, what: &'static str) -> Result<Option<&'a [u8]>, ParseError> {
        match self.read(tag::BIT_STRING, what)?.split_first() {
            Some((0, octets)) => Ok(Some(octets)),
            Some((1..=7, octets)) if !octets.is_empty() => Ok(None),
            _ => Err(ParseError::Invalid {
                what,
                clause: "X.690 section 8.6",
            }),
        }
    }

    /// Refuses anything left over.
    pub fn finish(self) -> Result<(), ParseError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(ParseError::TrailingData {
                what: self.what,
                octets: self.rest.len(),
            })
        }
    }
}

/// Two's complement octets of an INTEGER, refused unless minimal (X.690 section 8.3.2).
pub(crate) fn minimal_integer<'a>(
    content: &'a [u8],
    what: &'static str,
) -> Result<&'a [u8], ParseError> {
    let minimal = match content {
        [] => false,
        [0, second, ..] => *second >= 0x80,
        [0xff, second, ..] => *second < 0x80,
        _ => true,
    };
    if minimal {
        Ok(content)
    } else {
        Err(ParseError::Invalid {
            what,
            clause: "X.690 section 8.3.2",
        })
    }
}

/// The value of minimal two's complement octets that is not negative and fits 64 bits.
pub(crate) fn integer_value(content: &[u8], what: &'static str) -> Result<u64, ParseError> {
    let out_of_range = ParseError::Invalid {
        what,
        clause: "the range 0 to 2^64-1",
    };
    if content.first().is_none_or(|octet| *octet >= 0x80) || content.len() > 9 {
        return Err(out_of_range);
    }
    let mut value = 0_u64;
    for octet in content {
        value = value
            .checked_mul(256)
            .and_then(|shifted| shifted.checked_add(u64::from(*octet)))
            .ok_or(out_of_range.clone())?;
    }
    Ok(value)
}

fn wrap(what: &'static str, source: der::Error) -> ParseError {
    match source.kind() {
        der::ErrorKind::Incomplete { .. } => ParseError::Truncated { what },
        _ => ParseError::Der { what, source },
    }
}
