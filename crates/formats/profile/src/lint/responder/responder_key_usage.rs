//! RFC 5280 section 4.2.1.12: OCSPSigning goes with digitalSignature or nonRepudiation; the answers are signed with
//! the former alone.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;

pub(super) static LINT: Lint = Lint {
    name: "responder_key_usage",
    clause: "RFC 5280 section 4.2.1.12",
    severity: Severity::Error,
    scope: Scope::Responders,
    rule: "A responder's key has digitalSignature and nothing else.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view.usage_bits() != [Bit::DigitalSignature] {
        found.say("keyUsage is not digitalSignature alone");
    }
}
