//! Compressed content (RFC 3274): zlib, in pieces, with a budget for what an attacker can make of few octets.
//!
//! ```asn1
//! CompressedData ::= SEQUENCE {
//!     version CMSVersion,  -- always 0
//!     compressionAlgorithm CompressionAlgorithmIdentifier,
//!     encapContentInfo EncapsulatedContentInfo }
//! ```

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use thiserror::Error;

use crate::oid;
use crate::stream::{
    ContentKind, Event, Limits, Parser, Prefix, Size, StreamError, StreamWriteError, Writer,
};

/// id-alg-zlibCompress (RFC 3274 section 2).
const ZLIB: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.8");

/// Content that comes out of one step.
const STEP: usize = 64 << 10;

/// How much may come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InflateBudget {
    /// Octets of content altogether.
    pub content: u64,
    /// Octets of content for each compressed octet. Deflate itself reaches 1,032; text stays below 20.
    pub ratio: u64,
    /// Octets of content for which the ratio is not yet looked at: a short message of one repeated line is no attack.
    pub free: u64,
}

impl Default for InflateBudget {
    /// 1 GiB, at most 200 for one after the first MiB.
    fn default() -> Self {
        Self {
            content: 1 << 30,
            ratio: 200,
            free: 1 << 20,
        }
    }
}

/// Why compressed content is not read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecompressError {
    /// Not a CMS structure, cut short, or damaged.
    #[error(transparent)]
    Stream(#[from] StreamError),
    /// A field of the message is damaged.
    #[error("the compressed message is damaged")]
    Damaged(#[from] ParseError),
    /// Another type of content.
    #[error("the message is not compressed: it is of the type {}", .kind.oid())]
    NotCompressed {
        /// The type met.
        kind: ContentKind,
    },
    /// There is no content.
    #[error("the compressed content is not in the message")]
    Detached,
    /// The compressed octets are none, or their checksum is wrong (RFC 1950 section 2.2).
    #[error("the compressed content is damaged")]
    Content,
    /// The compressed octets go on after their end.
    #[error("octets follow the end of the compressed content")]
    TrailingContent,
    /// More comes out than allowed.
    #[error("the message decompresses to over {limit} octets, the most that is taken")]
    TooLarge {
        /// The octets allowed.
        limit: u64,
    },
    /// So much comes out of so little that it was made to exhaust its reader.
    #[error(
        "the message decompresses to over {ratio} times its size, which no honest content does"
    )]
    Ratio {
        /// The ratio allowed.
        ratio: u64,
    },
}

/// Where a decompression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inflation {
    /// It takes more octets of the message, or its end.
    Reads,
    /// There is more to come out: take what is there, and call again.
    More,
}

/// A decompression under way.
#[derive(Debug)]
pub struct Decompressor {
    parser: Parser,
    inflater: Decompress,
    budget: InflateBudget,
    /// A piece of the message that gives more than one step.
    pending: Vec<u8>,
    /// Octets of it that are inflated.
    passed: usize,
    /// Where one step is inflated to.
    window: Vec<u8>,
    content_type: Option<ObjectIdentifier>,
    ended: bool,
}

impl Decompressor {
    /// Before the first octet.
    #[must_use]
    pub fn new(budget: InflateBudget) -> Self {
        Self {
            parser: Parser::new(Limits::default()),
            inflater: Decompress::new(true),
            budget,
            pending: Vec::new(),
            passed: 0,
            window: vec![0; STEP],
            content_type: None,
            ended: false,
        }
    }

