//! RFC 4514 section 2.2: relative distinguished names of several attributes are compared and shown in different ways
//! by different programs; this product writes none.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "one_attribute_a_name",
    clause: "RFC 4514 section 2.2",
    severity: Severity::Warning,
    scope: Scope::All,
    rule: "Each relative distinguished name of the subject has one attribute.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let multiple = view
        .subject
        .iter()
        .zip(view.subject.iter().skip(1))
        .any(|(one, next)| one.rdn == next.rdn);
    if multiple {
        found.say("several attributes stand in one relative distinguished name");
    }
}
