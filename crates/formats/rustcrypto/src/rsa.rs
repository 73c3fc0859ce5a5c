//! RSA with public keys: signatures are verified, keys are encrypted. A private key never comes here.

mod pss;

use chancery_x509::{
    DigestAlgorithm, KeyTransport, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm, VerifyError,
    crypto::PublicKeyError,
};
use rsa::{
    BoxedUint, Oaep, Pkcs1v15Encrypt, Pkcs1v15Sign, RsaPublicKey,
    traits::{PaddingScheme, PublicKeyParts},
};
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};

use crate::entropy::{Entropy, Rng};

/// As [`Crypto::verify_digest`](chancery_x509::Crypto::verify_digest), with what [`PublicKeyInfo::for_digest`] gives for the
/// digest; for keys of 1024 to 8192 bits.
pub fn verify_digest(
    algorithm: SignatureAlgorithm,
    of: DigestAlgorithm,
    key: &PublicKeyInfo,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let key = public_key(key).ok_or(VerifyError::UnusableKey)?;
    // RFC 8017 sections 8.1.2 and 8.2.2, step 1.
    if signature.len() != key.size() {
        return Err(VerifyError::Mismatch);
    }
    match algorithm {
        SignatureAlgorithm::RsaPss(parameters) => pss::verify(&key, parameters, digest, signature),
        _ => key
            .verify(pkcs1(of), digest, signature)
            .map_err(|_| VerifyError::Mismatch),
    }
}

/// The crate takes 1024 to 8192 bits and odd exponents from 3 to 2^33 - 1, as aws-lc does.
fn public_key(key: &PublicKeyInfo) -> Option<RsaPublicKey> {
    let numbers = key.rsa()?;
    let number = |octets: &[u8]| {
        let bits = u32::try_from(octets.len()).ok()?.checked_mul(8)?;
        BoxedUint::from_be_slice(octets, bits).ok()
    };
    RsaPublicKey::new(number(&numbers.modulus)?, number(&numbers.exponent)?).ok()
}

fn pkcs1(of: DigestAlgorithm) -> Pkcs1v15Sign {
    match of {
        DigestAlgorithm::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        DigestAlgorithm::Sha224 => Pkcs1v15Sign::new::<Sha224>(),
        DigestAlgorithm::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        DigestAlgorithm::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        DigestAlgorithm::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
    }
}

/// As [`Crypto::encrypt_to`](chancery_x509::Crypto::encrypt_to), with randomness from `entropy`.
pub fn encrypt(
    transport: &KeyTransport,
    subject_public_key_info: &[u8],
    plain: &[u8],
    entropy: Entropy,
) -> Result<Vec<u8>, PublicKeyError> {
    let info =
        PublicKeyInfo::from_der(subject_public_key_info).map_err(|_| PublicKeyError::Damaged)?;
    let PublicKeyKind::Rsa { bits, .. } = info.kind() else {
        return Err(PublicKeyError::WrongKind { kind: info.kind() });
    };
    if !(2048..=8192).contains(&bits) {
        return Err(PublicKeyError::KeySize { bits });
    }
    let key = public_key(&info).ok_or(PublicKeyError::Damaged)?;
    // RFC 8017 sections 7.1.1 and 7.2.1, step 1.
    let overhead = match transport {
        KeyTransport::Pkcs1V15 => 11,
        KeyTransport::Oaep { digest, .. } => {
            digest.output_len().saturating_mul(2).saturating_add(2)
        }
    };
    let limit = key.size().saturating_sub(overhead);
    if plain.len() > limit {
        return Err(PublicKeyError::TooLong {
            octets: plain.len(),
            limit,
        });
    }
    let mut rng = Rng(entropy);
    match transport {
        KeyTransport::Pkcs1V15 => Pkcs1v15Encrypt.encrypt(&mut rng, &key, plain),
        KeyTransport::Oaep {
            digest,
            mgf1,
            label,
        } => oaep(&mut rng, &key, (*digest, *mgf1), label, plain),
    }
    // What else can fail has been looked at.
    .map_err(|_| PublicKeyError::NoRandomness)
}

fn oaep(
    rng: &mut Rng,
    key: &RsaPublicKey,
    digests: (DigestAlgorithm, DigestAlgorithm),
    label: &[u8],
    plain: &[u8],
) -> rsa::Result<Vec<u8>> {
    macro_rules! with {
        ($digest:ty) => {
            match digests.1 {
                DigestAlgorithm::Sha1 => with!($digest, Sha1),
                DigestAlgorithm::Sha224 => with!($digest, Sha224),
                DigestAlgorithm::Sha256 => with!($digest, Sha256),
                DigestAlgorithm::Sha384 => with!($digest, Sha384),
                DigestAlgorithm::Sha512 => with!($digest, Sha512),
            }
        };
        ($digest:ty, $mgf1:ty) => {
            Oaep::<$digest, $mgf1>::new_with_mgf_hash_and_label(label).encrypt(rng, key, plain)
        };
    }
    match digests.0 {
        DigestAlgorithm::Sha1 => with!(Sha1),
        DigestAlgorithm::Sha224 => with!(Sha224),
        DigestAlgorithm::Sha256 => with!(Sha256),
        DigestAlgorithm::Sha384 => with!(Sha384),
        DigestAlgorithm::Sha512 => with!(Sha512),
    }
}
