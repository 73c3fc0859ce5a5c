//! S/MIME BR 7.1.2.3 c: every accessLocation of authorityInfoAccess has the scheme http in the strict and
//! multipurpose generations.

use chancery_x509::extension::GeneralName;

use crate::address::http_host;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_access_addresses",
    clause: "S/MIME BR 7.1.2.3 c",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "Every address of the OCSP responder and of the issuer's certificate is http.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for description in view.decoded.access.iter().flat_map(|access| &access.0) {
        let name = &description.location;
        if !matches!(name, GeneralName::Uri(address) if http_host(address).is_some()) {
            found.say(format!("\"{name}\" is no http: address"));
        }
    }
}
