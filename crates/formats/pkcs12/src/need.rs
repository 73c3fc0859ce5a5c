//! What the writer asks of the cryptography at hand.

use thiserror::Error;
use zeroize::Zeroizing;

use crate::kdf::derive_mac_key;

/// One operation that the writer wants done.
pub enum Need {
    /// PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2): 32 octets.
    Pbkdf2Sha256 {
        /// The password.
        password: Zeroizing<Vec<u8>>,
        /// The salt.
        salt: [u8; 16],
        /// The rounds.
        rounds: u32,
    },
    /// AES-256 in CBC mode with the padding of RFC 5652 section 6.3: the cipher text.
    Aes256CbcEncrypt {
        /// The key, 32 octets.
        key: Zeroizing<Vec<u8>>,
        /// The initialisation vector.
        iv: [u8; 16],
        /// What to encrypt.
        plain: Zeroizing<Vec<u8>>,
    },
    /// The integrity key ([`derive_mac_key`]): 32 octets.
    MacKey {
        /// The password, UTF-16 big-endian with a zero at the end.
        password: Zeroizing<Vec<u8>>,
        /// The salt.
        salt: [u8; 16],
        /// The rounds.
        rounds: u32,
    },
    /// HMAC-SHA-256: 32 octets.
    HmacSha256 {
        /// The key.
        key: Zeroizing<Vec<u8>>,
        /// The message.
        message: Vec<u8>,
    },
}

/// Where a writer stands.
pub enum Step {
    /// It needs this; go on with [`crate::Writer::resume`].
    Need(Need),
    /// The file.
    Done(Vec<u8>),
}

/// The cryptography at hand failed; what it met is its own to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a cryptographic operation failed")]
pub struct PrimitiveError;

/// Cryptography that does at once what a [`Need`] asks for.
pub trait Primitives {
    /// SHA-256.
    fn sha256(&self, message: &[u8]) -> [u8; 32];

    /// HMAC-SHA-256.
    fn hmac_sha256(&self, key: &[u8], message: &[u8]) -> Result<[u8; 32], PrimitiveError>;

    /// PBKDF2 with HMAC-SHA-256: a key of 32 octets.
    fn pbkdf2_sha256(
        &self,
        password: &[u8],
        salt: &[u8],
        rounds: u32,
    ) -> Result<Zeroizing<[u8; 32]>, PrimitiveError>;

    /// AES-256 in CBC mode, padded: the cipher text.
    fn aes256_cbc_encrypt(
        &self,
        key: &[u8],
        iv: [u8; 16],
        plain: &[u8],
    ) -> Result<Vec<u8>, PrimitiveError>;
}

impl Need {
    /// Does it.
    pub fn fulfil(
        &self,
        primitives: &dyn Primitives,
    ) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        Ok(Zeroizing::new(match self {
            Self::Pbkdf2Sha256 {
                password,
                salt,
                rounds,
            } => primitives.pbkdf2_sha256(password, salt, *rounds)?.to_vec(),
            Self::Aes256CbcEncrypt { key, iv, plain } => {
                primitives.aes256_cbc_encrypt(key, *iv, plain)?
            }
            Self::MacKey {
                password,
                salt,
                rounds,
            } => derive_mac_key(&|m| primitives.sha256(m), password, salt, *rounds).to_vec(),
            Self::HmacSha256 { key, message } => primitives.hmac_sha256(key, message)?.to_vec(),
        }))
    }
}
