//! RFC 6960 section 4.2.2.2: whoever holds a certificate with OCSPSigning answers for all certificates of its issuer;
//! it is given to responders only.

use crate::Kind;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::OCSP_SIGNING;

pub(super) static LINT: Lint = Lint {
    name: "ocsp_signing_elsewhere",
    clause: "RFC 6960 section 4.2.2.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Only responders have OCSPSigning.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let is_responder = view.context.profile.kind() == Kind::OcspResponder;
    if view.has_purpose(OCSP_SIGNING) && !is_responder {
        found.say("OCSPSigning is there");
    }
}
