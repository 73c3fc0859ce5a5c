//! RFC 5280 section 4.2.1.9: "If the cA boolean is not asserted, then the keyCertSign bit in the key usage extension
//! MUST NOT be asserted"; CRLs are signed by authorities here.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;

pub(super) static LINT: Lint = Lint {
    name: "key_cert_sign",
    clause: "RFC 5280 section 4.2.1.9",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Only authorities have keyCertSign and cRLSign.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let is_authority = view
        .decoded
        .basic_constraints
        .is_some_and(|constraints| constraints.ca);
    for bit in [Bit::KeyCertSign, Bit::CrlSign] {
        if view.uses(bit) && !is_authority {
            found.say(format!(
                "{} is set and the subject is no authority",
                bit.name()
            ));
        }
    }
}
