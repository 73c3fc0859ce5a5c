//! Certificates in the register: supported authorities, whose certificate is whose, and log-in with them.

mod anchor;
mod challenge;
mod confirm;
mod directory;
mod enrol;
mod error;
mod file;
mod fitness;
mod issued;
mod log_in;
mod proof;
mod read;
mod signature;
mod state;
mod terms;
mod trust;
mod watch;

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use chancery_path::Fetch;
use chancery_x509::Certificate;

pub use anchor::{Anchor, AnchorError, AnchorPurpose, AnchorTerms};
pub use challenge::{CHALLENGE_LIFE, Challenge};
pub use confirm::{CONFIRMATION_LIFE, Done};
pub use directory::{DirectoryEntry, DirectoryError, Found, MAX_FOUND};
pub use enrol::{EnrolCertificate, MAX_PAIRS};
pub use error::CertificateError;
pub use file::{FileError, MAX_FILE, read as read_certificates};
pub use fitness::Uses;
pub use issued::FreePlace;
pub use log_in::{CertificateLogInError, TokenProblem};
pub use proof::{Proof, ProofProblem};
pub use read::RegisteredCertificate;
pub(crate) use read::select_certificate;
pub use signature::{MAX_SIGNATURE, SignatureError, SignedDocument};
pub use state::{EXPIRING, RegisteredState};
pub use watch::NOTICE_DAYS;

use crate::Register;

/// What [`Fetcher::fetch`] returns.
pub type Fetched<'a> = Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send + 'a>>;

/// Gets what certificates say is found on the web: lists, OCSP responses, issuers. The addresses were written by whoever made the
/// certificates; who implements this keeps [`Fetch::size_limit`], a limit of time, and away from private networks, and answers
/// for the environment's own authorities without a detour.
pub trait Fetcher: Send + Sync {
    /// What is found there; none where nothing came.
    fn fetch<'a>(&'a self, fetch: &'a Fetch) -> Fetched<'a>;
}

/// The register's use cases that check certificates; cheap to clone.
#[derive(Clone)]
pub struct Certificates {
    pub(super) register: Register,
    pub(super) fetcher: Arc<dyn Fetcher>,
    pub(super) origin: Arc<str>,
    pub(super) between: Arc<[Certificate]>,
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Certificates {
    /// Certificates of this register. `origin` is the portal's as browsers write it (RFC 6454 section 6.2): scheme, host in lower
    /// case and the port where it is not the scheme's own, `https://portal.example`; log-in tokens are bound to it.
    #[must_use]
    pub fn new(register: Register, fetcher: Arc<dyn Fetcher>, origin: &str) -> Self {
        Self {
            register,
            fetcher,
            origin: origin.into(),
            between: Arc::default(),
        }
    }

    /// The same, with authorities that lie between certificates and supported ones: whoever shows a certificate under one of them need not
    /// bring it, and nothing is fetched for strangers.
    #[must_use]
    pub fn with_authorities(self, between: Vec<Certificate>) -> Self {
        Self {
            between: between.into(),
            ..self
        }
    }

    /// The origin that log-in tokens must be made for.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }
}
