//! S/MIME BR 7.1.6.1: "Effective July 15, 2025 S/MIME Subscriber Certificates SHALL NOT be issued using the Legacy
//! Generation profiles."

use crate::Generation;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::smime::reserved_policy;

pub(super) static LINT: Lint = Lint {
    name: "no_legacy_policy",
    clause: "S/MIME BR 7.1.6.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No policy of the legacy generation is there.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for policy in view.policies() {
        if matches!(reserved_policy(policy), Some((_, Generation::Legacy))) {
            found.say(format!("the policy {policy} is of the legacy generation"));
        }
    }
}
