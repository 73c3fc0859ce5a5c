//! RFC 5280 section 4.2.1.4: "A certificate policy OID MUST NOT appear more than once in a certificate policies
//! extension."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "policies_unique",
    clause: "RFC 5280 section 4.2.1.4",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No policy is there twice.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let policies = view.policies();
    for (index, policy) in policies.iter().enumerate() {
        if policies.iter().take(index).any(|earlier| earlier == policy) {
            found.say(format!("the policy {policy} is there twice"));
        }
    }
}
