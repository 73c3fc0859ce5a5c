//! Private keys in this process's memory.

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa,
    signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair,
        EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use chancery_x509::SignatureAlgorithm;
use const_oid::db::{rfc5912, rfc8410};
use pkcs8::PrivateKeyInfoRef;
use zeroize::Zeroizing;

use crate::{KeyAlgorithm, SignError, Signer};

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
    /// The kind of key is none of [`KeyAlgorithm`].
    #[error("keys of the algorithm {oid} are not supported")]
    Algorithm {
        /// Object identifier of the algorithm or curve.
        oid: String,
    },
    /// An RSA size other than 2048, 3072 or 4096.
    #[error("RSA keys of {bits} bits are not supported")]
    RsaSize {
        /// The size of the modulus.
        bits: usize,
    },
    /// The numbers do not make a key (RFC 8017 section 3.2, SEC 1 section 3.2).
    #[error("the key is not consistent")]
    Inconsistent,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Ec(Box<EcdsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

/// A private key held by aws-lc, which wipes it when dropped.
pub struct SoftwareKey {
    algorithm: KeyAlgorithm,
    pair: Pair,
    public_key: Vec<u8>,
}

impl std::fmt::Debug for SoftwareKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoftwareKey")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

const fn curve(algorithm: KeyAlgorithm) -> Option<&'static EcdsaSigningAlgorithm> {
    match algorithm {
        KeyAlgorithm::EcP256 => Some(&ECDSA_P256_SHA256_ASN1_SIGNING),
        KeyAlgorithm::EcP384 => Some(&ECDSA_P384_SHA384_ASN1_SIGNING),
        _ => None,
    }
}

impl SoftwareKey {
    /// Makes a key; RSA takes up to seconds, so call it off the async threads.
    pub fn generate(algorithm: KeyAlgorithm) -> Result<Self, GenerateKeyError> {
        let failed = |_| GenerateKeyError { algorithm };
        let rsa_key = |size| rsa::KeyPair::generate(size).map(|pair| Pair::Rsa(Box::new(pair)));
        let pair = match algorithm {
            KeyAlgorithm::Rsa2048 => rsa_key(rsa::KeySize::Rsa2048).map_err(failed)?,
            KeyAlgorithm::Rsa3072 => rsa_key(rsa::KeySize::Rsa3072).map_err(failed)?,
            KeyAlgorithm::Rsa4096 => rsa_key(rsa::KeySize::Rsa4096).map_err(failed)?,
            KeyAlgorithm::EcP256 => EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
                .map(|pair| Pair::Ec(Box::new(pair)))
                .map_err(failed)?,
            KeyAlgorithm::EcP384 => EcdsaKeyPair::generate(&ECDSA_P384_SHA384_ASN1_SIGNING)
                .map(|pair| Pair::Ec(Box::new(pair)))
                .map_err(failed)?,
            KeyAlgorithm::Ed25519 => Ed25519KeyPair::generate()
                .map(|pair| Pair::Ed25519(Box::new(pair)))
                .map_err(failed)?,
        };
        Self::assemble(algorithm, pair).ok_or(GenerateKeyError { algorithm })
    }

    /// Takes an unencrypted PKCS#8 key and checks its consistency.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyImportError> {
        let info = PrivateKeyInfoRef::try_from(der).map_err(KeyImportError::Syntax)?;
        let oid = info.algorithm.oid;
        let (algorithm, pair) = if oid == rfc5912::RSA_ENCRYPTION {
            let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| KeyImportError::Inconsistent)?;
            let algorithm = match pair.public_modulus_len() * 8 {
                2048 => KeyAlgorithm::Rsa2048,
                3072 => KeyAlgorithm::Rsa3072,
                4096 => KeyAlgorithm::Rsa4096,
                bits => return Err(KeyImportError::RsaSize { bits }),
            };
            (algorithm, Pair::Rsa(Box::new(pair)))
        } else if oid == rfc5912::ID_EC_PUBLIC_KEY {
            let named = info
                .algorithm
                .parameters_oid()
                .map_err(|error| KeyImportError::Syntax(error.into()))?;
            let algorithm = match named {
                rfc5912::SECP_256_R_1 => KeyAlgorithm::EcP256,
                rfc5912::SECP_384_R_1 => KeyAlgorithm::EcP384,
                other => {
                    return Err(KeyImportError::Algorithm {
                        oid: other.to_string(),
                    });
                }
            };
            let curve = curve(algorithm).ok_or(KeyImportError::Inconsistent)?;
            let pair =
                EcdsaKeyPair::from_pkcs8(curve, der).map_err(|_| KeyImportError::Inconsistent)?;
            (algorithm, Pair::Ec(Box::new(pair)))
        } else if oid == rfc8410::ID_ED_25519 {
            let pair = Ed25519KeyPair::from_pkcs8(der).map_err(|_| KeyImportError::Inconsistent)?;
            (KeyAlgorithm::Ed25519, Pair::Ed25519(Box::new(pair)))
        } else {
            return Err(KeyImportError::Algorithm {
                oid: oid.to_string(),
            });
        };
        Self::assemble(algorithm, pair).ok_or(KeyImportError::Inconsistent)
    }

    fn assemble(algorithm: KeyAlgorithm, pair: Pair) -> Option<Self> {
        let public_key: PublicKeyX509Der<'_> = match &pair {
            Pair::Rsa(pair) => pair.public_key().as_der(),
            Pair::Ec(pair) => pair.public_key().as_der(),
            Pair::Ed25519(pair) => pair.public_key().as_der(),
        }
        .ok()?;
        let public_key = public_key.as_ref().to_vec();
        Some(Self {
            algorithm,
            pair,
            public_key,
        })
    }

    /// The kind of key.
    #[must_use]
    pub const fn key_algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// The key as version 1 `PrivateKeyInfo` (RFC 5208), which every other tool reads.
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, SignError> {
        let refused = |_| SignError::Refused;
        let der = match &self.pair {
            Pair::Rsa(pair) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(refused)?;
                der.as_ref().to_vec()
            }
            Pair::Ec(pair) => pair.to_pkcs8v1().map_err(refused)?.as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.to_pkcs8v1().map_err(refused)?.as_ref().to_vec(),
        };
        Ok(Zeroizing::new(der))
    }
}

impl Signer for SoftwareKey {
    fn algorithm(&self) -> SignatureAlgorithm {
        match self.algorithm {
            KeyAlgorithm::Rsa2048 | KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096 => {
                SignatureAlgorithm::RsaPkcs1Sha256
            }
            KeyAlgorithm::EcP256 => SignatureAlgorithm::EcdsaSha256,
            KeyAlgorithm::EcP384 => SignatureAlgorithm::EcdsaSha384,
            KeyAlgorithm::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }

    fn public_key(&self) -> &[u8] {
        &self.public_key
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .map_err(|_| SignError::Refused)?;
                Ok(signature)
            }
            Pair::Ec(pair) => pair
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| SignError::Refused),
            Pair::Ed25519(pair) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| SignError::Refused),
        }
    }
}

#[cfg(test)]
mod tests;
