//! RFC 5280 section 4.2.1.12: "If a certificate contains both a key usage extension and an extended key usage
//! extension, then both MUST be processed independently and the certificate MUST only be used for a purpose
//! consistent with both": each purpose finds at least one of the bits that the clause names for it.

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};
use crate::usage::{self, KeyUsageBit as Bit};

pub(super) static LINT: Lint = Lint {
    name: "key_usage_purposes",
    clause: "RFC 5280 section 4.2.1.12",
    severity: Severity::Error,
    scope: Scope::EndEntities,
    rule: "Each key purpose has a key usage that it can be carried out with.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    const SIGN: &[Bit] = &[Bit::DigitalSignature];
    const SIGN_OR_AGREE: &[Bit] = &[Bit::DigitalSignature, Bit::KeyAgreement];
    const SIGN_OR_MANAGE: &[Bit] = &[
        Bit::DigitalSignature,
        Bit::KeyEncipherment,
        Bit::KeyAgreement,
    ];
    const SIGN_OR_COMMIT: &[Bit] = &[Bit::DigitalSignature, Bit::NonRepudiation];
    const MAIL: &[Bit] = &[
        Bit::DigitalSignature,
        Bit::NonRepudiation,
        Bit::KeyEncipherment,
        Bit::KeyAgreement,
    ];
    for purpose in view.purposes() {
        let consistent = match *purpose {
            usage::SERVER_AUTH => SIGN_OR_MANAGE,
            usage::CLIENT_AUTH => SIGN_OR_AGREE,
            usage::CODE_SIGNING => SIGN,
            usage::EMAIL_PROTECTION => MAIL,
            usage::TIME_STAMPING | usage::OCSP_SIGNING => SIGN_OR_COMMIT,
            _ => continue,
        };
        if !consistent.iter().any(|bit| view.uses(*bit)) {
            found.say(format!(
                "{} cannot be carried out with the bits of keyUsage",
                usage::purpose_name(*purpose)
            ));
        }
    }
}
