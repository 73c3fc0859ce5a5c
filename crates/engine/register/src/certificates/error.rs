//! Why something about a registered certificate was not done.

use chancery_path::InvalidPath;
use chancery_store::Timestamp;
use chancery_x509::{ParseError, RevocationReason};

use super::{FileError, ProofProblem, Uses};
use crate::{Denied, Fault};

/// A certificate was not registered, or not removed.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The session may not do it at all.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// It is somebody else's, and the person is not authorised for the organisation, or the holder does not belong to it; or the holder
    /// is staff, whose certificates nobody else registers.
    #[error("the person may not register certificates for this holder")]
    NotTheirs,
    /// The file gives no certificate.
    #[error(transparent)]
    File(#[from] FileError),
    /// Only authorities' certificates in the file.
    #[error("there are only certificates of authorities in the file")]
    OnlyAuthorities,
    /// Several certificates beside those of authorities.
    #[error("there are {count} certificates in the file; register one at a time")]
    Several {
        /// How many.
        count: usize,
    },
    /// An extension that says what it is for cannot be read.
    #[error("what the certificate is for cannot be read")]
    Unreadable(#[source] ParseError),
    /// No supported authority issued it, or the authority is not supported for what it is wanted for.
    #[error("the certificate was not issued by a supported authority: {issuer}")]
    UnsupportedAuthority {
        /// Who issued it, as RFC 4514 writes names.
        issuer: String,
        /// What is wrong with the path.
        #[source]
        source: Option<Box<InvalidPath>>,
    },
    /// The path to a supported authority is not valid for another reason.
    #[error("the certificate's path to a supported authority is not valid")]
    InvalidPath(#[source] Box<InvalidPath>),
    /// Past its validity.
    #[error("the certificate has expired")]
    Expired {
        /// Its last second of validity.
        not_after: Timestamp,
    },
    /// Before its validity.
    #[error("the certificate is not valid yet")]
    NotYetValid {
        /// Its first second of validity.
        not_before: Timestamp,
    },
    /// Revoked.
    #[error("the certificate is revoked ({reason})")]
    Revoked {
        /// When.
        at: Timestamp,
        /// Why; certificateHold means suspended.
        reason: RevocationReason,
    },
    /// The holder has it registered.
    #[error("the certificate is registered already")]
    AlreadyRegistered,
    /// Somebody else has it registered and proved to hold its key; who, is not told.
    #[error("the certificate is registered by somebody else, who proved to hold its key")]
    RegisteredByOther,
    /// The proof that the person holds the key is worth nothing; why, is for the log.
    #[error("the proof that the key is at hand was not accepted")]
    Proof(#[from] ProofProblem),
    /// Key, keyUsage or extKeyUsage do not allow what it is wanted for.
    #[error("the certificate cannot be used for that")]
    Unfit {
        /// What it was wanted for; none where it is fit for nothing.
        wanted: Option<Uses>,
        /// What it allows.
        allowed: Uses,
    },
    /// The holder has as many pairs as anybody.
    #[error("there are {limit} pairs already; remove one first")]
    NoFreePair {
        /// How many pairs somebody has at most.
        limit: u8,
    },
    /// No such certificate, or none that the person may remove.
    #[error("there is no such certificate")]
    NoSuchCertificate,
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}
