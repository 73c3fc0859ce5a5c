//! Reading a message, layer by layer.

use super::base64::Base64Decoder;
use super::error::SmimeError;
use super::field::{Header, HeaderReader};
use super::multipart::{Split, Splitter};

/// The kind of CMS structure in an `application/pkcs7-mime` entity (RFC 8551 section 3.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SmimeType {
    /// `signed-data`.
    SignedData,
    /// `certs-only`.
    CertsOnly,
    /// `enveloped-data`.
    EnvelopedData,
    /// `authEnveloped-data`.
    AuthEnvelopedData,
    /// `compressed-data`.
    CompressedData,
}

impl SmimeType {
    const ALL: [Self; 5] = [
        Self::SignedData,
        Self::CertsOnly,
        Self::EnvelopedData,
        Self::AuthEnvelopedData,
        Self::CompressedData,
    ];

    /// The parameter's value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedData => "signed-data",
            Self::CertsOnly => "certs-only",
            Self::EnvelopedData => "enveloped-data",
            Self::AuthEnvelopedData => "authEnveloped-data",
            Self::CompressedData => "compressed-data",
        }
    }

    /// By the parameter's value, in whatever case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// What a message is, from its Content-Type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// `multipart/signed`: a part anybody can read, and a detached signature.
    ClearSigned {
        /// The digests as stated, `sha-256` and so on; only a hint.
        micalg: Option<String>,
    },
    /// `application/pkcs7-mime`: a CMS structure, whose own type counts, not the one stated.
    Cms {
        /// As stated.
        smime_type: Option<SmimeType>,
    },
    /// Neither: no S/MIME at this layer.
    Other,
}

/// What [`MessageReader`] meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageEvent {
    /// The header, first of all.
    Header(Header, MessageKind),
    /// A piece of what is signed in the open, as it came: the header of the part too. Line ends are yet to be made canonical.
    Signed(Vec<u8>),
    /// A piece of the CMS structure, decoded.
    Cms(Vec<u8>),
    /// A piece of another body, as it came.
    Body(Vec<u8>),
}

#[derive(Debug)]
enum State {
    Header(HeaderReader),
    Body,
    Cms(Decoder),
    Clear(Box<Clear>),
}

#[derive(Debug)]
struct Clear {
    splitter: Splitter,
    /// 0 before the first part, 3 behind the last.
    part: usize,
    /// The header of the signature's part, as long as it is not whole.
    header: Option<HeaderReader>,
    decoder: Option<Decoder>,
}

#[derive(Debug)]
enum Decoder {
    Base64(Base64Decoder),
    Binary,
}

impl Decoder {
    fn of(header: &Header) -> Result<Self, SmimeError> {
        match header.transfer_encoding()?.as_str() {
            "base64" => Ok(Self::Base64(Base64Decoder::new())),
            "binary" | "8bit" => Ok(Self::Binary),
            _ => Err(SmimeError::TransferEncoding),
        }
    }

    fn update(&mut self, piece: Vec<u8>) -> Result<Vec<u8>, SmimeError> {
        match self {
            Self::Binary => Ok(piece),
            Self::Base64(decoder) => {
                let mut out = Vec::new();
                decoder.update(&piece, &mut out)?;
                Ok(out)
            }
        }
    }

    fn finish(self) -> Result<Vec<u8>, SmimeError> {
        let mut out = Vec::new();
        if let Self::Base64(decoder) = self {
            decoder.finish(&mut out)?;
        }
        Ok(out)
    }
}

/// Reads one layer of a message that comes in pieces: a `multipart/signed`, a CMS structure, or neither.
#[derive(Debug)]
pub struct MessageReader {
    state: State,
}

impl Default for MessageReader {
    fn default() -> Self {
        Self::new()
    }
}

