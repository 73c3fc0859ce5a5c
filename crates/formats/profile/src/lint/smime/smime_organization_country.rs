//! S/MIME BR 7.1.4.2.2 d: note 1: but for LEI and INT, the country of the registration scheme is that of countryName
//! where it is there.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::{OrganizationIdentifier, SubjectAttribute};

pub(super) static LINT: Lint = Lint {
    name: "smime_organization_country",
    clause: "S/MIME BR 7.1.4.2.2 d",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The registration reference and the country agree.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let countries = view.values(SubjectAttribute::CountryName);
    for text in view.values(SubjectAttribute::OrganizationIdentifier) {
        let Ok(identifier) = text.parse::<OrganizationIdentifier>() else {
            continue;
        };
        for country in &countries {
            if identifier
                .country_name()
                .is_some_and(|expected| expected != country)
            {
                found.say(format!(
                    "organizationIdentifier \"{text}\" is not of country {country}"
                ));
            }
        }
    }
}
