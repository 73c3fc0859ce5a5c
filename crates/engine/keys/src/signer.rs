//! What every key provider offers.

use chancery_x509::SignatureAlgorithm;

/// A signature was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// All signing threads are busy and the queue is full; the caller tells its client to come back (503).
    #[error("the signing queue is full")]
    Busy,
    /// The token that holds the key cannot be reached now; the caller tells its client to come back (503).
    #[error("the token that holds the key cannot be reached")]
    Unavailable,
    /// The key or its token refused.
    #[error("the key refused to sign")]
    Refused,
    /// The signing thread ended before it answered.
    #[error("the signing thread ended before it answered")]
    Lost,
}

/// A private key that signs.
pub trait Signer: Send + Sync {
    /// How it signs.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// The public key as `SubjectPublicKeyInfo` in DER (RFC 5280 section 4.1.2.7).
    fn public_key(&self) -> &[u8];

    /// Signs `message`, hashing it as the algorithm says; blocks. ECDSA signatures are DER
    /// (`ECDSA-Sig-Value`, RFC 3279 section 2.2.3).
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;
}
