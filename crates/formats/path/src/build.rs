//! Path building: from the end entity upwards, most promising issuers first, within a budget (RFC 4158).

use std::sync::Arc;

use chancery_x509::oid;

use crate::anchor::{TrustAnchor, validity};
use crate::certificate::PathCertificate;
use crate::failure::{Failure, FailureKind, Finding, Place};
use crate::fetch::Fetch;
use crate::path::Checked;
use crate::work::{Goal, Issuer, Work};

/// The best failure so far.
#[derive(Default)]
struct Best {
    rank: Option<Rank>,
    failures: Vec<Failure>,
}

/// Failures of complete paths say more than those on the way; then the finding counts, then how far the path came.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    complete: bool,
    finding: Finding,
    length: usize,
}

impl Best {
    /// Failures of a path up to a trust anchor.
    fn complete(&mut self, length: usize, mut failures: Vec<Failure>) {
        // The one that says most comes first; of equals, the one nearest to the trust anchor.
        failures.sort_by_key(|failure| std::cmp::Reverse(failure.finding()));
        if let Some(first) = failures.first() {
            let rank = Rank {
                complete: true,
                finding: first.finding(),
                length,
            };
            self.note(rank, || failures);
        }
    }

    /// What ends a path before it reaches a trust anchor. It is told in words only where it says more than what is known: names may be long
    /// and dead ends many.
    fn dead_end(&mut self, length: usize, finding: Finding, failure: impl FnOnce() -> Failure) {
        let rank = Rank {
            complete: false,
            finding,
            length,
        };
        self.note(rank, || vec![failure()]);
    }

    fn note(&mut self, rank: Rank, failures: impl FnOnce() -> Vec<Failure>) {
        if self.rank.is_none_or(|best| rank > best) {
            self.rank = Some(rank);
            self.failures = failures();
        }
    }
}

/// Why a search ended.
enum End<'g> {
    Found(Checked<'g>),
    Exhausted(Failure),
}

