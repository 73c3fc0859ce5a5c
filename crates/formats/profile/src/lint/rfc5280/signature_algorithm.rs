//! RFC 5280 section 4.1.2.3: the algorithm fits the key that signs. S/MIME BR 7.1.3.2 lists the encodings, octet by
//! octet, and ties P-256, P-384 and P-521 to SHA-256, SHA-384 and SHA-512; SHA-1 is not among them.

use chancery_x509::{EcCurve, PublicKeyKind, SignatureAlgorithm};

use crate::lint::view::View;
use crate::lint::{Found, Lint, Scope, Severity};

pub(super) static LINT: Lint = Lint {
    name: "signature_algorithm",
    clause: "RFC 5280 section 4.1.2.3",
    severity: Severity::Error,
    scope: Scope::All,
    rule: "The signature algorithm is one that is allowed with the issuer's key.",
    check,
};

fn check(view: &View<'_>, found: &mut Found) {
    let fitting: &[SignatureAlgorithm] = match view.context.issuer_key.kind() {
        PublicKeyKind::Rsa { .. } => &[
            SignatureAlgorithm::RsaPkcs1Sha256,
            SignatureAlgorithm::RsaPkcs1Sha384,
            SignatureAlgorithm::RsaPkcs1Sha512,
        ],
        PublicKeyKind::Ec {
            curve: EcCurve::P256,
        } => &[SignatureAlgorithm::EcdsaSha256],
        PublicKeyKind::Ec {
            curve: EcCurve::P384,
        } => &[SignatureAlgorithm::EcdsaSha384],
        PublicKeyKind::Ec {
            curve: EcCurve::P521,
        } => &[SignatureAlgorithm::EcdsaSha512],
        PublicKeyKind::Ed25519 => &[SignatureAlgorithm::Ed25519],
        _ => &[],
    };
    if !fitting
        .iter()
        .any(|algorithm| algorithm.to_der() == view.signature)
    {
        found.say(format!(
            "the signature algorithm is not one for a key of kind {}",
            view.context.issuer_key.kind()
        ));
    }
}
