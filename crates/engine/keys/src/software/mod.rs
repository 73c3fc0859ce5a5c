//! Private keys in this process's memory.

mod ec_key;
mod rsa_key;
mod x25519;

use std::sync::Arc;

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa,
    signature::{Ed25519KeyPair, KeyPair as _, RsaKeyPair},
};
use chancery_x509::{
    EcCurve, KeyTransport, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm, asn1::Reader,
};
use const_oid::db::{rfc5912, rfc8410};
use pkcs8::PrivateKeyInfoRef;
use zeroize::Zeroizing;

use crate::{KeyAlgorithm, KeyOperation, KeyOperationError, SecretKey, SignError, Signer};
use ec_key::EcKey;
use rsa_key::RsaKey;
pub use x25519::X25519Key;

/// aws-lc could not make the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key for {algorithm} could not be made")]
pub struct GenerateKeyError {
    /// What was asked for.
    pub algorithm: KeyAlgorithm,
}

/// A PKCS#8 private key was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyImportError {
    /// Not a DER `PrivateKeyInfo` (RFC 5208) or `OneAsymmetricKey` (RFC 5958).
    #[error("not an unencrypted PKCS#8 private key")]
    Syntax(#[source] pkcs8::Error),
    /// The kind of key is not supported, or not where the key is to be used.
    #[error("keys of the algorithm {oid} are not supported")]
    Algorithm {
        /// Object identifier of the algorithm or curve.
        oid: String,
    },
    /// An RSA size outside of 2048 to 8192 bits.
    #[error("RSA keys of {bits} bits are not supported, only of 2048 to 8192")]
    RsaSize {
        /// The size of the modulus.
        bits: u32,
    },
    /// The numbers do not make a key (RFC 8017 section 3.2, SEC 1 section 3.2).
    #[error("the key is not consistent")]
    Inconsistent,
}

enum Pair {
    Rsa(RsaKey),
    Ec(EcKey),
    Ed25519(Box<Ed25519KeyPair>),
}

/// A private key that signs, held by aws-lc, which wipes it when dropped. RSA keys decrypt too, those on a NIST curve
/// agree on secrets.
pub struct SoftwareKey {
    pair: Pair,
    public_key: PublicKeyInfo,
}

impl std::fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoftwareKey")
            .field("kind", &self.public_key.kind())
            .finish_non_exhaustive()
    }
}

/// Reads an unencrypted PKCS#8 key of any supported kind: what [`SoftwareKey::from_pkcs8`] takes, and X25519.
pub fn read_secret_key(der: &[u8]) -> Result<Arc<dyn SecretKey>, KeyImportError> {
    let info = PrivateKeyInfoRef::try_from(der).map_err(KeyImportError::Syntax)?;
    if info.algorithm.oid == rfc8410::ID_X_25519 {
        let key = X25519Key::from_curve_private_key(info.private_key.as_bytes())?;
        return Ok(Arc::new(key));
    }
    Ok(Arc::new(SoftwareKey::from_pkcs8(der)?))
}

/// The size of an RSA key that aws-lc did not take, for the error to name.
fn rsa_bits(info: &PrivateKeyInfoRef<'_>) -> Option<u32> {
    let mut key = Reader::sequence(info.private_key.as_bytes(), "RSA private key").ok()?;
    key.integer("version").ok()?;
    let modulus = key.integer("RSA modulus").ok()?;
    let octets = modulus.strip_prefix(&[0]).unwrap_or(modulus);
    let bits = u32::try_from(octets.len()).ok()?.checked_mul(8)?;
    bits.checked_sub(octets.first()?.leading_zeros())
}

impl SoftwareKey {
    /// Makes a key; RSA takes up to seconds, so call it off the async threads.
    pub fn generate(algorithm: KeyAlgorithm) -> Result<Self, GenerateKeyError> {
        let rsa_key = |size| {
            rsa::KeyPair::generate(size)
                .ok()
                .map(|pair| Pair::Rsa(pair.into()))
        };
        let ec_key = |curve| EcKey::generate(curve).map(Pair::Ec);
        match algorithm {
            KeyAlgorithm::Rsa2048 => rsa_key(rsa::KeySize::Rsa2048),
            KeyAlgorithm::Rsa3072 => rsa_key(rsa::KeySize::Rsa3072),
            KeyAlgorithm::Rsa4096 => rsa_key(rsa::KeySize::Rsa4096),
            KeyAlgorithm::EcP256 => ec_key(EcCurve::P256),
            KeyAlgorithm::EcP384 => ec_key(EcCurve::P384),
            KeyAlgorithm::EcP521 => ec_key(EcCurve::P521),
            KeyAlgorithm::Ed25519 => Ed25519KeyPair::generate()
                .ok()
                .map(|pair| Pair::Ed25519(Box::new(pair))),
        }
        .and_then(Self::assemble)
        .ok_or(GenerateKeyError { algorithm })
    }

