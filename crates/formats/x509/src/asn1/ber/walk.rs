//! One walk over the input that finds every element's definite length, and one that writes.

use super::{BerError, Limits};
use crate::asn1::tag;

/// A part of the output, in its order.
struct Node {
    /// Identifier octet; none for a segment, whose content joins the string before it.
    tag: Option<u8>,
    /// Octets of content in the output.
    length: usize,
    /// The content to copy: empty for what has parts.
    from: usize,
    to: usize,
    /// The unused bits that a BIT STRING in segments begins with.
    unused_bits: Option<u8>,
}

/// An element whose parts are being read.
struct Frame {
    /// Its node; the whole string's for segments inside segments.
    node: usize,
    /// Where it began.
    at: usize,
    /// Where it ends, unless an end mark does.
    end: Option<usize>,
    /// Where its parts must end at the latest.
    bound: usize,
    /// The string that its parts are segments of.
    string: Option<Segments>,
    /// Whether the node is its own, not that of a string around it.
    whole: bool,
}

/// What a constructed string's segments may be.
#[derive(Clone, Copy)]
struct Segments {
    /// The string's own identifier octet, primitive.
    tag: u8,
    /// A further one that is taken: restricted character strings and times are in segments of OCTET STRING (X.690 section 8.23.6).
    or: u8,
}

/// What a walk found.
pub(super) struct Walked {
    nodes: Vec<Node>,
    /// Whether the output differs from the input.
    pub changed: bool,
}

const CONSTRUCTED: u8 = 0x20;

/// A constructed element of a string type.
const fn segments(identifier: u8) -> Option<Segments> {
    let primitive = identifier & !CONSTRUCTED;
    match primitive {
        tag::BIT_STRING | tag::OCTET_STRING => Some(Segments {
            tag: primitive,
            or: primitive,
        }),
        tag::UTF8_STRING | tag::NUMERIC_STRING..=tag::BMP_STRING => Some(Segments {
            tag: primitive,
            or: tag::OCTET_STRING,
        }),
        _ => None,
    }
}

/// An identifier octet and a length.
struct Header {
    identifier: u8,
    /// None for an indefinite length.
    length: Option<usize>,
    /// Octets of both.
    size: usize,
    minimal: bool,
}

fn header(input: &[u8], at: usize) -> Result<Header, BerError> {
    let truncated = BerError::Truncated { at };
    let octet = |position: usize| input.get(position).copied().ok_or(truncated);
    let identifier = octet(at)?;
    if identifier & 0x1f == 0x1f {
        return Err(BerError::TagNumber { at });
    }
    let first = octet(at + 1)?;
    let (length, octets) = match first {
        0x80 => (None, 0),
        0..0x80 => (Some(usize::from(first)), 0),
        0xff => return Err(BerError::Length { at }),
        _ => {
            let octets = usize::from(first & 0x7f);
            let mut length = 0_usize;
            for position in 0..octets {
                let octet = octet(at + 2 + position)?;
                if length >> (usize::BITS - 8) != 0 {
                    return Err(BerError::Length { at });
                }
                length = length << 8 | usize::from(octet);
            }
            (Some(length), octets)
        }
    };
    Ok(Header {
        identifier,
        length,
        size: 2 + octets,
        minimal: length.is_some_and(|length| length_octets(length) == octets),
    })
}

/// Octets that a minimal length has behind its first.
const fn length_octets(length: usize) -> usize {
    if length < 0x80 {
        0
    } else {
        (usize::BITS - length.leading_zeros()).div_ceil(8) as usize
    }
}

/// Walks one element with all its parts.
pub(super) fn walk(input: &[u8], limits: Limits) -> Result<Walked, BerError> {
    let mut walk = Walk {
        input,
        limits,
        at: 0,
        elements: 0,
        nodes: Vec::new(),
        frames: Vec::new(),
        changed: false,
    };
    loop {
        walk.element()?;
        while walk.frame_ends()? {
            walk.close()?;
        }
        if walk.frames.is_empty() {
            break;
        }
    }
    match input.len() - walk.at {
        0 => Ok(Walked {
            nodes: walk.nodes,
            changed: walk.changed,
        }),
        octets => Err(BerError::TrailingData { octets }),
    }
}

struct Walk<'a> {
    input: &'a [u8],
    limits: Limits,
    at: usize,
    elements: usize,
    nodes: Vec<Node>,
    frames: Vec<Frame>,
    changed: bool,
}

