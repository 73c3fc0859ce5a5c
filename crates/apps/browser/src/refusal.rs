//! Why the module does not do what it is asked: a code with values, which pages word in the person's language.

use chancery_cms::CertificatesError;
use chancery_cms::enveloped::{DecryptError, SelectError};
use chancery_cms::signed::{SignError, SignedDataError};
use chancery_cms::smime::SmimeError;
use chancery_pkcs12::{Lookalike, NoIdentity, OpenError, PasswordError, WriteError};
use chancery_rustcrypto::NoEntropy;
use chancery_x509::{NameError, ParseError, RequestError, VerifyError};
use serde::Serialize;
use thiserror::Error;

/// Why something was not done. The code is the variant's name in camel case. What is called `detail` is English and for whoever
/// looks into a failure, not for the page's first sentence.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[serde(tag = "code", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Refusal {
    /// The worker and the module do not understand each other.
    #[error("the request is not understood")]
    Protocol,
    /// An answer came that nobody asked for, or to an operation that has ended.
    #[error("nothing was asked for")]
    NotAsked,
    /// More operations than any page has under way.
    #[error("too much is under way")]
    TooMany,
    /// The module was given no randomness.
    #[error("there is no randomness")]
    NoRandomness,
    /// Not a PKCS#12 file.
    #[error("this is not a PKCS#12 file but {found}")]
    NotPkcs12 {
        /// `text`, `javaKeyStore`, `otherStructure`, `empty` or `unknown`.
        found: &'static str,
    },
    /// The password opens nothing.
    #[error("the password is wrong")]
    WrongPassword,
    /// The password is not one for a new file.
    #[error("the password cannot be used: {reason}")]
    UnusablePassword {
        /// `empty`, `control` or `tooLong`.
        reason: &'static str,
    },
    /// The password is right, yet the integrity check fails.
    #[error("the file was altered or damaged")]
    Altered,
    /// An algorithm or a kind of structure that is not read.
    #[error("{name} is not supported")]
    Unsupported {
        /// What it is called, or its object identifier.
        name: String,
    },
    /// A structure is broken.
    #[error("this is damaged: {detail}")]
    Damaged {
        /// Where, and what was met.
        detail: String,
    },
    /// More work or more entries than any honest file asks for.
    #[error("too much is asked for: {detail}")]
    TooMuch {
        /// What, and how much is done.
        detail: String,
    },
    /// There is no private key in the file.
    #[error("there is no private key in the file")]
    NoKey,
    /// There is a private key in the file, but no certificate of it.
    #[error("no certificate in the file belongs to its private key")]
    NoCertificate,
    /// A kind of key that browsers cannot use.
    #[error("browsers have no use for a key of the kind {kind}")]
    UnsupportedKey {
        /// The kind.
        kind: String,
    },
    /// Nothing that is a certificate, a request or a PKCS#7 file.
    #[error("this is not a certificate: {detail}")]
    NotCertificate {
        /// What was met.
        detail: String,
    },
    /// A value that the subject of a request cannot have.
    #[error("the name cannot be written: {detail}")]
    Name {
        /// Which attribute, and what is wrong with it.
        detail: String,
    },
    /// The signature that came is not one of the certificate's key.
    #[error("the signature does not belong to the certificate")]
    WrongSignature,
    /// Nothing is signed this way.
    #[error("this cannot be signed: {detail}")]
    NotSigned {
        /// What stands in the way.
        detail: String,
    },
    /// Neither a CMS structure nor a message that can be read.
    #[error("this is no signed or encrypted message: {detail}")]
    NotMessage {
        /// What was met.
        detail: String,
    },
    /// A CMS structure of another type.
    #[error("this is not signed but {kind}")]
    NotSignedData {
        /// The type met.
        kind: &'static str,
    },
    /// Text is UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// Not an encrypted message.
    #[error("this is not an encrypted message: {detail}")]
    NotEncrypted {
        /// What was met.
        detail: String,
    },
    /// The message is for others.
    #[error("the message is for {recipients} other recipient(s)")]
    OtherRecipients {
        /// How many there are.
        recipients: usize,
    },
    /// The message cannot be decrypted with this key, or it was altered; which of them is told to nobody.
    #[error("the message cannot be decrypted with this key, or it was altered")]
    NotDecrypted,
}

