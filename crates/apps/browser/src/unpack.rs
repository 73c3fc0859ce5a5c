//! What a file is, and the CMS structure in it: DER or BER as it stands, PEM, bare base64, or a MIME message (RFC 8551 section 3).

use chancery_cms::smime::{
    Base64Decoder, Header, MessageEvent, MessageKind, MessageReader, SmimeError,
};
use chancery_cms::stream::{ContentKind, Event, Limits, Parser};
use chancery_x509::asn1::tag;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::Refusal;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, put};
use crate::step::{Step, part};

/// Octets by which a form is told.
const ENOUGH: usize = 4 << 10;
/// Longest line of PEM that is kept until its end is seen.
const MAX_LINE: usize = 64 << 10;

struct Unpack {
    form: Form,
    /// Reads the structure along, up to where it says what it is.
    parser: Option<Parser>,
    kind: Option<ContentKind>,
    header: Option<(Header, MessageKind)>,
}

enum Form {
    /// Not told yet.
    Unknown(Zeroizing<Vec<u8>>),
    Der,
    Base64(Base64Decoder),
    Pem(Pem),
    Mime(Box<MessageReader>),
}

/// Takes nothing; the file is fed. What comes out is two parts each time: what is signed in the open, and the structure, in DER or BER.
/// The end gives a third: the header of a message, empty where it is none.
pub(crate) fn begin(given: Given) -> Begun {
    given.finish()?;
    let unpack = Unpack {
        form: Form::Unknown(Zeroizing::default()),
        parser: Some(Parser::new(Limits::default())),
        kind: None,
        header: None,
    };
    Ok((Step::Reads(Parts::new()), Some(Box::new(unpack))))
}

/// What came out of a piece.
#[derive(Default)]
struct Out {
    signed: Vec<u8>,
    structure: Vec<u8>,
}

impl Unpack {
    fn take(&mut self, piece: &[u8], out: &mut Out) -> Result<(), Refusal> {
        match &mut self.form {
            Form::Unknown(held) => {
                held.extend_from_slice(piece);
                if held.len() >= ENOUGH {
                    self.tell(out)?;
                }
                Ok(())
            }
            Form::Der => {
                out.structure.extend_from_slice(piece);
                Ok(())
            }
            Form::Base64(decoder) => Ok(decoder.update(piece, &mut out.structure)?),
            Form::Pem(pem) => pem.take(piece, &mut out.structure),
            Form::Mime(reader) => {
                let events = reader.feed(piece)?;
                self.events(events, out);
                Ok(())
            }
        }
    }

    /// Decides by what has come.
    fn tell(&mut self, out: &mut Out) -> Result<(), Refusal> {
        let Form::Unknown(held) = &mut self.form else {
            return Ok(());
        };
        let held = std::mem::take(held);
        self.form = form_of(&held)?;
        self.take(&held, out)
    }

    fn events(&mut self, events: Vec<MessageEvent>, out: &mut Out) {
        for event in events {
            match event {
                MessageEvent::Header(header, kind) => self.header = Some((header, kind)),
                MessageEvent::Signed(octets) => out.signed.extend_from_slice(&octets),
                MessageEvent::Cms(octets) => out.structure.extend_from_slice(&octets),
                MessageEvent::Body(_) => {}
            }
        }
    }

    /// Looks what the structure is.
    fn look(&mut self, structure: &[u8]) -> Result<(), Refusal> {
        let mut rest = structure;
        while let Some(parser) = &mut self.parser {
            let event = parser
                .next(&mut rest)
                .map_err(|error| Refusal::NotMessage {
                    detail: crate::refusal::chain(&error),
                })?;
            match event {
                None => break,
                Some(Event::Prefix(prefix)) => {
                    self.kind = Some(prefix.kind);
                    self.parser = None;
                }
                Some(_) => self.parser = None,
            }
        }
        Ok(())
    }

    fn out(&mut self, out: Out) -> Result<Parts, Refusal> {
        self.look(&out.structure)?;
        Ok(vec![part(out.signed), part(out.structure)])
    }

    fn result(&self) -> Value {
        let form = match &self.form {
            Form::Unknown(_) | Form::Der => "der",
            Form::Base64(_) => "base64",
            Form::Pem(_) => "pem",
            Form::Mime(_) => "mime",
        };
        let field = |name: &str| {
            let (header, _) = self.header.as_ref()?;
            Some(header.all(name).next()?.value())
        };
        json!({
            "form": form,
            "structure": self.kind.map(structure_name),
            "clear": matches!(self.header, Some((_, MessageKind::ClearSigned { .. }))),
            "from": field("From"),
            "to": field("To"),
            "subject": field("Subject"),
            "date": field("Date"),
        })
    }
}

