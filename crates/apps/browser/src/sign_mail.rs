//! Signing a text as a message that any mail program opens: `multipart/signed` (RFC 8551 section 3.5.3), header fields protected
//! (RFC 9788).

use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions, Signing,
};
use chancery_cms::smime::compose::{self, TextSurvey};
use chancery_cms::smime::protect::{self, Protection};
use chancery_cms::smime::{Base64Encoder, Field, Header};
use chancery_x509::{DigestAlgorithm, SignatureAlgorithm};
use serde_json::json;

use crate::asked::Asked;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::provider::{CRYPTO, random};
use crate::sign;
use crate::step::{Step, part};
use crate::{Refusal, key};

/// Longest text: it is held in memory a few times over.
const MAX_TEXT: usize = 16 << 20;
/// Octets of an encoded word before base64, so that the word has at most 75 characters (RFC 2047 section 2).
const WORD: usize = 42;

struct SignMail {
    signing: Signing<'static>,
    algorithm: SignatureAlgorithm,
    boundary: String,
    /// All before the signature.
    head: Vec<u8>,
    structure: Vec<u8>,
}

/// Parts: the text, UTF-8; the signer's certificate; its issuers. `from`, `to`, `subject` and `date` are header fields, left out where
/// they are empty; the date as RFC 5322 section 3.3 writes it.
pub(crate) fn begin(mut given: Given, asked: &Asked) -> Begun {
    let text = given.next()?;
    if text.len() > MAX_TEXT {
        return Err(Refusal::TooMuch {
            detail: format!("a text of over {MAX_TEXT} octets"),
        });
    }
    let certificate = given.certificate()?;
    let issuers = given.certificates()?;
    let algorithm = key::default_algorithm(certificate.public_key())?;

    let mut survey = TextSurvey::new();
    survey.update(&text)?;
    let mut encoder = survey.finish()?;
    let mut header = fields(asked)?;
    header.extend(encoder.header().fields().iter().cloned());
    let split = protect::protect(&Header::new(header), Protection::Clear);
    let mut entity = split.inside.to_bytes();
    entity.extend_from_slice(b"\r\n");
    encoder.update(&text, &mut entity);
    encoder.finish(&mut entity);

    let boundary = random(16)?;
    let boundary = <[u8; 16]>::try_from(boundary).map_err(|_| Refusal::Protocol)?;
    let boundary = compose::boundary(boundary);
    let options = SignedDataOptions {
        detached: true,
        content_length: Some(entity.len() as u64),
        certificates: [vec![certificate.clone()], issuers].concat(),
        ..SignedDataOptions::default()
    };
    let signer = SignerOptions {
        certificate,
        algorithm,
        by_key_identifier: false,
        attributes: Some(AttributeOptions::at(asked.number("signingTime")?)),
    };
    // RFC 8419 section 3.1: Ed25519 goes with SHA-512.
    let digest = algorithm.digest().unwrap_or(DigestAlgorithm::Sha512);
    let mut structure = Vec::new();
    let mut writer = SignedDataWriter::new(vec![signer], options, &CRYPTO)?;
    writer.content(&entity, &mut structure)?;
    let head = [
        split.outside.to_bytes(),
        b"MIME-Version: 1.0\r\n".to_vec(),
        compose::clear_head(&boundary, &[digest]).into_bytes(),
        entity,
        compose::clear_middle(&boundary).into_bytes(),
    ]
    .concat();
    let (signing, step) = writer.finish()?;
    let mut mail = SignMail {
        signing,
        algorithm,
        boundary,
        head,
        structure,
    };
    let step = mail.next(step)?;
    Ok((step, Some(Box::new(mail))))
}

fn fields(asked: &Asked) -> Result<Vec<Field>, Refusal> {
    let mut fields = Vec::new();
    for (name, key) in [
        ("From", "from"),
        ("To", "to"),
        ("Subject", "subject"),
        ("Date", "date"),
    ] {
        let value = asked.text(key)?.trim();
        if !value.is_empty() {
            fields.push(Field::new(name, &encoded(value)));
        }
    }
    Ok(fields)
}

/// Text of a field in encoded words where it is not ASCII (RFC 2047 section 4.1).
fn encoded(value: &str) -> String {
    if value.is_ascii() {
        return value.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for c in value.chars() {
        if word.len().saturating_add(c.len_utf8()) > WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.push(word);
    let encode = |word: &String| {
        let (mut encoder, mut text) = (Base64Encoder::new(), Vec::new());
        encoder.update(word.as_bytes(), &mut text);
        encoder.finish(&mut text);
        let text = String::from_utf8_lossy(&text);
        format!("=?utf-8?B?{}?=", text.trim_ascii_end())
    };
    words.iter().map(encode).collect::<Vec<_>>().join(" ")
}

impl SignMail {
    fn next(&mut self, step: SignStep) -> Result<Step, Refusal> {
        match sign::next(step)? {
            Step::Done(_, parts) => {
                for piece in parts {
                    self.structure.extend_from_slice(&piece);
                }
                let mut message = std::mem::take(&mut self.head);
                let mut encoder = Base64Encoder::new();
                encoder.update(&self.structure, &mut message);
                encoder.finish(&mut message);
                message.extend_from_slice(compose::clear_tail(&self.boundary).as_bytes());
                Ok(Step::Done(json!({}), vec![part(message)]))
            }
            step => Ok(step),
        }
    }
}

impl Operation for SignMail {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let signature = key::signature(self.algorithm, &only(answer)?);
        let step = self.signing.resume(&signature)?;
        self.next(step)
    }
}
