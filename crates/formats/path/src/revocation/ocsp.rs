//! OCSP responses (RFC 6960 section 3.2).

use chancery_x509::extension::KeyUsage;
use chancery_x509::ocsp::{
    BasicResponse, CertId, CertStatus, Request, ResponderId, Response, ResponseStatus,
    SingleResponse,
};
use chancery_x509::{Crypto, DigestAlgorithm, PublicKeyInfo, oid};

use super::{Evidence, Question, Status, Unknown, covers};
use crate::anchor::validity;
use crate::certificate::PathCertificate;
use crate::failure::FailureKind;
use crate::name::NameKey;
use crate::settings::Revocation;
use crate::work::{Issuer, Work};

/// How deep a responder's certificate may itself be asked about.
const DEPTH: u8 = 2;

/// A response ready for validation.
#[derive(Debug)]
pub struct OcspAnswer {
    status: ResponseStatus,
    basic: Option<BasicResponse>,
    responder: Option<NameKey>,
    certificates: Vec<PathCertificate>,
}

impl OcspAnswer {
    /// Makes a response ready.
    #[must_use]
    pub fn new(response: Response) -> Self {
        let certificates = response.basic.iter().flat_map(|basic| &basic.certificates);
        let responder = response.basic.as_ref();
        let responder = responder.and_then(|basic| match &basic.data.responder_id {
            ResponderId::ByName(name) => Some(NameKey::new(name)),
            ResponderId::ByKey(_) => None,
        });
        Self {
            status: response.status,
            responder,
            certificates: certificates.cloned().map(PathCertificate::new).collect(),
            basic: response.basic,
        }
    }
}

/// What responses about one certificate are known by: digests of the issuer's name and key, each taken once.
struct IssuerHashes<'q> {
    question: Question<'q>,
    taken: Vec<(DigestAlgorithm, Vec<u8>, Vec<u8>)>,
}

impl<'q> IssuerHashes<'q> {
    fn new(question: Question<'q>) -> Self {
        Self {
            question,
            taken: Vec::new(),
        }
    }

    /// Whether a single response is about the certificate: by any digest, of the issuer's name and key.
    fn is_about(&mut self, single: &SingleResponse, crypto: &dyn Crypto) -> bool {
        let certificate = self.question.certificate.certificate();
        let id = &single.cert_id;
        if id.serial() != certificate.serial() {
            return false;
        }
        let algorithm = id.hash_algorithm();
        if !self.taken.iter().any(|(known, ..)| *known == algorithm) {
            let name = crypto.digest(algorithm, certificate.issuer().as_der());
            let key = self.question.issuer.public_key().subject_public_key();
            self.taken
                .push((algorithm, name, crypto.digest(algorithm, key)));
        }
        self.taken.iter().any(|(known, name, key)| {
            *known == algorithm
                && id.issuer_name_hash() == name.as_slice()
                && id.issuer_key_hash() == key.as_slice()
        })
    }
}

/// A request for one certificate, by SHA-1 as every responder understands it (RFC 5019 section 2.1.1).
pub(super) fn request(
    certificate: &PathCertificate,
    issuer: Issuer<'_>,
    crypto: &dyn Crypto,
) -> Vec<u8> {
    let certificate = certificate.certificate();
    let id = CertId::of(
        DigestAlgorithm::Sha1,
        certificate.issuer(),
        issuer.public_key(),
        certificate.serial(),
        crypto,
    );
    let request = Request {
        cert_ids: vec![id],
        nonce: None,
    };
    request.to_der()
}

