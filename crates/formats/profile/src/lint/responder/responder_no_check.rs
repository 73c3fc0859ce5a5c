//! RFC 6960 section 4.2.2.2.1: id-pkix-ocsp-nocheck is there, as S/MIME BR 4.9.9 asks of delegated responders.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "responder_no_check",
    clause: "RFC 6960 section 4.2.2.2.1",
    severity: Severity::Error,
    scope: Scope::Responders,
    rule: "A responder has id-pkix-ocsp-nocheck.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.extension(oid::OCSP_NO_CHECK).is_none() {
        found.say("id-pkix-ocsp-nocheck is missing");
    }
}
