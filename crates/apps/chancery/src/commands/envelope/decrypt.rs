//! Decrypting.

use std::sync::Arc;

use chancery_cms::enveloped::{
    Decryptor, Ending, Integrity, Opened, Recipient, RejectionSecret, Status, Unverified,
};
use chancery_keys::{AwsLc, KeyOperationError, SecretKey};
use chancery_x509::{KeyNeed, PublicKeyInfo};
use zeroize::Zeroizing;

use super::{secret, words};
use crate::{
    cli::DecryptWords,
    commands::{cert, note},
    failure::Failure,
    files,
    streams::{Source, Target},
};

/// A message that can be read a second time from its beginning.
pub trait Message: Sized {
    /// The next octets; none at the end.
    fn next(&mut self) -> Result<Option<&[u8]>, Failure>;

    /// The same message from its first octet.
    fn again(&self) -> Result<Self, Failure>;
}

impl Message for Source {
    fn next(&mut self) -> Result<Option<&[u8]>, Failure> {
        Self::next(self)
    }

    fn again(&self) -> Result<Self, Failure> {
        Self::again(self)
    }
}

/// Who decrypts.
pub struct Reader {
    key: Arc<dyn SecretKey>,
    secret: RejectionSecret,
    recipient: Recipient,
    authenticated_only: bool,
}

impl Reader {
    /// Reads key and certificate from their files.
    pub fn read(words: &DecryptWords) -> Result<Self, Failure> {
        let wanted = match (&words.recip, &words.inkey) {
            (Some(path), Some(_)) => Some(cert::first(
                &path.display().to_string(),
                &files::read(path)?,
            )?),
            _ => None,
        };
        // As in openssl: without --inkey the key lies beside the certificate.
        let path = words
            .inkey
            .as_ref()
            .or(words.recip.as_ref())
            .ok_or_else(|| Failure::usage("no key is named").hint("name it with --inkey"))?;
        let identity = secret::read(path, words, wanted.as_ref())?;
        let spki = identity.key.subject_public_key_info();
        let place = path.display();
        let recipient = match wanted.or(identity.certificate) {
            Some(certificate) if certificate.public_key().as_der() == spki => {
                Recipient::Certificate(Box::new(certificate))
            }
            Some(_) => {
                return Err(Failure::new(format!(
                    "the key in {place} does not belong to the certificate"
                ))
                .hint("take the key that the certificate's request was made with"));
            }
            None => {
                let public = PublicKeyInfo::from_der(spki)
                    .map_err(|error| Failure::because(format!("the key in {place}"), &error))?;
                Recipient::Key(Box::new(public))
            }
        };
        Ok(Self {
            key: identity.key,
            secret: identity.secret,
            recipient,
            authenticated_only: words.authenticated_only,
        })
    }

    /// None where the key refuses what the message gives it.
    fn answer(&self, need: &KeyNeed) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
        match self.key.answer(need) {
            Ok(answer) => Ok(Some(answer)),
            Err(KeyOperationError::Decryption | KeyOperationError::PeerKey) => Ok(None),
            Err(
                error @ (KeyOperationError::Unsupported(_)
                | KeyOperationError::Unavailable
                | KeyOperationError::Refused),
            ) => Err(Failure::because("the message cannot be decrypted", &error)),
        }
    }
}

/// Says what whoever uses the content has to know.
pub fn tell(opened: &Opened) {
    match opened.integrity() {
        Integrity::Authenticated => {}
        Integrity::Unauthenticated => note(&format!(
            "the content is not authenticated: {} lets alterations pass unseen. Trust it only after verifying a signature inside.",
            opened.cipher()
        )),
    }
}

/// Decrypts a message into a target that is still without a name; on failure nothing of it remains.
pub fn open<M: Message>(
    mut message: M,
    reader: &Reader,
    target: &mut Target,
) -> Result<Opened, Failure> {
    let mut decryptor = Decryptor::new(&AwsLc, reader.recipient.clone(), reader.secret.clone());
    if reader.authenticated_only {
        decryptor = decryptor.authenticated_only();
    }
    loop {
        match pass(&mut message, decryptor, reader, target)? {
            Ending::Opened(opened) => return Ok(opened),
            Ending::Again(next) => {
                target.restart()?;
                message = message.again()?;
                decryptor = *next;
            }
        }
    }
}

fn pass<'c, M: Message>(
    message: &mut M,
    mut decryptor: Decryptor<'c>,
    reader: &Reader,
    target: &mut Target,
) -> Result<Ending<'c>, Failure> {
    let failed = |error| words::not_decrypted(&error);
    let mut plain = Unverified::new();
    while let Some(mut rest) = message.next()? {
        while let Status::Need(need) = decryptor.push(&mut rest, &mut plain).map_err(failed)? {
            let answer = reader.answer(&need)?;
            decryptor.resume(answer).map_err(failed)?;
        }
        plain.move_unverified(|octets| target.write(octets))?;
    }
    let ending = decryptor.finish(&mut plain).map_err(failed)?;
    plain.move_unverified(|octets| target.write(octets))?;
    Ok(ending)
}
