//! RFC 5280 section 4.1.2.6: "If subject naming information is present only in the subjectAltName extension, then the
//! subject name MUST be an empty sequence and the subjectAltName extension MUST be critical"; an authority, and so
//! whoever signs CRLs, has a subject.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "subject_or_alternative_name",
    clause: "RFC 5280 section 4.1.2.6",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "A subject is there, or critical alternative names are; an authority has a subject.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let alt_names = view.extension(oid::SUBJECT_ALT_NAME);
    if view.subject.is_empty() {
        if view.context.profile.kind().is_authority() {
            found.say("an authority has no subject");
        } else if alt_names.is_none_or(|extension| !extension.critical) {
            found.say("the subject is empty and there are no critical alternative names");
        }
    }
}
