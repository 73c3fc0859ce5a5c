//! RFC 5280 section 4.2.1.9: basicConstraints is there and critical in certificates of authorities, and cA is true
//! (S/MIME BR 7.1.2.1 a, 7.1.2.2 d).

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "authority_constraints",
    clause: "RFC 5280 section 4.2.1.9",
    severity: Severity::Error,
    scope: Scope::Authorities,
    rule: "Basic constraints are there, critical, and say that the subject is an authority.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    match view.extension(oid::BASIC_CONSTRAINTS) {
        None => found.say("basicConstraints is missing"),
        Some(extension) if !extension.critical => found.say("basicConstraints is not critical"),
        Some(_) => {}
    }
    if view
        .decoded
        .basic_constraints
        .is_some_and(|constraints| !constraints.ca)
    {
        found.say("cA is false");
    }
}
