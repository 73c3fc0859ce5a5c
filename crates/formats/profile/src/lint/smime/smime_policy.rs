//! S/MIME BR 7.1.2.3 a: "It SHALL include exactly one of the reserved policyIdentifiers listed in Section 7.1.6.1";
//! anyPolicy would assert all of them.

use crate::Kind;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::smime::in_reserved_arc;
use crate::usage::ANY_POLICY;

pub(super) static LINT: Lint = Lint {
    name: "smime_policy",
    clause: "S/MIME BR 7.1.2.3 a",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "Exactly one reserved policy is there, the one for the type and generation of the profile.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Kind::Smime {
        subject_type,
        generation,
    } = view.context.profile.kind()
    else {
        return;
    };
    let policies = view.policies();
    let reserved: Vec<_> = policies
        .iter()
        .filter(|policy| in_reserved_arc(**policy))
        .collect();
    match reserved.as_slice() {
        [] => found.say("no reserved policy is there"),
        [policy] if **policy != subject_type.policy(generation) => {
            found.say(format!(
                "the policy {policy} stands for another type or generation"
            ));
        }
        [_] => {}
        several => found.say(format!("{} reserved policies are there", several.len())),
    }
    if policies.contains(&ANY_POLICY) {
        found.say("anyPolicy is there");
    }
}
