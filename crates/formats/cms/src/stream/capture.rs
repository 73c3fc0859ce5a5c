//! Fields kept while they pass, turned from BER to definite and minimal lengths.

use chancery_x509::asn1::tag;

use super::error::StreamError;

/// An OCTET STRING in segments (X.690 section 8.7.3).
pub(super) const CONSTRUCTED_OCTET_STRING: u8 = 0x24;

#[derive(Debug)]
struct Open {
    tag: u8,
    start: usize,
}

/// What has been kept. Segments of an OCTET STRING are joined; all else stays as it came.
#[derive(Debug, Default)]
pub(super) struct Capture {
    kept: Vec<u8>,
    open: Vec<Open>,
}

impl Capture {
    /// What was kept, leaving nothing. Only between elements.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.kept)
    }

    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether an element is open, so that whatever comes belongs to it.
    pub(super) fn is_inside(&self) -> bool {
        !self.open.is_empty()
    }

    fn in_segments(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.tag == CONSTRUCTED_OCTET_STRING)
    }

    /// A constructed element begins.
    pub(super) fn enter(&mut self, tag: u8, part: &'static str) -> Result<(), StreamError> {
        if self.in_segments() && tag != CONSTRUCTED_OCTET_STRING {
            return Err(StreamError::Tag { octet: tag, part });
        }
        self.open.push(Open {
            tag,
            start: self.kept.len(),
        });
        Ok(())
    }

    /// The innermost constructed element ends: only now its length is known.
    pub(super) fn leave(&mut self) {
        let Some(Open { tag, start }) = self.open.pop() else {
            return;
        };
        if self.in_segments() {
            return;
        }
        let tag = if tag == CONSTRUCTED_OCTET_STRING {
            tag::OCTET_STRING
        } else {
            tag
        };
        let header = header(tag, self.kept.len().saturating_sub(start) as u64);
        self.kept.splice(start..start, header);
    }

    /// A primitive element begins.
    pub(super) fn primitive(
        &mut self,
        tag: u8,
        length: u64,
        part: &'static str,
    ) -> Result<(), StreamError> {
        if !self.in_segments() {
            self.kept.extend(header(tag, length));
        } else if tag != tag::OCTET_STRING {
            return Err(StreamError::Tag { octet: tag, part });
        }
        Ok(())
    }

    pub(super) fn push(&mut self, octets: &[u8]) {
        self.kept.extend_from_slice(octets);
    }
}

/// Identifier octet and minimal definite length (X.690 section 10.1).
pub(super) fn header(tag: u8, length: u64) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let significant: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
            // At most eight length octets: the count fits.
            out.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            out.extend(significant);
        }
    }
    out
}
