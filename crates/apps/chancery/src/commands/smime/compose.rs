//! Signing and encrypting messages.

use chancery_cms::enveloped::ContentCipher;
use chancery_cms::signed::SignedDataOptions;
use chancery_cms::smime::compose::{self, TransportCheck};
use chancery_cms::smime::protect::{self, Protection};
use chancery_cms::smime::{
    Base64Encoder, Canonicalizer, Field, Header, SmimeError, SmimeType, address::Originators,
};
use chancery_keys::{SystemEntropy, random};

use crate::{
    cli::{ComposeWords, SmimeEncrypt, SmimeSign},
    commands::{envelope, note, signed::Signers},
    failure::Failure,
    files,
    streams::{Form, Source, Target},
};

/// Largest message that is composed: mail servers refuse far smaller ones.
const MAX_MESSAGE: usize = 64 << 20;

/// A message ready for its layer.
struct Composed {
    /// The fields outside.
    outside: Vec<u8>,
    /// The entity inside, in canonical form.
    entity: Vec<u8>,
    header: Header,
}

/// `chancery smime sign`.
pub fn sign(words: &SmimeSign) -> Result<(), Failure> {
    let signers = Signers::read(&words.how)?;
    let message = read(&words.compose, Protection::Clear)?;
    warn_of_sender(&message.header, &signers)?;
    let mut target = Target::structure(words.compose.out.as_deref(), Form::Der)?;
    let options = SignedDataOptions {
        detached: !words.nodetach,
        content_length: Some(message.entity.len() as u64),
        ..SignedDataOptions::default()
    };
    let mut writer = signers.writer(options)?;
    let mut structure = Vec::new();
    writer
        .content(&message.entity, &mut structure)
        .map_err(|error| Failure::because("nothing was signed", &error))?;
    structure.extend(signers.finish(writer)?);
    target.write(&message.outside)?;
    target.write(b"MIME-Version: 1.0\r\n")?;
    if words.nodetach {
        target.write(compose::cms_head(SmimeType::SignedData).as_bytes())?;
        target.write(&base64(&structure))?;
    } else {
        TransportCheck::new()
            .update(&message.entity)
            .map_err(|error| not_transportable(&error))?;
        let random = random(&SystemEntropy)
            .map_err(|error| Failure::because("no boundary was made", &error))?;
        let boundary = compose::boundary(random);
        target.write(compose::clear_head(&boundary, &signers.digests()).as_bytes())?;
        target.write(&message.entity)?;
        target.write(compose::clear_middle(&boundary).as_bytes())?;
        target.write(&base64(&structure))?;
        target.write(compose::clear_tail(&boundary).as_bytes())?;
    }
    target.keep()
}

/// `chancery smime encrypt`.
pub fn encrypt(words: &SmimeEncrypt) -> Result<(), Failure> {
    let message = read(&words.compose, Protection::Cipher)?;
    let mut target = Target::structure(words.compose.out.as_deref(), Form::Der)?;
    // What mail clients in use read: AES in CBC mode; the cipher is there to be chosen.
    let envelope = envelope::envelope(
        &words.how,
        ContentCipher::Aes256Cbc,
        Some(message.entity.len() as u64),
    )?;
    let kind = if envelope.cipher.is_authenticated() {
        SmimeType::AuthEnvelopedData
    } else {
        SmimeType::EnvelopedData
    };
    target.write(&message.outside)?;
    target.write(b"MIME-Version: 1.0\r\n")?;
    target.write(compose::cms_head(kind).as_bytes())?;
    let mut encoder = Base64Encoder::new();
    let mut source = Source::octets(message.entity);
    envelope::seal(&envelope, &mut source, &mut |octets| {
        let mut text = Vec::new();
        encoder.update(octets, &mut text);
        target.write(&text)
    })?;
    let mut text = Vec::new();
    encoder.finish(&mut text);
    target.write(&text)?;
    target.keep()
}

fn base64(octets: &[u8]) -> Vec<u8> {
    let mut encoder = Base64Encoder::new();
    let mut text = Vec::new();
    encoder.update(octets, &mut text);
    encoder.finish(&mut text);
    text
}

fn read(words: &ComposeWords, protection: Protection) -> Result<Composed, Failure> {
    let path = words.input.as_deref();
    let path = path.unwrap_or_else(|| std::path::Path::new("-"));
    let content = files::read_at_most(path, MAX_MESSAGE)?.ok_or_else(|| {
        Failure::new("the message is larger than any mail server takes")
            .hint("use chancery cms for files")
    })?;
    let octets = if words.text {
        let text = String::from_utf8(content).map_err(|_| Failure::new("the text is not UTF-8"))?;
        compose::text_entity(&text)
    } else {
        content
    };
    let (header, body) = take_apart(&octets)?;
    let mut fields = Vec::new();
    let given = [
        ("From", &words.from),
        ("To", &words.to),
        ("Subject", &words.subject),
    ];
    for (name, value) in given {
        if let Some(value) = value {
            fields.push(Field::new(name, value));
        }
    }
    let replaced: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let kept = header
        .fields()
        .iter()
        .filter(|field| !replaced.iter().any(|name| field.is(name)));
    fields.extend(kept.cloned());
    let header = Header::new(fields);
    let split = if words.protect_headers {
        protect::protect(&header, protection)
    } else {
        protect::split(&header)
    };
    let mut entity = split.inside.to_bytes();
    entity.extend_from_slice(b"\r\n");
    Canonicalizer::new().update(body, &mut entity);
    Ok(Composed {
        outside: split.outside.to_bytes(),
        entity,
        header,
    })
}

/// Header and body as it came, whatever layers the message has: of what kind the body is makes no difference here.
fn take_apart(octets: &[u8]) -> Result<(Header, &[u8]), Failure> {
    match Header::split(octets) {
        Ok((header, [])) if header.fields().is_empty() => Err(SmimeError::NotMime),
        split => split,
    }
    .map_err(|error| Failure::because("the message", &error).hint("add --text if it is plain text"))
}

fn not_transportable(error: &SmimeError) -> Failure {
    Failure::because("nothing was signed", error).hint(
        "encode the body as quoted-printable or base64, or put it into the signature with --nodetach; --text does it by itself",
    )
}

/// A reader will compare the two.
fn warn_of_sender(header: &Header, signers: &Signers) -> Result<(), Failure> {
    let originators = Originators::read(header)
        .map_err(|error| Failure::because("readers cannot tell who it is from", &error))?;
    if !originators.is_empty()
        && !signers
            .certificates()
            .any(|certificate| originators.named_in(certificate).is_some())
    {
        note(&format!(
            "no signer's certificate is made out to the sender, {}: readers will be warned",
            originators.addresses().join(", ")
        ));
    }
    Ok(())
}
