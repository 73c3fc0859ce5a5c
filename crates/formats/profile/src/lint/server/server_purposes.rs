//! RFC 5280 section 4.2.1.12: serverAuth is there, and of the others at most clientAuth, for servers that call one
//! another.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;

pub(super) static LINT: Lint = Lint {
    name: "server_purposes",
    clause: "RFC 5280 section 4.2.1.12",
    severity: Severity::Error,
    scope: Scope::Servers,
    rule: "A server has serverAuth, and at most clientAuth beside.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if !view.has_purpose(usage::SERVER_AUTH) {
        found.say("serverAuth is missing");
    }
    for purpose in view.purposes() {
        if ![usage::SERVER_AUTH, usage::CLIENT_AUTH].contains(purpose) {
            found.say(format!("{} is there", usage::purpose_name(*purpose)));
        }
    }
}
