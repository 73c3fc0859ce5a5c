//! S/MIME BR 7.1.4.2.2 n: the two-letter code of ISO 3166-1, or XX where a country has none.

use crate::SubjectAttribute;
use crate::country::is_assigned;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "country_code",
    clause: "S/MIME BR 7.1.4.2.2 n",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The country is a code of ISO 3166-1.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for country in view.values(SubjectAttribute::CountryName) {
        if country != "XX" && !is_assigned(&country) {
            found.say(format!("\"{country}\" is no country code"));
        }
    }
}
