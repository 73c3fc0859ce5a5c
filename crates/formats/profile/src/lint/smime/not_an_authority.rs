//! S/MIME BR 7.1.2.3 d: "The cA field SHALL NOT be true. pathLenConstraint field SHALL NOT be present."; RFC 5280
//! section 4.2.1.9 for all other end entities.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "not_an_authority",
    clause: "S/MIME BR 7.1.2.3 d",
    severity: Severity::Error,
    scope: Scope::EndEntities,
    rule: "Whoever is not an authority is not certified as one.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(constraints) = view.decoded.basic_constraints {
        if constraints.ca {
            found.say("cA is true");
        }
        if constraints.path_len.is_some() {
            found.say("pathLenConstraint is there");
        }
    }
}
