//! S/MIME BR 6.1.6: "the public exponent SHOULD be in the range between 2^16 + 1 and 2^256 - 1."

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_exponent_range",
    clause: "S/MIME BR 6.1.6",
    severity: Severity::Warning,
    scope: Scope::All,
    rule: "An RSA exponent lies between 65537 and 2^256 - 1.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Some(rsa) = view.key.as_ref().ok().and_then(|key| key.rsa()) {
        let exponent = rsa.exponent.as_slice();
        let below = exponent.len() < 3 || (exponent.len() == 3 && exponent < [1, 0, 1].as_slice());
        if below || exponent.len() > 32 {
            found.say("the RSA exponent is below 65537 or above 2^256 - 1");
        }
    }
}
