//! RSA in memory.

use std::sync::OnceLock;

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    error::Unspecified,
    rand::SystemRandom,
    rsa::{OaepPrivateDecryptingKey, Pkcs1PrivateDecryptingKey, PrivateDecryptingKey},
    signature::{
        RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384,
        RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
    },
};
use chancery_x509::{DigestAlgorithm, KeyTransport, PssParameters, SignatureAlgorithm};
use zeroize::Zeroizing;

use crate::{KeyOperation, KeyOperationError, crypto::oaep};

/// One key in the three forms that aws-lc wants it in; those that decrypt are made at their first use.
pub(super) struct RsaKey {
    pub(super) pair: Box<RsaKeyPair>,
    decrypting: OnceLock<Option<Decrypting>>,
}

struct Decrypting {
    pkcs1: Pkcs1PrivateDecryptingKey,
    oaep: OaepPrivateDecryptingKey,
}

impl Decrypting {
    fn of(pair: &RsaKeyPair) -> Option<Self> {
        let der: Pkcs8V1Der<'_> = pair.as_der().ok()?;
        let key = || PrivateDecryptingKey::from_pkcs8(der.as_ref()).ok();
        Some(Self {
            pkcs1: Pkcs1PrivateDecryptingKey::new(key()?).ok()?,
            oaep: OaepPrivateDecryptingKey::new(key()?).ok()?,
        })
    }
}

impl From<RsaKeyPair> for RsaKey {
    fn from(pair: RsaKeyPair) -> Self {
        Self {
            pair: Box::new(pair),
            decrypting: OnceLock::new(),
        }
    }
}

/// How aws-lc names a way to sign.
fn encoding(algorithm: SignatureAlgorithm) -> Option<&'static dyn RsaEncoding> {
    Some(match algorithm {
        SignatureAlgorithm::RsaPkcs1Sha256 => &RSA_PKCS1_SHA256,
        SignatureAlgorithm::RsaPkcs1Sha384 => &RSA_PKCS1_SHA384,
        SignatureAlgorithm::RsaPkcs1Sha512 => &RSA_PKCS1_SHA512,
        // aws-lc signs with one digest for both and a salt of its length.
        SignatureAlgorithm::RsaPss(pss) if pss == PssParameters::with(pss.digest) => {
            match pss.digest {
                DigestAlgorithm::Sha256 => &RSA_PSS_SHA256,
                DigestAlgorithm::Sha384 => &RSA_PSS_SHA384,
                DigestAlgorithm::Sha512 => &RSA_PSS_SHA512,
                DigestAlgorithm::Sha1 | DigestAlgorithm::Sha224 => return None,
            }
        }
        _ => return None,
    })
}

impl RsaKey {
    pub(super) fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, KeyOperationError> {
        let encoding = encoding(algorithm).ok_or(KeyOperationError::Unsupported(
            KeyOperation::Sign(algorithm),
        ))?;
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), message, &mut signature)
            .map_err(|Unspecified| KeyOperationError::Refused)?;
        Ok(signature)
    }

    pub(super) fn decrypt(
        &self,
        transport: &KeyTransport,
        cipher_text: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, KeyOperationError> {
        let keys = self
            .decrypting
            .get_or_init(|| Decrypting::of(&self.pair))
            .as_ref()
            .ok_or(KeyOperationError::Refused)?;
        let mut plain = Zeroizing::new(vec![0; self.pair.public_modulus_len()]);
        let length = match transport {
            KeyTransport::Pkcs1V15 => keys
                .pkcs1
                .decrypt(cipher_text, &mut plain)
                .map(|plain| plain.len()),
            KeyTransport::Oaep {
                digest,
                mgf1,
                label,
            } => {
                let algorithm = oaep(*digest, *mgf1).ok_or_else(|| {
                    KeyOperationError::Unsupported(KeyOperation::Decrypt(transport.clone()))
                })?;
                let label = Some(label.as_slice()).filter(|label| !label.is_empty());
                keys.oaep
                    .decrypt(algorithm, cipher_text, &mut plain, label)
                    .map(|plain| plain.len())
            }
        }
        .map_err(|Unspecified| KeyOperationError::Decryption)?;
        plain.truncate(length);
        Ok(plain)
    }
}
