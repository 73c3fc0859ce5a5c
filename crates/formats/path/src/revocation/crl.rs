//! Revocation lists (RFC 5280 section 6.3.3).

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery_x509::extension::KeyUsage;
use chancery_x509::{RevocationReason, VerifyError};

use super::list::{Head, RevocationList, UnusableList};
use super::point::Point;
use super::reasons::Reasons;
use super::{Evidence, Question, Status, Unknown, covers};
use crate::certificate::PathCertificate;
use crate::failure::FailureKind;
use crate::settings::Revocation;
use crate::work::{Goal, Issuer, Work};

/// How deep the certificate of a list's issuer may itself need a list of yet another issuer.
const DEPTH: u8 = 4;

/// What was found so far.
struct Search {
    /// By the lists of any issuer.
    covered: Reasons,
    evidence: Option<Evidence>,
    unknown: Unknown,
}

/// One issuer's lists, and what for.
struct Source<'q> {
    points: Vec<&'q Point>,
    /// What its lists looked at so far cover, by the key that they name: an authority may have had several under one name, and a list of
    /// its new key need not tell of what it did with the old one.
    covered: BTreeMap<Option<&'q [u8]>, Reasons>,
}

impl Source<'_> {
    /// How much is compared to find out whether a list is for the points.
    fn weight(&self) -> usize {
        let points = self.points.iter().map(|point| point.weight());
        points.fold(1, usize::saturating_add)
    }
}

impl Search {
    /// Notes why a list does not count, given the issuer's name in words. Those are written only where the reason says more than what is
    /// known: lists may be many and names long. Of equals the newest list's stays.
    fn note(&mut self, list: &RevocationList, why: impl Fn(String) -> Unknown) {
        if why(String::new()).rank() > self.unknown.rank() {
            self.unknown = why(list.shown());
        }
    }

    fn note_reason(&mut self, why: Unknown) {
        if why.rank() > self.unknown.rank() {
            self.unknown = why;
        }
    }
}

impl Work<'_> {
    /// What the lists at hand say. Every issuer that the certificate names is asked, and of each the newest lists first: what an older one
    /// says is not looked at where a newer one of the same key covers it. Anybody may hand in a list of before the revocation that is
    /// still current.
    pub(super) fn lists(
        &self,
        question: Question<'_>,
    ) -> Result<Result<Status, Unknown>, FailureKind> {
        let certificate = question.certificate;
        let points = Point::all(certificate);
        let weight = points.iter().map(Point::weight);
        self.budget.lists(weight.fold(0, usize::saturating_add))?;
        let mut search = Search {
            covered: Reasons::default(),
            evidence: None,
            unknown: Unknown::NoInformation,
        };
        for (issuer, points) in Point::by_issuer(&points, certificate) {
            let mut source = Source {
                points,
                covered: BTreeMap::new(),
            };
            if let Some(unreadable) = self.store.unreadable_list(issuer) {
                search.note_reason(Unknown::UnusableList {
                    issuer: unreadable.name.clone(),
                    problem: UnusableList::Unreadable(unreadable.problem.clone()),
                });
            }
            for list in self.store.lists_of(issuer) {
                if list.is_delta() {
                    self.budget.lists(1)?;
                    continue;
                }
                let found = self.complete_list(question, list, &mut source, &mut search)?;
                if let Some(revoked) = found {
                    return Ok(Ok(revoked));
                }
            }
        }
        match search.evidence {
            Some(evidence) if Reasons::ALL.is_within(search.covered) => {
                return Ok(Ok(Status::Good(evidence)));
            }
            Some(_) => search.note_reason(Unknown::SomeReasonsOnly),
            None => {}
        }
        Ok(Err(search.unknown))
    }

    /// Steps (b) to (l) for one complete list. Gives a status where it says revoked.
    fn complete_list<'q>(
        &self,
        question: Question<'_>,
        list: &'q Arc<RevocationList>,
        source: &mut Source<'q>,
        search: &mut Search,
    ) -> Result<Option<Status>, FailureKind> {
        let certificate = question.certificate;
        self.budget.lists(source.weight())?;
        let head = match list.head() {
            Ok(head) => head,
            Err(problem) => {
                search.note(list, |issuer| Unknown::UnusableList {
                    issuer,
                    problem: problem.clone(),
                });
                return Ok(None);
            }
        };
        let Some(reasons) = Point::covered(&source.points, certificate, head) else {
            search.note(list, |issuer| Unknown::OutOfScope { issuer });
            return Ok(None);
        };
        let key = head.authority_key.as_deref();
        let newer = source.covered.get(&key).copied();
        if newer.is_some_and(|covered| reasons.is_within(covered)) {
            return Ok(None);
        }
        let this_update = list.list().this_update();
        let stale = |issuer| Unknown::StaleList {
            issuer,
            this_update,
        };
        let current = self.is_current(list);
        // A delta list that is up to date brings its complete list up to date (section 5.2.4).
        let usable = current
            || (this_update <= self.settings.at && self.deltas_of(list, head).next().is_some());
        if !usable {
            search.note(list, stale);
            return Ok(None);
        }
        let Some(signer) = self.signer(question, list)? else {
            search.note(list, |issuer| Unknown::UntrustedList { issuer });
            return Ok(None);
        };
        // (c) and (h): the newest that is genuine, for anybody may hand in one of a later date.
        let mut delta = None;
        for candidate in self.deltas_of(list, head) {
            let candidate = candidate?;
            if self.list_signature(candidate, signer)? {
                delta = Some(candidate);
                break;
            }
        }
        if delta.is_none() && !current {
            search.note(list, stale);
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
        source
            .covered
            .insert(key, newer.unwrap_or_default().or(reasons));
        if search.evidence.is_none() || !reasons.is_within(search.covered) {
            search.covered = search.covered.or(reasons);
            search.evidence = Some(Evidence::List {
                list: Arc::clone(list),
                delta: delta.cloned(),
            });
        }
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

    /// Step (c): the current delta lists that fit a complete one, the newest first. Their signatures were not looked at.
    fn deltas_of<'b>(
        &'b self,
        list: &RevocationList,
        complete: &'b Head,
    ) -> impl Iterator<Item = Result<&'b Arc<RevocationList>, FailureKind>> {
        let fits = move |candidate: &RevocationList| {
            let (Some(number), Ok(head)) = (complete.number.as_deref(), candidate.head()) else {
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
        let candidates = self.store.lists_of(list.issuer());
        candidates.filter_map(move |candidate| match self.budget.lists(1) {
            Ok(()) => fits(candidate).then_some(Ok(candidate)),
            Err(budget) => Some(Err(budget)),
        })
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
            responder: _,
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
        if let Some(known) = list.verdict(key.as_der()) {
            return Ok(known);
        }
        self.budget.signature(list.list().as_der().len())?;
        let result = list.list().verify_signature(key, self.crypto);
        // What another provider may verify is asked again.
        if !matches!(result, Err(VerifyError::UnsupportedAlgorithm(_))) {
            list.remember(key.as_der(), result.is_ok());
        }
        Ok(result.is_ok())
    }
}

/// Whether a number is another or greater; big-endian without leading zeros.
fn at_least(number: &[u8], other: &[u8]) -> bool {
    (number.len(), number) >= (other.len(), other)
}
