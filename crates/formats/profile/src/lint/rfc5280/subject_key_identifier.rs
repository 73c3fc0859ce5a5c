//! RFC 5280 section 4.2.1.2: it is there in certificates of authorities and should be in all others, and is derived
//! from the public key: here by method 1, SHA-1 of the key's bits.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "subject_key_identifier",
    clause: "RFC 5280 section 4.2.1.2",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The subject key identifier is there and derived from the public key.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    match &view.decoded.subject_key {
        None => found.say("subjectKeyIdentifier is missing"),
        Some(identifier) => {
            let derived = view.key.as_ref().map(|key| key.key_identifier(view.crypto));
            if derived.is_ok_and(|derived| derived != *identifier) {
                found.say("subjectKeyIdentifier is not derived from the public key");
            }
        }
    }
}