impl MessageReader {
    /// Before the first octet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            state: State::Header(HeaderReader::new()),
        }
    }

    /// Takes a piece of the message. After an error the reader is of no use.
    pub fn feed(&mut self, input: &[u8]) -> Result<Vec<MessageEvent>, SmimeError> {
        match &mut self.state {
            State::Header(partial) => {
                let Some((header, body)) = partial.feed(input)? else {
                    return Ok(Vec::new());
                };
                let kind = self.begin(&header)?;
                let mut events = vec![MessageEvent::Header(header, kind)];
                if !body.is_empty() {
                    events.extend(self.feed(body)?);
                }
                Ok(events)
            }
            State::Body => Ok(some(input.to_vec(), MessageEvent::Body)),
            State::Cms(decoder) => Ok(some(decoder.update(input.to_vec())?, MessageEvent::Cms)),
            State::Clear(clear) => {
                let split = clear.splitter.feed(input);
                clear.take(split)
            }
        }
    }

    /// The message ends here.
    pub fn finish(self) -> Result<Vec<MessageEvent>, SmimeError> {
        match self.state {
            State::Header(partial) => {
                // A message may consist of its header.
                let header = partial.finish()?;
                if header.fields().is_empty() {
                    return Err(SmimeError::NotMime);
                }
                match kind_of(&header)? {
                    MessageKind::Other => {
                        Ok(vec![MessageEvent::Header(header, MessageKind::Other)])
                    }
                    _ => Err(SmimeError::Truncated { part: "header" }),
                }
            }
            State::Body => Ok(Vec::new()),
            State::Cms(decoder) => Ok(some(decoder.finish()?, MessageEvent::Cms)),
            State::Clear(clear) => {
                let mut clear = *clear;
                let splitter = std::mem::replace(&mut clear.splitter, Splitter::new(""));
                let events = clear.take(splitter.finish())?;
                match clear.part {
                    0 => Err(SmimeError::Missing { what: "first part" }),
                    1 => Err(SmimeError::Truncated {
                        part: "signed part",
                    }),
                    2 => Err(SmimeError::Truncated { part: "signature" }),
                    _ => Ok(events),
                }
            }
        }
    }

    fn begin(&mut self, header: &Header) -> Result<MessageKind, SmimeError> {
        let kind = kind_of(header)?;
        self.state = match &kind {
            MessageKind::Other => State::Body,
            MessageKind::Cms { .. } => State::Cms(Decoder::of(header)?),
            MessageKind::ClearSigned { .. } => {
                let content_type = header.content_type()?;
                let boundary = content_type
                    .parameter("boundary")
                    // RFC 2046 section 5.1.1.
                    .filter(|boundary| (1..=70).contains(&boundary.len()))
                    .ok_or(SmimeError::Missing { what: "boundary" })?;
                State::Clear(Box::new(Clear {
                    splitter: Splitter::new(boundary),
                    part: 0,
                    header: Some(HeaderReader::new()),
                    decoder: None,
                }))
            }
        };
        Ok(kind)
    }
}

impl Clear {
    fn take(&mut self, split: Vec<Split>) -> Result<Vec<MessageEvent>, SmimeError> {
        let mut events = Vec::new();
        for one in split {
            match one {
                Split::Octets(octets) if self.part == 1 => {
                    events.push(MessageEvent::Signed(octets));
                }
                Split::Octets(octets) if self.part == 2 => {
                    events.extend(some(self.signature(octets)?, MessageEvent::Cms));
                }
                // Before and behind the parts (RFC 2046 section 5.1.1).
                Split::Octets(_) => {}
                Split::Delimiter if self.part >= 2 => return Err(SmimeError::Parts { parts: 3 }),
                Split::Delimiter => self.part += 1,
                Split::Close => {
                    if self.part != 2 {
                        return Err(SmimeError::Parts { parts: self.part });
                    }
                    let decoder = self
                        .decoder
                        .take()
                        .ok_or(SmimeError::Missing { what: "signature" })?;
                    events.extend(some(decoder.finish()?, MessageEvent::Cms));
                    self.part = 3;
                }
            }
        }
        Ok(events)
    }

    /// Octets of the signature's part: its header, then its body.
    fn signature(&mut self, octets: Vec<u8>) -> Result<Vec<u8>, SmimeError> {
        let Some(partial) = &mut self.header else {
            return match &mut self.decoder {
                Some(decoder) => decoder.update(octets),
                None => Ok(Vec::new()),
            };
        };
        let Some((header, body)) = partial.feed(&octets)? else {
            return Ok(Vec::new());
        };
        if !is_signature(header.content_type()?.essence()) {
            return Err(SmimeError::Protocol);
        }
        self.header = None;
        self.decoder
            .insert(Decoder::of(&header)?)
            .update(body.to_vec())
    }
}

fn some(octets: Vec<u8>, event: fn(Vec<u8>) -> MessageEvent) -> Vec<MessageEvent> {
    if octets.is_empty() {
        Vec::new()
    } else {
        vec![event(octets)]
    }
}

fn is_signature(essence: &str) -> bool {
    matches!(
        essence,
        "application/pkcs7-signature" | "application/x-pkcs7-signature"
    )
}

fn kind_of(header: &Header) -> Result<MessageKind, SmimeError> {
    let content_type = header.content_type()?;
    match content_type.essence() {
        "multipart/signed" => match content_type.parameter("protocol") {
            Some(protocol) if is_signature(&protocol.to_ascii_lowercase()) => {
                Ok(MessageKind::ClearSigned {
                    micalg: content_type.parameter("micalg").map(str::to_owned),
                })
            }
            _ => Err(SmimeError::Protocol),
        },
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => Ok(MessageKind::Cms {
            smime_type: content_type
                .parameter("smime-type")
                .and_then(SmimeType::from_name),
        }),
        _ => Ok(MessageKind::Other),
    }
}
