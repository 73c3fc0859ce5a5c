//! Keys and what is done with them: signing, sealing at rest, hashing of secrets, randomness.
//!
//! Software keys live in aws-lc and never leave it but as PKCS#8 towards the [`Vault`], which alone
//! writes them to disk; keys in a token ([`pkcs11`]) never leave that. [`KeyHome`] knows which is where. Signing is synchronous and slow for RSA, so it runs behind the bounded
//! [`SigningPool`]; Argon2 has a limit of its own in [`SecretHasher`].

#![warn(missing_docs)]

mod algorithm;
mod blob_key;
mod code;
mod crypto;
mod entropy;
mod hasher;
mod home;
pub mod pkcs11;
mod pkcs12;
mod pool;
mod secret_key;
mod signer;
mod software;
mod vault;

pub use algorithm::{KeyAlgorithm, ParseKeyAlgorithmError};
pub use blob_key::BlobKey;
pub use code::{code_eq, digest_code, random_code, typed_code};
pub use crypto::AwsLc;
pub use entropy::{Entropy, EntropyError, SystemEntropy, random, random_id};
pub use hasher::{HashError, HasherConfig, SecretHasher};
pub use home::{HomedKey, KeyHome, KeyHomeError};
pub use pool::SigningPool;
pub use secret_key::{KeyOperation, KeyOperationError, SecretKey};
pub use signer::{SignError, Signer};
pub use software::{GenerateKeyError, KeyImportError, SoftwareKey, X25519Key, read_secret_key};
pub use vault::{
    KdfCost, KeyFileError, OpenSealedError, SealError, Vault, VaultCreateError, VaultOpenError,
};

/// Predictable stand-ins for tests; never in a server.
#[cfg(feature = "testing")]
pub mod testing {
    pub use crate::entropy::testing::SeededEntropy;
}
