//! One validation at work: what it draws on, what it may spend, what it has verified.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chancery_x509::extension::KeyUsage;
use chancery_x509::{
    Crypto, DigestAlgorithm, ParseError, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm,
    VerifyError,
};

use crate::anchor::TrustAnchor;
use crate::budget::Budget;
use crate::certificate::PathCertificate;
use crate::failure::FailureKind;
use crate::fetch::Fetch;
use crate::identity::Identity;
use crate::name::NameKey;
use crate::purpose::Purpose;
use crate::settings::{PolicyInputs, Settings};
use crate::store::Store;
use crate::validation::MAX_FETCHES;

/// The state of one validation.
pub(crate) struct Work<'a> {
    pub(crate) store: &'a Store,
    pub(crate) settings: &'a Settings,
    pub(crate) crypto: &'a dyn Crypto,
    pub(crate) budget: Budget,
    // By certificate and issuer: each signature is verified once.
    verified: RefCell<HashMap<(usize, usize), Result<(), FailureKind>>>,
    wanted: RefCell<Wanted>,
    // Certificates whose own validity or status is being found out, further up the stack.
    entered: RefCell<Vec<usize>>,
}

/// What could be fetched to come further.
#[derive(Default)]
struct Wanted {
    fetches: Vec<Fetch>,
    // Certificates whose addresses were looked at, with the issuer where it is their status that is asked for.
    asked: HashSet<(usize, Option<usize>)>,
}

/// Who signs: a trust anchor or the holder of a certificate.
#[derive(Clone, Copy)]
pub(crate) enum Issuer<'a> {
    Anchor(&'a Arc<TrustAnchor>),
    Certificate(&'a PathCertificate),
}

impl<'a> Issuer<'a> {
    pub(crate) fn name(self) -> &'a NameKey {
        match self {
            Self::Anchor(anchor) => anchor.name(),
            Self::Certificate(certificate) => certificate.subject(),
        }
    }

    pub(crate) fn public_key(self) -> &'a PublicKeyInfo {
        match self {
            Self::Anchor(anchor) => anchor.public_key(),
            Self::Certificate(certificate) => certificate.certificate().public_key(),
        }
    }

    pub(crate) fn may_sign_lists(self) -> bool {
        match self {
            Self::Anchor(anchor) => anchor.may_sign_lists(),
            Self::Certificate(certificate) => {
                let usage = certificate.extensions().key_usage;
                usage.is_none_or(|usage| usage.contains(KeyUsage::CRL_SIGN))
            }
        }
    }

    fn id(self) -> usize {
        match self {
            Self::Anchor(anchor) => Arc::as_ptr(anchor).addr(),
            Self::Certificate(certificate) => certificate.id(),
        }
    }
}

/// What a path is built for.
pub(crate) struct Goal<'a> {
    /// The one trust anchor allowed, where there is but one.
    pub(crate) anchor: Option<&'a Arc<TrustAnchor>>,
    pub(crate) purpose: Purpose,
    pub(crate) identity: Option<&'a Identity>,
    pub(crate) policies: PolicyInputs,
    /// How many list issuers or responders further up the stack wait for this path.
    pub(crate) depth: u8,
}

impl<'a> Goal<'a> {
    pub(crate) fn end_entity(settings: &'a Settings) -> Self {
        Self {
            anchor: None,
            purpose: settings.purpose,
            identity: settings.identity.as_ref(),
            policies: settings.policies.clone(),
            depth: 0,
        }
    }

    /// "The trust anchor for the certification path MUST be the same as the trust anchor used to validate the target certificate."
    pub(crate) fn list_issuer(anchor: &'a Arc<TrustAnchor>, depth: u8) -> Self {
        Self {
            anchor: Some(anchor),
            purpose: Purpose::Any,
            identity: None,
            policies: PolicyInputs::default(),
            depth,
        }
    }
}