impl Refusal {
    pub(crate) fn certificate(error: &ParseError) -> Self {
        Self::NotCertificate {
            detail: error.to_string(),
        }
    }

    pub(crate) fn damaged(detail: &dyn std::error::Error) -> Self {
        Self::Damaged {
            detail: chain(detail),
        }
    }
}

/// An error with what caused it.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

impl From<OpenError> for Refusal {
    fn from(error: OpenError) -> Self {
        match &error {
            OpenError::NotPkcs12(found) => Self::NotPkcs12 {
                found: match found {
                    Lookalike::Text => "text",
                    Lookalike::JavaKeyStore => "javaKeyStore",
                    Lookalike::OtherStructure => "otherStructure",
                    Lookalike::Empty => "empty",
                    _ => "unknown",
                },
            },
            OpenError::WrongPassword => Self::WrongPassword,
            OpenError::Altered => Self::Altered,
            OpenError::Unsupported(what) => Self::Unsupported {
                name: what
                    .name()
                    .map_or_else(|| what.oid.to_string(), str::to_owned),
            },
            OpenError::TooManyRounds { .. }
            | OpenError::TooMuchMemory { .. }
            | OpenError::TooManyBags { .. } => Self::TooMuch {
                detail: chain(&error),
            },
            OpenError::AlreadyDone => Self::NotAsked,
            OpenError::ResultLength { .. } => Self::Protocol,
            _ => Self::damaged(&error),
        }
    }
}

impl From<NoIdentity> for Refusal {
    fn from(error: NoIdentity) -> Self {
        match error {
            NoIdentity::NoCertificate => Self::NoCertificate,
            _ => Self::NoKey,
        }
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        let reason = match error {
            PasswordError::Control => "control",
            PasswordError::TooLong => "tooLong",
            _ => "empty",
        };
        Self::UnusablePassword { reason }
    }
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::AlreadyDone => Self::NotAsked,
            WriteError::ResultLength { .. } => Self::Protocol,
            error => Self::damaged(&error),
        }
    }
}

impl From<NoEntropy> for Refusal {
    fn from(_: NoEntropy) -> Self {
        Self::NoRandomness
    }
}

impl From<CertificatesError> for Refusal {
    fn from(error: CertificatesError) -> Self {
        Self::NotCertificate {
            detail: chain(&error),
        }
    }
}

impl From<NameError> for Refusal {
    fn from(error: NameError) -> Self {
        Self::Name {
            detail: chain(&error),
        }
    }
}

impl From<RequestError> for Refusal {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::SignatureMismatch | RequestError::UnusableKey => Self::WrongSignature,
            error => Self::damaged(&error),
        }
    }
}

impl From<VerifyError> for Refusal {
    fn from(_: VerifyError) -> Self {
        Self::WrongSignature
    }
}

impl From<SignError> for Refusal {
    fn from(error: SignError) -> Self {
        match error {
            SignError::WrongSignature(_) => Self::WrongSignature,
            SignError::NotAsked => Self::NotAsked,
            error => Self::NotSigned {
                detail: chain(&error),
            },
        }
    }
}

impl From<DecryptError> for Refusal {
    fn from(error: DecryptError) -> Self {
        match &error {
            DecryptError::NotDecrypted => Self::NotDecrypted,
            DecryptError::Recipient(SelectError::OtherRecipients { recipients }) => {
                Self::OtherRecipients {
                    recipients: *recipients,
                }
            }
            DecryptError::Stream(_)
            | DecryptError::Damaged(_)
            | DecryptError::NotEncrypted { .. } => Self::NotEncrypted {
                detail: chain(&error),
            },
            DecryptError::KeyNotGiven => Self::NotAsked,
            _ => Self::Unsupported {
                name: chain(&error),
            },
        }
    }
}

impl From<SignedDataError> for Refusal {
    fn from(error: SignedDataError) -> Self {
        match &error {
            SignedDataError::NotSigned { kind } => Self::NotSignedData { kind: kind.name() },
            SignedDataError::TooMany { .. } => Self::TooMuch {
                detail: chain(&error),
            },
            _ => Self::NotMessage {
                detail: chain(&error),
            },
        }
    }
}

impl From<SmimeError> for Refusal {
    fn from(error: SmimeError) -> Self {
        match error {
            SmimeError::NotUtf8 => Self::NotUtf8,
            error => Self::NotMessage {
                detail: chain(&error),
            },
        }
    }
}