impl Work<'_> {
    /// What the responses at hand say.
    pub(super) fn ocsp(
        &self,
        question: Question<'_>,
    ) -> Result<Result<Status, Unknown>, FailureKind> {
        let mut unknown = Unknown::NoInformation;
        let mut good = None;
        let mut hashes = IssuerHashes::new(question);
        for answer in self.store.answers() {
            let Some(basic) = &answer.basic else {
                note(&mut unknown, Unknown::NoAnswer(answer.status));
                continue;
            };
            let mut singles = basic.data.responses.iter();
            let Some(single) = singles.find(|single| hashes.is_about(single, self.crypto)) else {
                continue;
            };
            if !self.is_fresh(single) {
                let this_update = single.this_update;
                note(&mut unknown, Unknown::StaleResponse { this_update });
                continue;
            }
            if !self.is_authorized(answer, basic, question)? {
                note(&mut unknown, Unknown::UnauthorizedResponder);
                continue;
            }
            match single.status {
                CertStatus::Revoked { revoked_at, reason } => {
                    return Ok(Ok(Status::Revoked { revoked_at, reason }));
                }
                CertStatus::Unknown => note(&mut unknown, Unknown::UnknownToResponder),
                CertStatus::Good => {
                    good = Some(Evidence::Ocsp {
                        this_update: single.this_update,
                        next_update: single.next_update,
                    });
                }
            }
        }
        Ok(good.map(Status::Good).ok_or(unknown))
    }

    fn is_fresh(&self, single: &SingleResponse) -> bool {
        let Revocation::Required {
            skew,
            without_next_update,
        } = self.settings.revocation
        else {
            return true;
        };
        let end = single
            .next_update
            .unwrap_or_else(|| single.this_update.saturating_add(without_next_update));
        covers(single.this_update, Some(end), self.settings.at, skew)
    }

    /// Section 4.2.2.2: the issuer itself, or a responder whose certificate that very key issued with id-kp-OCSPSigning.
    fn is_authorized(
        &self,
        answer: &OcspAnswer,
        basic: &BasicResponse,
        question: Question<'_>,
    ) -> Result<bool, FailureKind> {
        let issuer = question.issuer;
        if self.is_named(answer, basic, issuer.name(), issuer.public_key())
            && self.answer_signature(basic, issuer.public_key())?
        {
            return Ok(true);
        }
        for responder in &answer.certificates {
            let key = responder.certificate().public_key();
            if self.is_named(answer, basic, responder.subject(), key)
                && self.is_delegated(responder, issuer)?
                && self.answer_signature(basic, key)?
            {
                return self.is_responder_good(responder, question);
            }
        }
        Ok(false)
    }

    fn is_named(
        &self,
        answer: &OcspAnswer,
        basic: &BasicResponse,
        name: &NameKey,
        key: &PublicKeyInfo,
    ) -> bool {
        match &basic.data.responder_id {
            ResponderId::ByName(_) => answer.responder.as_ref() == Some(name),
            ResponderId::ByKey(hash) => *hash == key.key_identifier(self.crypto),
        }
    }

    fn is_delegated(
        &self,
        responder: &PathCertificate,
        issuer: Issuer<'_>,
    ) -> Result<bool, FailureKind> {
        let extensions = responder.extensions();
        let certificate = responder.certificate();
        let names = extensions
            .extended_key_usage
            .as_ref()
            .is_some_and(|usage| usage.contains(&oid::EKU_OCSP_SIGNING));
        let signs = extensions
            .key_usage
            .is_none_or(|usage| usage.contains(KeyUsage::DIGITAL_SIGNATURE));
        let (from, to) = (certificate.not_before(), certificate.not_after());
        let fits = names
            && signs
            && responder.issuer() == issuer.name()
            && validity(from, to, self.settings.at).is_ok()
            && responder
                .extension_failures(&self.settings.understood_extensions)
                .is_empty();
        if !fits {
            return Ok(false);
        }
        match self.certificate_signature(responder, issuer) {
            Ok(()) => Ok(true),
            Err(budget @ FailureKind::Budget { .. }) => Err(budget),
            Err(_) => Ok(false),
        }
    }

    /// Section 4.2.2.2.1: nocheck, or the status by the places that the certificate names; one that names none lives as long as it says.
    fn is_responder_good(
        &self,
        responder: &PathCertificate,
        question: Question<'_>,
    ) -> Result<bool, FailureKind> {
        let extensions = responder.extensions();
        let mut asked = extensions.information.uris(oid::ACCESS_OCSP);
        let names_none = asked.next().is_none() && extensions.distribution_points.0.is_empty();
        if extensions.no_check && !responder.is_ca() {
            return Ok(true);
        }
        if question.depth >= DEPTH || !self.enter(responder.id()) {
            return Ok(false);
        }
        let status = self.revocation(Question {
            certificate: responder,
            responder: false,
            depth: question.depth + 1,
            ..question
        });
        self.leave();
        match status {
            Ok(_) => Ok(true),
            Err(budget @ FailureKind::Budget { .. }) => Err(budget),
            Err(FailureKind::RevocationUnknown(_)) => Ok(names_none),
            Err(_) => Ok(false),
        }
    }

    fn answer_signature(
        &self,
        basic: &BasicResponse,
        key: &PublicKeyInfo,
    ) -> Result<bool, FailureKind> {
        if self.check_algorithm(basic.algorithm, key).is_err() {
            return Ok(false);
        }
        self.budget.signature(basic.data_der.len())?;
        Ok(basic.verify_signature(key, self.crypto).is_ok())
    }
}

fn note(unknown: &mut Unknown, why: Unknown) {
    if why.rank() >= unknown.rank() {
        *unknown = why;
    }
}
