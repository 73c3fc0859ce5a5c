//! S/MIME BR 7.1.4.2.1: subjectAltName is there with at least one rfc822Name or `SmtpUTF8Mailbox`; beside them only
//! directoryName and, in the multipurpose generation, otherName may stand; profiles write mailboxes alone.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_alternative_names",
    clause: "S/MIME BR 7.1.4.2.1",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "At least one mailbox is among the alternative names, and nothing else.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.mailboxes().is_empty() {
        found.say("no mailbox is among the alternative names");
    }
    for name in view.alt_names() {
        if name.email().is_none() {
            found.say(format!(
                "a {} is among the alternative names",
                name.kind_name()
            ));
        }
    }
}
