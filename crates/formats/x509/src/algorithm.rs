//! Digest and signature algorithms with their `AlgorithmIdentifier`s.
//!
//! The enums are exhaustive on purpose: whoever provides cryptography does or refuses each algorithm by name, and adding one here
//! makes the compiler list every place that has to decide.

mod digest;
mod mgf1;
mod oaep;
mod pss;
mod signature;
#[cfg(test)]
mod tests;

pub use digest::DigestAlgorithm;
pub use pss::PssParameters;
pub use signature::SignatureAlgorithm;
