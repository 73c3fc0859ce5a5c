//! S/MIME BR 7.1.4.2: "Subject attributes SHALL NOT contain only metadata such as '.', '-', and ' ' (i.e., space)
//! characters."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::text::is_significant;

pub(super) static LINT: Lint = Lint {
    name: "significant_values",
    clause: "S/MIME BR 7.1.4.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Every attribute of the subject says something.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for value in &view.subject {
        if value.text().is_some_and(|text| !is_significant(&text)) {
            found.say(format!("{} says nothing", value.label()));
        }
    }
}
