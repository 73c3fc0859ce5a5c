//! Revocation lists (RFC 5280 section 6.3.3).

use std::sync::Arc;

use chancery_x509::RevocationReason;
use chancery_x509::extension::{
    DistributionPoint, GeneralName, IssuingDistributionPoint, KeyUsage, ListScope,
};

use super::list::{Head, RevocationList, UnusableList, directory};
use super::reasons::Reasons;
use super::{Evidence, Question, Status, Unknown, covers};
use crate::certificate::PathCertificate;
use crate::failure::FailureKind;
use crate::name::NameKey;
use crate::settings::Revocation;
use crate::work::{Goal, Issuer, Work};

/// How deep the certificate of a list's issuer may itself need a list of yet another issuer.
const DEPTH: u8 = 4;

/// A distribution point of the certificate, or the one that stands for none.
struct Point {
    names: Vec<PointName>,
    reasons: Reasons,
    /// cRLIssuer; empty where absent.
    issuers: Vec<NameKey>,
}

/// One name of a distribution point, to compare.
#[derive(PartialEq, Eq)]
enum PointName {
    Directory(NameKey),
    Other(GeneralName),
}

impl PointName {
    fn all(full: &[GeneralName], relative: Option<&[u8]>, to: &[NameKey]) -> Vec<Self> {
        let relative = relative.into_iter().flat_map(|rdn| {
            to.iter()
                .filter_map(move |name| name.child(rdn).ok().map(Self::Directory))
        });
        let full = full.iter().map(|name| match directory(name) {
            Some(key) => Self::Directory(key),
            None => Self::Other(name.clone()),
        });
        full.chain(relative).collect()
    }
}

impl Point {
    fn new(point: &DistributionPoint, certificate: &PathCertificate) -> Self {
        let issuers: Vec<_> = point.crl_issuer.iter().filter_map(directory).collect();
        let own = std::slice::from_ref(certificate.issuer());
        let to = if issuers.is_empty() { own } else { &issuers };
        Self {
            names: PointName::all(&point.full_name, point.relative.as_deref(), to),
            reasons: Reasons::new(point.reasons.as_deref()),
            issuers,
        }
    }

    /// "Assume a DP with both the reasons and the cRLIssuer fields omitted and a distribution point name of the certificate issuer."
    fn implicit(certificate: &PathCertificate) -> Self {
        Self {
            names: vec![PointName::Directory(certificate.issuer().clone())],
            reasons: Reasons::ALL,
            issuers: Vec::new(),
        }
    }
}

/// What was found so far.
struct Search {
    covered: Reasons,
    evidence: Option<Evidence>,
    unknown: Unknown,
}

impl Search {
    fn note(&mut self, why: Unknown) {
        if why.rank() >= self.unknown.rank() {
            self.unknown = why;
        }
    }
}

