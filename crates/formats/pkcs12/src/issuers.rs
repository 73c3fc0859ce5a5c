//! Chains put together from the certificates of a file.

use std::collections::{BTreeMap, BTreeSet};

use chancery_x509::Certificate;

/// The longest chain that is put together.
const MAX_CHAIN: usize = 32;

/// Certificates by their subjects, each once: made once, however many chains are put together from them.
pub struct Issuers<'a> {
    by_subject: BTreeMap<&'a [u8], Vec<Candidate<'a>>>,
}

struct Candidate<'a> {
    certificate: &'a Certificate,
    key_identifier: Option<Vec<u8>>,
}

impl<'a> Issuers<'a> {
    /// Of several that fit, the first one given is taken.
    pub fn new(certificates: impl IntoIterator<Item = &'a Certificate>) -> Self {
        let mut seen = BTreeSet::new();
        let mut by_subject: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for certificate in certificates {
            if seen.insert(certificate.as_der()) {
                let named = by_subject
                    .entry(certificate.subject().as_der())
                    .or_default();
                named.push(Candidate {
                    certificate,
                    key_identifier: certificate.subject_key_identifier(),
                });
            }
        }
        Self { by_subject }
    }

    /// The issuers above a certificate, each behind what it issued, at most 32; by name and key identifier as
    /// [`Certificate::is_issued_by`], no signature is verified. Cross-certificates may lead in a circle: each comes once, and
    /// the certificate itself not at all.
    #[must_use]
    pub fn chain_of(&self, certificate: &Certificate) -> Vec<&'a Certificate> {
        let mut chain: Vec<&'a Certificate> = Vec::new();
        let itself = self
            .named(certificate.subject().as_der())
            .find(|candidate| candidate.certificate == certificate)
            .map(|candidate| candidate.certificate);
        let mut last = certificate;
        while chain.len() < MAX_CHAIN {
            let wanted = last.authority_key_identifier();
            let issuer = self
                .named(last.issuer().as_der())
                .filter(|candidate| match (&wanted, &candidate.key_identifier) {
                    (Some(wanted), Some(has)) => wanted == has,
                    _ => true,
                })
                .map(|candidate| candidate.certificate)
                // Each certificate is here once, so that its address tells it from the others.
                .find(|issuer| {
                    let is_it = |other: &&'a Certificate| std::ptr::eq(*other, *issuer);
                    !itself.as_ref().is_some_and(is_it) && !chain.iter().any(is_it)
                });
            let Some(issuer) = issuer else { break };
            chain.push(issuer);
            last = issuer;
        }
        chain
    }

    fn named(&self, subject: &[u8]) -> impl Iterator<Item = &Candidate<'a>> {
        self.by_subject.get(subject).into_iter().flatten()
    }
}
