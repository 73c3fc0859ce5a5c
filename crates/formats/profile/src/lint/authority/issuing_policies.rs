//! S/MIME BR 7.1.2.2 a: certificatePolicies is there, with identifiers by 7.1.6.3: reserved ones and those of the
//! authority, or anyPolicy alone.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::ANY_POLICY;

pub(super) static LINT: Lint = Lint {
    name: "issuing_policies",
    clause: "S/MIME BR 7.1.2.2 a",
    severity: Severity::Error,
    scope: Scope::IssuingAuthorities,
    rule: "An issuing authority has policies; anyPolicy stands alone.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let policies = view.policies();
    if policies.is_empty() {
        found.say("certificatePolicies is missing");
    }
    if policies.contains(&ANY_POLICY) && policies.len() > 1 {
        found.say("anyPolicy stands beside other policies");
    }
}
