//! S/MIME BR 7.1.4.2.1: "All Mailbox Addresses in the subject field [...] SHALL be repeated as rfc822Name or
//! otherName values of type id-on-SmtpUTF8Mailbox."

use crate::SubjectAttribute;
use crate::address::is_mailbox;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_addresses_repeated",
    clause: "S/MIME BR 7.1.4.2.1",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "Every mailbox in the subject is among the alternative names.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let mailboxes = view.mailboxes();
    for value in &view.subject {
        let Some(text) = value.text() else {
            continue;
        };
        let is_address = value.oid == SubjectAttribute::EmailAddress.oid() || is_mailbox(&text);
        if is_address && !mailboxes.contains(&text.as_str()) {
            found.say(format!(
                "{} \"{text}\" is not among the alternative names",
                value.label()
            ));
        }
    }
}