impl Operation for Unpack {
    fn resume(&mut self, _: Parts) -> Result<Step, Refusal> {
        Err(Refusal::NotAsked)
    }

    fn feed(&mut self, piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        let mut out = Out::default();
        self.take(&piece, &mut out)?;
        Ok(Step::Reads(self.out(out)?))
    }

    fn end(&mut self) -> Result<Step, Refusal> {
        let mut out = Out::default();
        self.tell(&mut out)?;
        let result = self.result();
        match std::mem::replace(&mut self.form, Form::Der) {
            Form::Unknown(_) | Form::Der => {}
            Form::Base64(decoder) => decoder.finish(&mut out.structure)?,
            Form::Pem(pem) => pem.finish(&mut out.structure)?,
            Form::Mime(reader) => {
                let events = reader.finish()?;
                self.events(events, &mut out);
            }
        }
        let mut parts = self.out(out)?;
        let is_plain = matches!(self.header, Some((_, MessageKind::Other)));
        if self.kind.is_none() && !is_plain {
            return Err(Refusal::NotMessage {
                detail: "it ends early".to_owned(),
            });
        }
        let mut result = result;
        put(&mut result, "structure", self.kind.map(structure_name));
        let header = self.header.take().map(|(header, _)| header.to_bytes());
        parts.push(part(header.unwrap_or_default()));
        Ok(Step::Done(result, parts))
    }
}

const fn structure_name(kind: ContentKind) -> &'static str {
    match kind {
        ContentKind::Data => "data",
        ContentKind::SignedData => "signed",
        ContentKind::EnvelopedData => "enveloped",
        ContentKind::AuthEnvelopedData => "authEnveloped",
        ContentKind::CompressedData => "compressed",
        _ => "other",
    }
}

fn form_of(held: &[u8]) -> Result<Form, Refusal> {
    let text = held.strip_prefix(b"\xef\xbb\xbf").unwrap_or(held);
    let text = text.trim_ascii_start();
    if text.first() == Some(&tag::SEQUENCE) {
        return Ok(Form::Der);
    }
    let begins = |line: &[u8]| line.trim_ascii_start().starts_with(b"-----BEGIN ");
    if text.split(|octet| *octet == b'\n').any(begins) {
        return Ok(Form::Pem(Pem::default()));
    }
    let is_base64 = |octet: &u8| {
        octet.is_ascii_alphanumeric()
            || octet.is_ascii_whitespace()
            || matches!(octet, b'+' | b'/' | b'=')
    };
    if !text.is_empty() && text.iter().all(is_base64) {
        return Ok(Form::Base64(Base64Decoder::new()));
    }
    if text.first().is_some_and(u8::is_ascii_graphic) {
        return Ok(Form::Mime(Box::default()));
    }
    Err(Refusal::NotMessage {
        detail: "neither a CMS structure nor a message".to_owned(),
    })
}

/// The first block of a PEM text (RFC 7468), in pieces.
#[derive(Default)]
struct Pem {
    line: Vec<u8>,
    decoder: Option<Base64Decoder>,
    ended: bool,
}

impl Pem {
    fn take(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
        for part in piece.split_inclusive(|octet| *octet == b'\n') {
            self.line.extend_from_slice(part);
            if self.line.len() > MAX_LINE {
                return Err(SmimeError::Base64.into());
            }
            if part.ends_with(b"\n") {
                self.end_line(out)?;
            }
        }
        Ok(())
    }

    fn end_line(&mut self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_ascii();
        if self.ended {
            return Ok(());
        }
        match &mut self.decoder {
            None => {
                if line.starts_with(b"-----BEGIN ") {
                    self.decoder = Some(Base64Decoder::new());
                }
            }
            Some(_) if line.starts_with(b"-----END ") => {
                self.ended = true;
                if let Some(decoder) = self.decoder.take() {
                    decoder.finish(out)?;
                }
            }
            Some(decoder) => decoder.update(line, out)?,
        }
        Ok(())
    }

    fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Refusal> {
        self.end_line(out)?;
        if self.ended {
            Ok(())
        } else {
            Err(SmimeError::Truncated { part: "PEM block" }.into())
        }
    }
}
