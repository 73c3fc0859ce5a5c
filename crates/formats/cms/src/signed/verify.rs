//! Verifying signatures: each signer by itself, each finding by itself.
//!
//! Whether the certificate may be trusted is not asked here: that is path validation.

use std::rc::Rc;

use chancery_x509::asn1::Reader;
use chancery_x509::{
    Certificate, Crypto, DigestAlgorithm, ObjectIdentifier, SignatureAlgorithm, VerifyError, time,
};

use super::added::MAX_DEPTH;
use super::attribute::Attributes;
use super::binding;
use super::budget::{Budget, Spent};
use super::digest::ContentDigests;
use super::known::Known;
use super::report::{SignerReport, VerifyPolicy};
use super::signer_info::{Algorithm, SignerInfo};
use super::{SignatureFault, SignedData};
use crate::oid;

/// Most certificates that are tried for one signer, where several answer to its name.
const MAX_CANDIDATES: usize = 8;

/// What a signature covers.
#[derive(Clone, Copy)]
pub(super) enum Covered<'a> {
    /// Content of this type; none if it is not at hand.
    Content(Option<&'a ContentDigests>, ObjectIdentifier),
    /// Another signature's value (RFC 5652 section 11.4).
    Signature(&'a [u8]),
}

impl SignedData {
    /// Verifies every signer. `detached` is what is known of content that came apart; it is not looked at where the structure holds content.
    /// `more` are certificates that may be missing inside.
    ///
    /// A structure without signers gives an empty list: it is not signed.
    #[must_use]
    pub fn verify(
        &self,
        detached: Option<&ContentDigests>,
        more: &[Certificate],
        policy: VerifyPolicy,
        crypto: &dyn Crypto,
    ) -> Vec<SignerReport> {
        let budget = Budget::new();
        let verifier = Verifier {
            known: Known::all(self.certificates.iter().chain(more)),
            policy,
            crypto,
            budget: &budget,
        };
        let content = self.content.as_ref().or(detached);
        verifier.verify_all(self, content, MAX_DEPTH)
    }
}

/// What all signers of a message share.
pub(super) struct Verifier<'a> {
    known: Vec<Rc<Known<'a>>>,
    pub(super) policy: VerifyPolicy,
    pub(super) crypto: &'a dyn Crypto,
    pub(super) budget: &'a Budget,
}

