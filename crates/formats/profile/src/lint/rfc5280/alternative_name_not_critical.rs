//! RFC 5280 section 4.2.1.6: "When including the subjectAltName extension in a certificate that has a non-empty
//! subject distinguished name, conforming CAs SHOULD mark the subjectAltName extension as non-critical." S/MIME BR
//! 7.1.2.3 h likewise.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "alternative_name_not_critical",
    clause: "RFC 5280 section 4.2.1.6",
    severity: Severity::Warning,
    scope: Scope::All,
    rule: "Alternative names are critical only where the subject is empty.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let critical = view
        .extension(oid::SUBJECT_ALT_NAME)
        .is_some_and(|extension| extension.critical);
    if critical && !view.subject.is_empty() {
        found.say("the alternative names are critical although there is a subject");
    }
}
