//! What validation may draw on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chancery_x509::ocsp::Response;
use chancery_x509::{Certificate, CertificateList, Name, ParseError};

use crate::anchor::TrustAnchor;
use crate::certificate::PathCertificate;
use crate::loose::{Loose, list_issuer};
use crate::name::NameKey;
use crate::revocation::{OcspAnswer, Recency, RevocationList};

/// Trust anchors, intermediate certificates, revocation lists and OCSP responses, found by name. What is in it is believed only as far
/// as it is signed; the trust anchors alone are trusted.
#[derive(Debug, Default)]
pub struct Store {
    anchors: HashMap<NameKey, Vec<Arc<TrustAnchor>>>,
    certificates: HashMap<NameKey, Vec<PathCertificate>>,
    // All of `certificates`.
    known: HashSet<PathCertificate>,
    lists: HashMap<NameKey, Lists>,
    answers: Vec<OcspAnswer>,
    // What cannot be read, by the name that could be: the reason why a path ends there.
    unreadable_certificates: HashMap<NameKey, Unreadable>,
    unreadable_lists: HashMap<NameKey, Unreadable>,
}

/// One issuer's lists, the newest first; of equals the one that came first.
type Lists = BTreeMap<(Reverse<Recency>, usize), Arc<RevocationList>>;

/// Something that cannot be read, and whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    pub(crate) name: String,
    pub(crate) problem: ParseError,
}

impl Store {
    /// With nothing in it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts an anchor.
    pub fn add_anchor(&mut self, anchor: TrustAnchor) {
        let same = self.anchors.entry(anchor.name().clone()).or_default();
        same.push(Arc::new(anchor));
    }

    /// Adds an intermediate certificate, or one that signs lists; the same twice is kept once.
    pub fn add_certificate(&mut self, certificate: impl Into<PathCertificate>) {
        let certificate = certificate.into();
        if self.known.insert(certificate.clone()) {
            let subject = certificate.subject().clone();
            self.certificates
                .entry(subject)
                .or_default()
                .push(certificate);
        }
    }

    /// Adds a revocation list. Its entries are read now, its signature is verified when it is needed, once.
    pub fn add_list(&mut self, list: CertificateList) {
        self.add_ready_list(Arc::new(RevocationList::new(list)));
    }

    /// Adds a revocation list that was made ready before, and remembers the keys that verified it.
    pub fn add_ready_list(&mut self, list: Arc<RevocationList>) {
        let same = self.lists.entry(list.issuer().clone()).or_default();
        same.insert((Reverse(list.recency()), same.len()), list);
    }

    /// Adds an OCSP response.
    pub fn add_answer(&mut self, response: Response) {
        self.answers.push(OcspAnswer::new(response));
    }

    /// Adds a DER certificate. One that cannot be read does no harm; it is named as the reason where a path ends for want of it.
    pub fn add_certificate_der(&mut self, der: &[u8]) -> Result<(), ParseError> {
        match Certificate::from_der(der) {
            Ok(certificate) => self.add_certificate(certificate),
            Err(problem) => {
                let subject = Loose::read(der).map(|loose| loose.subject);
                note(&mut self.unreadable_certificates, subject, &problem);
                return Err(problem);
            }
        }
        Ok(())
    }

    /// Adds a DER revocation list. One that cannot be read does no harm; it is named as the reason where it would have been needed.
    pub fn add_list_der(&mut self, der: &[u8]) -> Result<(), ParseError> {
        match CertificateList::from_der(der) {
            Ok(list) => self.add_list(list),
            Err(problem) => {
                note(&mut self.unreadable_lists, list_issuer(der), &problem);
                return Err(problem);
            }
        }
        Ok(())
    }

    /// Adds a DER OCSP response.
    pub fn add_answer_der(&mut self, der: &[u8]) -> Result<(), ParseError> {
        self.add_answer(Response::from_der(der)?);
        Ok(())
    }

    pub(crate) fn anchors_named(&self, name: &NameKey) -> &[Arc<TrustAnchor>] {
        self.anchors.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn named(&self, name: &NameKey) -> &[PathCertificate] {
        self.certificates.get(name).map_or(&[], Vec::as_slice)
    }

    /// The lists of an issuer, the newest first.
    pub(crate) fn lists_of(&self, issuer: &NameKey) -> impl Iterator<Item = &Arc<RevocationList>> {
        self.lists.get(issuer).into_iter().flat_map(Lists::values)
    }

    pub(crate) fn unreadable_certificate(&self, subject: &NameKey) -> Option<&Unreadable> {
        self.unreadable_certificates.get(subject)
    }

    pub(crate) fn unreadable_list(&self, issuer: &NameKey) -> Option<&Unreadable> {
        self.unreadable_lists.get(issuer)
    }

    pub(crate) fn answers(&self) -> &[OcspAnswer] {
        &self.answers
    }
}

fn note(
    map: &mut HashMap<NameKey, Unreadable>,
    name: Result<Name, ParseError>,
    problem: &ParseError,
) {
    if let Ok(name) = name {
        map.insert(
            NameKey::new(&name),
            Unreadable {
                name: name.one_line(),
                problem: problem.clone(),
            },
        );
    }
}
