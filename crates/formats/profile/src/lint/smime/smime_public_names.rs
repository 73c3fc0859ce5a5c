//! S/MIME BR 7.1.2.4: data that do not apply in the context of the public Internet have no place in a publicly
//! trusted certificate: reserved and internal names in status addresses and mail domains. Private environments live
//! with the warning.

use chancery_x509::extension::GeneralName;

use crate::address::{http_host, is_public_host};
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_public_names",
    clause: "S/MIME BR 7.1.2.4",
    severity: Severity::Warning,
    scope: Scope::Smime,
    rule: "Status addresses and mail domains are public names.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for name in view.status_addresses() {
        if let GeneralName::Uri(address) = name
            && let Some(host) = http_host(address)
            && !is_public_host(host)
        {
            found.say(format!("{host} is not a public name"));
        }
    }
    for mailbox in view.mailboxes() {
        if let Some((_, domain)) = mailbox.rsplit_once('@')
            && !is_public_host(domain)
        {
            found.say(format!("{domain} is not a public name"));
        }
    }
}
