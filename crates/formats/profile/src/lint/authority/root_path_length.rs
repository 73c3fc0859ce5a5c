//! S/MIME BR 7.1.2.1 a: "The pathLenConstraint field SHOULD NOT be present."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "root_path_length",
    clause: "S/MIME BR 7.1.2.1 a",
    severity: Severity::Warning,
    scope: Scope::Roots,
    rule: "A root has no path length.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view
        .decoded
        .basic_constraints
        .is_some_and(|constraints| constraints.path_len.is_some())
    {
        found.say("pathLenConstraint is there");
    }
}
