//! S/MIME BR 7.1.4.2.2 d: a registration scheme of appendix A, a country, where the scheme has it a subdivision, a
//! hyphen and the reference; an LEI with right check digits.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::{OrganizationIdentifier, SubjectAttribute};

pub(super) static LINT: Lint = Lint {
    name: "smime_organization_identifier",
    clause: "S/MIME BR 7.1.4.2.2 d",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The registration reference has the form of its scheme.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for text in view.values(SubjectAttribute::OrganizationIdentifier) {
        if let Err(error) = text.parse::<OrganizationIdentifier>() {
            found.say(format!("organizationIdentifier \"{text}\": {error}"));
        }
    }
}
