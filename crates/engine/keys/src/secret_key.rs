//! Everything that a private key does, whoever holds it.

use std::fmt;

use chancery_x509::{KeyNeed, KeyTransport, SignatureAlgorithm};
use zeroize::Zeroizing;

use crate::SignError;

/// Something that a kind of key, or the token that holds it, may be unable to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyOperation {
    /// Sign this way.
    Sign(SignatureAlgorithm),
    /// Decrypt what was encrypted this way.
    Decrypt(KeyTransport),
    /// Agree on a secret.
    Agree,
}

impl fmt::Display for KeyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(algorithm) => write!(f, "sign by {algorithm}"),
            Self::Decrypt(KeyTransport::Pkcs1V15) => f.write_str("decrypt RSA PKCS#1 v1.5"),
            Self::Decrypt(KeyTransport::Oaep { digest, mgf1, .. }) => {
                write!(f, "decrypt RSA OAEP with {digest} and MGF1 with {mgf1}")
            }
            Self::Agree => f.write_str("agree on a secret"),
        }
    }
}

/// A private key did not do what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyOperationError {
    /// The kind of key, or the token that holds it, does not do that at all.
    #[error("the key cannot {0}")]
    Unsupported(KeyOperation),
    /// The cipher text is not for this key, or damaged. Length, padding, label and content are never told
    /// apart (RFC 3218, RFC 8017 section 7.1.2): whoever learns which it was can decrypt by asking often.
    #[error("the key does not decrypt this")]
    Decryption,
    /// The peer's key is damaged, on another curve, or gives no secret (RFC 7748 section 6.1).
    #[error("the peer's public key cannot be used with this key")]
    PeerKey,
    /// The token that holds the key cannot be reached now; the caller tells its client to come back (503).
    #[error("the token that holds the key cannot be reached")]
    Unavailable,
    /// The key or its token refused.
    #[error("the key refused")]
    Refused,
}

impl From<KeyOperationError> for SignError {
    fn from(error: KeyOperationError) -> Self {
        match error {
            KeyOperationError::Unavailable => Self::Unavailable,
            KeyOperationError::Unsupported(_)
            | KeyOperationError::Decryption
            | KeyOperationError::PeerKey
            | KeyOperationError::Refused => Self::Refused,
        }
    }
}

/// A private key that signs in more than one way, decrypts, and agrees on secrets, as far as its kind can.
/// Every operation blocks.
pub trait SecretKey: Send + Sync {
    /// The public key as `SubjectPublicKeyInfo` in DER (RFC 5280 section 4.1.2.7).
    fn subject_public_key_info(&self) -> &[u8];

    /// Signs `message`, hashing it as `algorithm` says. ECDSA signatures are DER (`ECDSA-Sig-Value`, RFC 3279
    /// section 2.2.3).
    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError>;

    /// Decrypts a transported key. Whatever is wrong with the cipher text is
    /// [`KeyOperationError::Decryption`], after the same private operation; for PKCS#1 v1.5 the caller goes on with
    /// a random key (RFC 3218 section 2.3.2), for only then does its own behaviour not tell either.
    fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError>;

    /// The secret shared with the peer whose `SubjectPublicKeyInfo` is given: the x-coordinate, as long as the field
    /// (SEC 1 section 3.3.1), or the output of X25519 (RFC 7748 section 6.1). It still goes through a key derivation
    /// function.
    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError>;

    /// Does what a structure asks for: a signature, a plain text or a shared secret.
    fn answer(&self, need: &KeyNeed) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        match need {
            KeyNeed::Sign { algorithm, message } => {
                self.sign_with(*algorithm, message).map(Zeroizing::new)
            }
            KeyNeed::Decrypt {
                transport,
                cipher_text,
            } => self.decrypt(transport, cipher_text),
            KeyNeed::Agree { peer_spki } => self.agree(peer_spki),
        }
    }
}
