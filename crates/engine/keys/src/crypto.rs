//! The cryptography of `formats`, by aws-lc.
//!
//! What aws-lc-rs does not offer (old ciphers, GCM's tag over a stream, rare forms of RSA signatures) comes from
//! `chancery-rustcrypto`, and so does AES key wrap, which aws-lc-rs has for two of its three sizes; a private key never goes there.

mod cipher;
mod digest;
mod recipient;
#[cfg(test)]
mod tests;
mod verify;

pub(crate) use digest::algorithm as digest_algorithm;
pub(crate) use recipient::oaep;
pub(crate) use verify::fit;

use chancery_rustcrypto::key_wrap;
use chancery_x509::{
    Crypto, DigestAlgorithm, KeyTransport, SignatureAlgorithm, VerifyError,
    crypto::{
        Cipher, CipherError, Decryptor, Encryptor, EphemeralAgreement, Hasher, PublicKeyError,
    },
};
use zeroize::Zeroizing;

/// aws-lc as the formats crates see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsLc;

impl Crypto for AwsLc {
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
        digest::digest(algorithm, message)
    }

    fn hasher(&self, algorithm: DigestAlgorithm) -> Box<dyn Hasher> {
        digest::hasher(algorithm)
    }

    fn hmac(&self, algorithm: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
        digest::hmac(algorithm, key, message)
    }

    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        verify::message(algorithm, subject_public_key_info, message, signature)
    }

    fn verify_digest(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        verify::digest(algorithm, subject_public_key_info, digest, signature)
    }

    fn encryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Encryptor>, CipherError> {
        cipher::encryptor(cipher, key, iv)
    }

    fn decryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Decryptor>, CipherError> {
        cipher::decryptor(cipher, key, iv)
    }

    fn wrap_key(&self, kek: &[u8], key: &[u8]) -> Result<Vec<u8>, CipherError> {
        key_wrap::wrap(kek, key)
    }

    fn unwrap_key(&self, kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        key_wrap::unwrap(kek, wrapped)
    }

    fn encrypt_to(
        &self,
        transport: &KeyTransport,
        subject_public_key_info: &[u8],
        key: &[u8],
    ) -> Result<Vec<u8>, PublicKeyError> {
        recipient::encrypt(transport, subject_public_key_info, key)
    }

    fn agree_with(&self, peer_spki: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
        recipient::agree(peer_spki)
    }
}
