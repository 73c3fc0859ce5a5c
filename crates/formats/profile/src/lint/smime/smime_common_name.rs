//! S/MIME BR 7.1.4.2.2 a: the common name is a mailbox of the certificate; for an organisation it may be the
//! organisation's name, for a person the personal name or the pseudonym.

use crate::address::is_mailbox;
use crate::lint::view::SubjectValue;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::smime::PSEUDONYM;
use crate::{Kind, SmimeType, SubjectAttribute};

pub(super) static LINT: Lint = Lint {
    name: "smime_common_name",
    clause: "S/MIME BR 7.1.4.2.2 a",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "The common name is one of the values that the type of certificate allows.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Kind::Smime { subject_type, .. } = view.context.profile.kind() else {
        return;
    };
    let organizations = view.values(SubjectAttribute::OrganizationName);
    let pseudonyms: Vec<_> = view
        .subject
        .iter()
        .filter(|value| value.oid == PSEUDONYM)
        .filter_map(SubjectValue::text)
        .collect();
    // A personal name may be written as its holder prefers; that it means the same is for people to see.
    let has_personal_name =
        view.has(SubjectAttribute::GivenName) || view.has(SubjectAttribute::Surname);
    for name in view.values(SubjectAttribute::CommonName) {
        let allowed = view.mailboxes().contains(&name.as_str())
            || match subject_type {
                SmimeType::Mailbox => false,
                SmimeType::Organization => organizations.contains(&name),
                SmimeType::Sponsor | SmimeType::Individual => {
                    pseudonyms.contains(&name) || (has_personal_name && !is_mailbox(&name))
                }
            };
        if !allowed {
            found.say(format!(
                "the common name \"{name}\" is none of the values that are allowed"
            ));
        }
    }
}
