//! RFC 3279 section 2.3.1: an RSA key does not agree on keys; RFC 8813 section 3: a key on a curve does not encipher;
//! RFC 9295 section 3: an Ed25519 key only signs.

use chancery_x509::PublicKeyKind;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;

pub(super) static LINT: Lint = Lint {
    name: "key_usage_algorithm",
    clause: "RFC 3279 section 2.3.1",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "Key usage holds only what a key of this kind can do.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Ok(key) = &view.key else {
        return;
    };
    let cannot: &[Bit] = match key.kind() {
        PublicKeyKind::Rsa { .. } => &[Bit::KeyAgreement, Bit::EncipherOnly, Bit::DecipherOnly],
        PublicKeyKind::Ec { .. } => &[Bit::KeyEncipherment, Bit::DataEncipherment],
        _ => &[
            Bit::KeyEncipherment,
            Bit::DataEncipherment,
            Bit::KeyAgreement,
            Bit::EncipherOnly,
            Bit::DecipherOnly,
        ],
    };
    for bit in cannot {
        if view.uses(*bit) {
            found.say(format!(
                "a key of kind {} cannot do {}",
                key.kind(),
                bit.name()
            ));
        }
    }
    if (view.uses(Bit::EncipherOnly) || view.uses(Bit::DecipherOnly))
        && !view.uses(Bit::KeyAgreement)
    {
        found.say("encipherOnly and decipherOnly mean something with keyAgreement only");
    }
}
