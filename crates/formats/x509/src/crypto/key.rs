//! Asymmetric keys: what is encrypted to a public one, and what is asked of a secret one.

use thiserror::Error;
use zeroize::Zeroizing;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::public_key::PublicKeyKind;

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

/// A secret shared with a peer through a key that was made for it and is gone.
#[derive(Clone)]
pub struct EphemeralAgreement {
    /// The ephemeral public key as DER `SubjectPublicKeyInfo`: the originator's key of RFC 5753 section 3.1.1.
    pub public_key: Vec<u8>,
    /// The shared secret as [`KeyNeed::Agree`] describes it, not yet derived into a key.
    pub shared_secret: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for EphemeralAgreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EphemeralAgreement").finish_non_exhaustive()
    }
}

/// Why nothing was encrypted to a public key, or agreed with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PublicKeyError {
    /// Not a `SubjectPublicKeyInfo`, a point that is not on its curve, or numbers that make no RSA key.
    #[error("the recipient's public key is damaged")]
    Damaged,
    /// A kind of key that cannot do this.
    #[error("a recipient's key of the kind {kind} cannot be used this way")]
    WrongKind {
        /// The kind met.
        kind: PublicKeyKind,
    },
    /// An RSA key that nobody should trust a secret to.
    #[error("the recipient's RSA key has {bits} bits; 2048 to 8192 are used")]
    KeySize {
        /// Its modulus.
        bits: u32,
    },
    /// The key to be transported does not fit into the modulus.
    #[error("{octets} octets do not fit into the recipient's RSA key, which takes {limit}")]
    TooLong {
        /// What was to be encrypted.
        octets: usize,
        /// What the key takes with this padding.
        limit: usize,
    },
    /// The system gave no randomness.
    #[error("the system gives no randomness")]
    NoRandomness,
}
