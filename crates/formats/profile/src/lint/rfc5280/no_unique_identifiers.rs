//! RFC 5280 section 4.1.2.8: "CAs conforming to this profile MUST NOT generate certificates with unique identifiers."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "no_unique_identifiers",
    clause: "RFC 5280 section 4.1.2.8",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "There are no unique identifiers.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.unique_identifiers {
        found.say("a unique identifier is there");
    }
}
