//! Cryptography and randomness of the module.

use std::cell::RefCell;

use chacha20::ChaCha20Rng;
use chancery_pkcs12::{Derivation, PrimitiveError, Primitives};
use chancery_rustcrypto::{NoEntropy, RustCrypto};
use chancery_x509::crypto::{
    Cipher, CipherError, Decryptor, Encryptor, EphemeralAgreement, Hasher, PublicKeyError,
};
use chancery_x509::{Crypto, DigestAlgorithm, KeyTransport, SignatureAlgorithm, VerifyError};
use rand_core::{Rng, SeedableRng};
use zeroize::Zeroizing;

/// What computes here whatever needs no key of the store.
pub(crate) static CRYPTO: Reading = Reading(RustCrypto::new(draw));

/// A provider that encrypts to nobody: the module reads and signs, and what it does not call is not in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading(RustCrypto);

impl Crypto for Reading {
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
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        self.0
            .verify(algorithm, subject_public_key_info, message, signature)
    }

    fn verify_digest(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        digest: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        self.0
            .verify_digest(algorithm, subject_public_key_info, digest, signature)
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

    fn wrap_key(&self, _: &[u8], _: &[u8]) -> Result<Vec<u8>, CipherError> {
        Err(CipherError::Mismatch)
    }

    fn unwrap_key(&self, kek: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, CipherError> {
        self.0.unwrap_key(kek, wrapped)
    }

    fn encrypt_to(&self, _: &KeyTransport, _: &[u8], _: &[u8]) -> Result<Vec<u8>, PublicKeyError> {
        Err(PublicKeyError::NoRandomness)
    }

    fn agree_with(&self, _: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
        Err(PublicKeyError::NoRandomness)
    }
}

impl Primitives for Reading {
    fn derive(&self, derivation: &Derivation) -> Result<Zeroizing<Vec<u8>>, PrimitiveError> {
        self.0.derive(derivation)
    }

    fn public_key(&self, private_key: &[u8]) -> Option<Vec<u8>> {
        self.0.public_key(private_key)
    }
}

thread_local! {
    static GENERATOR: RefCell<Option<ChaCha20Rng>> = const { RefCell::new(None) };
}

/// Gives the module its randomness: 32 octets of `crypto.getRandomValues`, before anything else, and once more whenever wanted.
pub(crate) fn seed(seed: [u8; 32]) {
    GENERATOR.set(Some(ChaCha20Rng::from_seed(seed)));
}

fn draw(octets: &mut [u8]) -> Result<(), NoEntropy> {
    GENERATOR.with_borrow_mut(|generator| {
        generator.as_mut().ok_or(NoEntropy)?.fill_bytes(octets);
        Ok(())
    })
}

/// Random octets.
pub(crate) fn random(octets: usize) -> Result<Vec<u8>, NoEntropy> {
    let mut out = vec![0; octets];
    draw(&mut out)?;
    Ok(out)
}

/// A generator of its own for one private operation.
pub(crate) fn generator() -> Result<ChaCha20Rng, NoEntropy> {
    let mut seed = Zeroizing::new([0; 32]);
    draw(seed.as_mut_slice())?;
    Ok(ChaCha20Rng::from_seed(*seed))
}
