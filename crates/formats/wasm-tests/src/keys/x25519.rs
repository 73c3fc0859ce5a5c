//! X25519, which `rsa` and `ecdsa` know nothing of.

use chancery_x509::{KeyTransport, SignatureAlgorithm, oid};
use zeroize::Zeroizing;

use super::random::random;
use super::{KeyOperationError, SecretKey, bare, bare_private};

/// An X25519 key in memory.
pub struct X25519Key {
    secret: Zeroizing<[u8; 32]>,
    public_key: Vec<u8>,
}

impl X25519Key {
    /// Makes a key.
    #[expect(clippy::unnecessary_wraps, reason = "as natively")]
    pub fn generate() -> Result<Self, KeyOperationError> {
        let secret = Zeroizing::new(random());
        let public = x25519_dalek::x25519(*secret, x25519_dalek::X25519_BASEPOINT_BYTES);
        Ok(Self {
            secret,
            public_key: bare(&oid::X25519, &public),
        })
    }
}

impl X25519Key {
    /// The key as version 1 `PrivateKeyInfo`.
    #[expect(clippy::unnecessary_wraps, reason = "as natively")]
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        Ok(Zeroizing::new(bare_private(
            &oid::X25519,
            self.secret.as_slice(),
        )))
    }
}

impl SecretKey for X25519Key {
    fn subject_public_key_info(&self) -> &[u8] {
        &self.public_key
    }

    fn sign_with(&self, _: SignatureAlgorithm, _: &[u8]) -> Result<Vec<u8>, KeyOperationError> {
        Err(KeyOperationError::Unsupported)
    }

    fn decrypt(&self, _: &KeyTransport, _: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        Err(KeyOperationError::Unsupported)
    }

    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let peer = chancery_x509::PublicKeyInfo::from_der(peer_spki)
            .map_err(|_| KeyOperationError::PeerKey)?;
        let point = <[u8; 32]>::try_from(peer.subject_public_key())
            .map_err(|_| KeyOperationError::PeerKey)?;
        Ok(Zeroizing::new(
            x25519_dalek::x25519(*self.secret, point).to_vec(),
        ))
    }
}
