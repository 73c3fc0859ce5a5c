//! RFC 5280 section 4.2.1.9: "CAs MUST NOT include the pathLenConstraint field unless the cA boolean is asserted and
//! the key usage extension asserts the keyCertSign bit."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;

pub(super) static LINT: Lint = Lint {
    name: "path_length",
    clause: "RFC 5280 section 4.2.1.9",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "A path length stands only in certificates of authorities that sign certificates.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(constraints) = view.decoded.basic_constraints
        && constraints.path_len.is_some()
        && !(constraints.ca && view.uses(Bit::KeyCertSign))
    {
        found.say("pathLenConstraint is there without cA and keyCertSign");
    }
}
