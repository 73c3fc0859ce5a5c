//! Asking an authority for a time-stamp (RFC 3161 section 2.4).

use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{Crypto, DigestAlgorithm, ParseError};
use thiserror::Error;

use super::TimeStampError;
use super::signer_info::Algorithm;
use super::time_stamp::read_token;

/// Most characters of an authority's words that are kept.
const MAX_WORDS: usize = 200;

/// A request, and what its answer is compared with.
///
/// ```asn1
/// TimeStampReq ::= SEQUENCE {
///     version INTEGER { v1(1) },
///     messageImprint MessageImprint,
///     reqPolicy TSAPolicyId OPTIONAL,
///     nonce INTEGER OPTIONAL,
///     certReq BOOLEAN DEFAULT FALSE,
///     extensions [0] IMPLICIT Extensions OPTIONAL }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampRequest {
    digest: DigestAlgorithm,
    imprint: Vec<u8>,
    nonce: Vec<u8>,
}

/// Why an answer gives no time-stamp.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TimeStampResponseError {
    /// No `TimeStampResp`, or a damaged one.
    #[error("the answer is no time-stamp response, or it is damaged")]
    Damaged(#[from] ParseError),
    /// The authority grants none.
    #[error("the authority refuses, with the status {status} and the words {words:?}")]
    Refused {
        /// `PKIStatus` (RFC 3161 section 2.4.2).
        status: u64,
        /// Its reason, as it came and so perhaps hostile.
        words: String,
    },
    /// The token is none, or for something else.
    #[error("the time-stamp cannot be used")]
    TimeStamp(#[from] TimeStampError),
    /// The answer to another request, repeated.
    #[error("the time-stamp answers another request: its nonce is not the one that was sent")]
    Nonce,
}

impl TimeStampRequest {
    /// For this digest and its value. `nonce` are random octets that no other request has, 8 at least.
    #[must_use]
    pub fn new(digest: DigestAlgorithm, imprint: Vec<u8>, nonce: &[u8]) -> Self {
        Self {
            digest,
            imprint,
            nonce: asn1::integer(nonce),
        }
    }

    /// What is sent, as `application/timestamp-query`. The authority's certificate is asked for.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        asn1::sequence(&[
            &asn1::integer_u64(1),
            &asn1::sequence(&[&self.digest.to_der(), &asn1::octet_string(&self.imprint)]),
            &self.nonce,
            &asn1::boolean(true),
        ])
    }

    /// The token in an answer, an `application/timestamp-reply`. It is for this request, but who signed it is not looked at here:
    /// [`Signing::resume`](super::Signing::resume) does.
    ///
    /// ```asn1
    /// TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken TimeStampToken OPTIONAL }
    /// PKIStatusInfo ::= SEQUENCE {
    ///     status PKIStatus, statusString PKIFreeText OPTIONAL, failInfo PKIFailureInfo OPTIONAL }
    /// ```
    pub fn token(
        &self,
        response: &[u8],
        crypto: &dyn Crypto,
    ) -> Result<Vec<u8>, TimeStampResponseError> {
        let mut response = Reader::sequence(response, "time-stamp response")?;
        let mut info = response.nested("time-stamp status")?;
        let status = info.integer_u64("time-stamp status")?;
        // Granted, and granted with modifications.
        if status > 1 {
            let words = info.optional(tag::SEQUENCE, "time-stamp status")?;
            return Err(TimeStampResponseError::Refused {
                status,
                words: first_words(words.unwrap_or_default()),
            });
        }
        let token = response.raw(tag::SEQUENCE, "time-stamp token")?;
        response.finish()?;
        let (_, told) = read_token(token, crypto)?;
        if told.digest != Algorithm::Known(self.digest) || told.imprint != self.imprint {
            return Err(TimeStampError::Imprint.into());
        }
        let nonce = asn1::element(&self.nonce, tag::INTEGER, "nonce")?;
        if told.nonce.as_deref() != Some(nonce) {
            return Err(TimeStampResponseError::Nonce);
        }
        Ok(token.to_vec())
    }
}

/// The first of `PKIFreeText ::= SEQUENCE OF UTF8String`.
fn first_words(content: &[u8]) -> String {
    let mut reader = Reader::new(content, "time-stamp status");
    let words = reader
        .read(tag::UTF8_STRING, "time-stamp status")
        .unwrap_or_default();
    String::from_utf8_lossy(words)
        .chars()
        .take(MAX_WORDS)
        .collect()
}