impl<'a> Work<'a> {
    pub(crate) fn new(store: &'a Store, settings: &'a Settings, crypto: &'a dyn Crypto) -> Self {
        Self {
            store,
            settings,
            crypto,
            budget: Budget::new(settings.limits),
            verified: RefCell::default(),
            wanted: RefCell::default(),
            entered: RefCell::default(),
        }
    }

    /// Step (a)(1) of section 6.1.3.
    pub(crate) fn certificate_signature(
        &self,
        certificate: &PathCertificate,
        issuer: Issuer<'_>,
    ) -> Result<(), FailureKind> {
        let key = (certificate.id(), issuer.id());
        if let Some(known) = self.verified.borrow().get(&key) {
            return known.clone();
        }
        let result = self.verify(certificate, issuer.public_key());
        if !matches!(result, Err(FailureKind::Budget { .. })) {
            self.verified.borrow_mut().insert(key, result.clone());
        }
        result
    }

    fn verify(
        &self,
        certificate: &PathCertificate,
        key: &PublicKeyInfo,
    ) -> Result<(), FailureKind> {
        let certificate = certificate.certificate();
        let algorithm = match certificate.signature_algorithm() {
            Ok(algorithm) => algorithm,
            Err(ParseError::UnknownAlgorithm { oid }) => {
                return Err(FailureKind::UnsupportedAlgorithm { algorithm: oid });
            }
            Err(problem) => return Err(FailureKind::Unreadable { problem }),
        };
        self.check_algorithm(algorithm, key)?;
        self.budget.signature(certificate.as_der().len())?;
        certificate
            .verify_signature(key, self.crypto)
            .map_err(|error| match error {
                VerifyError::UnsupportedAlgorithm(algorithm) => FailureKind::UnsupportedAlgorithm {
                    algorithm: algorithm.oid(),
                },
                VerifyError::UnusableKey => FailureKind::UnusableKey,
                _ => FailureKind::BadSignature,
            })
    }

    /// Whether algorithm and key are good enough.
    pub(crate) fn check_algorithm(
        &self,
        algorithm: SignatureAlgorithm,
        key: &PublicKeyInfo,
    ) -> Result<(), FailureKind> {
        let policy = &self.settings.algorithms;
        if !policy.sha1 && algorithm.digest() == Some(DigestAlgorithm::Sha1) {
            return Err(FailureKind::WeakDigest { algorithm });
        }
        self.check_key(key)
    }

    pub(crate) fn check_key(&self, key: &PublicKeyInfo) -> Result<(), FailureKind> {
        let least = self.settings.algorithms.least_rsa_bits;
        match key.kind() {
            PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. }
                if bits < least =>
            {
                Err(FailureKind::WeakKey { bits, least })
            }
            _ => Ok(()),
        }
    }

    /// Asks for what a certificate names, for its issuer's certificate or, by that issuer, for its status. Looks at each certificate once,
    /// and at none where as much is wanted as is ever fetched: path building comes here at every dead end.
    pub(crate) fn want(
        &self,
        certificate: &PathCertificate,
        status_by: Option<Issuer<'_>>,
        fetches: impl IntoIterator<Item = Fetch>,
    ) {
        let mut wanted = self.wanted.borrow_mut();
        if wanted.fetches.len() >= MAX_FETCHES
            || !wanted
                .asked
                .insert((certificate.id(), status_by.map(Issuer::id)))
        {
            return;
        }
        for fetch in fetches {
            if wanted.fetches.len() >= MAX_FETCHES {
                return;
            }
            if fetch.is_possible() && !wanted.fetches.contains(&fetch) {
                wanted.fetches.push(fetch);
            }
        }
    }

    pub(crate) fn into_wanted(self) -> Vec<Fetch> {
        self.wanted.into_inner().fetches
    }

    /// Marks a certificate as being looked at; false where it already is, and a circle would begin.
    pub(crate) fn enter(&self, id: usize) -> bool {
        let mut entered = self.entered.borrow_mut();
        let new = !entered.contains(&id);
        if new {
            entered.push(id);
        }
        new
    }

    pub(crate) fn leave(&self) {
        self.entered.borrow_mut().pop();
    }
}
