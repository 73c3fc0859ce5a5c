//! One layer of a message after the other.

use chancery_cms::signed::{
    ContentDigester, ContentDigests, SignedData, SignedDataError, SignedDataReader, SignedEvent,
};
use chancery_cms::smime::{
    Canonicalizer, Header, MessageEvent, MessageKind, MessageReader, SmimeError,
};
use chancery_cms::stream::{ContentKind, Limits};
use chancery_keys::AwsLc;
use chancery_x509::DigestAlgorithm;

use crate::failure::Failure;

/// Layers that are looked at: triple wrapping has three.
pub const MAX_LAYERS: usize = 8;

/// What a layer turned out to be.
pub enum Layer {
    /// Signed; the entity inside.
    Signed {
        data: Box<SignedData>,
        /// What is known of a detached part: its canonical form, and where it differs the exact one.
        detached: Vec<ContentDigests>,
        entity: Vec<u8>,
    },
    /// Another CMS structure: encrypted or compressed.
    Other(ContentKind),
    /// No S/MIME.
    Plain,
}

/// Reads a layer from a message at hand.
pub fn read(message: &[u8]) -> Result<(Header, Layer), Failure> {
    let unreadable = |error: SmimeError| Failure::because("the message cannot be read", &error);
    let mut reader = MessageReader::new();
    let mut events = reader.feed(message).map_err(unreadable)?;
    events.extend(reader.finish().map_err(unreadable)?);
    let mut events = events.into_iter();
    let Some(MessageEvent::Header(header, kind)) = events.next() else {
        return Err(unreadable(SmimeError::NotMime));
    };
    let mut clear = Clear::default();
    let mut structure = Structure::new();
    for event in events {
        match event {
            MessageEvent::Signed(piece) => clear.update(&piece),
            MessageEvent::Cms(piece) => structure.update(&piece)?,
            MessageEvent::Header(..) | MessageEvent::Body(_) => {}
        }
    }
    let layer = match kind {
        MessageKind::Other => Layer::Plain,
        MessageKind::ClearSigned { .. } => match structure.finish()? {
            Ok((data, _)) if data.content().is_some() => {
                return Err(Failure::new(
                    "the message's signature holds another content than the part that is shown",
                ));
            }
            Ok((data, _)) => {
                let (detached, entity) = clear.finish(&data);
                Layer::Signed {
                    data,
                    detached,
                    entity,
                }
            }
            Err(kind) => Layer::Other(kind),
        },
        MessageKind::Cms { .. } => match structure.finish()? {
            Ok((data, entity)) => Layer::Signed {
                data,
                detached: Vec::new(),
                entity,
            },
            Err(kind) => Layer::Other(kind),
        },
    };
    Ok((header, layer))
}

/// The part that anybody can read.
#[derive(Default)]
struct Clear {
    exact: Vec<u8>,
    canonical: Vec<u8>,
    canonicalizer: Canonicalizer,
}

impl Clear {
    fn update(&mut self, piece: &[u8]) {
        self.exact.extend_from_slice(piece);
        self.canonicalizer.update(piece, &mut self.canonical);
    }

    /// Signatures are made over CRLF line ends (RFC 8551 section 3.1.1), but files may have lost them since, and binary parts never had any:
    /// both forms are compared.
    fn finish(self, data: &SignedData) -> (Vec<ContentDigests>, Vec<u8>) {
        let algorithms: Vec<DigestAlgorithm> = data.digests().collect();
        let digests = |content: &[u8]| {
            let mut digester = ContentDigester::new(algorithms.iter().copied(), &AwsLc);
            digester.update(content);
            digester.finish()
        };
        let mut forms = vec![digests(&self.canonical)];
        if self.canonicalizer.changed() {
            forms.push(digests(&self.exact));
        }
        (forms, self.canonical)
    }
}

/// A CMS structure whose kind is found out.
struct Structure {
    reader: SignedDataReader<'static>,
    content: Vec<u8>,
    other: Option<ContentKind>,
}

type Read = Result<(Box<SignedData>, Vec<u8>), ContentKind>;

impl Structure {
    fn new() -> Self {
        Self {
            reader: SignedDataReader::new(Limits::default(), &AwsLc),
            content: Vec::new(),
            other: None,
        }
    }

    fn update(&mut self, piece: &[u8]) -> Result<(), Failure> {
        let mut rest = piece;
        while self.other.is_none() {
            match self.reader.next(&mut rest) {
                Ok(None) => break,
                Ok(Some(SignedEvent::Content(content))) => self.content.extend_from_slice(content),
                Ok(Some(SignedEvent::End)) => {}
                Err(SignedDataError::NotSigned { kind }) => self.other = Some(kind),
                Err(error) => return Err(unreadable(&error)),
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Read, Failure> {
        if let Some(kind) = self.other {
            return Ok(Err(kind));
        }
        let data = self.reader.finish().map_err(|error| unreadable(&error))?;
        Ok(Ok((Box::new(data), self.content)))
    }
}

fn unreadable(error: &SignedDataError) -> Failure {
    Failure::because("the message's CMS structure cannot be read", error)
}
