//! The cryptography that these structures need, done by whoever has it.

use thiserror::Error;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};

/// Digests and signature verification: aws-lc on the server, `RustCrypto` in a browser.
pub trait Crypto: Send + Sync {
    /// The digest of `message`.
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8>;

    /// Verifies `signature` over `message` with a public key given as a DER `SubjectPublicKeyInfo`.
    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError>;
}

/// Why a signature was not verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The signature is wrong for this key and message.
    #[error("the signature does not match")]
    Mismatch,
    /// The algorithm is not offered by this implementation.
    #[error("the signature algorithm {0} is not supported")]
    UnsupportedAlgorithm(SignatureAlgorithm),
    /// The key cannot be used with the algorithm, or is damaged.
    #[error("the public key cannot be used with this signature algorithm")]
    UnusableKey,
}
