//! S/MIME BR 6.1.5: RSA keys of authorities made after 15 September 2026 have 4096 bits or more (version 1.0.15,
//! ballot SMC017).

use chancery_x509::{PublicKeyInfo, PublicKeyKind};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "authority_key_size",
    clause: "S/MIME BR 6.1.5",
    severity: Severity::Error,
    scope: Scope::Authorities,
    rule: "An RSA key of an authority has 4096 bits or more.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    if let Ok(PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. }) =
        view.key.as_ref().map(PublicKeyInfo::kind)
        && bits < 4096
    {
        found.say(format!("the RSA key has {bits} bits"));
    }
}