    /// Takes octets off the front of `input` and appends content to `out`, at most 64 KiB a call. What comes out is known to be whole only
    /// after [`Decompressor::finish`].
    pub fn push(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
    ) -> Result<Inflation, DecompressError> {
        let start = out.len();
        if !self.pending.is_empty() {
            let pending = std::mem::take(&mut self.pending);
            let mut rest = pending.get(self.passed..).unwrap_or_default();
            self.inflate(&mut rest, out, start)?;
            if !rest.is_empty() {
                self.passed = pending.len().saturating_sub(rest.len());
                self.pending = pending;
                return Ok(Inflation::More);
            }
        }
        while let Some(event) = self.parser.next(input)? {
            match event {
                Event::Prefix(prefix) => self.begin(&prefix)?,
                Event::Content(mut piece) => {
                    self.inflate(&mut piece, out, start)?;
                    if !piece.is_empty() {
                        self.pending = piece.to_vec();
                        self.passed = 0;
                        return Ok(Inflation::More);
                    }
                }
                Event::Suffix(suffix) => {
                    Reader::new(&suffix.fields, "end of the compressed message").finish()?;
                }
            }
        }
        Ok(Inflation::Reads)
    }

    /// The message is whole: the type of its content.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<ObjectIdentifier, DecompressError> {
        // Less than a step can be left behind input that has all been taken.
        while self.push(&mut [].as_slice(), out)? == Inflation::More {}
        self.parser.finish()?;
        self.inflate_rest(out)?;
        match self.content_type {
            Some(content_type) if self.ended => Ok(content_type),
            _ => Err(DecompressError::Content),
        }
    }

    fn begin(&mut self, prefix: &Prefix) -> Result<(), DecompressError> {
        if prefix.kind != ContentKind::CompressedData {
            return Err(DecompressError::NotCompressed { kind: prefix.kind });
        }
        if !prefix.has_content {
            return Err(DecompressError::Detached);
        }
        let mut fields = Reader::new(&prefix.fields, "compressed message");
        fields.integer_u64("version")?;
        let mut algorithm = fields.nested("compression algorithm")?;
        fields.finish()?;
        let oid = algorithm.oid("compression algorithm")?;
        // RFC 3274 section 2: parameters are absent; a NULL does no harm.
        algorithm.optional(tag::NULL, "compression parameters")?;
        algorithm.finish()?;
        if oid != ZLIB {
            return Err(ParseError::UnknownAlgorithm { oid }.into());
        }
        let mut carrier = Reader::new(&prefix.carrier, "compressed content");
        self.content_type = Some(carrier.oid("content type")?);
        carrier.finish()?;
        Ok(())
    }

    /// Inflates until `input` is taken or a step has come out.
    fn inflate(
        &mut self,
        input: &mut &[u8],
        out: &mut Vec<u8>,
        start: usize,
    ) -> Result<(), DecompressError> {
        while !input.is_empty() {
            if self.ended {
                return Err(DecompressError::TrailingContent);
            }
            let room = STEP.saturating_sub(out.len().saturating_sub(start));
            if room == 0 {
                break;
            }
            let taken = self.step(input, room, out)?;
            *input = input.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// What the inflater still holds when all is in.
    fn inflate_rest(&mut self, out: &mut Vec<u8>) -> Result<(), DecompressError> {
        while !self.ended {
            let before = self.inflater.total_out();
            self.step(&[], STEP, out)?;
            if self.inflater.total_out() == before {
                break;
            }
        }
        Ok(())
    }

    /// One call of the inflater, with `room` for what comes out; gives how many octets it took.
    fn step(
        &mut self,
        input: &[u8],
        room: usize,
        out: &mut Vec<u8>,
    ) -> Result<usize, DecompressError> {
        let before = (self.inflater.total_in(), self.inflater.total_out());
        let window = self.window.get_mut(..room).unwrap_or_default();
        let status = self
            .inflater
            .decompress(input, window, FlushDecompress::None)
            .map_err(|_| DecompressError::Content)?;
        self.ended = status == Status::StreamEnd;
        let (taken, made) = (self.inflater.total_in(), self.inflater.total_out());
        let came = usize::try_from(made.saturating_sub(before.1)).unwrap_or(usize::MAX);
        if made > self.budget.content {
            return Err(DecompressError::TooLarge {
                limit: self.budget.content,
            });
        }
        if made > self.budget.free && made > taken.saturating_mul(self.budget.ratio) {
            return Err(DecompressError::Ratio {
                ratio: self.budget.ratio,
            });
        }
        out.extend_from_slice(self.window.get(..came).unwrap_or_default());
        let took = usize::try_from(taken.saturating_sub(before.0)).unwrap_or(usize::MAX);
        if took == 0 && status == Status::BufError && !input.is_empty() {
            return Err(DecompressError::Content);
        }
        Ok(took)
    }
}

/// A compression under way. Its size is not known beforehand, so the message is BER with indefinite lengths outside.
#[derive(Debug)]
pub struct Compressor {
    writer: Writer,
    deflater: Compress,
    compressed: Vec<u8>,
}

impl Compressor {
    /// Appends all that stands before the content, of the type id-data as a rule.
    pub fn begin(
        content_type: ObjectIdentifier,
        out: &mut Vec<u8>,
    ) -> Result<Self, StreamWriteError> {
        let (fields, carrier) = fields(content_type);
        Ok(Self {
            writer: Writer::begin(
                ContentKind::CompressedData,
                &fields,
                &carrier,
                Size::Unknown,
                out,
            )?,
            deflater: Compress::new(Compression::default(), true),
            compressed: Vec::new(),
        })
    }

    /// Compresses more of the content.
    pub fn update(&mut self, content: &[u8], out: &mut Vec<u8>) -> Result<(), StreamWriteError> {
        deflate(
            &mut self.deflater,
            content,
            FlushCompress::None,
            &mut self.compressed,
        );
        self.pass(out)
    }

    /// Appends the end of the message.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), StreamWriteError> {
        deflate(
            &mut self.deflater,
            &[],
            FlushCompress::Finish,
            &mut self.compressed,
        );
        self.pass(out)?;
        self.writer.finish(&[], out)
    }

    fn pass(&mut self, out: &mut Vec<u8>) -> Result<(), StreamWriteError> {
        if !self.compressed.is_empty() {
            self.writer.content(&self.compressed, out)?;
            self.compressed.clear();
        }
        Ok(())
    }
}

