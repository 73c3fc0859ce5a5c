//! S/MIME BR 7.1.2.2 e: keyCertSign and cRLSign are set (7.1.2.1 b for roots); what else an authority may do is
//! digitalSignature, for OCSP answers.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;

pub(super) static LINT: Lint = Lint {
    name: "authority_key_usage",
    clause: "S/MIME BR 7.1.2.2 e",
    severity: Severity::Error,
    scope: Scope::Authorities,
    rule: "An authority's key signs certificates and CRLs, and at most OCSP answers beside.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for bit in [Bit::KeyCertSign, Bit::CrlSign] {
        if !view.uses(bit) {
            found.say(format!("{} is not set", bit.name()));
        }
    }
    for bit in view.usage_bits() {
        if !matches!(bit, Bit::KeyCertSign | Bit::CrlSign | Bit::DigitalSignature) {
            found.say(format!("{} is set", bit.name()));
        }
    }
}
