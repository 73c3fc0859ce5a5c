//! Findings as codes, which pages word.

use chancery_cms::signed::{Algorithm, Binding, SignatureFault};
use chancery_x509::{DigestAlgorithm, SignatureAlgorithm};
use serde_json::{Value, json};

/// A fault: its kind, and what exactly in English, for whoever looks into it.
pub(super) fn fault(fault: &SignatureFault) -> Value {
    let code = match fault {
        SignatureFault::NoCertificate => "noCertificate",
        SignatureFault::Signature(_) => "signature",
        SignatureFault::Content => "altered",
        SignatureFault::ContentMissing => "contentMissing",
        SignatureFault::WeakDigest { .. } | SignatureFault::DigestDiffers { .. } => "weak",
        SignatureFault::UnsupportedDigest { .. }
        | SignatureFault::UnsupportedSignature { .. }
        | SignatureFault::ContentTooLarge => "unsupported",
        SignatureFault::SigningCertificate => "otherCertificate",
        SignatureFault::TooManyCounterSignatures { .. }
        | SignatureFault::TooDeep { .. }
        | SignatureFault::Budget { .. } => "tooMuch",
        _ => "malformed",
    };
    json!({ "code": code, "detail": crate::refusal::chain(fault) })
}

pub(super) fn digest(digest: Algorithm<DigestAlgorithm>) -> String {
    match digest {
        Algorithm::Known(digest) => digest.to_string(),
        Algorithm::Unknown(oid) => oid.to_string(),
    }
}

pub(super) fn algorithm(algorithm: Algorithm<SignatureAlgorithm>) -> String {
    match algorithm {
        Algorithm::Known(algorithm) => algorithm.to_string(),
        Algorithm::Unknown(oid) => oid.to_string(),
    }
}

/// Whether the signature names its certificate, as `CAdES-BES` asks.
pub(super) const fn is_bound(binding: Binding) -> bool {
    !matches!(binding, Binding::Absent)
}
