//! What is asked for and what is given.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_keys::digest_code;
use chancery_profile::SubjectData;
use chancery_store::{Batch, Id};
use chancery_x509::{Certificate, CertificationRequest, hex};

/// What an issuance rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// Nothing was given.
    #[default]
    None,
    /// An operator's own words.
    Text(String),
    /// SHA-256 of the verified data.
    Digest([u8; 32]),
}

impl Evidence {
    pub(super) fn text(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text.clone(),
            Self::Digest(digest) => {
                format!("sha256:{}", hex::encode(digest, ""))
            }
        }
    }

    /// The audit entry holds a digest only: words may name people.
    pub(super) fn digest(&self) -> Option<[u8; 32]> {
        match self {
            Self::None => None,
            Self::Text(text) => Some(digest_code(text)),
            Self::Digest(digest) => Some(*digest),
        }
    }
}

/// Whatever the caller's statements could fail with.
pub type AlsoError = Box<dyn std::error::Error + Send + Sync>;
/// Makes the caller's own statements once the certificate is signed; they are committed with it.
pub type Also = Box<dyn FnOnce(&Issued) -> Result<Batch, AlsoError> + Send>;

/// A certificate that is asked for.
pub struct IssueRequest {
    /// Name of the profile.
    pub profile: String,
    /// The verified subject.
    pub subject: SubjectData,
    /// The request; its key is certified once its signature proves possession. Its subject and extensions
    /// are not used.
    pub request: CertificationRequest,
    /// How long it shall be valid, from now.
    pub validity: Duration,
    /// Who has it issued.
    pub actor: Actor,
    /// What it rests on.
    pub evidence: Evidence,
    /// The person who will hold it.
    pub holder: Option<Id>,
    /// The order that it comes from.
    pub order: Option<Id>,
    /// The caller's own statements; [`no_more`] for none.
    pub also: Also,
}

/// For [`IssueRequest::also`]: nothing else is committed.
#[must_use]
pub fn no_more() -> Also {
    Box::new(|_| Ok(Batch::new()))
}

impl std::fmt::Debug for IssueRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssueRequest")
            .field("profile", &self.profile)
            .field("validity", &self.validity)
            .finish_non_exhaustive()
    }
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Row identifier.
    pub id: Id,
    /// The certificate.
    pub certificate: Certificate,
    /// Its issuer, that one's issuer and so on to the root.
    pub chain: Vec<Certificate>,
    /// Serial number, 40 hexadecimal digits.
    pub serial: String,
}
