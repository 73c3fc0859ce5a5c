//! S/MIME BR 7.1.2.3 a: a CPS qualifier is an http or https address, a user notice has an explicit text and no
//! noticeRef; RFC 5280 section 4.2.1.4 recommends no qualifiers at all, and profiles have none.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "policy_qualifiers",
    clause: "S/MIME BR 7.1.2.3 a",
    severity: Severity::Warning,
    scope: Scope::All,
    rule: "Policies have no qualifiers.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(policies) = &view.decoded.policies {
        for policy in &policies.0 {
            if !policy.qualifiers.is_empty() {
                found.say(format!("the policy {} has a qualifier", policy.policy));
            }
        }
    }
}
