//! Signing and encrypting messages.

use chancery_cms::enveloped::ContentCipher;
use chancery_cms::signed::{SignedDataOptions, SignedDataWriter};
use chancery_cms::smime::compose::{self, TransportCheck};
use chancery_cms::smime::protect::Protection;
use chancery_cms::smime::{Base64Encoder, Header, SmimeError, SmimeType, address::Originators};
use chancery_keys::{SystemEntropy, random};

use super::draft::{Draft, Entity};
use crate::{
    cli::{SmimeEncrypt, SmimeSign},
    commands::{
        envelope::{self, Message},
        note,
        signed::{self, Signers},
    },
    failure::Failure,
    streams::{Form, Target},
};

/// `chancery smime sign`.
pub fn sign(words: &SmimeSign) -> Result<(), Failure> {
    let signers = Signers::read(&words.how)?;
    let draft = Draft::read(&words.compose, Protection::Clear)?;
    warn_of_sender(&draft.header, &signers)?;
    let mut target = Target::structure(words.compose.out.as_deref(), Form::Der)?;
    let options = SignedDataOptions {
        detached: !words.nodetach,
        content_length: Some(draft.entity.octets()?),
        ..SignedDataOptions::default()
    };
    let writer = signers.writer(options)?;
    target.write(&draft.outside)?;
    target.write(b"MIME-Version: 1.0\r\n")?;
    if words.nodetach {
        target.write(compose::cms_head(SmimeType::SignedData).as_bytes())?;
        sign_opaque(&draft.entity, &signers, writer, &mut target)?;
    } else {
        sign_clear(&draft.entity, &signers, writer, &mut target)?;
    }
    target.keep()
}

fn sign_opaque(
    entity: &Entity,
    signers: &Signers,
    mut writer: SignedDataWriter<'_>,
    target: &mut Target,
) -> Result<(), Failure> {
    let mut text = Base64Text::new();
    let mut structure = Vec::new();
    let mut reader = entity.reader();
    while let Some(piece) = reader.next()? {
        writer
            .content(piece, &mut structure)
            .map_err(|error| signed::refused(&error))?;
        text.write(&structure, target)?;
        structure.clear();
    }
    text.write(&signers.finish(writer)?, target)?;
    text.finish(target)
}

fn sign_clear(
    entity: &Entity,
    signers: &Signers,
    mut writer: SignedDataWriter<'_>,
    target: &mut Target,
) -> Result<(), Failure> {
    let random =
        random(&SystemEntropy).map_err(|error| Failure::because("no boundary was made", &error))?;
    let boundary = compose::boundary(random);
    target.write(compose::clear_head(&boundary, &signers.digests()).as_bytes())?;
    let mut check = TransportCheck::new();
    let mut structure = Vec::new();
    let mut reader = entity.reader();
    while let Some(piece) = reader.next()? {
        check
            .update(piece)
            .map_err(|error| not_transportable(&error))?;
        writer
            .content(piece, &mut structure)
            .map_err(|error| signed::refused(&error))?;
        target.write(piece)?;
    }
    structure.extend(signers.finish(writer)?);
    target.write(compose::clear_middle(&boundary).as_bytes())?;
    let mut text = Base64Text::new();
    text.write(&structure, target)?;
    text.finish(target)?;
    target.write(compose::clear_tail(&boundary).as_bytes())
}

/// `chancery smime encrypt`.
pub fn encrypt(words: &SmimeEncrypt) -> Result<(), Failure> {
    let draft = Draft::read(&words.compose, Protection::Cipher)?;
    let mut target = Target::structure(words.compose.out.as_deref(), Form::Der)?;
    // What mail clients in use read: AES in CBC mode; the cipher is there to be chosen.
    let envelope = envelope::envelope(
        &words.how,
        ContentCipher::Aes256Cbc,
        Some(draft.entity.octets()?),
    )?;
    let kind = if envelope.cipher.is_authenticated() {
        SmimeType::AuthEnvelopedData
    } else {
        SmimeType::EnvelopedData
    };
    target.write(&draft.outside)?;
    target.write(b"MIME-Version: 1.0\r\n")?;
    target.write(compose::cms_head(kind).as_bytes())?;
    let mut text = Base64Text::new();
    envelope::seal(&envelope, &mut draft.entity.reader(), &mut |octets| {
        text.write(octets, &mut target)
    })?;
    text.finish(&mut target)?;
    target.keep()
}

/// A structure on its way into a message.
struct Base64Text {
    encoder: Base64Encoder,
    lines: Vec<u8>,
}

impl Base64Text {
    fn new() -> Self {
        Self {
            encoder: Base64Encoder::new(),
            lines: Vec::new(),
        }
    }

    fn write(&mut self, octets: &[u8], target: &mut Target) -> Result<(), Failure> {
        self.lines.clear();
        self.encoder.update(octets, &mut self.lines);
        target.write(&self.lines)
    }

    fn finish(mut self, target: &mut Target) -> Result<(), Failure> {
        self.lines.clear();
        self.encoder.finish(&mut self.lines);
        target.write(&self.lines)
    }
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
