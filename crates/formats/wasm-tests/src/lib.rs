//! The tests of `formats` in wasm32-unknown-unknown.
//!
//! Natively those tests make keys and certificates with `chancery-keys`, which is aws-lc and does not compile here. Their
//! manifests name this crate as `chancery-keys` for wasm: the same names over `RustCrypto`, as far as the tests use them.
//! [`run`] is their test runner; `cargo xtask wasm-tests` puts it in libtest's place and talks to it from Node.
#![cfg(target_arch = "wasm32")]
#![feature(internal_output_capture, test)]
#![expect(
    unsafe_code,
    reason = "the host's functions are foreign ones; this crate is in nothing that is shipped"
)]
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "what fails here fails a test"
)]
#![warn(missing_docs)]

mod host;
mod keys;
mod runner;

use chancery_rustcrypto::RustCrypto;

pub use keys::{
    Entropy, GenerateKeyError, KeyAlgorithm, KeyOperationError, SecretKey, SignError, Signer,
    SoftwareKey, SystemEntropy, X25519Key,
};
pub use runner::run;

/// The provider that stands in for aws-lc.
#[expect(non_upper_case_globals, reason = "natively a struct without fields")]
pub const AwsLc: RustCrypto = RustCrypto::new(host::entropy);
