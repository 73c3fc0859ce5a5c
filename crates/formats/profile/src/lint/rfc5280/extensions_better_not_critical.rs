//! S/MIME BR 7.1.2.3 a: policies should not be critical; RFC 5280 section 4.2.1.12 leaves extended key usage to the
//! issuer, and a critical one breaks programs that do not know a purpose (S/MIME BR 7.1.2.2 g).

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "extensions_better_not_critical",
    clause: "S/MIME BR 7.1.2.3 a",
    severity: Severity::Warning,
    scope: Scope::All,
    rule: "Policies and extended key usage are not critical.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for (name, oid) in [
        ("certificatePolicies", oid::CERTIFICATE_POLICIES),
        ("extKeyUsage", oid::EXTENDED_KEY_USAGE),
    ] {
        if view
            .extension(oid)
            .is_some_and(|extension| extension.critical)
        {
            found.say(format!("{name} is critical"));
        }
    }
}
