//! What is asked of signatures, and what is found about them.

use std::sync::Arc;

use chancery_x509::{Certificate, DigestAlgorithm, ObjectIdentifier, SignatureAlgorithm};

use super::binding::Binding;
use super::signer_info::{Algorithm, SignerIdentifier, SignerInfo};
use super::time_stamp::TimeStamp;
use super::{SignatureFault, TimeStampError};

/// What is asked of signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerifyPolicy {
    /// Whether SHA-1 counts, for archives of old messages.
    pub sha1: bool,
}

/// What was found about one signer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignerReport {
    /// How the signer names its certificate.
    pub identifier: SignerIdentifier,
    /// The certificate that answers to that name; where several do, the one whose key fits. Signers of one certificate share it.
    pub certificate: Option<Arc<Certificate>>,
    /// The digest of the content.
    pub digest: Algorithm<DigestAlgorithm>,
    /// The signature algorithm.
    pub algorithm: Algorithm<SignatureAlgorithm>,
    /// All that is wrong with the signature; it is right when nothing is.
    pub faults: Vec<SignatureFault>,
    /// Whether attributes are signed, and with them what follows.
    pub has_attributes: bool,
    /// Whether the attributes were signed in another order than DER's, as some signers do.
    pub unordered: bool,
    /// When it was signed, as the signer claims: seconds since 1970-01-01T00:00:00Z.
    pub claimed_at: Option<i64>,
    /// Which certificate the signature is bound to by a signed attribute.
    pub binding: Binding,
    /// Whether the algorithms are signed (RFC 6211).
    pub algorithms_protected: bool,
    /// What the signer commits to (ETSI EN 319 122-1 section 5.2.3).
    pub commitments: Vec<ObjectIdentifier>,
    /// Time-stamps of the signature value, read and verified; what was not looked at is told in the last place.
    pub time_stamps: Vec<Result<TimeStamp, TimeStampError>>,
    /// Signatures over this signature.
    pub counter_signatures: Vec<SignerReport>,
}

impl SignerReport {
    /// Nothing is found yet.
    pub(super) fn of(signer: &SignerInfo) -> Self {
        Self {
            identifier: signer.identifier.clone(),
            certificate: None,
            digest: signer.digest,
            algorithm: signer.signature_algorithm(),
            faults: Vec::new(),
            has_attributes: signer.signed.is_some(),
            unordered: false,
            claimed_at: None,
            binding: Binding::Absent,
            algorithms_protected: false,
            commitments: Vec::new(),
            time_stamps: Vec::new(),
            counter_signatures: Vec::new(),
        }
    }

    /// Whether nothing is wrong with the signature. Whose key made it is for path validation to say.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.faults.is_empty()
    }
}
