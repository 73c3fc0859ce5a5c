//! The Web eID authentication token, format `web-eid:1.0`: proof that somebody holds the key of a certificate, made for one origin and
//! one challenge.
//!
//! What is signed is `hash(origin) || hash(nonce)`, both under the hash of the token's algorithm and then hashed once more by the signature.
//! The origin is never taken from the token: the server puts in its own, so that a token made for another place does not verify here.
//! Nothing in this module reads a clock or a store; whether the challenge is still open and whether the certificate is trusted
//! is decided elsewhere.

mod algorithm;

use base64::{Engine, engine::general_purpose::STANDARD};
use chancery_x509::{Certificate, Crypto, ParseError, PublicKeyKind};
use serde::Deserialize;

pub use algorithm::TokenAlgorithm;

/// Longest token that is read, in octets: a certificate of 16 KiB and a signature in base64 find room.
pub const MAX_TOKEN: usize = 32 * 1024;

/// A token as it was read: nothing in it is believed before [`AuthToken::verify`].
#[derive(Clone, Debug)]
pub struct AuthToken {
    certificate: Certificate,
    algorithm: TokenAlgorithm,
    signature: Vec<u8>,
}

/// Why a token proves nothing. For logs: outside it is one error, for who forges tokens shall not learn how far they came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Larger than any honest token.
    #[error("the token has {octets} octets; at most {limit} are read")]
    TooLarge {
        /// Its size.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
    /// Not a JSON object with the fields of a token, each once.
    #[error("the token is not JSON as the format asks (line {line}, column {column})")]
    Json {
        /// The line, from 1.
        line: usize,
        /// The column.
        column: usize,
    },
    /// Another format, or another major version of it.
    #[error("the token's format is not web-eid:1.0")]
    Format,
    /// No algorithm of the format: `none` and those with a shared secret are none.
    #[error("the token's algorithm is not one of ES256 to ES512, PS256 to PS512, RS256 to RS512")]
    Algorithm,
    /// A field is not base64.
    #[error("the token's {field} is not base64")]
    Base64 {
        /// The field's name.
        field: &'static str,
    },
    /// The certificate cannot be read.
    #[error("the token's certificate cannot be read")]
    Certificate(#[source] ParseError),
    /// The algorithm is none for the certificate's key: another family, another curve, or an RSA key of under 2048 bits.
    #[error("the token's algorithm {algorithm} does not fit the certificate's key, which is {key}")]
    KeyMismatch {
        /// The algorithm.
        algorithm: TokenAlgorithm,
        /// The key.
        key: PublicKeyKind,
    },
    /// An ECDSA signature that is not `r || s` of the curve's length: DER perhaps.
    #[error("the token's signature has {found} octets; {algorithm} signatures have {expected}")]
    SignatureLength {
        /// The algorithm.
        algorithm: TokenAlgorithm,
        /// Octets of `r || s`.
        expected: usize,
        /// Octets given.
        found: usize,
    },
    /// The signature is wrong: made for another origin or challenge, with another key, or altered.
    #[error("the token's signature does not verify for this origin and challenge")]
    Signature,
}

/// As it travels; fields beyond these, such as `appVersion`, are the sender's business.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    unverified_certificate: String,
    algorithm: String,
    signature: String,
    format: String,
}

impl AuthToken {
    /// Reads a token from its JSON.
    pub fn parse(json: &str) -> Result<Self, TokenError> {
        if json.len() > MAX_TOKEN {
            return Err(TokenError::TooLarge {
                octets: json.len(),
                limit: MAX_TOKEN,
            });
        }
        let wire: Wire = serde_json::from_str(json).map_err(|error| TokenError::Json {
            line: error.line(),
            column: error.column(),
        })?;
        if !is_supported(&wire.format) {
            return Err(TokenError::Format);
        }
        let algorithm = TokenAlgorithm::from_name(&wire.algorithm).ok_or(TokenError::Algorithm)?;
        let signature = octets("signature", &wire.signature)?;
        let der = octets("unverifiedCertificate", &wire.unverified_certificate)?;
        let certificate = Certificate::from_der(&der).map_err(TokenError::Certificate)?;
        Ok(Self {
            certificate,
            algorithm,
            signature,
        })
    }

    /// The certificate that the sender claims.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The algorithm that the sender claims.
    #[must_use]
    pub const fn algorithm(&self) -> TokenAlgorithm {
        self.algorithm
    }

    /// Verifies that the holder of the certificate's key signed this challenge for this origin. `origin` is the portal's as browsers
    /// write it (RFC 6454 section 6.2), `nonce` the challenge as it was handed out.
    pub fn verify(&self, origin: &str, nonce: &str, crypto: &dyn Crypto) -> Result<(), TokenError> {
        let key = self.certificate.public_key();
        if !self.algorithm.fits(key.kind()) {
            return Err(TokenError::KeyMismatch {
                algorithm: self.algorithm,
                key: key.kind(),
            });
        }
        let signature = self.algorithm.signature_in_der(&self.signature)?;
        let digest = self.algorithm.digest();
        let mut message = crypto.digest(digest, origin.as_bytes());
        message.extend(crypto.digest(digest, nonce.as_bytes()));
        let algorithm = self.algorithm.signature_algorithm();
        crypto
            .verify(algorithm, key.as_der(), &message, &signature)
            .map_err(|_| TokenError::Signature)
    }
}

/// Whether it is the format's first major version: minor ones only add fields.
fn is_supported(format: &str) -> bool {
    let minor = format.strip_prefix("web-eid:1.");
    minor.is_some_and(|minor| {
        (1..=4).contains(&minor.len()) && minor.bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn octets(field: &'static str, text: &str) -> Result<Vec<u8>, TokenError> {
    STANDARD
        .decode(text)
        .map_err(|_| TokenError::Base64 { field })
}

#[cfg(test)]
mod tests;
