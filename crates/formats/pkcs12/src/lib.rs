//! Writing PKCS#12 files (RFC 7292): a private key, its certificate and the chain, under a password.
//!
//! The `modern` form is written: PBES2 with AES-256-CBC, keys by PBKDF2 with HMAC-SHA-256, integrity by HMAC-SHA-256 with the key
//! derivation of RFC 7292 appendix B, 600,000 rounds each. OpenSSL 3, NSS, Java and current Windows, macOS and Thunderbird open it.
//!
//! Nothing here derives or encrypts: [`Writer`] says what it needs in [`Step`]s and goes on with the result, so that software keys,
//! tokens and a browser's asynchronous cryptography share one path. [`write()`] goes the whole way with something that does it at once.
#![warn(missing_docs)]

mod bags;
mod kdf;
mod need;
mod password;
mod structure;
mod writer;

pub use kdf::derive_mac_key;
pub use need::{Need, PrimitiveError, Primitives, Step};
pub use password::{Password, PasswordError};
pub use writer::{Contents, ROUNDS, Randomness, WriteError, Writer, write};
