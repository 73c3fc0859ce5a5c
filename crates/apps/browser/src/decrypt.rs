//! Decrypting a CMS message that comes in pieces.

use chancery_cms::enveloped::{
    Decryptor, Ending, Integrity, Recipient, RejectionSecret, Status, Unverified,
};
use serde_json::json;
use zeroize::Zeroizing;

use crate::message::Parts;
use crate::operation::{Begun, Given, Operation};
use crate::provider::CRYPTO;
use crate::step::{Need, Step};
use crate::{Refusal, key};

struct Decrypt {
    decryptor: Option<Decryptor<'static>>,
    plain: Unverified,
    /// What of the last piece waits for the key.
    left: Zeroizing<Vec<u8>>,
}

/// Parts: the recipient's certificate; 32 octets that stay the same as long as its key is used ([`RejectionSecret`]). The message is fed.
///
/// What comes out of the pieces may be an attacker's until the end is right: the worker keeps it where it is thrown away otherwise.
pub(crate) fn begin(mut given: Given) -> Begun {
    let certificate = given.certificate()?;
    let secret = given.next()?;
    given.finish()?;
    let secret = <[u8; 32]>::try_from(secret.as_slice()).map_err(|_| Refusal::Protocol)?;
    let decryptor = Decryptor::new(
        &CRYPTO,
        Recipient::Certificate(Box::new(certificate)),
        RejectionSecret::new(secret),
    );
    let decrypt = Decrypt {
        decryptor: Some(decryptor),
        plain: Unverified::new(),
        left: Zeroizing::default(),
    };
    Ok((Step::Reads(Parts::new()), Some(Box::new(decrypt))))
}

impl Decrypt {
    fn push(&mut self, piece: &[u8]) -> Result<Step, Refusal> {
        let decryptor = self.decryptor.as_mut().ok_or(Refusal::NotAsked)?;
        let mut rest = piece;
        match decryptor.push(&mut rest, &mut self.plain)? {
            Status::Reads => Ok(Step::Reads(self.taken())),
            Status::Need(need) => {
                self.left = Zeroizing::new(rest.to_vec());
                let (need, parts) = key::need(&need)?;
                Ok(Step::Need(need, parts))
            }
        }
    }

    fn taken(&mut self) -> Parts {
        let mut parts = Parts::new();
        if !self.plain.is_empty() {
            let Ok(()) = self.plain.move_unverified(|plain| {
                parts.push(Zeroizing::new(plain.to_vec()));
                Ok::<_, std::convert::Infallible>(())
            });
        }
        parts
    }
}

impl Operation for Decrypt {
    fn feed(&mut self, piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        if !self.left.is_empty() {
            return Err(Refusal::NotAsked);
        }
        self.push(&piece)
    }

    fn resume(&mut self, mut answer: Parts) -> Result<Step, Refusal> {
        let decryptor = self.decryptor.as_mut().ok_or(Refusal::NotAsked)?;
        // No part is the key's refusal, which the message's end tells of.
        decryptor.resume(answer.pop())?;
        let left = std::mem::take(&mut self.left);
        self.push(&left)
    }

    fn end(&mut self) -> Result<Step, Refusal> {
        let decryptor = self.decryptor.take().ok_or(Refusal::NotAsked)?;
        match decryptor.finish(&mut self.plain)? {
            Ending::Again(again) => {
                self.decryptor = Some(*again);
                Ok(Step::Need(Need::Again, Parts::new()))
            }
            Ending::Opened(opened) => {
                let result = json!({
                    "contentType": opened.content_type().to_string(),
                    "cipher": opened.cipher().to_string(),
                    "authenticated": opened.integrity() == Integrity::Authenticated,
                });
                Ok(Step::Done(result, self.taken()))
            }
        }
    }
}
