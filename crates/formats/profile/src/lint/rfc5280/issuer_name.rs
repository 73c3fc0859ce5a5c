//! RFC 5280 section 4.1.2.4: the issuer is not empty and is, octet by octet, the subject of the issuing authority's
//! certificate (S/MIME BR 7.1.4.1); a root names itself.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "issuer_name",
    clause: "RFC 5280 section 4.1.2.4",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The issuer is the subject of the issuing authority, octet by octet.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    // An empty SEQUENCE.
    if view.issuer == [0x30, 0] {
        found.say("the issuer is empty");
    }
    let expected = view
        .context
        .issuer_name
        .as_deref()
        .unwrap_or(view.subject_der);
    if view.issuer != expected {
        found.say("the issuer is not, octet by octet, the subject of the issuing authority");
    }
}
