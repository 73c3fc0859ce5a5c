//! How far an operation has come, and what it needs of outside.

use chancery_x509::DigestAlgorithm;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::message::Parts;
use crate::operation::put;

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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Need {
    /// PBKDF2 (RFC 8018 section 5.2). Parts: the password, empty where it is the store's own; the salt; salts that will be asked
    /// next with all else the same, where that is known, so that a browser may begin with them. The answer: this many octets.
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
    /// The content that lies beside a signature. Answered by feeding it, or by `resume` without a part where it is not at hand.
    Content,
}

/// A digest by its name in `WebCrypto`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hash {
    /// SHA-1, for reading what others wrote.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// How to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1 {
        /// The digest.
        hash: Hash,
    },
    /// RSASSA-PSS, the same digest under MGF1.
    RsaPss {
        /// The digest.
        hash: Hash,
        /// Octets of salt.
        salt_length: u16,
    },
    /// ECDSA.
    Ecdsa {
        /// The digest.
        hash: Hash,
    },
    /// Ed25519.
    Ed25519,
}

/// How a key was encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportScheme {
    /// RSAES-OAEP, the same digest for label and MGF1.
    RsaOaep {
        /// The digest.
        hash: Hash,
    },
    /// RSAES-PKCS1-v1_5, which `WebCrypto` lacks: answered by the request `unwrap`.
    RsaPkcs1,
}

impl Need {
    /// As the worker reads it: its name under `need`, and beside it what it takes.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Derive {
                hash,
                rounds,
                octets,
                of_store,
            } => json!({
                "need": "derive", "hash": hash.name(), "rounds": rounds, "octets": octets, "ofStore": of_store,
            }),
            Self::Sign(scheme) => {
                let (name, hash, salt_length) = match scheme {
                    SignatureScheme::RsaPkcs1 { hash } => ("RSASSA-PKCS1-v1_5", Some(hash), None),
                    SignatureScheme::RsaPss { hash, salt_length } => {
                        ("RSA-PSS", Some(hash), Some(salt_length))
                    }
                    SignatureScheme::Ecdsa { hash } => ("ECDSA", Some(hash), None),
                    SignatureScheme::Ed25519 => ("Ed25519", None, None),
                };
                named("sign", name, hash, salt_length)
            }
            Self::Decrypt(TransportScheme::RsaOaep { hash }) => {
                named("decrypt", "RSA-OAEP", Some(hash), None)
            }
            Self::Decrypt(TransportScheme::RsaPkcs1) => {
                named("decrypt", "RSAES-PKCS1-v1_5", None, None)
            }
            Self::Agree { curve } => json!({ "need": "agree", "curve": curve }),
            Self::Again => json!({ "need": "again" }),
            Self::Content => json!({ "need": "content" }),
        }
    }
}

fn named(need: &str, name: &str, hash: Option<&Hash>, salt_length: Option<&u16>) -> Value {
    let mut value = json!({ "need": need, "name": name });
    if let Some(hash) = hash {
        put(&mut value, "hash", hash.name());
    }
    if let Some(salt_length) = salt_length {
        put(&mut value, "saltLength", *salt_length);
    }
    value
}

impl Hash {
    /// As `WebCrypto` calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

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
