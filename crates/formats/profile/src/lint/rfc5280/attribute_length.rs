//! RFC 5280 appendix A.1: the upper bounds: 64 characters for a common name, an organisation, a unit and a serial
//! number, 128 for a locality and a state, 2 for a country, 255 for an e-mail address; X.520 for the others.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "attribute_length",
    clause: "RFC 5280 appendix A.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No attribute of the subject is empty or longer than its upper bound.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for value in &view.subject {
        let Some(text) = value.text() else {
            continue;
        };
        let length = text.chars().count();
        if length == 0 {
            found.say(format!("{} is empty", value.label()));
        }
        if let Some(attribute) = SubjectAttribute::from_oid(value.oid)
            && length > attribute.upper_bound()
        {
            let bound = attribute.upper_bound();
            found.say(format!(
                "{attribute} has {length} characters, at most {bound} are allowed"
            ));
        }
    }
}
