//! What lies beneath and may fail.

use chancery_keys::{EntropyError, OpenSealedError, SealError};
use chancery_store::{CommitError, ReadError, blob::BlobError};

/// A part beneath failed; nothing was changed. Its text is for logs, never for people.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store did not take the change.
    #[error("the change was not stored")]
    Commit(#[source] CommitError),
    /// The store did not answer, or with something else than expected.
    #[error("the store was not read")]
    Read(#[from] ReadError),
    /// No randomness.
    #[error("no random value could be made")]
    Entropy(#[from] EntropyError),
    /// The vault did not seal.
    #[error("a value was not sealed")]
    Seal(#[from] SealError),
    /// A sealed value did not open: another vault's, or altered.
    #[error("a sealed {what} was not opened")]
    Open {
        /// What it is.
        what: &'static str,
        /// Why.
        #[source]
        source: OpenSealedError,
    },
    /// A stored value has not the form that this version writes.
    #[error("a stored {what} was not understood")]
    Stored {
        /// What it is.
        what: &'static str,
    },
    /// JSON could not be written or read.
    #[error("a {what} was not written or read")]
    Json {
        /// What it is.
        what: &'static str,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A document could not be stored or read.
    #[error("a document was not stored or read")]
    Blob(#[from] BlobError),
    /// A task of ours ended before its work.
    #[error("a task ended early")]
    Task(#[from] tokio::task::JoinError),
    /// The register of people failed.
    #[error("the register failed")]
    Register(#[from] chancery_register::Fault),
    /// An order names a product that the catalogue no longer has: bring its file back.
    #[error("no product file has the code {code}, which an order names")]
    Product {
        /// The code.
        code: String,
    },
}

impl Fault {
    /// Whether trying again in a moment may help (for 503 in place of 500).
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        match self {
            Self::Commit(CommitError::Unavailable(_)) | Self::Read(ReadError::Unavailable(_)) => {
                true
            }
            Self::Register(fault) => fault.is_busy(),
            _ => false,
        }
    }
}

impl From<chancery_store::RowError> for Fault {
    fn from(error: chancery_store::RowError) -> Self {
        Self::Read(ReadError::Row(error))
    }
}

/// How a commit ended that somebody else may have overtaken.
#[derive(Debug)]
pub(crate) enum Refused {
    /// A guard did not hold: what was read is no longer so.
    Stale,
    /// Anything else.
    Fault(Fault),
}

impl From<CommitError> for Refused {
    fn from(error: CommitError) -> Self {
        match error {
            // Two that read the same version insert the same event.
            CommitError::Conflict { .. } | CommitError::Constraint { unique: true, .. } => {
                Self::Stale
            }
            other => Self::Fault(Fault::Commit(other)),
        }
    }
}

/// Gives an operation's error enum, with variants `Stale` and `Fault`, what every write can meet.
macro_rules! refused_into {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$crate::fault::Refused> for $error {
            fn from(refused: $crate::fault::Refused) -> Self {
                match refused {
                    $crate::fault::Refused::Stale => Self::Stale,
                    $crate::fault::Refused::Fault(fault) => Self::Fault(fault),
                }
            }
        }
    )+};
}

/// Gives an operation's error enum, with a variant `Fault`, the parts beneath.
macro_rules! fault_into {
    ($($error:ty),+ $(,)?) => {$(
        $crate::fault::fault_into!(@ $error: chancery_store::ReadError, chancery_store::RowError,
            chancery_keys::EntropyError, chancery_keys::SealError, chancery_register::Fault);
    )+};
    (@ $error:ty: $($cause:ty),+) => {$(
        impl From<$cause> for $error {
            fn from(cause: $cause) -> Self {
                Self::Fault(cause.into())
            }
        }
    )+};
}

pub(crate) use {fault_into, refused_into};
