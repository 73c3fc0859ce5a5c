//! Basic path validation (RFC 5280 section 6.1), from the trust anchor downwards.

use std::sync::Arc;

use chancery_x509::extension::KeyUsage;

use crate::anchor::{TrustAnchor, validity};
use crate::certificate::PathCertificate;
use crate::constraint::{Constraints, SubjectName};
use crate::failure::{Failure, FailureKind, Finding};
use crate::policy::{PolicyGraph, ValidPolicies};
use crate::purpose::Purpose;
use crate::revocation::Question;
use crate::settings::Conformance;
use crate::validated::{Check, CheckKind};
use crate::work::{Goal, Issuer, Work};

/// A path that passed.
pub(crate) struct Checked<'g> {
    /// The end entity first.
    pub(crate) certificates: Vec<PathCertificate>,
    pub(crate) anchor: &'g Arc<TrustAnchor>,
    pub(crate) policies: Option<ValidPolicies>,
    pub(crate) checks: Vec<Check>,
}

/// The state variables of section 6.1.2.
struct State {
    graph: PolicyGraph,
    constraints: Vec<Constraints>,
    explicit_policy: u64,
    inhibit_any: u64,
    policy_mapping: u64,
    max_path_length: u64,
    user_initial: Option<Vec<chancery_x509::ObjectIdentifier>>,
}

/// What was found, good and bad.
#[derive(Default)]
struct Findings {
    failures: Vec<Failure>,
    checks: Vec<Check>,
}

impl Findings {
    fn fail(&mut self, certificate: &PathCertificate, index: usize, kind: FailureKind) {
        self.failures.push(Failure {
            place: Some(certificate.place(index)),
            kind,
        });
    }

    fn result(
        &mut self,
        certificate: &PathCertificate,
        index: usize,
        result: Result<CheckKind, FailureKind>,
    ) {
        match result {
            Ok(kind) => self.pass(index, kind),
            Err(kind) => self.fail(certificate, index, kind),
        }
    }

    fn pass(&mut self, index: usize, kind: CheckKind) {
        self.checks.push(Check {
            certificate: index,
            kind,
        });
    }
}

