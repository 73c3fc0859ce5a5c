//! Why a certificate was not issued.

use chancery_keys::{EntropyError, SignError};
use chancery_profile::{Finding, PrepareError};
use chancery_store::{CommitError, ReadError, Timestamp};
use chancery_x509::{ParseError, RequestError, VerifyError};

use crate::{MintError, SerialError, issue::AlsoError};

/// Why a certificate was not issued. Nothing was committed.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// There is no such profile for subscribers.
    #[error("there is no profile named {profile} for subscribers")]
    UnknownProfile {
        /// What was asked for.
        profile: String,
    },
    /// No authority of this environment issues it.
    #[error("no authority here issues certificates of the profile {profile}")]
    NoAuthority {
        /// What was asked for.
        profile: String,
    },
    /// The authority's own certificate has ended.
    #[error("the certificate of the authority {authority} has expired")]
    AuthorityExpired {
        /// Its slug.
        authority: String,
    },
    /// The authority's own certificate was revoked.
    #[error("the certificate of the authority {authority} was revoked")]
    AuthorityRevoked {
        /// Its slug.
        authority: String,
    },
    /// The validity asked for outlives the authority.
    #[error("the certificate would outlive the authority {authority}, which ends at second {}", ends_at.as_secs())]
    BeyondAuthority {
        /// Its slug.
        authority: String,
        /// Its end.
        ends_at: Timestamp,
    },
    /// The validity asked for is nothing.
    #[error("a certificate is valid for two seconds at least")]
    NoValidity,
    /// The profile does not allow the subject, the key or the validity.
    #[error("the profile does not allow this certificate")]
    Refused(#[source] PrepareError),
    /// A lint objected.
    #[error("the certificate would break {} rules", findings.len())]
    Lint {
        /// What the lints found.
        findings: Vec<Finding>,
    },
    /// The request is not signed by the key in it: possession is not proved (RFC 2986 section 3).
    #[error("the request does not prove possession of its key")]
    Possession(#[from] RequestError),
    /// The key was certified for somebody else.
    #[error("this key is certified for somebody else")]
    KeyOfAnother,
    /// A certificate of this key was revoked because the key was compromised.
    #[error("this key is known to be compromised")]
    KeyCompromised,
    /// The caller could not make its own statements.
    #[error("what is to be stored with the certificate could not be made")]
    Also(#[source] AlsoError),
    /// One of the caller's statements conflicted: somebody else was faster.
    #[error("what is to be stored with the certificate changed meanwhile")]
    Superseded,
    /// All signing threads are busy; come back later.
    #[error("too many certificates are being signed at once")]
    Busy,
    /// The token that holds the authority's key is not there; come back later.
    #[error("the token that holds the authority's key cannot be reached")]
    Unavailable,
    /// The authority's key did not sign.
    #[error("the authority's key did not sign")]
    Sign(#[source] SignError),
    /// The signature that was made does not verify.
    #[error("the signature that was made does not verify")]
    Signature(#[source] VerifyError),
    /// What was signed is no certificate.
    #[error("the signed certificate could not be read back")]
    Assemble(#[source] ParseError),
    /// There was no serial number.
    #[error("there is no serial number for the certificate")]
    Serial(#[source] SerialError),
    /// What would be signed could not be read back for showing.
    #[error("the prepared certificate could not be read back")]
    Preview(#[source] ParseError),
    /// There was no random identifier.
    #[error("an identifier could not be made")]
    Entropy(#[from] EntropyError),
    /// The database did not answer.
    #[error("the authority's records could not be read")]
    Read(#[from] ReadError),
    /// The database did not take the certificate.
    #[error("the certificate could not be recorded")]
    Commit(#[from] CommitError),
}

impl From<MintError> for IssueError {
    fn from(error: MintError) -> Self {
        match error {
            MintError::Refused(error) => Self::Refused(error),
            MintError::Lint { findings } => Self::Lint { findings },
            MintError::Serial(error) => Self::Serial(error),
            MintError::Sign(SignError::Busy) => Self::Busy,
            MintError::Sign(SignError::Unavailable) => Self::Unavailable,
            MintError::Sign(error) => Self::Sign(error),
            MintError::Assemble(error) => Self::Assemble(error),
            MintError::Signature(error) => Self::Signature(error),
        }
    }
}
