//! S/MIME BR 7.1.4.2.2: each clause speaks of one value: a common name, one organisation with one reference, one
//! mailbox in emailAddress (h), one country. Units alone are several.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_single_attributes",
    clause: "S/MIME BR 7.1.4.2.2",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "No attribute but the organisational unit is there twice.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for attribute in SubjectAttribute::ALL {
        let count = view
            .subject
            .iter()
            .filter(|value| value.oid == attribute.oid())
            .count();
        if count > 1 && attribute != SubjectAttribute::OrganizationalUnitName {
            found.say(format!("{attribute} is there {count} times"));
        }
    }
}
