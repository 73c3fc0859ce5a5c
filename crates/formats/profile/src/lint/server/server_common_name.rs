//! RFC 9525 section 2: the common name is no longer compared; where it is there, it repeats one of the alternative
//! names.

use crate::SubjectAttribute;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "server_common_name",
    clause: "RFC 9525 section 2",
    severity: Severity::Error,
    scope: Scope::Servers,
    rule: "A server's common name is one of its alternative names.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let hosts = view.hosts();
    for name in view.values(SubjectAttribute::CommonName) {
        if !hosts.contains(&name) {
            found.say(format!(
                "the common name \"{name}\" is not among the alternative names"
            ));
        }
    }
}
