//! RFC 5280 section 4.2.1.3: key usage is there and critical; at least one bit is set. S/MIME BR 7.1.2.1 b, 7.1.2.2 e
//! and 7.1.2.3 e.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "key_usage_present",
    clause: "RFC 5280 section 4.2.1.3",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Key usage is there and critical.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    match view.extension(oid::KEY_USAGE) {
        None => found.say("keyUsage is missing"),
        Some(extension) if !extension.critical => found.say("keyUsage is not critical"),
        Some(_) => {}
    }
}
