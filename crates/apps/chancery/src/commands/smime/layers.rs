//! One layer of a message after the other.

use chancery_cms::compressed::{DecompressError, Decompressor, InflateBudget, Inflation};
use chancery_cms::signed::{ContentDigests, SignedData, SignedDataError, read_signed_data};
use chancery_cms::smime::{
    Canonicalizer, Header, MessageEvent, MessageKind, MessageReader, SmimeError,
};
use chancery_cms::stream::{ContentKind, Limits};
use chancery_keys::AwsLc;

use crate::failure::Failure;

/// Layers that are looked at: triple wrapping has three.
pub const MAX_LAYERS: usize = 8;
/// Octets that a compressed layer may come to.
const MAX_INFLATED: u64 = 64 << 20;

/// What a layer turned out to be.
pub enum Layer {
    /// Signed; the entity inside.
    Signed {
        data: Box<SignedData>,
        /// The entity; of a detached part its canonical form, and where that differs the exact one.
        forms: Vec<SignedForm>,
    },
    /// Compressed (RFC 3274); the entity inside.
    Compressed(Vec<u8>),
    /// Another CMS structure, encrypted as a rule.
    Other(ContentKind),
    /// No S/MIME.
    Plain,
}

/// An entity as it may have been signed.
pub struct SignedForm {
    /// What is known of it where it is detached.
    pub detached: Option<ContentDigests>,
    pub entity: Vec<u8>,
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
    let mut structure = Vec::new();
    for event in events {
        match event {
            MessageEvent::Signed(piece) => clear.update(&piece),
            MessageEvent::Cms(piece) => structure.extend(piece),
            MessageEvent::Header(..) | MessageEvent::Body(_) => {}
        }
    }
    let layer = match kind {
        MessageKind::Other => Layer::Plain,
        MessageKind::ClearSigned { .. } => match Structure::read(&structure)? {
            Structure::Signed(data, _) if data.content().is_some() => {
                return Err(Failure::new(
                    "the message's signature holds another content than the part that is shown",
                ));
            }
            Structure::Signed(data, _) => Layer::Signed {
                forms: clear.finish(&data),
                data,
            },
            Structure::Compressed(_) => Layer::Other(ContentKind::CompressedData),
            Structure::Other(kind) => Layer::Other(kind),
        },
        MessageKind::Cms { .. } => match Structure::read(&structure)? {
            Structure::Signed(data, entity) => Layer::Signed {
                data,
                forms: vec![SignedForm {
                    detached: None,
                    entity,
                }],
            },
            Structure::Compressed(entity) => Layer::Compressed(entity),
            Structure::Other(kind) => Layer::Other(kind),
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
    fn finish(self, data: &SignedData) -> Vec<SignedForm> {
        let form = |entity: Vec<u8>| SignedForm {
            detached: Some(ContentDigests::of(&entity, data.digests(), &AwsLc)),
            entity,
        };
        let mut forms = vec![form(self.canonical)];
        if self.canonicalizer.changed() {
            forms.push(form(self.exact));
        }
        forms
    }
}

/// What a CMS structure turned out to be.
enum Structure {
    Signed(Box<SignedData>, Vec<u8>),
    Compressed(Vec<u8>),
    Other(ContentKind),
}

impl Structure {
    fn read(octets: &[u8]) -> Result<Self, Failure> {
        let mut content = Vec::new();
        match read_signed_data(octets, &mut content, Limits::default(), &AwsLc) {
            Ok(data) => Ok(Self::Signed(Box::new(data), content)),
            Err(SignedDataError::NotSigned {
                kind: ContentKind::CompressedData,
            }) => decompress(octets).map(Self::Compressed),
            Err(SignedDataError::NotSigned { kind }) => Ok(Self::Other(kind)),
            Err(error) => Err(unreadable(&error)),
        }
    }
}

fn decompress(octets: &[u8]) -> Result<Vec<u8>, Failure> {
    let failed =
        |error: DecompressError| Failure::because("the compressed message cannot be read", &error);
    let mut decompressor = Decompressor::new(InflateBudget {
        content: MAX_INFLATED,
        ..InflateBudget::default()
    });
    let mut content = Vec::new();
    let mut rest = octets;
    while decompressor.push(&mut rest, &mut content).map_err(failed)? == Inflation::More {}
    decompressor.finish(&mut content).map_err(failed)?;
    Ok(content)
}

fn unreadable(error: &SignedDataError) -> Failure {
    Failure::because("the message's CMS structure cannot be read", error)
}
