//! RFC 6960 section 4.2.2.2.1: id-pkix-ocsp-nocheck tells that the certificate need not be checked for its lifetime;
//! in any certificate but a responder's that would be wrong.

use chancery_x509::oid;

use crate::Kind;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "no_check_elsewhere",
    clause: "RFC 6960 section 4.2.2.2.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Only responders have id-pkix-ocsp-nocheck.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let is_responder = view.context.profile.kind() == Kind::OcspResponder;
    if view.extension(oid::OCSP_NO_CHECK).is_some() && !is_responder {
        found.say("id-pkix-ocsp-nocheck is there");
    }
}
