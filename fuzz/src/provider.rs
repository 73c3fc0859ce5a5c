//! Real ciphers and digests, and signatures that nearly all are right: what comes after a right one is to be reached, too.

use chancery_rustcrypto::RustCrypto;
use chancery_x509::crypto::{
    Cipher, CipherError, Crypto, Decryptor, Encryptor, EphemeralAgreement, Hasher, KeyTransport,
    PublicKeyError, VerifyError,
};
use chancery_x509::{DigestAlgorithm, PublicKeyInfo, SignatureAlgorithm};
use zeroize::Zeroizing;

pub static CRYPTO: Provider = Provider(RustCrypto::new(|octets| {
    octets.fill(0x5a);
    Ok(())
}));

#[derive(Debug)]
pub struct Provider(RustCrypto);

fn judge(key: &[u8], signature: &[u8]) -> Result<(), VerifyError> {
    PublicKeyInfo::from_der(key).map_err(|_| VerifyError::UnusableKey)?;
    match signature.last() {
        None | Some(0xff) => Err(VerifyError::Mismatch),
        Some(_) => Ok(()),
    }
}

impl Crypto for Provider {
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
        self.0.digest(algorithm, message)
    }

    fn hasher(&self, algorithm: DigestAlgorithm) -> Box<dyn Hasher> {
        self.0.hasher(algorithm)
    }

    fn hmac(&self, algorithm: DigestAlgorithm, key: &[u8], message: &[u8]) -> Vec<u8> {
        self.0.hmac(algorithm, key, message)
    }

    fn verify(
        &self,
        _: SignatureAlgorithm,
        key: &[u8],
        _: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        judge(key, signature)
    }

    fn verify_digest(
        &self,
        _: SignatureAlgorithm,
        key: &[u8],
        _: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        judge(key, signature)
    }

    fn encryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Encryptor>, CipherError> {
        self.0.encryptor(cipher, key, iv)
    }

    fn decryptor(
        &self,
        cipher: Cipher,
        key: &[u8],
        iv: &[u8],
    ) -> Result<Box<dyn Decryptor>, CipherError> {
        self.0.decryptor(cipher, key, iv)
    }

    fn wrap_key(&self, kek: &[u8], key: &[u8]) -> Result<Vec<u8>, CipherError> {
        self.0.wrap_key(kek, key)
    }

    /// Unwraps whatever is long enough.
    fn unwrap_key(&self, kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        self.0.unwrap_key(kek, wrapped).or_else(|error| {
            wrapped
                .get(8..)
                .map(|key| Zeroizing::new(key.to_vec()))
                .ok_or(error)
        })
    }

    fn encrypt_to(
        &self,
        transport: &KeyTransport,
        key: &[u8],
        plain: &[u8],
    ) -> Result<Vec<u8>, PublicKeyError> {
        self.0.encrypt_to(transport, key, plain)
    }

    fn agree_with(&self, peer: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
        self.0.agree_with(peer)
    }
}
