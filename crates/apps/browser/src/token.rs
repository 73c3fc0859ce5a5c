//! What is signed to log in: the authentication token of Web eID 1.0.
//!
//! The signature is over `hash(origin) || hash(nonce)`, with the hash of the signature algorithm (Web eID system architecture,
//! "Authentication token"). The origin comes from the worker, which the browser tells of its own; never from the page.

use chancery_x509::{Certificate, Crypto, DigestAlgorithm, SignatureAlgorithm};
use serde_json::json;

use crate::message::Parts;
use crate::operation::{Begun, Given, Operation, only};
use crate::provider::CRYPTO;
use crate::step::{Step, part};
use crate::{Refusal, key};

/// The longest origin and nonce that are signed.
const MAX_TEXT: usize = 1_024;

struct Token {
    certificate: Certificate,
    algorithm: SignatureAlgorithm,
    message: Vec<u8>,
}

/// Parts: the certificate whose key signs.
pub(crate) fn begin(mut given: Given, origin: &str, nonce: &str) -> Begun {
    let certificate = given.certificate()?;
    given.finish()?;
    if [origin, nonce]
        .iter()
        .any(|text| text.is_empty() || text.len() > MAX_TEXT)
    {
        return Err(Refusal::Protocol);
    }
    let algorithm = key::default_algorithm(certificate.public_key())?;
    let (Some(digest), Some(_)) = (algorithm.digest(), name(algorithm)) else {
        return Err(Refusal::UnsupportedKey {
            kind: certificate.public_key().kind().to_string(),
        });
    };
    let hash = |text: &str| CRYPTO.digest(digest, text.as_bytes());
    let message = [hash(origin), hash(nonce)].concat();
    let (need, parts) = key::sign(algorithm, message.clone())?;
    let token = Token {
        certificate,
        algorithm,
        message,
    };
    Ok((Step::Need(need, parts), Some(Box::new(token))))
}

/// The names of RFC 7518 section 3.1, as far as Web eID has them.
const fn name(algorithm: SignatureAlgorithm) -> Option<&'static str> {
    match algorithm {
        SignatureAlgorithm::EcdsaSha256 => Some("ES256"),
        SignatureAlgorithm::EcdsaSha384 => Some("ES384"),
        SignatureAlgorithm::EcdsaSha512 => Some("ES512"),
        SignatureAlgorithm::RsaPkcs1Sha256 => Some("RS256"),
        SignatureAlgorithm::RsaPkcs1Sha384 => Some("RS384"),
        SignatureAlgorithm::RsaPkcs1Sha512 => Some("RS512"),
        SignatureAlgorithm::RsaPss(parameters) => match parameters.digest {
            DigestAlgorithm::Sha256 => Some("PS256"),
            DigestAlgorithm::Sha384 => Some("PS384"),
            DigestAlgorithm::Sha512 => Some("PS512"),
            _ => None,
        },
        _ => None,
    }
}

impl Operation for Token {
    /// The signature leaves as RFC 7518 has it: both numbers of ECDSA end to end (section 3.4).
    fn resume(&mut self, answer: Parts) -> Result<Step, Refusal> {
        let answer = only(answer)?;
        let signature = key::signature(self.algorithm, &answer);
        let key = self.certificate.public_key().as_der();
        CRYPTO.verify(self.algorithm, key, &self.message, &signature)?;
        let result = json!({ "algorithm": name(self.algorithm) });
        Ok(Step::Done(
            result,
            vec![answer, part(self.certificate.as_der())],
        ))
    }
}
