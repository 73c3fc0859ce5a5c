//! S/MIME BR 6.1.6: the modulus is an odd number and has no factors smaller than 752 (SP 800-89 section 5.3.3).

use crate::key::small_factor;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_small_factor",
    clause: "S/MIME BR 6.1.6",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "An RSA modulus has no factor under 752.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(factor) = view
        .key
        .as_ref()
        .ok()
        .and_then(|key| key.rsa())
        .and_then(|rsa| small_factor(&rsa.modulus))
    {
        found.say(format!("the RSA modulus is divisible by {factor}"));
    }
}
