//! The providers, and octets.

use chancery_keys::{AwsLc, Entropy, SystemEntropy};
use chancery_rustcrypto::{NoEntropy, RustCrypto};
use chancery_x509::Crypto;

fn entropy(octets: &mut [u8]) -> Result<(), NoEntropy> {
    SystemEntropy.fill(octets).map_err(|_| NoEntropy)
}

pub const RUST_CRYPTO: RustCrypto = RustCrypto::new(entropy);

/// Every provider by name. In wasm both are `RustCrypto`.
pub fn providers() -> [(&'static str, &'static dyn Crypto); 2] {
    [("aws-lc", &AwsLc), ("RustCrypto", &RUST_CRYPTO)]
}

pub fn hex(text: &str) -> Vec<u8> {
    let digits: String = text
        .chars()
        .filter(|digit| !digit.is_whitespace())
        .collect();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect()
}
