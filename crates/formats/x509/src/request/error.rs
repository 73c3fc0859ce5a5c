//! What can be wrong with a certification request.

use thiserror::Error;

use crate::error::ParseError;
use crate::pem::PemError;
use crate::public_key::PublicKeyKind;

/// Why what was given is not a good certification request. The words here are for developers and logs; interfaces keep words for people
/// under [`id`](Self::id), with the values of [`args`](Self::args).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The PEM text is damaged, missing, or holds a private key.
    #[error(transparent)]
    Pem(PemError),
    /// Larger than any honest request.
    #[error("the request has {octets} octets; at most {limit} are read")]
    TooLarge {
        /// Its size.
        octets: usize,
        /// The size allowed.
        limit: usize,
    },
    /// Neither DER nor text.
    #[error("this is neither a text nor a request in binary form")]
    NotText,
    /// A certificate.
    #[error("this is a certificate, not a certificate request")]
    IsCertificate,
    /// A revocation list.
    #[error("this is a certificate revocation list, not a certificate request")]
    IsRevocationList,
    /// A public key alone.
    #[error("this is a public key, not a certificate request: make a request with the key")]
    IsPublicKey,
    /// A private key in binary form.
    #[error(
        "this is a private key: never send it to anyone; if it left your machine, make a new key"
    )]
    IsPrivateKey,
    /// A PKCS#12 file, which holds a private key.
    #[error("this is a PKCS#12 file with a private key in it: never send it to anyone")]
    IsPkcs12,
    /// A PKCS#7 or CMS structure.
    #[error("this is a PKCS#7 file, not a certificate request")]
    IsPkcs7,
    /// A PEM block of another kind.
    #[error("line {line} begins a {found}, not a CERTIFICATE REQUEST")]
    WrongLabel {
        /// The label met.
        found: String,
        /// Where it begins.
        line: usize,
    },
    /// The structure ends too early.
    #[error("the request is cut short: copy it whole")]
    CutShort,
    /// The content is damaged.
    #[error("the content of the request is damaged")]
    Content(#[from] ParseError),
    /// A key of a kind that is not certified here.
    #[error("keys of the kind {kind} are not supported")]
    UnsupportedKey {
        /// The kind.
        kind: PublicKeyKind,
    },
    /// A signature algorithm that is not known here.
    #[error("the request is signed with {algorithm}, which is not supported")]
    UnsupportedSignature {
        /// Its name or object identifier.
        algorithm: String,
    },
    /// The request was not signed with its own key, or was altered.
    #[error(
        "the signature of the request does not match its key: the request was altered or damaged"
    )]
    SignatureMismatch,
    /// The key is damaged or does not go with the signature algorithm.
    #[error("the public key in the request is damaged or does not go with the request's signature")]
    UnusableKey,
}

impl RequestError {
    /// A stable identifier, the key under which interfaces keep their words; those of [`PemError`] stand as they are.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Pem(error) => error.id(),
            Self::TooLarge { .. } => "too-large",
            Self::NotText => "not-text",
            Self::IsCertificate => "is-certificate",
            Self::IsRevocationList => "is-revocation-list",
            Self::IsPublicKey => "is-public-key",
            Self::IsPrivateKey => "private-key",
            Self::IsPkcs12 => "is-pkcs12",
            Self::IsPkcs7 => "is-pkcs7",
            Self::WrongLabel { .. } => "wrong-label",
            Self::CutShort => "cut-short",
            Self::Content(_) => "content",
            Self::UnsupportedKey { .. } => "unsupported-key",
            Self::UnsupportedSignature { .. } => "unsupported-signature",
            Self::SignatureMismatch => "signature-mismatch",
            Self::UnusableKey => "unusable-key",
        }
    }

    /// All identifiers, so that a test can see that each has its words.
    pub const IDS: &[&str] = &[
        "empty",
        "too-large",
        "private-key",
        "missing-begin",
        "not-pem",
        "missing-end",
        "missing-begin-of",
        "end-mismatch",
        "damaged-marker",
        "line-breaks-lost",
        "not-base64",
        "padding",
        "empty-body",
        "several",
        "content",
        "not-text",
        "is-certificate",
        "is-revocation-list",
        "is-public-key",
        "is-pkcs12",
        "is-pkcs7",
        "wrong-label",
        "cut-short",
        "unsupported-key",
        "unsupported-signature",
        "signature-mismatch",
        "unusable-key",
    ];

    /// The line to look at, counted from 1.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self {
            Self::Pem(error) => error.line(),
            Self::WrongLabel { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// The values of the words, by name: those of [`PemError::args`], and `found`, `key`, `algorithm`, `octets`, `limit`.
    #[must_use]
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Pem(error) => error.args(),
            Self::TooLarge { octets, limit } => {
                vec![("octets", octets.to_string()), ("limit", limit.to_string())]
            }
            Self::WrongLabel { found, line } => {
                vec![("line", line.to_string()), ("found", found.clone())]
            }
            Self::UnsupportedKey { kind } => vec![("key", kind.to_string())],
            Self::UnsupportedSignature { algorithm } => vec![("algorithm", algorithm.clone())],
            _ => Vec::new(),
        }
    }
}
