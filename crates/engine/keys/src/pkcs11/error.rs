//! What a token answers when it does not do as it was asked.

use std::{fmt, path::PathBuf};

use cryptoki::{
    context::Function,
    error::{Error, RvError},
};

use crate::{EntropyError, KeyAlgorithm, KeyOperationError, SignError};

/// How many tries the token has left before it locks, as far as its flags tell (`CK_TOKEN_INFO`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTries {
    /// It does not tell.
    Unknown,
    /// At least one wrong PIN was given since the last right one (`CKF_USER_PIN_COUNT_LOW`).
    Few,
    /// One (`CKF_USER_PIN_FINAL_TRY`).
    One,
    /// None (`CKF_USER_PIN_LOCKED`).
    None,
}

impl fmt::Display for PinTries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "the token does not tell how many tries are left",
            Self::Few => "few tries are left",
            Self::One => "one try is left",
            Self::None => "no try is left: the token is locked",
        })
    }
}

/// The token does not let anybody in with this PIN; it is not tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// None was given, and the token has no keypad of its own.
    #[error("the token asks for a PIN, and none was given")]
    Missing,
    /// It is another.
    #[error("the token refused the PIN; {0}")]
    Wrong(PinTries),
    /// One try is left: it is not spent here, where nobody sees what happens.
    #[error("one try is left before the token locks, so the PIN was not tried")]
    LastTry,
    /// It is locked (`CKR_PIN_LOCKED`).
    #[error("the token is locked after too many wrong PINs")]
    Locked,
    /// It must be changed first (`CKR_PIN_EXPIRED`), or was never set.
    #[error("the PIN is not set, or expired and must be changed first")]
    Expired,
}

/// A token, or a key in it, could not be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The URI has neither `module-path` nor `module-name`.
    #[error("the URI names no PKCS #11 module")]
    NoModule,
    /// No module of that name lies where modules lie.
    #[error("there is no PKCS #11 module named {name}")]
    ModuleName {
        /// The `module-name`.
        name: String,
    },
    /// The module was not loaded or did not start.
    #[error("the PKCS #11 module {} cannot be used", path.display())]
    Module {
        /// Its file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<Error>,
    },
    /// No token of this module is the one.
    #[error("no token fits {wanted}; the module has {}", list(present))]
    NoToken {
        /// The URI.
        wanted: String,
        /// Labels of the initialised tokens that there are.
        present: Vec<String>,
    },
    /// More than one token is the one.
    #[error("more than one token fits {wanted}: name its serial number")]
    SeveralTokens {
        /// The URI.
        wanted: String,
    },
    /// The PIN.
    #[error(transparent)]
    Pin(#[from] PinError),
    /// No private key of this token is the one.
    #[error("the token has no private key that fits {wanted}")]
    NoKey {
        /// The URI.
        wanted: String,
    },
    /// More than one key is the one.
    #[error("more than one private key of the token fits {wanted}: name its id")]
    SeveralKeys {
        /// The URI.
        wanted: String,
    },
    /// The public key lies not beside the private one, or is of a kind that is not supported.
    #[error("the token does not show a public key of a supported kind for {wanted}")]
    PublicKey {
        /// The URI.
        wanted: String,
    },
    /// `CKA_ALWAYS_AUTHENTICATE`: made for people at a keypad.
    #[error("the key asks for the PIN before every use, which a server cannot give")]
    AlwaysAuthenticate,
    /// The token makes no such keys.
    #[error("the token does not make keys of the kind {algorithm}")]
    CannotGenerate {
        /// What was asked for.
        algorithm: KeyAlgorithm,
    },
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The token was lost and is not back.
    #[error("the token cannot be reached")]
    Unavailable,
    /// The token answered otherwise.
    #[error("the token does not do it")]
    Answer(#[source] Box<Error>),
}

fn list(labels: &[String]) -> String {
    if labels.is_empty() {
        return "no initialised token".to_owned();
    }
    labels
        .iter()
        .map(|label| format!("`{label}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        Self::Answer(Box::new(error))
    }
}

impl From<TokenError> for KeyOperationError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Answer(answer) if matches!(&*answer, Error::Pkcs11(answer, _) if is_loss(answer)) => {
                Self::Unavailable
            }
            TokenError::NoToken { .. }
            | TokenError::NoKey { .. }
            | TokenError::Pin(_)
            | TokenError::Module { .. }
            | TokenError::Unavailable => Self::Unavailable,
            TokenError::NoModule
            | TokenError::ModuleName { .. }
            | TokenError::SeveralTokens { .. }
            | TokenError::SeveralKeys { .. }
            | TokenError::PublicKey { .. }
            | TokenError::AlwaysAuthenticate
            | TokenError::CannotGenerate { .. }
            | TokenError::Entropy(_)
            | TokenError::Answer(_) => Self::Refused,
        }
    }
}

impl From<TokenError> for SignError {
    fn from(error: TokenError) -> Self {
        KeyOperationError::from(error).into()
    }
}

/// The answer of a token to one operation.
pub(super) enum Fault {
    /// Token, session, log-in or object are gone: set the line up again and repeat. The error is for the case that this
    /// does not help.
    Lost(TokenError),
    /// The outcome of the operation.
    Outcome(KeyOperationError),
    /// Anything else.
    Token(TokenError),
}

impl From<TokenError> for Fault {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match &error {
            Error::Pkcs11(answer, _) if is_loss(answer) => Self::Lost(error.into()),
            _ => Self::Token(error.into()),
        }
    }
}

/// Whether an answer says that what was set up is gone, whatever was asked.
pub(super) const fn is_loss(answer: &RvError) -> bool {
    matches!(
        answer,
        RvError::DeviceRemoved
            | RvError::TokenNotPresent
            | RvError::TokenNotRecognized
            | RvError::SlotIdInvalid
            | RvError::SessionHandleInvalid
            | RvError::SessionClosed
            | RvError::UserNotLoggedIn
            | RvError::CryptokiNotInitialized
            | RvError::KeyHandleInvalid
            | RvError::ObjectHandleInvalid
    )
}

/// What a token says when an operation is not one of its own: about the mechanism, its parameters, or the use of the
/// key (`CKA_SIGN`, `CKA_DECRYPT`, `CKA_DERIVE`).
pub(super) const fn is_unsupported(error: &Error) -> bool {
    matches!(
        error,
        Error::Pkcs11(
            RvError::MechanismInvalid
                | RvError::MechanismParamInvalid
                | RvError::FunctionNotSupported
                | RvError::KeyFunctionNotPermitted
                | RvError::KeyTypeInconsistent,
            _,
        ) | Error::Pkcs11(
            RvError::ArgumentsBad,
            Function::SignInit | Function::DecryptInit
        ) | Error::NullFunctionPointer
    )
}
