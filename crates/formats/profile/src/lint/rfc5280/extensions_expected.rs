//! S/MIME BR 7.1.2.4: no extension stands in a certificate unless the authority is aware of a reason for it; the
//! reasons that this product knows are the extensions of its profiles.

use chancery_x509::{ObjectIdentifier, oid};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "extensions_expected",
    clause: "S/MIME BR 7.1.2.4",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "No extension is there that profiles do not know.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for extension in &view.extensions {
        if !EXPECTED.contains(&extension.oid) {
            found.say(format!("nobody asked for the extension {}", extension.oid));
        }
    }
}

const EXPECTED: [ObjectIdentifier; 10] = [
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::SUBJECT_KEY_IDENTIFIER,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::BASIC_CONSTRAINTS,
    oid::SUBJECT_ALT_NAME,
    oid::CERTIFICATE_POLICIES,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::AUTHORITY_INFO_ACCESS,
    oid::OCSP_NO_CHECK,
];
