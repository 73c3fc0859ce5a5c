//! The cryptography of `chancery-x509` by the `RustCrypto` crates: pure Rust, so that it runs where aws-lc does not.
//!
//! With the feature `provider` it is the whole provider, for browsers. Without it remain the parts that the native provider takes
//! from here: ciphers that aws-lc lacks or cannot stream (GCM's tag, `ChaCha20`-`Poly1305`, triple DES, RC2, RC4), AES key wrap and,
//! with the feature `rsa`, rare forms of RSA with *public* keys. No private key ever meets the `rsa` crate (RUSTSEC-2023-0071).
#![warn(missing_docs)]

pub mod cipher;
#[cfg(feature = "provider")]
mod curve;
#[cfg(feature = "rsa")]
mod digest;
#[cfg(feature = "rsa")]
mod entropy;
pub mod key_wrap;
#[cfg(feature = "pkcs12")]
mod password;
#[cfg(feature = "provider")]
mod provider;
#[cfg(feature = "rsa")]
pub mod rsa;

#[cfg(feature = "rsa")]
pub use entropy::{Entropy, NoEntropy};
#[cfg(feature = "provider")]
pub use provider::RustCrypto;
