//! Identifier and length octets (X.690 sections 8.1.2 and 8.1.3) that may arrive one by one.

use super::error::StreamError;

/// Longest header that is read: one identifier octet, one that counts, eight of length.
const MAX: usize = 10;

/// An element's identifier octet and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) tag: u8,
    /// None for the indefinite form.
    pub(super) length: Option<u64>,
    /// Octets of the header itself.
    pub(super) octets: u64,
}

impl Header {
    pub(super) const fn is_constructed(self) -> bool {
        self.tag & 0x20 != 0
    }

    /// End-of-contents octets (X.690 section 8.1.5).
    pub(super) const fn is_end_of_contents(self) -> bool {
        self.tag == 0
    }
}

/// The octets of a header met so far.
#[derive(Debug, Default)]
pub(super) struct Partial {
    octets: [u8; MAX],
    filled: usize,
}

impl Partial {
    pub(super) const fn is_empty(&self) -> bool {
        self.filled == 0
    }

    /// Takes octets off the front of `input` until the header is whole.
    pub(super) fn take(
        &mut self,
        input: &mut &[u8],
        part: &'static str,
    ) -> Result<Option<Header>, StreamError> {
        while let Some((octet, rest)) = input.split_first() {
            let place = self
                .octets
                .get_mut(self.filled)
                .ok_or(StreamError::Length { part })?;
            *place = *octet;
            self.filled += 1;
            *input = rest;
            if let Some(header) = self.parse(part)? {
                self.filled = 0;
                return Ok(Some(header));
            }
        }
        Ok(None)
    }

    fn parse(&self, part: &'static str) -> Result<Option<Header>, StreamError> {
        let filled = self.octets.get(..self.filled).unwrap_or_default();
        let Some((&tag, rest)) = filled.split_first() else {
            return Ok(None);
        };
        // Number 31 says that more identifier octets follow; universal number 0 is for end-of-contents alone.
        if tag & 0x1f == 0x1f || tag == 0x20 {
            return Err(StreamError::Tag { octet: tag, part });
        }
        let Some((&first, more)) = rest.split_first() else {
            return Ok(None);
        };
        let length = match first {
            0..=0x7f => Some(u64::from(first)),
            0x80 => None,
            0x81..=0x88 => {
                if more.len() < usize::from(first & 0x7f) {
                    return Ok(None);
                }
                Some(
                    more.iter()
                        .fold(0, |length, octet| (length << 8) | u64::from(*octet)),
                )
            }
            _ => return Err(StreamError::Length { part }),
        };
        let constructed = tag & 0x20 != 0;
        if (length.is_none() && !constructed) || (tag == 0 && first != 0) {
            return Err(StreamError::Length { part });
        }
        Ok(Some(Header {
            tag,
            length,
            octets: filled.len() as u64,
        }))
    }
}