impl Walk<'_> {
    /// Reads one header, and the content of what has no parts.
    fn element(&mut self) -> Result<(), BerError> {
        let at = self.at;
        let bound = self.frames.last().map_or(self.input.len(), |f| f.bound);
        let header = header(self.input.get(..bound).unwrap_or_default(), at)?;
        if header.identifier == 0 {
            return Err(BerError::EndOfContents { at });
        }
        self.elements += 1;
        if self.elements > self.limits.elements {
            return Err(BerError::TooMany {
                limit: self.limits.elements,
            });
        }
        self.changed |= !header.minimal;
        self.at = at + header.size;
        let end = match header.length {
            None => None,
            Some(length) => match self.at.checked_add(length) {
                Some(end) if end <= bound => Some(end),
                _ => return Err(BerError::Truncated { at }),
            },
        };
        if header.identifier & CONSTRUCTED != 0 {
            return self.open(at, header.identifier, end, bound);
        }
        let Some(end) = end else {
            return Err(BerError::IndefinitePrimitive { at });
        };
        self.primitive(at, header.identifier, end)
    }

    fn primitive(&mut self, at: usize, identifier: u8, end: usize) -> Result<(), BerError> {
        let from = std::mem::replace(&mut self.at, end);
        let Some((node, segments)) = self.string_around() else {
            self.nodes.push(Node {
                tag: Some(identifier),
                length: end - from,
                from,
                to: end,
                unused_bits: None,
            });
            self.add_to_parent(end - from);
            return Ok(());
        };
        if identifier != segments.tag && identifier != segments.or {
            return Err(BerError::Segment { at });
        }
        let mut content = from;
        if segments.tag == tag::BIT_STRING {
            let unused = match self.input.get(from..end) {
                Some([unused @ 0..8, rest @ ..]) if *unused == 0 || !rest.is_empty() => *unused,
                _ => return Err(BerError::Segment { at }),
            };
            content += 1;
            // Only the last segment may leave bits unused.
            match self.nodes.get_mut(node).map(|node| &mut node.unused_bits) {
                Some(before @ (None | Some(0))) => *before = Some(unused),
                _ => return Err(BerError::Segment { at }),
            }
        }
        self.nodes.push(Node {
            tag: None,
            length: 0,
            from: content,
            to: end,
            unused_bits: None,
        });
        if let Some(string) = self.nodes.get_mut(node) {
            string.length += end - content;
        }
        Ok(())
    }

    fn open(
        &mut self,
        at: usize,
        identifier: u8,
        end: Option<usize>,
        bound: usize,
    ) -> Result<(), BerError> {
        if self.frames.len() >= self.limits.depth {
            return Err(BerError::TooDeep {
                at,
                limit: self.limits.depth,
            });
        }
        let bound = end.unwrap_or(bound);
        let own = segments(identifier);
        if let Some((node, around)) = self.string_around() {
            // A segment may itself come in segments (X.690 section 8.7.3.2).
            let string = match own {
                Some(own) if own.tag == around.tag || own.tag == around.or => Some(around),
                _ => return Err(BerError::Segment { at }),
            };
            self.frames.push(Frame {
                node,
                at,
                end,
                bound,
                string,
                whole: false,
            });
            return Ok(());
        }
        self.changed |= own.is_some();
        self.frames.push(Frame {
            node: self.nodes.len(),
            at,
            end,
            bound,
            string: own,
            whole: true,
        });
        self.nodes.push(Node {
            tag: Some(own.map_or(identifier, |own| own.tag)),
            length: 0,
            from: 0,
            to: 0,
            unused_bits: None,
        });
        Ok(())
    }

    /// The string whose segments are being read: its node, and what they may be.
    fn string_around(&self) -> Option<(usize, Segments)> {
        let frame = self.frames.last()?;
        frame.string.map(|string| (frame.node, string))
    }

    /// Whether the innermost element ends here; its end mark is read over.
    fn frame_ends(&mut self) -> Result<bool, BerError> {
        let Some(frame) = self.frames.last() else {
            return Ok(false);
        };
        if let Some(end) = frame.end {
            return Ok(self.at == end);
        }
        match self.input.get(self.at..frame.bound) {
            Some([0, 0, ..]) => {
                self.at += 2;
                Ok(true)
            }
            Some([0, _, ..]) => Err(BerError::EndOfContents { at: self.at }),
            Some([] | [0]) | None => Err(BerError::Truncated { at: frame.at }),
            Some(_) => Ok(false),
        }
    }

    fn close(&mut self) -> Result<(), BerError> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        if !frame.whole {
            return Ok(());
        }
        let Some(node) = self.nodes.get_mut(frame.node) else {
            return Ok(());
        };
        if node.tag == Some(tag::BIT_STRING) {
            // Without a single segment it would not even say how many bits it leaves unused.
            if node.unused_bits.is_none() {
                return Err(BerError::Segment { at: frame.at });
            }
            node.length += 1;
        }
        let length = node.length;
        self.add_to_parent(length);
        Ok(())
    }

    fn add_to_parent(&mut self, length: usize) {
        let parent = self.frames.last().map(|frame| frame.node);
        if let Some(parent) = parent.and_then(|node| self.nodes.get_mut(node)) {
            parent.length += 2 + length_octets(length) + length;
        }
    }
}

impl Walked {
    pub fn write(&self, input: &[u8]) -> Vec<u8> {
        let length = self.nodes.first().map_or(0, |node| node.length);
        let mut out = Vec::with_capacity(2 + length_octets(length) + length);
        for node in &self.nodes {
            if let Some(identifier) = node.tag {
                out.push(identifier);
                push_length(&mut out, node.length);
            }
            out.extend(node.unused_bits);
            out.extend_from_slice(input.get(node.from..node.to).unwrap_or_default());
        }
        out
    }
}

fn push_length(out: &mut Vec<u8>, length: usize) {
    let octets = length_octets(length);
    let all = length.to_be_bytes();
    if octets == 0 {
        out.extend(all.last());
    } else {
        // At most eight.
        out.push(0x80 | u8::try_from(octets).unwrap_or(8));
        out.extend_from_slice(all.get(all.len() - octets..).unwrap_or_default());
    }
}
