//! Verifying signatures: each signer by itself, each finding by itself.
//!
//! Whether the certificate may be trusted is not asked here: that is path validation.

use chancery_x509::asn1::Reader;
use chancery_x509::{
    Certificate, Crypto, DigestAlgorithm, ObjectIdentifier, SignatureAlgorithm, VerifyError, time,
};

use super::attribute::Attributes;
use super::binding::{self, Binding};
use super::digest::ContentDigests;
use super::signer_info::{Algorithm, SignerIdentifier, SignerInfo};
use super::time_stamp::{TimeStamp, verify_time_stamp};
use super::{SignatureFault, SignedData, TimeStampError};
use crate::oid;

/// How deep counter-signatures and time-stamps are followed.
const MAX_DEPTH: usize = 3;
/// Most counter-signatures and time-stamps of one signer.
const MAX_ADDED: usize = 16;
/// Most certificates that are tried for one signer, where several answer to its name.
const MAX_CANDIDATES: usize = 8;

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
    /// The certificate that answers to that name; where several do, the one whose key fits.
    pub certificate: Option<Certificate>,
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
    /// Time-stamps of the signature value, read and verified.
    pub time_stamps: Vec<Result<TimeStamp, TimeStampError>>,
    /// Signatures over this signature.
    pub counter_signatures: Vec<SignerReport>,
}

impl SignerReport {
    /// Whether nothing is wrong with the signature. Whose key made it is for path validation to say.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What a signature covers.
#[derive(Clone, Copy)]
enum Covered<'a> {
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
        let content = self.content.as_ref().or(detached);
        let certificates: Vec<&Certificate> = self.certificates.iter().chain(more).collect();
        let verifier = Verifier {
            certificates: &certificates,
            policy,
            crypto,
        };
        let covered = Covered::Content(content, self.content_type);
        self.signers
            .iter()
            .map(|signer| verifier.verify(signer, covered, MAX_DEPTH))
            .collect()
    }

    /// As [`SignedData::verify`], at a given depth of tokens inside signatures.
    pub(super) fn verify_at(
        &self,
        more: &[&Certificate],
        policy: VerifyPolicy,
        depth: usize,
        crypto: &dyn Crypto,
    ) -> Vec<SignerReport> {
        let certificates: Vec<&Certificate> = self
            .certificates
            .iter()
            .chain(more.iter().copied())
            .collect();
        let verifier = Verifier {
            certificates: &certificates,
            policy,
            crypto,
        };
        let covered = Covered::Content(self.content.as_ref(), self.content_type);
        self.signers
            .iter()
            .map(|signer| verifier.verify(signer, covered, depth))
            .collect()
    }
}

struct Verifier<'a> {
    certificates: &'a [&'a Certificate],
    policy: VerifyPolicy,
    crypto: &'a dyn Crypto,
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

impl Verifier<'_> {
    fn verify(&self, signer: &SignerInfo, covered: Covered<'_>, depth: usize) -> SignerReport {
        let mut report = SignerReport {
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
        };
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
        self.follow_added(signer, depth, &mut report);
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
        let mut candidates: Vec<&Certificate> = Vec::new();
        for certificate in self.certificates {
            if candidates.len() < MAX_CANDIDATES
                && !candidates.contains(certificate)
                && signer.identifier.names(certificate)
            {
                candidates.push(certificate);
            }
        }
        // Several certificates may share a key, and a name may be copied: one that the signature is bound to goes first.
        if let Some(attributes) = &signer.signed {
            candidates.sort_by_key(|certificate| {
                binding::check(attributes, certificate, self.crypto).is_err()
            });
        }
        let Some(first) = candidates.first() else {
            report.faults.push(SignatureFault::NoCertificate);
            return;
        };
        report.certificate = Some((*first).clone());
        let (Some(algorithm), Some(message)) = (report.algorithm.known(), message) else {
            return;
        };
        let mut failed = VerifyError::Mismatch;
        for certificate in &candidates {
            match self.verify_with(certificate, algorithm, message, &signer.signature) {
                Ok(unordered) => {
                    report.unordered = unordered;
                    report.certificate = Some((*certificate).clone());
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
            self.crypto
                .verify(algorithm, key, octets, signature)
                .map_err(Outcome::Failed)
        };
        match message {
            Message::Attributes(forms) => {
                let mut outcome = Err(Outcome::Failed(VerifyError::Mismatch));
                for (at, form) in forms.iter().enumerate() {
                    outcome = over(form).map(|()| at > 0);
                    if outcome.is_ok() {
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
                self.crypto
                    .verify_digest(algorithm, key, digest, signature)
                    .map(|()| false)
                    .map_err(Outcome::Failed)
            }
        }
    }

    /// What others added to the signature: time-stamps and counter-signatures.
    fn follow_added(&self, signer: &SignerInfo, depth: usize, report: &mut SignerReport) {
        let stamps = signer.unsigned.values(oid::SIGNATURE_TIME_STAMP);
        for token in stamps.take(MAX_ADDED) {
            report.time_stamps.push(match depth.checked_sub(1) {
                None => Err(TimeStampError::TooDeep { limit: MAX_DEPTH }),
                Some(depth) => verify_time_stamp(
                    token,
                    &signer.signature,
                    self.certificates,
                    self.policy,
                    depth,
                    self.crypto,
                ),
            });
        }
        let Some(depth) = depth.checked_sub(1) else {
            return;
        };
        let counters = signer.unsigned.values(oid::COUNTERSIGNATURE);
        for value in counters.take(MAX_ADDED) {
            match SignerInfo::from_der(value) {
                Ok(counter) => report.counter_signatures.push(self.verify(
                    &counter,
                    Covered::Signature(&signer.signature),
                    depth,
                )),
                Err(source) => report.faults.push(SignatureFault::AttributeDamaged {
                    name: "countersignature",
                    source,
                }),
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
