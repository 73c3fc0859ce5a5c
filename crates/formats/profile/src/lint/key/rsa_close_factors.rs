//! S/MIME BR 6.1.1.3: a key that a demonstrated method breaks is refused: Fermat's method takes moduli of close primes apart
//! (CVE-2022-26320), and squares. 6.1.6: the modulus is not the power of a prime.

use crate::key::has_close_factors;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_close_factors",
    clause: "S/MIME BR 6.1.1.3",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "An RSA modulus does not fall to a hundred rounds of Fermat's method.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view
        .key
        .as_ref()
        .ok()
        .and_then(|key| key.rsa())
        .is_some_and(|rsa| has_close_factors(&rsa.modulus))
    {
        found.say("the factors of the RSA modulus lie too close together");
    }
}
