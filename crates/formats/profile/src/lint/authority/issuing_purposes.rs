//! S/MIME BR 7.1.2.2 g: extKeyUsage is there; emailProtection never stands with serverAuth, codeSigning or
//! timeStamping, so that one issuing authority has one purpose.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;

pub(super) static LINT: Lint = Lint {
    name: "issuing_purposes",
    clause: "S/MIME BR 7.1.2.2 g",
    severity: Severity::Error,
    scope: Scope::IssuingAuthorities,
    rule: "An issuing authority names its purposes, and those of S/MIME stand apart from the others.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.purposes().is_empty() {
        found.say("extKeyUsage is missing");
    }
    if view.has_purpose(usage::EMAIL_PROTECTION) {
        for other in [
            usage::SERVER_AUTH,
            usage::CODE_SIGNING,
            usage::TIME_STAMPING,
        ] {
            if view.has_purpose(other) {
                found.say(format!(
                    "{} stands beside emailProtection",
                    usage::purpose_name(other)
                ));
            }
        }
    }
}
