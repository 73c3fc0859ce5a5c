//! S/MIME BR 6.1.1.3: a key that a demonstrated method breaks is refused: the keys of CVE-2017-15361 (ROCA) are
//! recognised by their residues modulo small primes.

use crate::key::has_roca_fingerprint;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_roca",
    clause: "S/MIME BR 6.1.1.3",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "An RSA key does not come from the generator with the fault CVE-2017-15361.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if view
        .key
        .as_ref()
        .ok()
        .and_then(|key| key.rsa())
        .is_some_and(|rsa| has_roca_fingerprint(&rsa.modulus))
    {
        found.say("the RSA key has the fingerprint of CVE-2017-15361 (ROCA)");
    }
}
