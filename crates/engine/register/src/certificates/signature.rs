//! Forms that people sign as documents, each with a certificate that they registered: `CAdES` at level B-B beside the document
//! (ETSI EN 319 122-1 section 6).

use chancery_cms::signed::{
    Binding, ContentDigests, SignatureFault, SignedDataError, VerifyPolicy, read_signed_data,
};
use chancery_cms::{oid, stream::Limits};
use chancery_keys::AwsLc;
use chancery_path::{Purpose, Revocation};
use chancery_store::{Batch, Timestamp, args};
use chancery_x509::Certificate;

use super::{
    AnchorPurpose, CertificateLogInError, Certificates, RegisteredCertificate,
    anchor::fingerprint,
    log_in::{refusal, stands},
    trust::{self, Memory, Question},
};
use crate::{Fault, PersonId, Principal};

/// Most octets of a signature: one signer with the certificates above it has a quarter of that.
pub const MAX_SIGNATURE: usize = 32 << 10;

/// Most certificates in it: no path of ours is as long.
const MAX_CERTIFICATES: usize = 10;

/// A document and the signature that somebody made over it: verified, by a certificate that was theirs and valid then. Nothing else makes one.
#[derive(Clone, Debug)]
pub struct SignedDocument {
    document: Vec<u8>,
    signature: Vec<u8>,
    known: RegisteredCertificate,
    claimed_at: Timestamp,
}

impl SignedDocument {
    /// What was signed.
    #[must_use]
    pub fn document(&self) -> &[u8] {
        &self.document
    }

    /// The signature, as it came: CMS, BER or DER.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Who signed.
    #[must_use]
    pub const fn signer(&self) -> PersonId {
        self.known.holder
    }

    /// With which certificate.
    #[must_use]
    pub const fn certificate(&self) -> &Certificate {
        &self.known.certificate
    }

    /// When, as the signer's clock had it.
    #[must_use]
    pub const fn claimed_at(&self) -> Timestamp {
        self.claimed_at
    }

    /// Has a batch conflict where the certificate was removed from the register meanwhile, or found revoked.
    pub fn guard(&self, batch: &mut Batch) {
        batch.one(
            "update register_certificates set tried_at = tried_at
             where id = $1 and person = $2 and signing and revoked_at is null",
            args![self.known.id, self.known.holder],
        );
    }
}

