//! Opening a PKCS#12 file.

use chancery_pkcs12::{self as pkcs12, Limits, Opened, Opening, Password};
use serde_json::json;
use zeroize::Zeroizing;

use crate::certificate::CertificateView;
use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::password::{Progress, Secret, drive};
use crate::provider::CRYPTO;
use crate::step::{Step, part};
use crate::{Refusal, key, unwrap};

/// What becomes of the contents.
pub(crate) enum Then {
    /// They are given out.
    Give,
    /// The key decrypts this cipher text, and nothing else is given out.
    Unwrap(Zeroizing<Vec<u8>>),
}

struct Open {
    opening: Opening,
    of_store: bool,
    then: Option<Then>,
}

/// Parts: the file; the password.
pub(crate) fn begin(mut given: Given, of_store: bool) -> Begun {
    let (file, password) = (given.next()?, given.next()?);
    given.finish()?;
    start(&file, &password, of_store, Then::Give)
}

pub(crate) fn start(file: &[u8], password: &[u8], of_store: bool, then: Then) -> Begun {
    let secret = Secret::read(password, of_store, Password::existing)?;
    let (opening, step) = Opening::start(file, secret.password()?, Limits::default(), &CRYPTO)?;
    let mut open = Open {
        opening,
        of_store,
        then: Some(then),
    };
    match open.advance(step)? {
        done @ Step::Done(..) => Ok((done, None)),
        step => Ok((step, Some(Box::new(open)))),
    }
}

impl Open {
    fn advance(&mut self, step: pkcs12::Step<Opened>) -> Result<Step, Refusal> {
        let opening = &mut self.opening;
        match drive(step, self.of_store, |result| {
            opening.resume(result, &CRYPTO)
        })? {
            Progress::Need(need, parts) => Ok(Step::Need(need, parts)),
            Progress::Done(opened) => match self.then.take().ok_or(Refusal::NotAsked)? {
                Then::Give => give(&opened),
                Then::Unwrap(cipher_text) => unwrap::decrypt(&opened, &cipher_text),
            },
        }
    }
}

impl Operation for Open {
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let step = self.opening.resume(only(answer)?, &CRYPTO)?;
        self.advance(step)
    }
}

/// All keys that have a certificate and that a browser can use; for each the certificate, the key, and as many issuers as are said.
pub(crate) fn give(opened: &Opened) -> Result<Step, Refusal> {
    let mut parts = Parts::new();
    let mut identities = Vec::new();
    let mut refused = None;
    for identity in opened.identities()? {
        let certificate = &identity.certificate.certificate;
        let private_key = match key::normalise(&identity.key.private_key, certificate.public_key())
        {
            Ok(private_key) => private_key,
            Err(refusal) => {
                refused = refused.or(Some(refusal));
                continue;
            }
        };
        let friendly_name = identity
            .key
            .friendly_name
            .as_ref()
            .or(identity.certificate.friendly_name.as_ref());
        identities.push(json!({
            "certificate": CertificateView::of(certificate),
            "friendlyName": friendly_name,
            "protection": identity.key.protection.as_ref().map(ToString::to_string),
            "chain": identity.chain.len(),
        }));
        parts.push(part(certificate.as_der()));
        parts.push(private_key);
        parts.extend(identity.chain.iter().map(|issuer| part(issuer.as_der())));
    }
    if let (true, Some(refusal)) = (identities.is_empty(), refused) {
        return Err(refusal);
    }
    let skipped = opened.keys.len().saturating_sub(identities.len());
    let result = json!({
        "identities": identities,
        "keysSkipped": skipped,
        "integrity": opened.integrity.as_ref().map(ToString::to_string),
    });
    Ok(Step::Done(result, parts))
}
