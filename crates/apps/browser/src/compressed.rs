//! The octets of a compressed message (RFC 3274), in pieces as it comes. The browser inflates them.

use chancery_cms::stream::{ContentKind, Event, Limits, Parser, Prefix};
use chancery_x509::asn1::{Reader, tag};
use chancery_x509::{ObjectIdentifier, ParseError};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::Refusal;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation};
use crate::step::{Step, part};

/// id-alg-zlibCompress (RFC 3274 section 2).
const ZLIB: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.3.8");

struct Compressed(Parser);

/// Takes nothing; the structure is fed. What comes out is zlib (RFC 1950), untouched.
pub(crate) fn begin(given: Given) -> Begun {
    given.finish()?;
    let compressed = Compressed(Parser::new(Limits::default()));
    Ok((Step::Reads(Parts::new()), Some(Box::new(compressed))))
}

impl Operation for Compressed {
    fn resume(&mut self, _: Parts) -> Result<Step, Refusal> {
        Err(Refusal::NotAsked)
    }

    fn feed(&mut self, piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        let mut rest = piece.as_slice();
        let mut out = Vec::new();
        while let Some(event) = self
            .0
            .next(&mut rest)
            .map_err(|error| Refusal::damaged(&error))?
        {
            match event {
                Event::Prefix(prefix) => check(&prefix)?,
                Event::Content(content) => out.extend_from_slice(content),
                Event::Suffix(_) => {}
            }
        }
        Ok(Step::Reads(vec![part(out)]))
    }

    fn end(&mut self) -> Result<Step, Refusal> {
        let parser = std::mem::replace(&mut self.0, Parser::new(Limits::default()));
        parser.finish().map_err(|error| Refusal::damaged(&error))?;
        Ok(Step::Done(Value::Null, Parts::new()))
    }
}

/// Whether there is content, deflated.
fn check(prefix: &Prefix) -> Result<(), Refusal> {
    if prefix.kind != ContentKind::CompressedData || !prefix.has_content {
        return Err(Refusal::NotMessage {
            detail: "no compressed content".to_owned(),
        });
    }
    let algorithm = algorithm(prefix).map_err(|error| Refusal::damaged(&error))?;
    if algorithm != ZLIB {
        return Err(Refusal::Unsupported {
            name: algorithm.to_string(),
        });
    }
    Ok(())
}

fn algorithm(prefix: &Prefix) -> Result<ObjectIdentifier, ParseError> {
    let mut fields = Reader::new(&prefix.fields, "compressed message");
    fields.integer_u64("version")?;
    let mut identifier = fields.nested("compression algorithm")?;
    fields.finish()?;
    let algorithm = identifier.oid("compression algorithm")?;
    // RFC 3274 section 2: parameters are absent; a NULL does no harm.
    identifier.optional(tag::NULL, "compression parameters")?;
    identifier.finish()?;
    Ok(algorithm)
}