/// Compresses content that is at hand: the message, DER.
pub fn compress(content: &[u8]) -> Result<Vec<u8>, StreamWriteError> {
    let mut compressed = Vec::new();
    let mut deflater = Compress::new(Compression::default(), true);
    deflate(
        &mut deflater,
        content,
        FlushCompress::Finish,
        &mut compressed,
    );
    let (fields, carrier) = fields(oid::DATA);
    let size = Size::Known {
        content: compressed.len() as u64,
        suffix: 0,
    };
    let mut out = Vec::new();
    let mut writer = Writer::begin(
        ContentKind::CompressedData,
        &fields,
        &carrier,
        size,
        &mut out,
    )?;
    writer.content(&compressed, &mut out)?;
    writer.finish(&[], &mut out)?;
    Ok(out)
}

fn fields(content_type: ObjectIdentifier) -> (Vec<u8>, Vec<u8>) {
    let algorithm = asn1::sequence(&[&asn1::oid(&ZLIB)]);
    let fields = [asn1::integer_u64(0), algorithm].concat();
    (fields, asn1::oid(&content_type))
}

/// All of `content` through the deflater.
fn deflate(deflater: &mut Compress, mut content: &[u8], flush: FlushCompress, out: &mut Vec<u8>) {
    loop {
        let before = (deflater.total_in(), deflater.total_out());
        out.reserve(STEP);
        let status = deflater.compress_vec(content, out, flush);
        let after = (deflater.total_in(), deflater.total_out());
        let taken = usize::try_from(after.0.saturating_sub(before.0)).unwrap_or(usize::MAX);
        content = content.get(taken..).unwrap_or_default();
        let stuck = before == after;
        let done = match flush {
            FlushCompress::Finish => matches!(status, Ok(Status::StreamEnd)),
            _ => content.is_empty(),
        };
        // A deflater with room and no progress is at its end: there is no error to meet here.
        if done || stuck {
            return;
        }
    }
}

#[cfg(test)]
mod tests;