impl Work<'_> {
    /// Checks a chain, the end entity first, whose signatures were verified up to the trust anchor.
    pub(crate) fn check_path<'g>(
        &'g self,
        chain: &[PathCertificate],
        anchor: &'g Arc<TrustAnchor>,
        goal: &Goal<'g>,
    ) -> Result<Checked<'g>, Vec<Failure>> {
        let mut findings = Findings::default();
        let mut state = self.initial(chain, anchor, goal, &mut findings);
        for (index, certificate) in chain.iter().enumerate().rev() {
            self.check_certificate(certificate, index, &mut state, &mut findings);
            if index == 0 {
                Self::wrap_up(certificate, goal, &mut state, &mut findings);
            } else {
                self.prepare_next(certificate, index, goal, &mut state, &mut findings);
            }
        }
        // Whether a certificate of a broken path is revoked is not worth finding out; of one that is only out of date it is.
        let only_time = |failure: &Failure| {
            matches!(failure.finding(), Finding::Expired | Finding::NotYetValid)
        };
        if findings.failures.iter().all(only_time) {
            self.check_revocation(chain, anchor, goal, &mut findings);
        }
        if !findings.failures.is_empty() {
            return Err(findings.failures);
        }
        let user_initial = state.user_initial.as_deref();
        Ok(Checked {
            certificates: chain.to_vec(),
            anchor,
            policies: state.graph.intersect(user_initial),
            checks: findings.checks,
        })
    }

    /// Section 6.1.2, and the limits of the trust anchor (RFC 5937).
    fn initial(
        &self,
        chain: &[PathCertificate],
        anchor: &TrustAnchor,
        goal: &Goal<'_>,
        findings: &mut Findings,
    ) -> State {
        let is_leaf = match chain {
            [leaf] => anchor.certificate_der() == Some(leaf.certificate().as_der()),
            _ => false,
        };
        let mut failures = anchor.failures(self.settings, goal.purpose, is_leaf);
        failures.extend(self.check_key(anchor.public_key()).err());
        let length = chain.len() as u64;
        let mut max_path_length = length;
        let mut inputs = goal.policies.clone();
        let mut constraints = Vec::new();
        if self.settings.anchors_limit_path {
            inputs = anchor.narrow(&inputs);
            if let Some(path_len) = anchor.path_len().filter(|_| !is_leaf) {
                max_path_length = max_path_length.min(path_len.into());
            }
            match anchor.constraints(self.is_strict()) {
                Ok(found) => constraints.extend(found),
                Err(kind) => failures.push(kind),
            }
        }
        let place = anchor.place(chain.len());
        findings
            .failures
            .extend(failures.into_iter().map(|kind| Failure {
                place: Some(place.clone()),
                kind,
            }));
        let unless = |inhibited: bool| if inhibited { 0 } else { length + 1 };
        State {
            graph: PolicyGraph::new(),
            constraints,
            explicit_policy: unless(inputs.explicit),
            inhibit_any: unless(inputs.inhibit_any),
            policy_mapping: unless(inputs.inhibit_mapping),
            max_path_length,
            user_initial: inputs.user_initial,
        }
    }

    fn is_strict(&self) -> bool {
        self.settings.conformance == Conformance::Profile
    }

    /// Section 6.1.3 but for (a)(3), and what the profile asks of every certificate.
    fn check_certificate(
        &self,
        certificate: &PathCertificate,
        index: usize,
        state: &mut State,
        findings: &mut Findings,
    ) {
        if let Ok(algorithm) = certificate.certificate().signature_algorithm() {
            // The builder verified it.
            findings.pass(index, CheckKind::Signature { algorithm });
        }
        let unreadable = certificate.extension_failures(&self.settings.understood_extensions);
        if unreadable.is_empty() {
            findings.pass(index, CheckKind::Extensions);
        }
        for kind in unreadable {
            findings.fail(certificate, index, kind);
        }
        if self.is_strict() {
            let deviations = certificate.deviations();
            if deviations.is_empty() {
                findings.pass(index, CheckKind::Profile);
            }
            for deviation in deviations {
                findings.fail(certificate, index, FailureKind::Deviation(deviation));
            }
        }
        if let Err(kind) = self.check_key(certificate.certificate().public_key()) {
            findings.fail(certificate, index, kind);
        }
        let not_before = certificate.certificate().not_before();
        let not_after = certificate.certificate().not_after();
        let valid =
            validity(not_before, not_after, self.settings.at).map(|()| CheckKind::Validity {
                not_before,
                not_after,
            });
        findings.result(certificate, index, valid);
        // (b) and (c)
        if !state.constraints.is_empty() && (index == 0 || !certificate.is_self_issued()) {
            let names = self.check_names(certificate, &state.constraints);
            findings.result(certificate, index, names);
        }
        // (d) to (f)
        let any_counts = state.inhibit_any > 0 || (index > 0 && certificate.is_self_issued());
        let policies = certificate.extensions().policies.as_deref();
        let added = state
            .graph
            .add_certificate(policies, any_counts, &self.budget);
        if let Err(kind) = added {
            findings.fail(certificate, index, kind);
        }
        require_policy(certificate, index, state, state.graph.is_null(), findings);
    }

    fn check_names(
        &self,
        certificate: &PathCertificate,
        constraints: &[Constraints],
    ) -> Result<CheckKind, FailureKind> {
        let alternative = certificate.extensions().subject_alt_name.as_ref();
        let names = SubjectName::all(
            certificate.certificate(),
            certificate.subject(),
            alternative,
        )?;
        for one in constraints {
            one.check(&names, &self.budget)?;
        }
        Ok(CheckKind::Names {
            constraints: constraints.len(),
        })
    }

    /// Section 6.1.4.
    fn prepare_next(
        &self,
        certificate: &PathCertificate,
        index: usize,
        goal: &Goal<'_>,
        state: &mut State,
        findings: &mut Findings,
    ) {
        let extensions = certificate.extensions();
        // (a) and (b)
        if let Some(mappings) = &extensions.mappings {
            let counts = state.policy_mapping > 0;
            if let Err(kind) = state.graph.map(mappings, counts, &self.budget) {
                findings.fail(certificate, index, kind);
            }
            require_policy(certificate, index, state, state.graph.is_null(), findings);
        }
        // (g)
        if let Some(names) = &extensions.name_constraints {
            match Constraints::new(names, self.is_strict()) {
                Ok(constraints) => state.constraints.push(constraints),
                Err(kind) => findings.fail(certificate, index, kind),
            }
        }
        // (h)
        if !certificate.is_self_issued() {
            state.explicit_policy = state.explicit_policy.saturating_sub(1);
            state.policy_mapping = state.policy_mapping.saturating_sub(1);
            state.inhibit_any = state.inhibit_any.saturating_sub(1);
        }
        // (i) and (j)
        if let Some(constraints) = extensions.policy_constraints {
            if let Some(skip) = constraints.require_explicit_policy {
                state.explicit_policy = state.explicit_policy.min(skip);
            }
            if let Some(skip) = constraints.inhibit_policy_mapping {
                state.policy_mapping = state.policy_mapping.min(skip);
            }
        }
        if let Some(skip) = extensions.inhibit_any_policy {
            state.inhibit_any = state.inhibit_any.min(skip.0);
        }
        // (k)
        let version = certificate.certificate().version();
        let authority = match extensions.basic_constraints {
            _ if version < 3 => Err(FailureKind::OldVersion { version }),
            None => Err(FailureKind::MissingBasicConstraints),
            Some(constraints) if !constraints.ca => Err(FailureKind::NotAnAuthority),
            Some(constraints) => Ok(constraints.path_len),
        };
        let authority = authority.and_then(|path_len| {
            // (l) and (m)
            if !certificate.is_self_issued() {
                state.max_path_length = state
                    .max_path_length
                    .checked_sub(1)
                    .ok_or(FailureKind::PathTooLong)?;
            }
            if let Some(path_len) = path_len {
                state.max_path_length = state.max_path_length.min(path_len.into());
            }
            Ok(CheckKind::Authority {
                path_length_left: state.max_path_length,
            })
        });
        findings.result(certificate, index, authority);
        // (n)
        if extensions
            .key_usage
            .is_some_and(|usage| !usage.contains(KeyUsage::KEY_CERT_SIGN))
        {
            findings.fail(
                certificate,
                index,
                FailureKind::KeyUsage {
                    needed: "keyCertSign",
                },
            );
        }
        let usage = extensions.extended_key_usage.as_ref();
        if self.settings.issuers_limit_purpose && !goal.purpose.allows_issuer(usage) {
            let purpose = goal.purpose;
            findings.fail(certificate, index, FailureKind::WrongPurpose { purpose });
        }
    }

    /// Section 6.1.5, and whether the end entity is what was asked for.
    fn wrap_up(
        certificate: &PathCertificate,
        goal: &Goal<'_>,
        state: &mut State,
        findings: &mut Findings,
    ) {
        // (a) and (b)
        state.explicit_policy = state.explicit_policy.saturating_sub(1);
        let constraints = certificate.extensions().policy_constraints;
        if constraints.and_then(|one| one.require_explicit_policy) == Some(0) {
            state.explicit_policy = 0;
        }
        // (g)
        let valid = state.graph.intersect(state.user_initial.as_deref());
        require_policy(certificate, 0, state, valid.is_none(), findings);
        let purpose = goal.purpose.check(certificate);
        findings.result(
            certificate,
            0,
            purpose.map(|()| CheckKind::Purpose(goal.purpose)),
        );
        if let Some(identity) = goal.identity {
            let made_out = identity.check(certificate);
            findings.result(certificate, 0, made_out.map(|()| CheckKind::Identity));
        }
    }

    /// Step (a)(3) of section 6.1.3 for all certificates, from above: below a revoked authority nothing more is asked.
    fn check_revocation(
        &self,
        chain: &[PathCertificate],
        anchor: &Arc<TrustAnchor>,
        goal: &Goal<'_>,
        findings: &mut Findings,
    ) {
        let mut issuer = Issuer::Anchor(anchor);
        for (index, certificate) in chain.iter().enumerate().rev() {
            let status = self.revocation(Question {
                certificate,
                issuer,
                anchor: Issuer::Anchor(anchor),
                responder: index == 0 && goal.purpose == Purpose::OcspSigning,
                depth: goal.depth,
            });
            let bad = status.is_err();
            findings.result(certificate, index, status.map(CheckKind::Revocation));
            if bad {
                return;
            }
            issuer = Issuer::Certificate(certificate);
        }
    }
}

/// Step (f) of section 6.1.3: told once, where it first shows.
fn require_policy(
    certificate: &PathCertificate,
    index: usize,
    state: &State,
    none: bool,
    findings: &mut Findings,
) {
    let told = |failure: &Failure| failure.kind == FailureKind::NoValidPolicy;
    if state.explicit_policy == 0 && none && !findings.failures.iter().any(told) {
        findings.fail(certificate, index, FailureKind::NoValidPolicy);
    }
}
