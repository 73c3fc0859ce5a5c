//! The cryptography that these structures need, done by whoever has it.
//!
//! [`Crypto`] is what needs no secret key of its own: digests, verification, ciphers with a key at hand, and encrypting to somebody's
//! public key. It is synchronous. Whatever touches a secret key, which may sit in a token or behind an asynchronous
//! interface, is asked for as a [`KeyNeed`] and answered by whoever holds the key.
//!
//! A provider says what it can do; what *counts* (SHA-1, small keys, old ciphers) is the caller's policy.

mod cipher;
mod key;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};

pub use cipher::{Cipher, CipherError, Decryptor, Encryptor};
pub use key::{EphemeralAgreement, KeyNeed, KeyTransport, PublicKeyError};

/// Digests, verification and ciphers: aws-lc on the server, `RustCrypto` in a browser.
pub trait Crypto: Send + Sync {
    /// The digest of `message`.
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8>;

    /// A digest of what comes piece by piece.
    fn hasher(&self, algorithm: DigestAlgorithm) -> Box<dyn Hasher>;

    /// HMAC (RFC 2104) with a key of any length.
    fn hmac(&self, algorithm: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8>;

    /// Verifies `signature` over `message` with a public key given as a DER `SubjectPublicKeyInfo`.
    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError>;

    /// Verifies `signature` over a message whose digest was taken beforehand, with the digest that the algorithm names; Ed25519
    /// signs no digest and is [`VerifyError::NotOverDigest`]. A digest of another length is a [`VerifyError::Mismatch`].
    fn verify_digest(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError>;

    /// Begins to encrypt. The caller never uses a key with the same nonce twice.
    fn encryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Encryptor>, CipherError>;

    /// Begins to decrypt. See [`Decryptor`] on what must not be done before its end.
    fn decryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Decryptor>, CipherError>;

    /// AES key wrap (RFC 3394): `kek` has 16, 24 or 32 octets, `key` a multiple of 8 and 16 or more. Eight octets are added.
    fn wrap_key(&self, kek: &[u8], key: &[u8]) -> Result<Vec<u8>, CipherError>;

    /// Undoes [`wrap_key`](Self::wrap_key); [`CipherError::Mismatch`] if the key-encryption key is wrong or `wrapped` damaged.
    fn unwrap_key(&self, kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError>;

    /// Encrypts a key to an RSA public key of 2048 bits or more; the padding's randomness is the provider's.
    fn encrypt_to(
        &self,
        transport: &KeyTransport,
        subject_public_key_info: &[u8],
        key: &[u8],
    ) -> Result<Vec<u8>, PublicKeyError>;

    /// Makes an ephemeral key on the curve of `peer_spki` (P-256, P-384, P-521 or X25519) and agrees on a secret with that peer
    /// (RFC 5753 section 3.1, RFC 8418 section 2).
    fn agree_with(&self, peer_spki: &[u8]) -> Result<EphemeralAgreement, PublicKeyError>;

    /// Encrypts a message at hand: the cipher text, and the tag (empty unless the cipher [has one](Cipher::tag_len)).
    fn encrypt(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<(Vec<u8>, Vec<u8>), CipherError> {
        let mut encryptor = self.encryptor(cipher, key, iv)?;
        if !aad.is_empty() {
            encryptor.aad(aad)?;
        }
        // Room for a block of padding.
        let mut out = Vec::with_capacity(plain.len().saturating_add(16));
        encryptor.update(plain, &mut out)?;
        let tag = encryptor.finish(&mut out)?;
        Ok((out, tag))
    }

    /// Decrypts a message at hand; plain text comes out only if the tag is right. `tag` is empty unless the cipher has one.
    fn decrypt(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        cipher_text: &[u8],
        tag: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        let mut decryptor = self.decryptor(cipher, key, iv)?;
        if !aad.is_empty() {
            decryptor.aad(aad)?;
        }
        let mut out = Zeroizing::new(Vec::with_capacity(cipher_text.len().saturating_add(16)));
        decryptor.update_unverified(cipher_text, &mut out)?;
        decryptor.finish(tag, &mut out)?;
        Ok(out)
    }
}

/// A digest under way.
pub trait Hasher: Send {
    /// Takes in more of the message.
    fn update(&mut self, message: &[u8]);

    /// The digest of all that came.
    fn finish(self: Box<Self>) -> Vec<u8>;
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
    /// The algorithm signs messages whole, so that a digest says nothing.
    #[error("{0} signs the message itself, not a digest of it")]
    NotOverDigest(SignatureAlgorithm),
    /// The key cannot be used with the algorithm, or is damaged.
    #[error("the public key cannot be used with this signature algorithm")]
    UnusableKey,
}
