//! What lies beneath and may fail.

use chancery_keys::{EntropyError, HashError, OpenSealedError, SealError};
use chancery_store::{CommitError, ReadError};

/// A part beneath failed; nothing was changed. Its text is for logs, never for people.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store did not take the change.
    #[error("the register was not changed")]
    Commit(#[from] CommitError),
    /// The store did not answer, or with something else than expected.
    #[error("the register was not read")]
    Read(#[from] ReadError),
    /// No randomness.
    #[error("no random value could be made")]
    Entropy(#[from] EntropyError),
    /// A secret was neither hashed nor compared.
    #[error("a secret was not checked")]
    Hash(#[from] HashError),
    /// The vault did not seal.
    #[error("a value was not sealed")]
    Seal(#[from] SealError),
    /// The vault did not open what it had sealed.
    #[error("a sealed value was not opened")]
    Open(#[from] OpenSealedError),
    /// A letter could not be put into words of JSON.
    #[error("a letter was not written")]
    Letter(#[source] serde_json::Error),
    /// Something that is always stored is not there.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// The person may not do it; callers ask before they offer it.
    #[error("the person may not do it")]
    Denied(#[source] crate::Denied),
    /// The thread that checked a certificate ended before it answered.
    #[error("a certificate was not checked")]
    Check(#[source] tokio::task::JoinError),
    /// No free registration number was found.
    #[error("no free registration number was found in {tries} tries")]
    Numbers {
        /// How many were tried.
        tries: usize,
    },
}

impl Fault {
    /// Whether trying again in a moment may help (for 503 in place of 500).
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        matches!(
            self,
            Self::Hash(HashError::Busy)
                | Self::Commit(CommitError::Unavailable(_))
                | Self::Read(ReadError::Unavailable(_))
        )
    }
}
