//! What is encrypted to, or agreed with, somebody's public key.

use aws_lc_rs::{
    agreement::{self, EphemeralPrivateKey, UnparsedPublicKey},
    encoding::{AsDer, PublicKeyX509Der},
    rand::{self, SystemRandom},
    rsa::{
        OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OAEP_SHA384_MGF1SHA384, OAEP_SHA512_MGF1SHA512,
        OaepAlgorithm, OaepPublicEncryptingKey, Pkcs1PublicEncryptingKey, PublicEncryptingKey,
    },
};
use chancery_rustcrypto::NoEntropy;
use chancery_x509::{
    DigestAlgorithm, EcCurve, KeyTransport, PublicKeyInfo, PublicKeyKind,
    crypto::{EphemeralAgreement, PublicKeyError},
};
use zeroize::Zeroizing;

pub(super) fn encrypt(
    transport: &KeyTransport,
    spki: &[u8],
    key: &[u8],
) -> Result<Vec<u8>, PublicKeyError> {
    let info = PublicKeyInfo::from_der(spki).map_err(|_| PublicKeyError::Damaged)?;
    let PublicKeyKind::Rsa { bits, .. } = info.kind() else {
        return Err(PublicKeyError::WrongKind { kind: info.kind() });
    };
    if !(2048..=8192).contains(&bits) {
        return Err(PublicKeyError::KeySize { bits });
    }
    let public = PublicEncryptingKey::from_der(spki).map_err(|_| PublicKeyError::Damaged)?;
    let mut out = vec![0; public.key_size_bytes()];
    let too_long = |limit| {
        let octets = key.len();
        if octets > limit {
            Err(PublicKeyError::TooLong { octets, limit })
        } else {
            Ok(())
        }
    };
    match transport {
        KeyTransport::Pkcs1V15 => {
            let public =
                Pkcs1PublicEncryptingKey::new(public).map_err(|_| PublicKeyError::Damaged)?;
            too_long(public.max_plaintext_size())?;
            public
                .encrypt(key, &mut out)
                .map_err(|_| PublicKeyError::Damaged)?;
        }
        KeyTransport::Oaep {
            digest,
            mgf1,
            label,
        } => {
            let Some(algorithm) = oaep(*digest, *mgf1) else {
                return chancery_rustcrypto::rsa::encrypt(transport, spki, key, entropy);
            };
            let public =
                OaepPublicEncryptingKey::new(public).map_err(|_| PublicKeyError::Damaged)?;
            too_long(public.max_plaintext_size(algorithm))?;
            let label = (!label.is_empty()).then_some(label.as_slice());
            public
                .encrypt(algorithm, key, &mut out, label)
                .map_err(|_| PublicKeyError::Damaged)?;
        }
    }
    Ok(out)
}

fn entropy(octets: &mut [u8]) -> Result<(), NoEntropy> {
    rand::fill(octets).map_err(|_| NoEntropy)
}

/// OAEP as aws-lc-rs has it: with one digest for the label and the mask, and without SHA-224.
pub(crate) fn oaep(
    digest: DigestAlgorithm,
    mgf1: DigestAlgorithm,
) -> Option<&'static OaepAlgorithm> {
    match digest {
        _ if digest != mgf1 => None,
        DigestAlgorithm::Sha1 => Some(&OAEP_SHA1_MGF1SHA1),
        DigestAlgorithm::Sha224 => None,
        DigestAlgorithm::Sha256 => Some(&OAEP_SHA256_MGF1SHA256),
        DigestAlgorithm::Sha384 => Some(&OAEP_SHA384_MGF1SHA384),
        DigestAlgorithm::Sha512 => Some(&OAEP_SHA512_MGF1SHA512),
    }
}

pub(super) fn agree(peer_spki: &[u8]) -> Result<EphemeralAgreement, PublicKeyError> {
    let info = PublicKeyInfo::from_der(peer_spki).map_err(|_| PublicKeyError::Damaged)?;
    let algorithm = match info.kind() {
        PublicKeyKind::Ec {
            curve: EcCurve::P256,
        } => &agreement::ECDH_P256,
        PublicKeyKind::Ec {
            curve: EcCurve::P384,
        } => &agreement::ECDH_P384,
        PublicKeyKind::Ec {
            curve: EcCurve::P521,
        } => &agreement::ECDH_P521,
        PublicKeyKind::X25519 => &agreement::X25519,
        kind => return Err(PublicKeyError::WrongKind { kind }),
    };
    let ephemeral = EphemeralPrivateKey::generate(algorithm, &SystemRandom::new())
        .map_err(|_| PublicKeyError::NoRandomness)?;
    let public_key = ephemeral
        .compute_public_key()
        .map_err(|_| PublicKeyError::NoRandomness)?;
    let public_key: PublicKeyX509Der<'_> = public_key
        .as_der()
        .map_err(|_| PublicKeyError::NoRandomness)?;
    let shared_secret = agreement::agree_ephemeral(
        ephemeral,
        UnparsedPublicKey::new(algorithm, info.subject_public_key()),
        PublicKeyError::Damaged,
        |secret| Ok(Zeroizing::new(secret.to_vec())),
    )?;
    Ok(EphemeralAgreement {
        public_key: public_key.as_ref().to_vec(),
        shared_secret,
    })
}
