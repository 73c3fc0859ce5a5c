//! S/MIME BR 7.1.4.2.5: note 2, and the same in 7.1.4.2.6: givenName or surname, or a pseudonym, is there; 7.1.4.2.2
//! e and f: never both.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::smime::{PSEUDONYM, names_person};
use crate::{Kind, SubjectAttribute};

pub(super) static LINT: Lint = Lint {
    name: "smime_personal_name",
    clause: "S/MIME BR 7.1.4.2.5",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "A person is named by given name and surname, or by pseudonym, and not by both.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Kind::Smime { subject_type, .. } = view.context.profile.kind() else {
        return;
    };
    let named = view.has(SubjectAttribute::GivenName) || view.has(SubjectAttribute::Surname);
    let pseudonym = view.subject.iter().any(|value| value.oid == PSEUDONYM);
    if names_person(subject_type) && !named && !pseudonym {
        found.say("neither givenName nor surname nor pseudonym is there");
    }
    if named && pseudonym {
        found.say("a pseudonym stands beside givenName or surname");
    }
}
