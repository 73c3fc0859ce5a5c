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

/// How a content-encryption key was encrypted to an RSA key (RFC 8017 section 7).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum KeyTransport {
    /// RSAES-PKCS1-v1_5 (RFC 8017 section 7.2).
    Pkcs1V15,
    /// RSAES-OAEP (RFC 8017 section 7.1; its parameters are those of RFC 4055 section 4.1).
    Oaep {
        /// Digest of the label.
        digest: DigestAlgorithm,
        /// Digest under the mask generation function MGF1.
        mgf1: DigestAlgorithm,
        /// The label, empty as a rule.
        label: Vec<u8>,
    },
}

/// What a structure asks of whoever holds the secret key: software, a token, a card or a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyNeed {
    /// A signature over `message`, which the holder hashes as the algorithm says; ECDSA signatures are DER
    /// (`ECDSA-Sig-Value`, RFC 3279 section 2.2.3).
    Sign {
        /// How to sign.
        algorithm: SignatureAlgorithm,
        /// The octets to sign, unhashed.
        message: Vec<u8>,
    },
    /// The plain text of `cipher_text` (RFC 5652 section 6.2.1).
    Decrypt {
        /// How it was encrypted.
        transport: KeyTransport,
        /// As long as the modulus.
        cipher_text: Vec<u8>,
    },
    /// The shared secret with a peer: the x-coordinate, as long as the field (SEC 1 section 3.3.1), or the output of
    /// X25519 (RFC 7748 section 6.1); not yet derived into a key.
    Agree {
        /// The peer's public key as DER `SubjectPublicKeyInfo`, on the curve of the own key.
        peer_spki: Vec<u8>,
    },
}
