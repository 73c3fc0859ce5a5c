//! S/MIME BR 7.1.2.3 c: authorityInfoAccess should be there, with at least one address of the issuer's certificate.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "smime_issuer_address",
    clause: "S/MIME BR 7.1.2.3 c",
    severity: Severity::Warning,
    scope: Scope::Smime,
    rule: "The address of the issuer's certificate is there.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let known = view
        .decoded
        .access
        .iter()
        .flat_map(|access| access.uris(oid::ACCESS_CA_ISSUERS))
        .next()
        .is_some();
    if !known {
        found.say("no address of the issuer's certificate is there");
    }
}
