//! Encrypting.

use std::path::Path;

use chancery_cms::enveloped::{Addressee, ContentCipher, ContentSecrets, Encryptor, Envelope};
use chancery_keys::{AwsLc, Entropy, SystemEntropy};
use zeroize::Zeroizing;

use super::{decrypt::Message, key_options::KeyOptions, words};
use crate::{cli::EncryptWords, commands::cert, failure::Failure, files};

/// What the words ask for, for content of this size.
pub fn envelope(
    words: &EncryptWords,
    usual: ContentCipher,
    size: Option<u64>,
) -> Result<Envelope, Failure> {
    let options = KeyOptions::parse(&words.keyopt)?;
    let recipients = words
        .recip
        .iter()
        .chain(&words.certificates)
        .map(|path| recipient(path, words, &options))
        .collect::<Result<_, _>>()?;
    let cipher = words.cipher.named().unwrap_or(usual);
    Ok(Envelope::new(
        recipients,
        cipher,
        size.filter(|_| !words.stream),
    ))
}

fn recipient(
    path: &Path,
    words: &EncryptWords,
    options: &KeyOptions,
) -> Result<Addressee, Failure> {
    let place = path.display().to_string();
    let certificate = cert::first(&place, &files::read(path)?)?;
    let addressee = options
        .management(&certificate, words.wrap.named())
        .and_then(|management| Addressee::with_management(certificate, management))
        .map_err(|error| words::not_encrypted(&place, &error))?;
    Ok(if words.keyid {
        addressee.by_key_identifier()
    } else {
        addressee
    })
}

/// Encrypts all of a source.
pub fn seal<M: Message>(
    envelope: &Envelope,
    source: &mut M,
    write: &mut dyn FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |error| words::not_encrypted("the message", &error);
    let secrets = secrets(envelope.cipher)?;
    let mut out = Vec::new();
    let mut encryptor = Encryptor::begin(&AwsLc, envelope, &secrets, &mut out).map_err(failed)?;
    while let Some(piece) = source.next()? {
        encryptor.update(piece, &mut out).map_err(failed)?;
        write(&out)?;
        out.clear();
    }
    encryptor.finish(&mut out).map_err(failed)?;
    write(&out)
}

/// A new key and vector for one message.
pub fn secrets(cipher: ContentCipher) -> Result<ContentSecrets, Failure> {
    let mut key = Zeroizing::new(vec![0; cipher.key_len()]);
    let mut iv = vec![0; cipher.iv_len()];
    SystemEntropy
        .fill(&mut key)
        .and_then(|()| SystemEntropy.fill(&mut iv))
        .map_err(|error| Failure::because("no key was made for the message", &error))?;
    Ok(ContentSecrets { key, iv })
}
