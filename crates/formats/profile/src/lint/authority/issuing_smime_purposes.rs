//! S/MIME BR 7.1.2.2 g: emailProtection is there; from 1 July 2027 only clientAuth may stand beside it (version
//! 1.0.16), and authorities made today live longer than that.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;

pub(super) static LINT: Lint = Lint {
    name: "issuing_smime_purposes",
    clause: "S/MIME BR 7.1.2.2 g",
    severity: Severity::Error,
    scope: Scope::SmimeAuthorities,
    rule: "An issuing authority for S/MIME has emailProtection, and at most clientAuth beside.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if !view.has_purpose(usage::EMAIL_PROTECTION) {
        found.say("emailProtection is missing");
    }
    for purpose in view.purposes() {
        if ![usage::EMAIL_PROTECTION, usage::CLIENT_AUTH].contains(purpose) {
            found.say(format!("{} is there", usage::purpose_name(*purpose)));
        }
    }
}
