//! One layer of a message after the other.

use std::ops::ControlFlow;
use std::path::Path;

use chancery_cms::compressed::{DecompressError, Decompressor, InflateBudget, Inflation};
use chancery_cms::signed::{
    ContentDigester, ContentDigests, SignedData, SignedDataError, SignedDataReader, SignedEvent,
};
use chancery_cms::smime::{
    Canonicalizer, Header, MessageEvent, MessageKind, MessageReader, SmimeError,
};
use chancery_cms::stream::{ContentKind, Limits};
use chancery_keys::AwsLc;

use super::spool::{LineEnds, Pieces, Spool, SpoolWriter};
use crate::failure::Failure;

/// Layers that are looked at: triple wrapping has three.
pub const MAX_LAYERS: usize = 8;

/// A message, or what was inside a layer of one.
#[derive(Clone)]
pub struct Entity {
    spool: Spool,
    line_ends: LineEnds,
}

impl Entity {
    /// Octets as they are.
    pub const fn exact(spool: Spool) -> Self {
        Self {
            spool,
            line_ends: LineEnds::Exact,
        }
    }

    /// Its octets.
    pub fn pieces(&self) -> Pieces {
        self.spool.pieces(0, self.line_ends)
    }

    /// Its header, if it has one.
    pub fn header(&self) -> Result<Option<Header>, Failure> {
        let beginning = self.spool.beginning(Header::MAX_LEN.saturating_add(2))?;
        Ok(Header::split(&beginning).ok().map(|(header, _)| header))
    }

    /// What the signers took the digests of.
    fn digests(&self, data: &SignedData) -> Result<ContentDigests, Failure> {
        let mut digester = ContentDigester::new(data.digests(), &AwsLc);
        let mut pieces = self.pieces();
        while let Some(piece) = pieces.next()? {
            digester.update(piece);
        }
        Ok(digester.finish())
    }
}

/// What a layer turned out to be.
pub enum Layer {
    /// Signed; the entity inside.
    Signed {
        data: Box<SignedData>,
        /// As it may have been signed. Of a detached part the canonical form, and where that differs the exact one.
        forms: Vec<SignedForm>,
    },
    /// Compressed (RFC 3274); the entity inside.
    Compressed(Entity),
    /// Another CMS structure, encrypted as a rule.
    Other(ContentKind),
    /// No S/MIME.
    Plain,
}

/// An entity as it may have been signed.
pub struct SignedForm {
    pub entity: Entity,
    is_detached: bool,
}

impl SignedForm {
    /// What is known of it where it is detached.
    pub fn detached(&self, data: &SignedData) -> Result<Option<ContentDigests>, Failure> {
        if self.is_detached {
            self.entity.digests(data).map(Some)
        } else {
            Ok(None)
        }
    }
}

/// Where layers are unpacked, and how much may come out of those that are compressed, all together.
pub struct Unpacking<'a> {
    beside: Option<&'a Path>,
    inflated: InflateBudget,
}

impl<'a> Unpacking<'a> {
    /// In the folder of the result.
    pub fn beside(path: Option<&'a Path>) -> Self {
        Self {
            beside: path,
            inflated: InflateBudget::default(),
        }
    }

    /// Unpacks one layer.
    pub fn layer(&mut self, message: &Entity) -> Result<(Header, Layer), Failure> {
        let mut head = None;
        each(message, &mut |event| {
            if let MessageEvent::Header(header, kind) = event {
                head = Some((header, kind));
            }
            Ok(ControlFlow::Break(()))
        })?;
        let (header, kind) = head.ok_or_else(|| unreadable(&SmimeError::NotMime))?;
        let layer = match kind {
            MessageKind::Other => Layer::Plain,
            MessageKind::ClearSigned { .. } => self.clear(message)?,
            MessageKind::Cms { .. } => self.opaque(message)?,
        };
        Ok((header, layer))
    }

