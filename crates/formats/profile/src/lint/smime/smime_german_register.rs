//! S/MIME BR 7.1.4.2.2 d: note 3: "When the Organization or Legal Entity is registered in Germany, the Registration
//! Reference SHOULD use the EUID identifier", country, register, dot, number.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_german_register",
    clause: "S/MIME BR 7.1.4.2.2 d",
    severity: Severity::Warning,
    scope: Scope::Smime,
    rule: "The reference of an organisation registered in Germany is an EUID.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for text in view.values(SubjectAttribute::OrganizationIdentifier) {
        let Some(reference) = text.strip_prefix("NTRDE") else {
            continue;
        };
        let is_euid = reference
            .strip_prefix("-DE")
            .and_then(|rest| rest.split_once('.'))
            .is_some_and(|(register, number)| !register.is_empty() && !number.is_empty());
        if !is_euid {
            found.say(format!("organizationIdentifier \"{text}\" holds no EUID"));
        }
    }
}
