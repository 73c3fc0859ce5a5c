//! S/MIME BR 7.1.2.1: extKeyUsage is not there (d), certificatePolicies should not be (c); nobody above a root
//! revokes or issues it, so addresses for that say nothing.

use chancery_x509::oid;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "root_extensions",
    clause: "S/MIME BR 7.1.2.1",
    severity: Severity::Error,
    scope: Scope::Roots,
    rule: "A root has no extended key usage, no policies and no addresses of an issuer.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for (name, oid) in [
        ("extKeyUsage", oid::EXTENDED_KEY_USAGE),
        ("certificatePolicies", oid::CERTIFICATE_POLICIES),
        ("cRLDistributionPoints", oid::CRL_DISTRIBUTION_POINTS),
        ("authorityInfoAccess", oid::AUTHORITY_INFO_ACCESS),
    ] {
        if view.extension(oid).is_some() {
            found.say(format!("{name} is there"));
        }
    }
}