impl Work<'_> {
    /// What the lists at hand say.
    pub(super) fn lists(
        &self,
        question: Question<'_>,
    ) -> Result<Result<Status, Unknown>, FailureKind> {
        let certificate = question.certificate;
        let points = certificate.extensions().distribution_points.0.iter();
        let points = points.map(|point| Point::new(point, certificate));
        let mut search = Search {
            covered: Reasons::default(),
            evidence: None,
            unknown: Unknown::NoInformation,
        };
        for point in points.chain([Point::implicit(certificate)]) {
            let own = std::slice::from_ref(certificate.issuer());
            let by = if point.issuers.is_empty() {
                own
            } else {
                &point.issuers
            };
            for unreadable in by
                .iter()
                .filter_map(|name| self.store.unreadable_list(name))
            {
                search.note(Unknown::UnusableList {
                    issuer: unreadable.name.clone(),
                    problem: UnusableList::Unreadable(unreadable.problem.clone()),
                });
            }
            for list in by.iter().flat_map(|name| self.store.lists_of(name)) {
                if list.is_delta() {
                    continue;
                }
                let found = self.complete_list(question, &point, list, &mut search)?;
                if let Some(revoked) = found {
                    return Ok(Ok(revoked));
                }
                if Reasons::ALL.is_within(search.covered)
                    && let Some(evidence) = search.evidence.take()
                {
                    return Ok(Ok(Status::Good(evidence)));
                }
            }
        }
        if search.evidence.is_some() {
            search.note(Unknown::SomeReasonsOnly);
        }
        Ok(Err(search.unknown))
    }

    /// Steps (b) to (l) for one complete list. Gives a status where it says revoked.
    fn complete_list(
        &self,
        question: Question<'_>,
        point: &Point,
        list: &Arc<RevocationList>,
        search: &mut Search,
    ) -> Result<Option<Status>, FailureKind> {
        let certificate = question.certificate;
        let head = match list.head() {
            Ok(head) => head,
            Err(problem) => {
                search.note(Unknown::UnusableList {
                    issuer: list.shown(),
                    problem,
                });
                return Ok(None);
            }
        };
        if !in_scope(certificate, point, list, head) {
            search.note(Unknown::OutOfScope {
                issuer: list.shown(),
            });
            return Ok(None);
        }
        // (d) and (e)
        let only_some = head
            .point
            .as_ref()
            .and_then(|point| point.only_some_reasons.as_deref());
        let reasons = point.reasons.and(Reasons::new(only_some));
        if reasons.is_within(search.covered) && search.evidence.is_some() {
            return Ok(None);
        }
        let delta = self.delta_of(list, head);
        let this_update = list.list().this_update();
        // A delta list that is up to date brings its complete list up to date (section 5.2.4).
        if !self.is_current(list) && (delta.is_none() || this_update > self.settings.at) {
            search.note(Unknown::StaleList {
                issuer: list.shown(),
                this_update,
            });
            return Ok(None);
        }
        let Some(signer) = self.signer(question, list)? else {
            search.note(Unknown::UntrustedList {
                issuer: list.shown(),
            });
            return Ok(None);
        };
        // (h)
        let delta = match delta {
            Some(delta) if self.list_signature(delta, signer)? => Some(delta),
            _ => None,
        };
        if delta.is_none() && !self.is_current(list) {
            search.note(Unknown::StaleList {
                issuer: list.shown(),
                this_update,
            });
            return Ok(None);
        }
        // (i) to (k)
        let serial = certificate.certificate().serial();
        let find = |list: &RevocationList| list.head().ok()?.find(certificate.issuer(), serial);
        let entry = match delta.and_then(|delta| find(delta)) {
            Some((_, RevocationReason::RemoveFromCrl)) => None,
            Some(entry) => Some(entry),
            None => find(list),
        };
        if let Some((revoked_at, reason)) = entry {
            return Ok(Some(Status::Revoked { revoked_at, reason }));
        }
        search.covered = search.covered.or(reasons);
        search.evidence = Some(Evidence::List {
            list: Arc::clone(list),
            delta: delta.cloned(),
        });
        Ok(None)
    }

    fn is_current(&self, list: &RevocationList) -> bool {
        let skew = match self.settings.revocation {
            Revocation::Off => 0,
            Revocation::Required { skew, .. } => skew,
        };
        let list = list.list();
        covers(
            list.this_update(),
            list.next_update(),
            self.settings.at,
            skew,
        )
    }

    /// Step (c): the newest current delta list that fits a complete one.
    fn delta_of(&self, list: &RevocationList, complete: &Head) -> Option<&Arc<RevocationList>> {
        let number = complete.number.as_deref()?;
        let fits = |candidate: &&Arc<RevocationList>| {
            let Ok(head) = candidate.head() else {
                return false;
            };
            let (Some(base), Some(own)) = (head.base.as_deref(), head.number.as_deref()) else {
                return false;
            };
            self.is_current(candidate)
                && head.point == complete.point
                && head.authority_key == complete.authority_key
                && at_least(number, base)
                && !at_least(number, own)
        };
        let candidates = self.store.lists_of(list.issuer()).iter();
        candidates
            .filter(fits)
            .max_by_key(|candidate| candidate.list().this_update())
    }

    /// Steps (f) and (g): who signed the list, if that is one who may.
    fn signer<'b>(
        &'b self,
        question: Question<'b>,
        list: &RevocationList,
    ) -> Result<Option<Issuer<'b>>, FailureKind> {
        let Question {
            certificate,
            issuer,
            anchor,
            depth,
        } = question;
        // The key that signed the certificate, and the trust anchor's: their paths are this one's.
        for own in [issuer, anchor] {
            if own.name() == list.issuer()
                && own.may_sign_lists()
                && self.list_signature(list, own)?
            {
                return Ok(Some(own));
            }
        }
        if depth >= DEPTH {
            return Ok(None);
        }
        let itself = (certificate.subject() == list.issuer()).then_some(certificate);
        for candidate in self.store.named(list.issuer()).iter().chain(itself) {
            let usage = candidate.extensions().key_usage;
            let may = usage.is_none_or(|usage| usage.contains(KeyUsage::CRL_SIGN));
            let signer = Issuer::Certificate(candidate);
            if !may || !self.list_signature(list, signer)? {
                continue;
            }
            // The certificate in question itself may sign the list that covers it: its path is this one's.
            if candidate == certificate || self.is_trusted_signer(candidate, anchor, depth)? {
                return Ok(Some(signer));
            }
        }
        Ok(None)
    }

    /// Whether a list issuer's certificate has a valid path to the same trust anchor.
    fn is_trusted_signer(
        &self,
        candidate: &PathCertificate,
        anchor: Issuer<'_>,
        depth: u8,
    ) -> Result<bool, FailureKind> {
        let Issuer::Anchor(anchor) = anchor else {
            return Ok(false);
        };
        if !self.enter(candidate.id()) {
            return Ok(false);
        }
        let goal = Goal::list_issuer(anchor, depth + 1);
        let result = self.build(candidate, &goal);
        self.leave();
        match result {
            Ok(_) => Ok(true),
            Err(failures) => match failures.into_iter().next().map(|failure| failure.kind) {
                Some(budget @ FailureKind::Budget { .. }) => Err(budget),
                _ => Ok(false),
            },
        }
    }

    /// Whether the list's signature verifies with this key, by an algorithm that is good enough.
    fn list_signature(
        &self,
        list: &RevocationList,
        signer: Issuer<'_>,
    ) -> Result<bool, FailureKind> {
        let key = signer.public_key();
        let algorithm = list.list().signature_algorithm();
        let Ok(algorithm) = algorithm else {
            return Ok(false);
        };
        if self.check_algorithm(algorithm, key).is_err() {
            return Ok(false);
        }
        if list.is_verified(key.as_der()) {
            return Ok(true);
        }
        self.budget.signature()?;
        let right = list.list().verify_signature(key, self.crypto).is_ok();
        if right {
            list.set_verified(key.as_der());
        }
        Ok(right)
    }
}

