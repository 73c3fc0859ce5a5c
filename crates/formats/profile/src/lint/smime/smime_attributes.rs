//! S/MIME BR 7.1.4.2.3: the tables of 7.1.4.2.3 to 7.1.4.2.6 say for each type and generation which attributes are
//! there, may be, or are not; other attributes are not.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::smime::{PSEUDONYM, Rule, TITLE, names_person};
use crate::{Kind, SubjectAttribute};

pub(super) static LINT: Lint = Lint {
    name: "smime_attributes",
    clause: "S/MIME BR 7.1.4.2.3",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The subject has the attributes that its type asks for and none that it forbids.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Kind::Smime {
        subject_type,
        generation,
    } = view.context.profile.kind()
    else {
        return;
    };
    for value in &view.subject {
        let allowed = match SubjectAttribute::from_oid(value.oid) {
            Some(attribute) => subject_type.rule(generation, attribute) != Rule::Forbidden,
            None => names_person(subject_type) && [PSEUDONYM, TITLE].contains(&value.oid),
        };
        if !allowed {
            found.say(format!(
                "{} is there ({})",
                value.label(),
                subject_type.clause()
            ));
        }
    }
    for attribute in SubjectAttribute::ALL {
        if subject_type.rule(generation, attribute) == Rule::Required && !view.has(attribute) {
            found.say(format!(
                "{attribute} is missing ({})",
                subject_type.clause()
            ));
        }
    }
}
