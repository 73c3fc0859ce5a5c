//! Profile, key: the profile says which kinds and sizes of key are certified.

use chancery_x509::PublicKeyKind;

use crate::key::known_curve;
use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "key_allowed",
    clause: "Profile, key",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The key is of a kind and size that the profile allows.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Ok(key) = &view.key else {
        return;
    };
    let rules = view.context.profile.key_rules();
    let allowed = match key.kind() {
        PublicKeyKind::Rsa { bits, .. } => rules
            .rsa_bits
            .is_some_and(|(minimum, maximum)| (minimum..=maximum).contains(&bits)),
        PublicKeyKind::Ec { curve } => {
            known_curve(curve).is_some_and(|curve| rules.curves.contains(&curve))
        }
        PublicKeyKind::Ed25519 => rules.ed25519,
        _ => false,
    };
    if !allowed {
        found.say(format!(
            "keys of kind {} are not allowed by the profile",
            key.kind()
        ));
    }
}