/// The message under a signature, in the forms in which it may have been signed.
enum Message<'a> {
    /// Attributes in DER order, and as received where that is another.
    Attributes(Vec<Vec<u8>>),
    /// The content itself, by its digest or whole.
    Content(&'a ContentDigests),
    /// Octets at hand.
    Octets(&'a [u8]),
}

impl<'a> Verifier<'a> {
    /// With these certificates.
    pub(super) fn new(
        certificates: &'a [Certificate],
        policy: VerifyPolicy,
        crypto: &'a dyn Crypto,
        budget: &'a Budget,
    ) -> Self {
        Self {
            known: Known::all(certificates.iter()),
            policy,
            crypto,
            budget,
        }
    }

    /// For a structure inside a signature: its certificates come first, and the budget is the same.
    pub(super) fn inside<'b>(&'b self, signed: &'b SignedData) -> Verifier<'b> {
        let mut known = Known::all(signed.certificates.iter());
        known.extend(self.known.iter().cloned());
        Verifier {
            known,
            policy: self.policy,
            crypto: self.crypto,
            budget: self.budget,
        }
    }

    /// Every signer of a structure.
    pub(super) fn verify_all(
        &self,
        signed: &SignedData,
        content: Option<&ContentDigests>,
        depth: usize,
    ) -> Vec<SignerReport> {
        let covered = Covered::Content(content, signed.content_type);
        let mut reports: Vec<_> = signed
            .signers
            .iter()
            .map(|signer| match self.budget.report() {
                Ok(()) => self.verify(signer, covered),
                Err(spent) => unverified(signer, spent),
            })
            .collect();
        // Last, since anybody can add to a signature: what was added must not use up the work of other signers.
        for (signer, report) in signed.signers.iter().zip(&mut reports) {
            self.follow_added(signer, depth, report);
        }
        reports
    }

    pub(super) fn verify(&self, signer: &SignerInfo, covered: Covered<'_>) -> SignerReport {
        let mut report = SignerReport::of(signer);
        self.check_algorithms(&mut report);
        let message = match &signer.signed {
            Some(attributes) => {
                self.check_attributes(signer, attributes, covered, &mut report);
                Some(Message::Attributes(forms(attributes)))
            }
            None => without_attributes(covered, &mut report),
        };
        self.check_signature(signer, message.as_ref(), &mut report);
        if let (Some(attributes), Some(certificate)) = (&signer.signed, &report.certificate) {
            match binding::check(attributes, certificate, self.crypto) {
                Ok(binding) => report.binding = binding,
                Err(fault) => report.faults.push(fault),
            }
        }
        report
    }

    fn check_algorithms(&self, report: &mut SignerReport) {
        if let Algorithm::Unknown(oid) = report.digest {
            report
                .faults
                .push(SignatureFault::UnsupportedDigest { oid });
        }
        if let Algorithm::Unknown(oid) = report.algorithm {
            report
                .faults
                .push(SignatureFault::UnsupportedSignature { oid });
        }
        let (Some(digest), Some(algorithm)) = (report.digest.known(), report.algorithm.known())
        else {
            return;
        };
        // RFC 8419 section 3.1: Ed25519 goes with SHA-512, which it uses inside.
        let wanted = algorithm.digest().unwrap_or(DigestAlgorithm::Sha512);
        let signs_content = !report.has_attributes && algorithm.digest().is_none();
        if digest != wanted && !signs_content {
            report.faults.push(SignatureFault::DigestDiffers {
                content: digest,
                signature: wanted,
            });
        }
        if let Some(weak) = [digest, wanted]
            .into_iter()
            .find(|digest| !digest.is_collision_resistant())
            && !self.policy.sha1
        {
            report
                .faults
                .push(SignatureFault::WeakDigest { digest: weak });
        }
    }

    /// RFC 5652 sections 5.3, 5.6 and 11.
    fn check_attributes(
        &self,
        signer: &SignerInfo,
        attributes: &Attributes,
        covered: Covered<'_>,
        report: &mut SignerReport,
    ) {
        check_content_type(attributes, covered, &mut report.faults);
        match attributes.single(oid::MESSAGE_DIGEST) {
            Err(fault) => report.faults.push(fault),
            Ok(None) => report.faults.push(missing("messageDigest")),
            Ok(Some(value)) => {
                if let Some(digest) = report.digest.known() {
                    let computed = match covered {
                        Covered::Content(content, _) => content
                            .and_then(|content| content.digest(digest))
                            .map(<[u8]>::to_vec),
                        Covered::Signature(octets) => Some(self.crypto.digest(digest, octets)),
                    };
                    report
                        .faults
                        .extend(compare_digest(value, computed.as_deref()));
                }
            }
        }
        match attributes.single(oid::SIGNING_TIME) {
            Err(fault) => report.faults.push(fault),
            Ok(None) => {}
            Ok(Some(value)) => {
                let mut reader = Reader::new(value, "signing time");
                match time::read(&mut reader, "signing time")
                    .and_then(|at| reader.finish().map(|()| at))
                {
                    Ok(at) => report.claimed_at = Some(at),
                    Err(source) => report.faults.push(SignatureFault::AttributeDamaged {
                        name: "signingTime",
                        source,
                    }),
                }
            }
        }
        match binding::check_algorithm_protection(attributes, signer) {
            Ok(is_there) => report.algorithms_protected = is_there,
            Err(fault) => report.faults.push(fault),
        }
        match binding::read_commitments(attributes) {
            Ok(commitments) => report.commitments = commitments,
            Err(fault) => report.faults.push(fault),
        }
    }

    /// Finds the certificate whose key made the signature.
    fn check_signature(
        &self,
        signer: &SignerInfo,
        message: Option<&Message<'_>>,
        report: &mut SignerReport,
    ) {
        let mut candidates: Vec<&Known<'a>> = Vec::new();
        for known in &self.known {
            if candidates.len() >= MAX_CANDIDATES {
                break;
            }
            let is_other = |candidate: &&Known<'a>| candidate.certificate() != known.certificate();
            if known.answers_to(&signer.identifier) && candidates.iter().all(is_other) {
                candidates.push(known);
            }
        }
        // Several certificates may share a key, and a name may be copied: one that the signature is bound to goes first.
        if let Some(attributes) = &signer.signed {
            candidates.sort_by_cached_key(|candidate| {
                binding::check(attributes, candidate.certificate(), self.crypto).is_err()
            });
        }
        let Some(first) = candidates.first() else {
            report.faults.push(SignatureFault::NoCertificate);
            return;
        };
        report.certificate = Some(first.share());
        let (Some(algorithm), Some(message)) = (report.algorithm.known(), message) else {
            return;
        };
        let mut failed = VerifyError::Mismatch;
        for candidate in &candidates {
            let certificate = candidate.certificate();
            match self.verify_with(certificate, algorithm, message, &signer.signature) {
                Ok(unordered) => {
                    report.unordered = unordered;
                    report.certificate = Some(candidate.share());
                    return;
                }
                Err(Outcome::Fault(fault)) => {
                    report.faults.push(fault);
                    return;
                }
                Err(Outcome::Failed(error)) => failed = error,
            }
        }
        report.faults.push(SignatureFault::Signature(failed));
    }

    /// Whether it was the second form of the message that fits.
    fn verify_with(
        &self,
        certificate: &Certificate,
        algorithm: SignatureAlgorithm,
        message: &Message<'_>,
        signature: &[u8],
    ) -> Result<bool, Outcome> {
        let key = certificate.public_key().as_der();
        let over = |octets: &[u8]| {
            self.budget.verification()?;
            self.crypto
                .verify(algorithm, key, octets, signature)
                .map_err(Outcome::Failed)
        };
        match message {
            Message::Attributes(forms) => {
                let mut outcome = Err(Outcome::Failed(VerifyError::Mismatch));
                for (at, form) in forms.iter().enumerate() {
                    outcome = over(form).map(|()| at > 0);
                    if !matches!(outcome, Err(Outcome::Failed(_))) {
                        break;
                    }
                }
                outcome
            }
            Message::Octets(octets) => over(octets).map(|()| false),
            Message::Content(content) => {
                let Some(digest) = algorithm.digest() else {
                    let whole = content
                        .whole()
                        .ok_or(Outcome::Fault(SignatureFault::ContentTooLarge))?;
                    return over(whole).map(|()| false);
                };
                let digest = content
                    .digest(digest)
                    .ok_or(Outcome::Fault(SignatureFault::ContentMissing))?;
                self.budget.verification()?;
                self.crypto
                    .verify_digest(algorithm, key, digest, signature)
                    .map(|()| false)
                    .map_err(Outcome::Failed)
            }
        }
    }
}

enum Outcome {
    /// The signature does not fit this certificate.
    Failed(VerifyError),
    /// It cannot be verified at all.
    Fault(SignatureFault),
}

impl From<Spent> for Outcome {
    fn from(spent: Spent) -> Self {
        Self::Fault(spent.into())
    }
}

/// The report of a signer who was not looked at.
fn unverified(signer: &SignerInfo, spent: Spent) -> SignerReport {
    let mut report = SignerReport::of(signer);
    report.faults.push(spent.into());
    report
}

const fn missing(name: &'static str) -> SignatureFault {
    SignatureFault::AttributeMissing { name }
}

fn forms(attributes: &Attributes) -> Vec<Vec<u8>> {
    let mut forms = vec![attributes.to_der(), attributes.as_received()];
    forms.dedup();
    forms
}

fn without_attributes<'a>(covered: Covered<'a>, report: &mut SignerReport) -> Option<Message<'a>> {
    match covered {
        Covered::Signature(octets) => Some(Message::Octets(octets)),
        Covered::Content(content, stated) => {
            if stated != oid::DATA {
                report
                    .faults
                    .push(SignatureFault::AttributesRequired { stated });
            }
            let Some(content) = content else {
                report.faults.push(SignatureFault::ContentMissing);
                return None;
            };
            if content.looks_like_attributes() {
                report
                    .faults
                    .push(SignatureFault::ContentLooksLikeAttributes);
            }
            Some(Message::Content(content))
        }
    }
}

