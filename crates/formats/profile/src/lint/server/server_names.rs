//! RFC 9525 section 6: a server is known by the host names and addresses of subjectAltName alone: at least one is
//! there, and nothing of another kind.

use chancery_x509::extension::GeneralName;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "server_names",
    clause: "RFC 9525 section 6",
    severity: Severity::Error,
    scope: Scope::Servers,
    rule: "A server has host names or addresses as alternative names, and no others.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.hosts().is_empty() {
        found.say("no host name and no address is there");
    }
    for name in view.alt_names() {
        if !matches!(name, GeneralName::Dns(_) | GeneralName::Ip(_)) {
            found.say(format!("a {} is there", name.kind_name()));
        }
    }
}
