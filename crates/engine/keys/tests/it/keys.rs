//! The other side of each operation, by aws-lc: what a sender or peer does with a public key.

use aws_lc_rs::agreement::{self, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OAEP_SHA384_MGF1SHA384, OAEP_SHA512_MGF1SHA512,
    OaepPublicEncryptingKey, Pkcs1PublicEncryptingKey, PublicEncryptingKey,
};
use chancery_x509::{DigestAlgorithm, KeyTransport, PublicKeyInfo};

fn rsa(spki: &[u8]) -> PublicEncryptingKey {
    PublicEncryptingKey::from_der(spki).unwrap()
}

/// Encrypts to an RSA key.
pub fn encrypt(spki: &[u8], transport: &KeyTransport, plain: &[u8]) -> Vec<u8> {
    let mut out = vec![0; 1024];
    let length = match transport {
        KeyTransport::Pkcs1V15 => Pkcs1PublicEncryptingKey::new(rsa(spki))
            .unwrap()
            .encrypt(plain, &mut out)
            .unwrap()
            .len(),
        KeyTransport::Oaep { digest, label, .. } => {
            let algorithm = match digest {
                DigestAlgorithm::Sha1 => &OAEP_SHA1_MGF1SHA1,
                DigestAlgorithm::Sha384 => &OAEP_SHA384_MGF1SHA384,
                DigestAlgorithm::Sha512 => &OAEP_SHA512_MGF1SHA512,
                _ => &OAEP_SHA256_MGF1SHA256,
            };
            OaepPublicEncryptingKey::new(rsa(spki))
                .unwrap()
                .encrypt(algorithm, plain, &mut out, Some(label))
                .unwrap()
                .len()
        }
    };
    out.truncate(length);
    out
}

/// A peer on a curve of its own: its public key, and what it shares with another.
pub struct Peer(PrivateKey);

impl Peer {
    pub fn new(algorithm: &'static agreement::Algorithm) -> Self {
        Self(PrivateKey::generate(algorithm).unwrap())
    }

    pub fn public_key(&self) -> Vec<u8> {
        let public = self.0.compute_public_key().unwrap();
        let der: PublicKeyX509Der<'_> = public.as_der().unwrap();
        der.as_ref().to_vec()
    }

    pub fn secret(&self, other_spki: &[u8]) -> Vec<u8> {
        let other = PublicKeyInfo::from_der(other_spki).unwrap();
        let other = UnparsedPublicKey::new(self.0.algorithm(), other.subject_public_key());
        agreement::agree(&self.0, other, (), |secret| Ok(secret.to_vec())).unwrap()
    }
}
