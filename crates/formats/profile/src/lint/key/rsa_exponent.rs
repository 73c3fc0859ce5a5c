//! S/MIME BR 6.1.6: "the CA SHALL confirm that the value of the public exponent is an odd number equal to 3 or more."

use crate::key::{KeyWeakness, check_strength};
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_exponent",
    clause: "S/MIME BR 6.1.6",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "An RSA exponent is odd and 3 or more.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Ok(key) = &view.key
        && check_strength(key) == Err(KeyWeakness::Exponent)
    {
        found.say("the RSA exponent is even or below 3");
    }
}