/// A signature was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum SignatureError {
    /// Larger than any that is asked for.
    #[error("a signature of {octets} octets; at most {max} are read")]
    TooLarge {
        /// Its octets.
        octets: usize,
        /// The most.
        max: usize,
    },
    /// It is no signature that can be read.
    #[error("the signature cannot be read")]
    Unreadable(#[source] SignedDataError),
    /// It brings content of its own: what was signed is to be what the portal has.
    #[error("the content is in the signature; it is asked for beside it")]
    Embedded,
    /// None or several.
    #[error("there are {count} signers; one is asked for")]
    Signers {
        /// How many.
        count: usize,
    },
    /// It is not at level B-B, or has more than belongs there.
    #[error("the signature is not CAdES at level B-B: {0}")]
    Profile(&'static str),
    /// It is right, over another document.
    #[error("another document was signed")]
    OtherDocument,
    /// It is wrong.
    #[error("the signature is wrong")]
    Wrong(#[source] Box<SignatureFault>),
    /// The certificate is not registered for signing by the person who submits; whose it is otherwise is nobody's business.
    #[error("the certificate is not registered for the person who signs")]
    NotTheirs,
    /// The certificate is not accepted, for a reason that a log-in would have, too.
    #[error("the certificate is not accepted")]
    Certificate(#[source] CertificateLogInError),
    /// Something beneath failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Certificates {
    /// Verifies the signature over a document that the caller made itself, of what it has, for this person to sign: one signer, beside the
    /// document, CAdES-B-B, nothing added; by a certificate that this person registered for signing and whose path leads to an authority that
    /// is supported for that, made for signing documents, not revoked. Nothing is fetched but for the person's own certificates, which
    /// whoever sent this signed with.
    pub async fn verify_document(
        &self,
        principal: &Principal,
        document: Vec<u8>,
        signature: Vec<u8>,
        now: Timestamp,
    ) -> Result<SignedDocument, SignatureError> {
        let (leaf, claimed_at) = signer_of(&document, &signature)?;
        let claim = self.by_fingerprint(&fingerprint(&leaf)).await?;
        let claim = claim.ok_or(SignatureError::NotTheirs)?;
        if !claim.theirs {
            return Err(refused(CertificateLogInError::NotProved));
        }
        let known = claim.known;
        if known.holder != principal.person || !known.uses.signing {
            return Err(SignatureError::NotTheirs);
        }
        // Its key asks for no password: whoever holds the device would sign.
        if known.device.is_some() {
            return Err(refused(CertificateLogInError::OfDevice));
        }
        stands(&known, now).map_err(refused)?;
        let chain = [known.chain.as_slice(), &self.between].concat();
        let question = Question {
            leaf: &leaf,
            chain: &chain,
            purposes: &[AnchorPurpose::Sign],
            made_for: Purpose::DocumentSign,
            revocation: Revocation::default(),
            now,
        };
        let anchors = self.register.anchors().await?;
        let fetcher = Some(self.fetcher.as_ref());
        let path = trust::check(&anchors, &question, fetcher, &mut Memory::default()).await;
        self.learn(&known, &path, now).await?;
        path.map_err(|distrust| refused(refusal(&leaf, distrust)))?;
        Ok(SignedDocument {
            document,
            signature,
            known,
            claimed_at,
        })
    }
}

fn refused(error: CertificateLogInError) -> SignatureError {
    match error {
        CertificateLogInError::Fault(fault) => SignatureError::Fault(fault),
        other => SignatureError::Certificate(other),
    }
}

/// The certificate whose key signed the document, and when that was by the signer's clock. Whose certificate it is, is not asked here.
fn signer_of(
    document: &[u8],
    signature: &[u8],
) -> Result<(Certificate, Timestamp), SignatureError> {
    let octets = signature.len();
    if octets > MAX_SIGNATURE {
        let max = MAX_SIGNATURE;
        return Err(SignatureError::TooLarge { octets, max });
    }
    let signed = read_signed_data(signature, &mut Vec::new(), Limits::default(), &AwsLc)
        .map_err(SignatureError::Unreadable)?;
    if signed.content().is_some() {
        return Err(SignatureError::Embedded);
    }
    let [one] = signed.signers() else {
        let count = signed.signers().len();
        return Err(SignatureError::Signers { count });
    };
    let profile = |what| Err(SignatureError::Profile(what));
    if signed.content_type() != oid::DATA {
        return profile("the content is said to be something else than data");
    }
    let certificates = signed.certificates().len() + signed.other_certificates();
    if certificates > MAX_CERTIFICATES {
        return profile("there are more certificates in it than any path has");
    }
    if !signed.revocation_lists().is_empty() || !signed.ocsp_responses().is_empty() {
        return profile("there are lists or answers on revocation in it");
    }
    if one.unsigned_attributes().iter().next().is_some() {
        return profile("something was added to it afterwards");
    }
    let digests = ContentDigests::of(document, signed.digests(), &AwsLc);
    let policy = VerifyPolicy::default();
    let mut reports = signed.verify(Some(&digests), &[], policy, &AwsLc);
    let Some(report) = reports.pop() else {
        return Err(SignatureError::Signers { count: 0 });
    };
    // The digest alone does not fit: the key did sign, something else.
    if report.faults == [SignatureFault::Content] {
        return Err(SignatureError::OtherDocument);
    }
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(SignatureError::Wrong(Box::new(fault)));
    }
    // ETSI EN 319 122-1 section 6.3, table 1: signed attributes, the certificate and the time among them.
    let is_bound = matches!(report.binding, Binding::SigningCertificateV2(digest) if digest.is_collision_resistant());
    if !report.has_attributes || !is_bound {
        return profile("signing-certificate-v2 is missing");
    }
    let Some(claimed_at) = report.claimed_at else {
        return profile("signing-time is missing");
    };
    let Some(certificate) = report.certificate else {
        return Err(SignatureError::Wrong(Box::new(
            SignatureFault::NoCertificate,
        )));
    };
    let claimed_at = Timestamp::from_secs(claimed_at);
    Ok((certificate.as_ref().clone(), claimed_at))
}
