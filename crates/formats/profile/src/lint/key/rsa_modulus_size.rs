//! S/MIME BR 6.1.5: the modulus has at least 2048 bits and a number of bits that is divisible by 8.

use chancery_x509::{PublicKeyInfo, PublicKeyKind};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "rsa_modulus_size",
    clause: "S/MIME BR 6.1.5",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "An RSA modulus has at least 2048 bits and whole octets.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Ok(PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. }) =
        view.key.as_ref().map(PublicKeyInfo::kind)
        && (bits < 2048 || bits % 8 != 0)
    {
        found.say(format!("the RSA modulus has {bits} bits"));
    }
}
