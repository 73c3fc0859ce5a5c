//! RFC 5280 section 4.2.1.6: a mailbox is a Mailbox of RFC 5321 without anything around it, a host name is in the
//! preferred syntax, an address has 4 or 16 octets, and none of them is empty.

use std::collections::HashSet;

use chancery_x509::extension::GeneralName;

use crate::address::{is_host_name, is_mailbox};
use crate::lint::view::View;
use crate::lint::view::ip;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "alternative_names",
    clause: "RFC 5280 section 4.2.1.6",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Every alternative name has the form of its kind, and none is there twice.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let names = view.alt_names();
    let mut known = HashSet::new();
    for name in names {
        let fits = match name {
            GeneralName::Rfc822(mailbox) => is_mailbox(mailbox),
            GeneralName::Dns(host) => is_host_name(host),
            GeneralName::Ip(octets) => ip(octets).is_some(),
            _ => true,
        };
        if !fits {
            found.say(format!(
                "the alternative name \"{name}\" is not in the form of a {}",
                name.kind_name()
            ));
        }
        if !known.insert(name.to_der()) {
            found.say(format!("the alternative name \"{name}\" is there twice"));
        }
    }
}
