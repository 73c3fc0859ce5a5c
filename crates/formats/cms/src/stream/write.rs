//! Writing.

use chancery_x509::asn1::{self, tag};

use super::capture::{CONSTRUCTED_OCTET_STRING, header};
use super::error::StreamWriteError;
use super::shape::ContentKind;

/// Content is put into segments of at least this size, where it comes in smaller pieces.
const SEGMENT: usize = 16 << 10;

const END_OF_CONTENTS: [u8; 2] = [0, 0];

/// What is known of the size beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// All of it: DER is written.
    Known {
        /// Octets of content.
        content: u64,
        /// Octets of the fields behind it, as encoded.
        suffix: u64,
    },
    /// Nothing: BER is written, indefinite lengths outside, definite ones inside.
    Unknown,
    /// There is no content, it is detached; nothing can be written before the fields behind it are there. DER.
    Detached,
}

/// Writes a `ContentInfo` in pieces: [`Writer::begin`], [`Writer::content`] as often as needed, [`Writer::finish`].
/// What is to be sent is appended to the `out` of each call.
#[derive(Debug)]
pub struct Writer {
    kind: ContentKind,
    fields: Vec<u8>,
    carrier: Vec<u8>,
    size: Size,
    written: u64,
    segment: Vec<u8>,
}

impl Writer {
    /// A structure of this kind, appending its beginning to `out`. `fields` and `carrier` are the encoded elements before the content, as
    /// in [`Prefix`](super::Prefix).
    pub fn begin(
        kind: ContentKind,
        fields: &[u8],
        carrier: &[u8],
        size: Size,
        out: &mut Vec<u8>,
    ) -> Result<Self, StreamWriteError> {
        let mut writer = Self {
            kind,
            fields: fields.to_vec(),
            carrier: carrier.to_vec(),
            size,
            written: 0,
            segment: Vec::new(),
        };
        match size {
            Size::Known { content, suffix } => {
                out.extend(writer.definite_head(Some(content), suffix)?);
            }
            Size::Unknown => writer.indefinite_head(out),
            Size::Detached => {}
        }
        // In the head already, unless there is none yet.
        if size != Size::Detached {
            writer.fields = Vec::new();
            writer.carrier = Vec::new();
        }
        Ok(writer)
    }

    /// A piece of the content.
    pub fn content(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), StreamWriteError> {
        self.written = self.written.saturating_add(piece.len() as u64);
        match self.size {
            Size::Known { content, .. } if self.written > content => {
                return Err(self.wrong_length(content));
            }
            Size::Known { .. } => out.extend_from_slice(piece),
            Size::Detached => return Err(self.wrong_length(0)),
            Size::Unknown => {
                if self.segment.is_empty() && piece.len() >= SEGMENT {
                    segment(piece, out);
                } else {
                    self.segment.extend_from_slice(piece);
                    if self.segment.len() >= SEGMENT {
                        segment(&self.segment, out);
                        self.segment.clear();
                    }
                }
            }
        }
        Ok(())
    }

    /// The fields behind the content, as consecutive encoded elements, and the end.
    pub fn finish(mut self, suffix: &[u8], out: &mut Vec<u8>) -> Result<(), StreamWriteError> {
        match self.size {
            Size::Known {
                content,
                suffix: said,
            } => {
                if self.written != content {
                    return Err(self.wrong_length(content));
                }
                let came = suffix.len() as u64;
                if came != said {
                    return Err(StreamWriteError::Length {
                        part: "part behind the content",
                        said,
                        came,
                    });
                }
                out.extend_from_slice(suffix);
            }
            Size::Detached => {
                out.extend(self.definite_head(None, suffix.len() as u64)?);
                out.extend_from_slice(suffix);
            }
            Size::Unknown => {
                if !self.segment.is_empty() {
                    segment(&std::mem::take(&mut self.segment), out);
                }
                // The string; where it is wrapped, its wrapper; its carrier.
                let closing = match self.kind {
                    ContentKind::Data => 1,
                    kind if kind.is_implicit() => 2,
                    _ => 3,
                };
                out.extend(END_OF_CONTENTS.repeat(closing));
                out.extend_from_slice(suffix);
                let outside = if self.kind == ContentKind::Data { 2 } else { 3 };
                out.extend(END_OF_CONTENTS.repeat(outside));
            }
        }
        Ok(())
    }

    fn wrong_length(&self, said: u64) -> StreamWriteError {
        StreamWriteError::Length {
            part: "content",
            said,
            came: self.written,
        }
    }

    fn indefinite_head(&self, out: &mut Vec<u8>) {
        const INDEFINITE: u8 = 0x80;
        let explicit = tag::context_constructed(0);
        out.extend([tag::SEQUENCE, INDEFINITE]);
        out.extend(asn1::oid(&self.kind.oid()));
        out.extend([explicit, INDEFINITE]);
        if self.kind != ContentKind::Data {
            out.extend([tag::SEQUENCE, INDEFINITE]);
            out.extend_from_slice(&self.fields);
            out.extend([tag::SEQUENCE, INDEFINITE]);
            out.extend_from_slice(&self.carrier);
            out.extend([explicit, INDEFINITE]);
        }
        if !self.kind.is_implicit() {
            out.extend([CONSTRUCTED_OCTET_STRING, INDEFINITE]);
        }
    }

    /// Everything before the first octet of content, or, detached, before the fields behind it.
    fn definite_head(
        &self,
        content: Option<u64>,
        suffix: u64,
    ) -> Result<Vec<u8>, StreamWriteError> {
        let explicit = tag::context_constructed(0);
        // From the inside out: each element's head stands before what it holds.
        let mut head = Vec::new();
        let mut length = content.unwrap_or(0);
        if content.is_some() {
            if self.kind.is_implicit() {
                wrap(&mut head, &mut length, tag::context(0))?;
            } else {
                wrap(&mut head, &mut length, tag::OCTET_STRING)?;
                if self.kind != ContentKind::Data {
                    wrap(&mut head, &mut length, explicit)?;
                }
            }
        }
        if self.kind != ContentKind::Data {
            prepend(&mut head, &mut length, &self.carrier)?;
            wrap(&mut head, &mut length, tag::SEQUENCE)?;
            prepend(&mut head, &mut length, &self.fields)?;
            length = length
                .checked_add(suffix)
                .ok_or(StreamWriteError::TooLarge)?;
            wrap(&mut head, &mut length, tag::SEQUENCE)?;
        }
        wrap(&mut head, &mut length, explicit)?;
        prepend(&mut head, &mut length, &asn1::oid(&self.kind.oid()))?;
        wrap(&mut head, &mut length, tag::SEQUENCE)?;
        Ok(head)
    }
}

/// A segment of the content.
fn segment(piece: &[u8], out: &mut Vec<u8>) {
    out.extend(header(tag::OCTET_STRING, piece.len() as u64));
    out.extend_from_slice(piece);
}

fn wrap(head: &mut Vec<u8>, length: &mut u64, tag: u8) -> Result<(), StreamWriteError> {
    let outer = header(tag, *length);
    prepend(head, length, &outer)
}

fn prepend(head: &mut Vec<u8>, length: &mut u64, octets: &[u8]) -> Result<(), StreamWriteError> {
    *length = length
        .checked_add(octets.len() as u64)
        .ok_or(StreamWriteError::TooLarge)?;
    head.splice(0..0, octets.iter().copied());
    Ok(())
}
