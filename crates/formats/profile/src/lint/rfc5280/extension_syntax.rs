//! RFC 5280 section 4.2: "The corresponding ASN.1 encoded structure is the value of the octet string": each extension
//! that is known here is read by its own definition, without anything left over.

use chancery_x509::{asn1, oid};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "extension_syntax",
    clause: "RFC 5280 section 4.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Every extension has the form of its definition.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for (oid, error) in &view.decoded.unreadable {
        found.say(format!("the extension {oid} cannot be read: {error}"));
    }
    if let Some(no_check) = view.extension(oid::OCSP_NO_CHECK)
        && no_check.value != asn1::null()
    {
        found.say("the value of id-pkix-ocsp-nocheck is not NULL");
    }
}
