//! RFC 5280 section 4.1.2.1: "When extensions are used, as expected in this profile, version MUST be 3 (value is 2)."
//! S/MIME BR 7.1.1 asks the same.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "version_3",
    clause: "RFC 5280 section 4.1.2.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The version is 3.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.version != Some(&[2]) {
        found.say("the version is not 3");
    }
}
