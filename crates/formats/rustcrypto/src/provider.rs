//! The whole provider.

use chancery_x509::{
    Crypto, DigestAlgorithm, KeyTransport, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm,
    VerifyError,
    crypto::{
        Cipher, CipherError, Decryptor, Encryptor, EphemeralAgreement, Hasher, PublicKeyError,
    },
};
use zeroize::Zeroizing;

use crate::{cipher, curve, digest, entropy::Entropy, key_wrap, rsa};

/// `RustCrypto` as the formats crates see it.
#[derive(Clone, Copy, Debug)]
pub struct RustCrypto {
    entropy: Entropy,
}

impl RustCrypto {
    /// A provider with this randomness, which it needs to encrypt to public keys and to agree with them.
    #[must_use]
    pub const fn new(entropy: Entropy) -> Self {
        Self { entropy }
    }
}

impl Crypto for RustCrypto {
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
        digest::digest(algorithm, &[message])
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
        if let Some(of) = algorithm.digest() {
            let digest = self.digest(of, message);
            return self.verify_digest(algorithm, subject_public_key_info, &digest, signature);
        }
        let key = PublicKeyInfo::fitting(algorithm, subject_public_key_info)?;
        curve::verify_ed25519(&key, message, signature)
    }

    fn verify_digest(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        let (of, key) = PublicKeyInfo::for_digest(algorithm, subject_public_key_info, digest)?;
        match key.kind() {
            PublicKeyKind::Ec { curve } => curve::verify_ecdsa(curve, &key, digest, signature),
            _ => rsa::verify_digest(algorithm, of, &key, digest, signature),
        }
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
        rsa::encrypt(transport, subject_public_key_info, key, self.entropy)
    }

    fn agree_with(&self, peer_spki: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
        curve::agree(peer_spki, self.entropy)
    }
}
