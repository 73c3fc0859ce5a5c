//! RFC 5280 section 4.2.1.12: "If a certificate contains both a key usage extension and an extended key usage
//! extension, then both MUST be processed independently and the certificate MUST only be used for a purpose
//! consistent with both": each purpose finds at least one of the bits that the clause names for it.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage;

pub(super) static LINT: Lint = Lint {
    name: "key_usage_purposes",
    clause: "RFC 5280 section 4.2.1.12",
    severity: Severity::Error,
    scope: Scope::EndEntities,
    rule: "Each key purpose has a key usage that it can be carried out with.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    for purpose in view.purposes() {
        if usage::bits_for(*purpose).is_some_and(|bits| !bits.iter().any(|bit| view.uses(*bit))) {
            found.say(format!(
                "{} cannot be carried out with the bits of keyUsage",
                usage::purpose_name(*purpose)
            ));
        }
    }
}
