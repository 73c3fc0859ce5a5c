//! RFC 5280 section 4.1.2.5: the validity period is the time from notBefore through notAfter, inclusive.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "validity_order",
    clause: "RFC 5280 section 4.1.2.5",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The validity does not end before it begins.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let (Some(from), Some(to)) = (view.not_before.seconds(), view.not_after.seconds())
        && to < from
    {
        found.say("the validity ends before it begins");
    }
}