fn check_content_type(
    attributes: &Attributes,
    covered: Covered<'_>,
    faults: &mut Vec<SignatureFault>,
) {
    let value = match attributes.single(oid::CONTENT_TYPE) {
        Ok(value) => value,
        Err(fault) => return faults.push(fault),
    };
    match (covered, value) {
        (Covered::Signature(_), None) => {}
        (Covered::Signature(_), Some(_)) => {
            faults.push(SignatureFault::ContentTypeInCounterSignature);
        }
        (Covered::Content(..), None) => faults.push(missing("contentType")),
        (Covered::Content(_, stated), Some(value)) => {
            let mut reader = Reader::new(value, "content type");
            match reader
                .oid("content type")
                .and_then(|oid| reader.finish().map(|()| oid))
            {
                Ok(signed) if signed == stated => {}
                Ok(signed) => faults.push(SignatureFault::ContentType { signed, stated }),
                Err(source) => faults.push(SignatureFault::AttributeDamaged {
                    name: "contentType",
                    source,
                }),
            }
        }
    }
}

fn compare_digest(value: &[u8], computed: Option<&[u8]>) -> Option<SignatureFault> {
    use chancery_x509::asn1::{element, tag};
    match (
        element(value, tag::OCTET_STRING, "message digest"),
        computed,
    ) {
        (Err(source), _) => Some(SignatureFault::AttributeDamaged {
            name: "messageDigest",
            source,
        }),
        (Ok(_), None) => Some(SignatureFault::ContentMissing),
        (Ok(signed), Some(computed)) => (signed != computed).then_some(SignatureFault::Content),
    }
}
