//! Signing: a CMS structure with the attributes of CAdES-BES (ETSI EN 319 122-1 section 6), by default beside the content.

use chancery_cms::signed::{
    AttributeOptions, SignStep, SignedDataOptions, SignedDataWriter, SignerOptions, Signing,
};
use chancery_x509::{KeyNeed, SignatureAlgorithm};
use serde_json::json;
use zeroize::Zeroizing;

use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::provider::CRYPTO;
use crate::step::{Step, part};
use crate::{Refusal, key};

struct Sign {
    state: State,
    algorithm: SignatureAlgorithm,
}

enum State {
    Reads(Box<SignedDataWriter<'static>>),
    Waits(Box<Signing<'static>>),
    Ended,
}

/// Parts: the signer's certificate; its issuers. The content is fed.
pub(crate) fn begin(mut given: Given, signing_time: i64, detached: bool) -> Begun {
    let certificate = given.certificate()?;
    let issuers = given.certificates()?;
    let algorithm = key::default_algorithm(certificate.public_key())?;
    let options = SignedDataOptions {
        detached,
        certificates: [vec![certificate.clone()], issuers].concat(),
        ..SignedDataOptions::default()
    };
    let signer = SignerOptions {
        certificate,
        algorithm,
        by_key_identifier: false,
        attributes: Some(AttributeOptions::at(signing_time)),
    };
    let writer = SignedDataWriter::new(vec![signer], options, &CRYPTO)?;
    let sign = Sign {
        state: State::Reads(Box::new(writer)),
        algorithm,
    };
    Ok((Step::Reads(Parts::new()), Some(Box::new(sign))))
}

impl Operation for Sign {
    fn feed(&mut self, piece: Zeroizing<Vec<u8>>) -> Result<Step, Refusal> {
        let State::Reads(writer) = &mut self.state else {
            return Err(Refusal::NotAsked);
        };
        let mut out = Vec::new();
        writer.content(&piece, &mut out)?;
        Ok(Step::Reads(written(out)))
    }

    fn end(&mut self) -> Result<Step, Refusal> {
        let State::Reads(writer) = std::mem::replace(&mut self.state, State::Ended) else {
            return Err(Refusal::NotAsked);
        };
        let (signing, step) = writer.finish()?;
        self.state = State::Waits(Box::new(signing));
        next(step)
    }

    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let State::Waits(signing) = &mut self.state else {
            return Err(Refusal::NotAsked);
        };
        next(signing.resume(&key::signature(self.algorithm, &only(answer)?))?)
    }
}

pub(crate) fn next(step: SignStep) -> Result<Step, Refusal> {
    match step {
        SignStep::Need {
            need: KeyNeed::Sign { algorithm, message },
            ..
        } => {
            let (need, parts) = key::sign(algorithm, message)?;
            Ok(Step::Need(need, parts))
        }
        SignStep::Done(rest) => Ok(Step::Done(json!({}), written(rest))),
        // Neither another use of the key nor a time-stamp was asked for.
        SignStep::Need { .. } | SignStep::Stamp { .. } => Err(Refusal::Protocol),
    }
}

fn written(out: Vec<u8>) -> Parts {
    if out.is_empty() {
        Parts::new()
    } else {
        vec![part(out)]
    }
}
