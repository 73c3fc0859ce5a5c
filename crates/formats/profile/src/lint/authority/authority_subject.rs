//! S/MIME BR 7.1.4.3.1: commonName, organizationName and countryName are there.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "authority_subject",
    clause: "S/MIME BR 7.1.4.3.1",
    severity: Severity::Error,
    scope: Scope::Authorities,
    rule: "An authority is named by common name, organisation and country.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for attribute in [
        SubjectAttribute::CommonName,
        SubjectAttribute::OrganizationName,
        SubjectAttribute::CountryName,
    ] {
        if !view.has(attribute) {
            found.say(format!("{attribute} is missing"));
        }
    }
}
