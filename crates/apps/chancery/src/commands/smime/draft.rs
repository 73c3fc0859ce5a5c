//! A message on its way into a layer.

use chancery_cms::smime::compose::{TextEncoder, TextSurvey};
use chancery_cms::smime::protect::{self, Protection};
use chancery_cms::smime::{Field, Header, HeaderReader, SmimeError};

use super::spool::{LineEnds, Pieces, Spool};
use crate::{cli::ComposeWords, commands::envelope::Message, failure::Failure};

/// A message ready for its layer.
pub struct Draft {
    /// The fields that go outside.
    pub outside: Vec<u8>,
    /// All fields.
    pub header: Header,
    /// What goes inside.
    pub entity: Entity,
}

impl Draft {
    /// Reads a message and puts in what the words say. Under `protection` the header goes inside too, where that is asked for.
    pub fn read(words: &ComposeWords, protection: Protection) -> Result<Self, Failure> {
        let spool = Spool::input(words.input.as_deref())?;
        let (header, body) = if words.text {
            let encoder = survey(&spool).map_err(|error| match error {
                SurveyError::Text(error) => Failure::because("the message", &error),
                SurveyError::File(failure) => failure,
            })?;
            (encoder.header(), Body::Text(encoder))
        } else {
            let (header, from) = head(&spool)?;
            (header, Body::Lines { from })
        };
        let header = put_in(words, &header);
        let split = if words.protect_headers {
            protect::protect(&header, protection)
        } else {
            protect::split(&header)
        };
        let mut head = split.inside.to_bytes();
        head.extend_from_slice(b"\r\n");
        Ok(Self {
            outside: split.outside.to_bytes(),
            header,
            entity: Entity { spool, head, body },
        })
    }
}

/// The fields that are given replace those of the message.
fn put_in(words: &ComposeWords, header: &Header) -> Header {
    let given = [
        ("From", &words.from),
        ("To", &words.to),
        ("Subject", &words.subject),
    ];
    let mut fields: Vec<Field> = given
        .into_iter()
        .filter_map(|(name, value)| Some(Field::new(name, value.as_deref()?)))
        .collect();
    let replaced: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let kept = header
        .fields()
        .iter()
        .filter(|field| !replaced.iter().any(|name| field.is(name)));
    fields.extend(kept.cloned());
    Header::new(fields)
}

/// A message's header, and where its body begins.
fn head(spool: &Spool) -> Result<(Header, u64), Failure> {
    let unreadable = |error: SmimeError| {
        Failure::because("the message", &error).hint("add --text if it is plain text")
    };
    let mut reader = HeaderReader::new();
    let mut pieces = spool.pieces(0, LineEnds::Exact);
    let mut offset = 0_u64;
    while let Some(piece) = pieces.next()? {
        offset = offset.saturating_add(piece.len() as u64);
        if let Some((header, body)) = reader.feed(piece).map_err(unreadable)? {
            return Ok((header, offset.saturating_sub(body.len() as u64)));
        }
    }
    match reader.finish() {
        Ok(header) if header.fields().is_empty() => Err(unreadable(SmimeError::NotMime)),
        Ok(header) => Ok((header, offset)),
        Err(error) => Err(unreadable(error)),
    }
}

enum SurveyError {
    Text(SmimeError),
    File(Failure),
}

fn survey(spool: &Spool) -> Result<TextEncoder, SurveyError> {
    let mut survey = TextSurvey::new();
    let mut pieces = spool.pieces(0, LineEnds::Exact);
    while let Some(piece) = pieces.next().map_err(SurveyError::File)? {
        survey.update(piece).map_err(SurveyError::Text)?;
    }
    survey.finish().map_err(SurveyError::Text)
}

/// A MIME entity in canonical form, made anew each time that it is read.
#[derive(Clone)]
pub struct Entity {
    spool: Spool,
    /// Header fields with the empty line.
    head: Vec<u8>,
    body: Body,
}

#[derive(Clone)]
enum Body {
    /// From this place on; only line ends change.
    Lines { from: u64 },
    /// All of it is text.
    Text(TextEncoder),
}

impl Entity {
    /// Its octets.
    pub fn reader(&self) -> EntityReader {
        EntityReader {
            entity: self.clone(),
            is_begun: false,
            body: match &self.body {
                Body::Lines { from } => {
                    BodyReader::Lines(self.spool.pieces(*from, LineEnds::Canonical))
                }
                Body::Text(encoder) => BodyReader::Text {
                    pieces: self.spool.pieces(0, LineEnds::Exact),
                    encoder: Some(encoder.clone()),
                    text: Vec::new(),
                },
            },
        }
    }

    /// How many they are.
    pub fn octets(&self) -> Result<u64, Failure> {
        let mut reader = self.reader();
        let mut octets = 0_u64;
        while let Some(piece) = reader.next()? {
            octets = octets.saturating_add(piece.len() as u64);
        }
        Ok(octets)
    }
}

/// An entity as it comes.
pub struct EntityReader {
    entity: Entity,
    is_begun: bool,
    body: BodyReader,
}

enum BodyReader {
    Lines(Pieces),
    Text {
        pieces: Pieces,
        /// None once all is encoded.
        encoder: Option<TextEncoder>,
        text: Vec<u8>,
    },
}

impl Message for EntityReader {
    fn next(&mut self) -> Result<Option<&[u8]>, Failure> {
        if !self.is_begun {
            self.is_begun = true;
            return Ok(Some(&self.entity.head));
        }
        let (pieces, encoder, text) = match &mut self.body {
            BodyReader::Lines(pieces) => return pieces.next(),
            BodyReader::Text {
                pieces,
                encoder,
                text,
            } => (pieces, encoder, text),
        };
        text.clear();
        while text.is_empty() {
            let Some(mut under_way) = encoder.take() else {
                return Ok(None);
            };
            match pieces.next()? {
                Some(piece) => {
                    under_way.update(piece, text);
                    *encoder = Some(under_way);
                }
                None => under_way.finish(text),
            }
        }
        Ok(Some(text))
    }

    fn again(&self) -> Result<Self, Failure> {
        Ok(self.entity.reader())
    }
}