    /// A part that anybody can read, and its signature.
    fn clear(&self, message: &Entity) -> Result<Layer, Failure> {
        let mut exact = SpoolWriter::beside(self.beside)?;
        let (mut canonicalizer, mut canonical) = (Canonicalizer::new(), Vec::new());
        let mut structure = Structure::new();
        each(message, &mut |event| {
            match event {
                MessageEvent::Signed(piece) => {
                    canonical.clear();
                    canonicalizer.update(&piece, &mut canonical);
                    exact.write(&piece)?;
                }
                MessageEvent::Cms(piece) => return structure.take(&piece, &mut |_| Ok(())),
                MessageEvent::Header(..) | MessageEvent::Body(_) => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let data = match structure.finish()? {
            Ok(data) => data,
            Err(kind) => return Ok(Layer::Other(kind)),
        };
        if data.content().is_some() {
            return Err(Failure::new(
                "the message's signature holds another content than the part that is shown",
            ));
        }
        // Signatures are made over CRLF line ends (RFC 8551 section 3.1.1), but files may have lost them since, and binary parts never had
        // any: both forms are compared.
        let spool = exact.finish();
        let form = |line_ends| SignedForm {
            entity: Entity {
                spool: spool.clone(),
                line_ends,
            },
            is_detached: true,
        };
        let forms = if canonicalizer.changed() {
            vec![form(LineEnds::Canonical), form(LineEnds::Exact)]
        } else {
            vec![form(LineEnds::Exact)]
        };
        Ok(Layer::Signed { data, forms })
    }

    /// A CMS structure with all inside.
    fn opaque(&mut self, message: &Entity) -> Result<Layer, Failure> {
        let mut content = SpoolWriter::beside(self.beside)?;
        let mut structure = Structure::new();
        each(message, &mut |event| match event {
            MessageEvent::Cms(piece) => structure.take(&piece, &mut |octets| content.write(octets)),
            _ => Ok(ControlFlow::Continue(())),
        })?;
        match structure.finish()? {
            Ok(data) => Ok(Layer::Signed {
                data,
                forms: vec![SignedForm {
                    entity: Entity::exact(content.finish()),
                    is_detached: false,
                }],
            }),
            Err(ContentKind::CompressedData) => self.inflate(message).map(Layer::Compressed),
            Err(kind) => Ok(Layer::Other(kind)),
        }
    }

    fn inflate(&mut self, message: &Entity) -> Result<Entity, Failure> {
        let failed = |error: DecompressError| {
            Failure::because("the compressed message cannot be read", &error)
        };
        let mut content = SpoolWriter::beside(self.beside)?;
        let mut decompressor = Decompressor::new(self.inflated);
        let mut out = Vec::new();
        each(message, &mut |event| {
            if let MessageEvent::Cms(piece) = event {
                let mut rest = piece.as_slice();
                loop {
                    out.clear();
                    let state = decompressor.push(&mut rest, &mut out).map_err(failed)?;
                    content.write(&out)?;
                    if state == Inflation::Reads {
                        break;
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        out.clear();
        decompressor.finish(&mut out).map_err(failed)?;
        content.write(&out)?;
        self.inflated.content = self.inflated.content.saturating_sub(content.octets());
        Ok(Entity::exact(content.finish()))
    }
}

/// Reads a layer event by event, until `take` has seen enough.
fn each(
    message: &Entity,
    take: &mut dyn FnMut(MessageEvent) -> Result<ControlFlow<()>, Failure>,
) -> Result<(), Failure> {
    let mut reader = MessageReader::new();
    let mut pieces = message.pieces();
    while let Some(piece) = pieces.next()? {
        for event in reader.feed(piece).map_err(|error| unreadable(&error))? {
            if take(event)?.is_break() {
                return Ok(());
            }
        }
    }
    for event in reader.finish().map_err(|error| unreadable(&error))? {
        if take(event)?.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// A CMS structure under way: signed data, until it turns out to be something else.
struct Structure {
    reader: SignedDataReader<'static>,
    other: Option<ContentKind>,
}

impl Structure {
    fn new() -> Self {
        Self {
            reader: SignedDataReader::new(Limits::default(), &AwsLc),
            other: None,
        }
    }

    fn take(
        &mut self,
        mut piece: &[u8],
        content: &mut dyn FnMut(&[u8]) -> Result<(), Failure>,
    ) -> Result<ControlFlow<()>, Failure> {
        loop {
            match self.reader.next(&mut piece) {
                Ok(Some(SignedEvent::Content(octets))) => content(octets)?,
                Ok(Some(SignedEvent::End)) => {}
                Ok(None) => return Ok(ControlFlow::Continue(())),
                Err(SignedDataError::NotSigned { kind }) => {
                    self.other = Some(kind);
                    return Ok(ControlFlow::Break(()));
                }
                Err(error) => return Err(undecodable(&error)),
            }
        }
    }

    fn finish(self) -> Result<Result<Box<SignedData>, ContentKind>, Failure> {
        match self.other {
            Some(kind) => Ok(Err(kind)),
            None => self
                .reader
                .finish()
                .map(|data| Ok(Box::new(data)))
                .map_err(|error| undecodable(&error)),
        }
    }
}

fn unreadable(error: &SmimeError) -> Failure {
    Failure::because("the message cannot be read", error)
}

fn undecodable(error: &SignedDataError) -> Failure {
    Failure::because("the message's CMS structure cannot be read", error)
}
