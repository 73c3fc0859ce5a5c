//! S/MIME BR 7.1.2.3 e: signing: digitalSignature, with or without nonRepudiation; key management: keyEncipherment
//! (RSA; multipurpose also dataEncipherment) or keyAgreement (curves); both together for dual use; other bits are not
//! set.

use chancery_x509::PublicKeyKind;

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::KeyUsageBit as Bit;
use crate::{Generation, Kind};

pub(super) static LINT: Lint = Lint {
    name: "smime_key_usage",
    clause: "S/MIME BR 7.1.2.3 e",
    severity: Severity::Error,
    scope: Scope::Smime,
    rule: "Key usage is one of the combinations for signing, key management or both.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let Some(key) = view.key.as_ref().ok() else {
        return;
    };
    let strict = matches!(
        view.context.profile.kind(),
        Kind::Smime {
            generation: Generation::Strict,
            ..
        }
    );
    let signs = view.uses(Bit::DigitalSignature);
    let (manages, beside): (Bit, &[Bit]) = match key.kind() {
        PublicKeyKind::Rsa { .. } if strict => (Bit::KeyEncipherment, &[]),
        PublicKeyKind::Rsa { .. } => (Bit::KeyEncipherment, &[Bit::DataEncipherment]),
        PublicKeyKind::Ec { .. } => (Bit::KeyAgreement, &[Bit::EncipherOnly, Bit::DecipherOnly]),
        // An EdDSA key signs: digitalSignature is mandatory and nothing manages keys.
        _ => (Bit::DigitalSignature, &[]),
    };
    if !signs && !view.uses(manages) {
        found.say(format!(
            "neither digitalSignature nor {} is set",
            manages.name()
        ));
    }
    for bit in view.usage_bits() {
        let allowed = (signs && matches!(bit, Bit::DigitalSignature | Bit::NonRepudiation))
            || (view.uses(manages) && (bit == manages || beside.contains(&bit)));
        if !allowed {
            found.say(format!("{} is set", bit.name()));
        }
    }
}