    /// Takes an unencrypted PKCS#8 key that signs and checks its consistency: RSA of 2048 to 8192 bits, P-256, P-384,
    /// P-521 or Ed25519. For X25519 see [`read_secret_key`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyImportError> {
        let info = PrivateKeyInfoRef::try_from(der).map_err(KeyImportError::Syntax)?;
        let oid = info.algorithm.oid;
        let pair = if oid == rfc5912::RSA_ENCRYPTION {
            match rsa_bits(&info) {
                Some(bits) if !(2048..=8192).contains(&bits) => {
                    return Err(KeyImportError::RsaSize { bits });
                }
                _ => {}
            }
            let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| KeyImportError::Inconsistent)?;
            Pair::Rsa(pair.into())
        } else if oid == rfc5912::ID_EC_PUBLIC_KEY {
            let curve = info
                .algorithm
                .parameters_oid()
                .map_err(|error| KeyImportError::Syntax(error.into()))?;
            Pair::Ec(EcKey::from_pkcs8(EcCurve::from_oid(curve), der)?)
        } else if oid == rfc8410::ID_ED_25519 {
            let pair = Ed25519KeyPair::from_pkcs8(der).map_err(|_| KeyImportError::Inconsistent)?;
            Pair::Ed25519(Box::new(pair))
        } else {
            return Err(KeyImportError::Algorithm {
                oid: oid.to_string(),
            });
        };
        Self::assemble(pair).ok_or(KeyImportError::Inconsistent)
    }

    fn assemble(pair: Pair) -> Option<Self> {
        let public_key: PublicKeyX509Der<'_> = match &pair {
            Pair::Rsa(key) => key.pair.public_key().as_der(),
            Pair::Ec(key) => key.pair.public_key().as_der(),
            Pair::Ed25519(pair) => pair.public_key().as_der(),
        }
        .ok()?;
        let public_key = PublicKeyInfo::from_der(public_key.as_ref()).ok()?;
        Some(Self { pair, public_key })
    }

    /// Kind and size of the key.
    #[must_use]
    pub fn kind(&self) -> PublicKeyKind {
        self.public_key.kind()
    }

    /// The key as version 1 `PrivateKeyInfo` (RFC 5208), which every other tool reads.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, SignError> {
        let refused = |_| SignError::Refused;
        let der = match &self.pair {
            Pair::Rsa(key) => {
                let der: Pkcs8V1Der<'_> = key.pair.as_der().map_err(refused)?;
                der.as_ref().to_vec()
            }
            Pair::Ec(key) => key.pair.to_pkcs8v1().map_err(refused)?.as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.to_pkcs8v1().map_err(refused)?.as_ref().to_vec(),
        };
        Ok(Zeroizing::new(der))
    }
}

impl Signer for SoftwareKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        match &self.pair {
            Pair::Rsa(_) => SignatureAlgorithm::RsaPkcs1Sha256,
            Pair::Ec(key) => key.algorithm(),
            Pair::Ed25519(_) => SignatureAlgorithm::Ed25519,
        }
    }

    fn public_key(&self) -> &[u8] {
        self.public_key.as_der()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        Ok(self.sign_with(self.algorithm(), message)?)
    }
}

impl SecretKey for SoftwareKey {
    fn subject_public_key_info(&self) -> &[u8] {
        self.public_key.as_der()
    }

    fn sign_with(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        match (&self.pair, algorithm) {
            (Pair::Rsa(key), _) => key.sign(algorithm, message),
            (Pair::Ec(key), _) => key.sign(algorithm, message),
            (Pair::Ed25519(pair), SignatureAlgorithm::Ed25519) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| KeyOperationError::Refused),
            (Pair::Ed25519(_), _) => Err(KeyOperationError::Unsupported(KeyOperation::Sign(
                algorithm,
            ))),
        }
    }

    fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        match &self.pair {
            Pair::Rsa(key) => key.decrypt(transport, cipher_text),
            Pair::Ec(_) | Pair::Ed25519(_) => Err(KeyOperationError::Unsupported(
                KeyOperation::Decrypt(transport.clone()),
            )),
        }
    }

    fn agree(&self, peer_spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        match &self.pair {
            Pair::Ec(key) => key.agree(peer_spki),
            Pair::Rsa(_) | Pair::Ed25519(_) => {
                Err(KeyOperationError::Unsupported(KeyOperation::Agree))
            }
        }
    }
}

#[cfg(test)]
mod tests;