impl Work<'_> {
    /// The first valid path, or the failures of the best one, the first of which says most.
    pub(crate) fn build<'g>(
        &'g self,
        target: &PathCertificate,
        goal: &Goal<'g>,
    ) -> Result<Checked<'g>, Vec<Failure>> {
        let mut best = Best::default();
        let mut chain = vec![target.clone()];
        match self.extend(&mut chain, goal, &mut best) {
            Some(End::Found(checked)) => Ok(checked),
            Some(End::Exhausted(failure)) => {
                let mut failures = vec![failure];
                failures.extend(best.failures);
                Err(failures)
            }
            None => Err(best.failures),
        }
    }

    /// Tries all issuers of the last certificate of `chain`, which begins with the end entity.
    fn extend<'g>(
        &'g self,
        chain: &mut Vec<PathCertificate>,
        goal: &Goal<'g>,
        best: &mut Best,
    ) -> Option<End<'g>> {
        let child = chain.last()?.clone();
        let index = chain.len() - 1;
        let exhausted = |kind| {
            Some(End::Exhausted(Failure {
                place: Some(child.place(index)),
                kind,
            }))
        };
        let mut mismatch = None;
        let mut issued = false;
        for anchor in self.anchors_of(&child, goal) {
            match self.certificate_signature(&child, Issuer::Anchor(anchor)) {
                Ok(()) => {}
                Err(budget @ FailureKind::Budget { .. }) => return exhausted(budget),
                Err(kind) => {
                    mismatch = Some(kind);
                    continue;
                }
            }
            issued = true;
            if let Err(budget) = self.budget.path() {
                return exhausted(budget);
            }
            match self.check_path(chain, anchor, goal) {
                Ok(checked) => return Some(End::Found(checked)),
                Err(mut failures) => {
                    let over = |failure: &Failure| failure.finding() == Finding::Budget;
                    if let Some(at) = failures.iter().position(over) {
                        return Some(End::Exhausted(failures.swap_remove(at)));
                    }
                    best.complete(chain.len(), failures);
                }
            }
        }
        let candidates = match self.candidates(&child, chain) {
            Ok(candidates) => candidates,
            Err(budget) => return exhausted(budget),
        };
        for candidate in candidates {
            match self.certificate_signature(&child, Issuer::Certificate(candidate)) {
                Ok(()) => {}
                Err(budget @ FailureKind::Budget { .. }) => return exhausted(budget),
                Err(kind) => {
                    mismatch = Some(kind);
                    continue;
                }
            }
            issued = true;
            if chain.len() >= self.settings.limits.depth as usize {
                let kind = FailureKind::Budget {
                    what: "certificates in a path",
                    limit: self.settings.limits.depth,
                };
                best.dead_end(chain.len(), kind.finding(), || Failure {
                    place: Some(child.place(index)),
                    kind,
                });
                break;
            }
            chain.push(candidate.clone());
            let end = self.extend(chain, goal, best);
            chain.pop();
            if end.is_some() {
                return end;
            }
        }
        if !issued {
            let urls = child.extensions().information.uris(oid::ACCESS_CA_ISSUERS);
            self.want(&child, None, urls.map(Fetch::issuers));
            self.dead_end(&child, index, mismatch, best);
        }
        None
    }

    /// Notes why a path ends at `child`.
    fn dead_end(
        &self,
        child: &PathCertificate,
        index: usize,
        mismatch: Option<FailureKind>,
        best: &mut Best,
    ) {
        let length = index + 1;
        if let Some(kind) = mismatch {
            best.dead_end(length, kind.finding(), || Failure {
                place: Some(child.place(index)),
                kind,
            });
        } else if let Some(issuer) = self.store.unreadable_certificate(child.issuer()) {
            best.dead_end(length, Finding::Malformed, || Failure {
                place: Some(Place {
                    index: index + 1,
                    subject: issuer.name.clone(),
                    serial: None,
                }),
                kind: FailureKind::Unreadable {
                    problem: issuer.problem.clone(),
                },
            });
        } else {
            best.dead_end(length, Finding::Untrusted, || Failure {
                place: Some(child.place(index)),
                kind: no_issuer(child),
            });
        }
    }

    fn anchors_of<'g>(
        &'g self,
        child: &PathCertificate,
        goal: &Goal<'g>,
    ) -> impl Iterator<Item = &'g Arc<TrustAnchor>> {
        let only = goal.anchor;
        let named = self.store.anchors_named(child.issuer()).iter();
        named.filter(move |anchor| only.is_none_or(|only| Arc::ptr_eq(only, anchor)))
    }

    /// Issuers by name that are not in the path and are no trust anchors, the most promising first.
    fn candidates(
        &self,
        child: &PathCertificate,
        chain: &[PathCertificate],
    ) -> Result<Vec<&PathCertificate>, FailureKind> {
        let named = self.store.named(child.issuer());
        // Those that are passed over cost as well.
        self.budget.steps(named.len())?;
        let mut candidates: Vec<_> = named
            .iter()
            .filter(|candidate| {
                let is_same = |other: &PathCertificate| {
                    other.subject() == candidate.subject()
                        && other.certificate().public_key() == candidate.certificate().public_key()
                };
                !chain.iter().any(is_same) && !self.is_anchor(candidate)
            })
            .map(|candidate| (self.promise(child, candidate), candidate))
            .collect();
        candidates.sort_by_key(|(promise, _)| std::cmp::Reverse(*promise));
        Ok(candidates
            .into_iter()
            .map(|(_, candidate)| candidate)
            .collect())
    }

    fn is_anchor(&self, certificate: &PathCertificate) -> bool {
        let key = certificate.certificate().public_key();
        let mut anchors = self.store.anchors_named(certificate.subject()).iter();
        anchors.any(|anchor| anchor.public_key() == key)
    }

    /// How likely it is that this is the right issuer. A key identifier that differs makes it unlikely, not impossible: it is only a hint
    /// (RFC 5280 section 4.2.1.1).
    fn promise(&self, child: &PathCertificate, candidate: &PathCertificate) -> u8 {
        let certificate = candidate.certificate();
        let hint = child.extensions().authority_key.as_ref();
        let named = hint.and_then(|hint| hint.key_identifier.as_ref());
        let key = match (named, candidate.extensions().subject_key.as_ref()) {
            (Some(named), Some(has)) if named == has => 16,
            (Some(_), Some(_)) => 0,
            _ => 8,
        };
        let serial = hint.and_then(|hint| hint.serial) == Some(certificate.serial());
        let (from, to) = (certificate.not_before(), certificate.not_after());
        let valid = validity(from, to, self.settings.at).is_ok();
        key + u8::from(valid) * 4
            + u8::from(candidate.is_ca()) * 4
            + u8::from(serial) * 2
            + u8::from(!self.store.anchors_named(candidate.issuer()).is_empty())
    }
}

fn no_issuer(child: &PathCertificate) -> FailureKind {
    if child.is_self_issued() {
        FailureKind::SelfSignedNotTrusted
    } else {
        FailureKind::NoIssuer {
            issuer: child.certificate().issuer().one_line(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_end_is_told_only_where_it_says_more() {
        let mut best = Best::default();
        let mut written = Vec::new();
        for (length, finding) in [
            (1, Finding::Untrusted),
            (1, Finding::Untrusted),
            (2, Finding::Untrusted),
            (1, Finding::BadSignature),
            (2, Finding::Untrusted),
        ] {
            best.dead_end(length, finding, || {
                written.push((length, finding));
                Failure {
                    place: None,
                    kind: FailureKind::PathTooLong,
                }
            });
        }
        let expected = [
            (1, Finding::Untrusted),
            (2, Finding::Untrusted),
            (1, Finding::BadSignature),
        ];
        assert_eq!(written, expected);
    }
}
