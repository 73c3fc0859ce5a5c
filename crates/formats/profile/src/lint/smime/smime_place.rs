//! S/MIME BR 7.1.4.2.2 j: a street stands only with a locality or a state; k, l, m: locality, state and postal code
//! only with a country.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_place",
    clause: "S/MIME BR 7.1.4.2.2 j",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "No part of an address stands without the part around it.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    use SubjectAttribute as A;
    if view.has(A::StreetAddress) && !view.has(A::LocalityName) && !view.has(A::StateOrProvinceName)
    {
        found.say("streetAddress is there without localityName and stateOrProvinceName");
    }
    for attribute in [A::LocalityName, A::StateOrProvinceName, A::PostalCode] {
        if view.has(attribute) && !view.has(A::CountryName) {
            found.say(format!("{attribute} is there without countryName"));
        }
    }
}