/// Steps (b)(1) and (b)(2).
fn in_scope(
    certificate: &PathCertificate,
    point: &Point,
    list: &RevocationList,
    head: &Head,
) -> bool {
    let issuing = head.point.as_ref();
    let indirect = issuing.is_some_and(|issuing| issuing.indirect);
    let issuer_fits = if point.issuers.is_empty() {
        list.issuer() == certificate.issuer()
    } else {
        indirect && point.issuers.contains(list.issuer())
    };
    let Some(issuing) = issuing else {
        return issuer_fits;
    };
    let scope_fits = match issuing.scope {
        ListScope::All => true,
        ListScope::UserCertificates => !certificate.is_ca(),
        ListScope::CaCertificates => certificate.is_ca(),
        ListScope::AttributeCertificates => false,
    };
    issuer_fits && scope_fits && names_fit(point, list, issuing)
}

/// Step (b)(2)(i).
fn names_fit(point: &Point, list: &RevocationList, issuing: &IssuingDistributionPoint) -> bool {
    let own = std::slice::from_ref(list.issuer());
    let names = PointName::all(&issuing.full_name, issuing.relative.as_deref(), own);
    if names.is_empty() {
        return true;
    }
    if point.names.is_empty() {
        return names
            .iter()
            .any(|name| matches!(name, PointName::Directory(key) if point.issuers.contains(key)));
    }
    names.iter().any(|name| point.names.contains(name))
}

/// Whether a number is another or greater; big-endian without leading zeros.
fn at_least(number: &[u8], other: &[u8]) -> bool {
    (number.len(), number) >= (other.len(), other)
}
