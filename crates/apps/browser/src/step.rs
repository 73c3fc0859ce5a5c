//! How far an operation has come, and what it needs of outside.

use chancery_x509::DigestAlgorithm;
use serde::Serialize;
use zeroize::Zeroizing;

use crate::message::Parts;

/// What a call gives.
#[derive(Debug)]
pub enum Step {
    /// Something of outside is needed; go on with `resume`. Its octets are beside it.
    Need(Need, Parts),
    /// It takes more content. What came out of the last piece is beside it.
    Reads(Parts),
    /// It is done: the result, and the octets that it speaks of.
    Done(serde_json::Value, Parts),
}

/// What is needed of outside: a browser's `WebCrypto`, whose names these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "need", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Need {
    /// PBKDF2 (RFC 8018 section 5.2). Parts: the password, empty where it is the store's own; the salt; salts that will be asked
    /// next with all else the same, where that is known, so that a browser may begin with them. The answer: this many octets.
    #[serde(rename_all = "camelCase")]
    Derive {
        /// The digest under HMAC.
        hash: Hash,
        /// The rounds.
        rounds: u32,
        /// Octets wanted.
        octets: usize,
        /// Whether the password is the store's, which only the worker has, as a key that nobody reads.
        of_store: bool,
    },
    /// A signature. Parts: the message, unhashed. The answer: the signature as `WebCrypto` gives it, with ECDSA both numbers end to end.
    Sign(SignatureScheme),
    /// Decryption by the own key. Parts: the cipher text; for OAEP the label. The answer: the plain text, or no part at all where the key
    /// refuses the cipher text.
    Decrypt(TransportScheme),
    /// A secret shared with a peer. Parts: the peer's `SubjectPublicKeyInfo`. The answer: the shared secret, or no part at all
    /// where the peer's key is refused.
    Agree {
        /// `P-256`, `P-384`, `P-521` or `X25519`.
        curve: &'static str,
    },
    /// The content once more, from its first octet: its tag covers what stands behind it. Answered by feeding it, not by `resume`.
    Again,
}

/// A digest by its name in `WebCrypto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-1, for reading what others wrote.
    #[serde(rename = "SHA-1")]
    Sha1,
    /// SHA-256.
    #[serde(rename = "SHA-256")]
    Sha256,
    /// SHA-384.
    #[serde(rename = "SHA-384")]
    Sha384,
    /// SHA-512.
    #[serde(rename = "SHA-512")]
    Sha512,
}

/// How to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5.
    #[serde(rename = "RSASSA-PKCS1-v1_5")]
    RsaPkcs1 {
        /// The digest.
        hash: Hash,
    },
    /// RSASSA-PSS, the same digest under MGF1.
    #[serde(rename = "RSA-PSS", rename_all = "camelCase")]
    RsaPss {
        /// The digest.
        hash: Hash,
        /// Octets of salt.
        salt_length: u16,
    },
    /// ECDSA.
    #[serde(rename = "ECDSA")]
    Ecdsa {
        /// The digest.
        hash: Hash,
    },
    /// Ed25519.
    #[serde(rename = "Ed25519")]
    Ed25519,
}

/// How a key was encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "name")]
#[non_exhaustive]
pub enum TransportScheme {
    /// RSAES-OAEP, the same digest for label and MGF1.
    #[serde(rename = "RSA-OAEP")]
    RsaOaep {
        /// The digest.
        hash: Hash,
    },
    /// RSAES-PKCS1-v1_5, which `WebCrypto` lacks: answered by the request `unwrap`.
    #[serde(rename = "RSAES-PKCS1-v1_5")]
    RsaPkcs1,
}

impl Hash {
    /// None for SHA-224, which `WebCrypto` lacks.
    #[must_use]
    pub const fn of(digest: DigestAlgorithm) -> Option<Self> {
        match digest {
            DigestAlgorithm::Sha1 => Some(Self::Sha1),
            DigestAlgorithm::Sha224 => None,
            DigestAlgorithm::Sha256 => Some(Self::Sha256),
            DigestAlgorithm::Sha384 => Some(Self::Sha384),
            DigestAlgorithm::Sha512 => Some(Self::Sha512),
        }
    }
}

/// Octets as a part.
pub(crate) fn part(octets: impl Into<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(octets.into())
}
