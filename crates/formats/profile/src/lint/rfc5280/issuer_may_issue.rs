//! RFC 5280 section 6.1.4: (k) to (n): the issuer is an authority, its key usage has keyCertSign, and its path length leaves
//! room for the certificate; otherwise every relying party refuses what is signed here.

use chancery_x509::extension::{BasicConstraints, KeyUsage};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "issuer_may_issue",
    clause: "RFC 5280 section 6.1.4",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The issuer is an authority that may sign certificates, and its path length leaves room for this one.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Some(issuer) = &view.context.issuer else {
        return;
    };
    match issuer.extension::<BasicConstraints>() {
        Ok(Some(constraints)) if constraints.ca => {
            if constraints.path_len == Some(0)
                && view.decoded.basic_constraints.is_some_and(|own| own.ca)
            {
                found.say("the issuer's path length allows no authority below it");
            }
        }
        _ => found.say("the issuer is no authority"),
    }
    let signs = matches!(
        issuer.extension::<KeyUsage>(),
        Ok(Some(usage)) if usage.contains(KeyUsage::KEY_CERT_SIGN)
    );
    if !signs {
        found.say("the issuer's key must not sign certificates");
    }
}
