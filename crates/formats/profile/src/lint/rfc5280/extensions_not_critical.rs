//! RFC 5280 section 4.2: authority and subject key identifier (4.2.1.1, 4.2.1.2), authority information access
//! (4.2.2.1) and, by S/MIME BR 7.1.2.2 b, the CRL distribution points are not critical.

use chancery_x509::{ObjectIdentifier, oid};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "extensions_not_critical",
    clause: "RFC 5280 section 4.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Key identifiers, CRL distribution points and authority information access are not critical.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for (name, oid) in NEVER_CRITICAL {
        if view
            .extension(oid)
            .is_some_and(|extension| extension.critical)
        {
            found.say(format!("{name} is critical"));
        }
    }
}

const NEVER_CRITICAL: [(&str, ObjectIdentifier); 5] = [
    ("authorityKeyIdentifier", oid::AUTHORITY_KEY_IDENTIFIER),
    ("subjectKeyIdentifier", oid::SUBJECT_KEY_IDENTIFIER),
    ("authorityInfoAccess", oid::AUTHORITY_INFO_ACCESS),
    ("cRLDistributionPoints", oid::CRL_DISTRIBUTION_POINTS),
    ("id-pkix-ocsp-nocheck", oid::OCSP_NO_CHECK),
];
