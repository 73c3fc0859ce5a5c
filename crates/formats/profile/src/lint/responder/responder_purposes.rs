//! RFC 6960 section 4.2.2.2: OCSPSigning is there; a responder's key does nothing else, so nothing else is certified.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::OCSP_SIGNING;

pub(super) static LINT: Lint = Lint {
    name: "responder_purposes",
    clause: "RFC 6960 section 4.2.2.2",
    severity: Severity::Error,
    scope: Scope::Responders,
    rule: "A responder's only purpose is OCSPSigning.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.purposes() != [OCSP_SIGNING] {
        found.say("the key purposes are not OCSPSigning alone");
    }
}
