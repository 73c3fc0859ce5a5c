//! X25519 in memory: keys that only agree.

use aws_lc_rs::{
    agreement::{PrivateKey as AgreementKey, X25519},
    encoding::{AsBigEndian, Curve25519SeedBin},
};
use chancery_x509::{KeyTransport, SignatureAlgorithm};
use zeroize::Zeroizing;

use super::{KeyImportError, ec_key::agree};
use crate::{KeyOperation, KeyOperationError, SecretKey};

/// `SubjectPublicKeyInfo` of X25519 up to the 32 octets of the key (RFC 8410 section 4).
const SPKI: &[u8; 12] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x6e\x03\x21\x00";
/// `OneAsymmetricKey` of X25519 up to the 32 octets of the key (RFC 8410 section 7), version 1.
const PKCS8: &[u8; 16] = b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x6e\x04\x22\x04\x20";

/// An X25519 private key held by aws-lc, which wipes it when dropped.
pub struct X25519Key {
    key: AgreementKey,
    public_key: Vec<u8>,
}

impl std::fmt::Debug for X25519Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("X25519Key").finish_non_exhaustive()
    }
}

impl X25519Key {
    /// Makes a key.
    pub fn generate() -> Result<Self, KeyOperationError> {
        AgreementKey::generate(&X25519)
            .ok()
            .and_then(Self::assemble)
            .ok_or(KeyOperationError::Refused)
    }

    /// The content of the `privateKey` of a PKCS#8 structure: `CurvePrivateKey` (RFC 8410 section 7).
    pub(super) fn from_curve_private_key(der: &[u8]) -> Result<Self, KeyImportError> {
        let [0x04, 0x20, seed @ ..] = der else {
            return Err(KeyImportError::Inconsistent);
        };
        AgreementKey::from_private_key(&X25519, seed)
            .ok()
            .and_then(Self::assemble)
            .ok_or(KeyImportError::Inconsistent)
    }

    fn assemble(key: AgreementKey) -> Option<Self> {
        let public = key.compute_public_key().ok()?;
        let public_key = [SPKI.as_slice(), public.as_ref()].concat();
        Some(Self { key, public_key })
    }

    /// The key as version 1 `PrivateKeyInfo` (RFC 8410 section 7).
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let seed: Curve25519SeedBin<'_> = self
            .key
            .as_be_bytes()
            .map_err(|_| KeyOperationError::Refused)?;
        Ok(Zeroizing::new([PKCS8.as_slice(), seed.as_ref()].concat()))
    }
}

impl SecretKey for X25519Key {
    fn subject_public_key_info(&self) -> &[u8] {
        &self.public_key
    }

    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        _message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        Err(KeyOperationError::Unsupported(KeyOperation::Sign(
            algorithm,
        )))
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        _cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        Err(KeyOperationError::Unsupported(KeyOperation::Decrypt(
            transport.clone(),
        )))
    }

    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let point = peer_spki
            .strip_prefix(SPKI.as_slice())
            .ok_or(KeyOperationError::PeerKey)?;
        agree(&self.key, &X25519, point)
    }
}
