//! S/MIME BR 7.1.5: the key purposes of an authority's certificate bound those of the certificates below it, and its
//! policies theirs (RFC 5280 section 6.1.3 d). OCSPSigning is outside that: a delegated responder is accepted for the
//! purpose of its own certificate (RFC 6960 section 4.2.2.2).

use chancery_x509::extension::{CertificatePolicies, ExtendedKeyUsage};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::{ANY_POLICY, OCSP_SIGNING, purpose_name};

pub(super) static LINT: Lint = Lint {
    name: "issuer_purposes",
    clause: "S/MIME BR 7.1.5",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Every key purpose and every policy is among those of the issuer, where the issuer has any.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Some(issuer) = &view.context.issuer else {
        return;
    };
    if let Ok(Some(allowed)) = issuer.extension::<ExtendedKeyUsage>() {
        for purpose in view.purposes() {
            if *purpose != OCSP_SIGNING && !allowed.contains(purpose) {
                found.say(format!(
                    "the issuer has not the purpose {}",
                    purpose_name(*purpose)
                ));
            }
        }
    }
    if let Ok(Some(policies)) = issuer.extension::<CertificatePolicies>() {
        let allowed: Vec<_> = policies
            .0
            .iter()
            .map(|information| information.policy)
            .collect();
        for policy in view.policies() {
            if !allowed.contains(&policy) && !allowed.contains(&ANY_POLICY) {
                found.say(format!("the issuer has not the policy {policy}"));
            }
        }
    }
}
