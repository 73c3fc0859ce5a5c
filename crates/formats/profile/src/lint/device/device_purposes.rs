//! RFC 5280 section 4.2.1.12: clientAuth and nothing else, so that a device that logs in can neither sign mail in its holder's name
//! nor be taken for a server.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;

pub(super) static LINT: Lint = Lint {
    name: "device_purposes",
    clause: "RFC 5280 section 4.2.1.12",
    severity: Severity::Error,
    scope: Scope::Devices,
    rule: "A device has clientAuth and no other purpose.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if !view.has_purpose(usage::CLIENT_AUTH) {
        found.say("clientAuth is missing");
    }
    for purpose in view.purposes() {
        if *purpose != usage::CLIENT_AUTH {
            found.say(format!("{} is there", usage::purpose_name(*purpose)));
        }
    }
}
