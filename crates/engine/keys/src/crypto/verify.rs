//! Verification of signatures.

use aws_lc_rs::{
    digest::Digest,
    signature::{
        self, EcdsaVerificationAlgorithm, ParsedPublicKey, RsaParameters, RsaPssSaltLength,
        VerificationAlgorithm,
    },
};
use chancery_rustcrypto::rsa;
use chancery_x509::{
    DigestAlgorithm, EcCurve, PssParameters, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm,
    VerifyError,
};

pub(super) fn message(
    algorithm: SignatureAlgorithm,
    spki: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    if let Some(of) = algorithm.digest() {
        return digest(
            algorithm,
            spki,
            &super::digest::digest(of, message),
            signature,
        );
    }
    let key = PublicKeyInfo::fitting(algorithm, spki)?;
    parse(&signature::ED25519, key.subject_public_key())?
        .verify_sig(message, signature)
        .map_err(|_| VerifyError::Mismatch)
}

pub(super) fn digest(
    algorithm: SignatureAlgorithm,
    spki: &[u8],
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let (of, key) = PublicKeyInfo::for_digest(algorithm, spki, digest)?;
    match key.kind() {
        PublicKeyKind::Ec { curve } => ecdsa(curve, &key, digest, signature),
        PublicKeyKind::Rsa { bits, .. } | PublicKeyKind::RsaPss { bits, .. } => {
            self::rsa(algorithm, of, bits, &key, digest, signature)
        }
        _ => Err(VerifyError::UnusableKey),
    }
}

fn parse(
    algorithm: &'static dyn VerificationAlgorithm,
    key: &[u8],
) -> Result<ParsedPublicKey, VerifyError> {
    ParsedPublicKey::new(algorithm, key).map_err(|_| VerifyError::UnusableKey)
}

/// A digest in the length of the one that aws-lc couples with a curve. ECDSA takes the leftmost bits of a digest longer than the
/// order, and any other as a number (FIPS 186-5 section 6.4.1), so neither cutting at the right nor zeros at the left change it.
pub(crate) fn fit(digest: &[u8], length: usize) -> Vec<u8> {
    let zeros = length.saturating_sub(digest.len());
    std::iter::repeat_n(0, zeros)
        .chain(digest.iter().copied())
        .take(length)
        .collect()
}

fn ecdsa(
    curve: EcCurve,
    key: &PublicKeyInfo,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let (algorithm, coupled): (&'static EcdsaVerificationAlgorithm, _) = match curve {
        EcCurve::P256 => (&signature::ECDSA_P256_SHA256_ASN1, DigestAlgorithm::Sha256),
        EcCurve::P384 => (&signature::ECDSA_P384_SHA384_ASN1, DigestAlgorithm::Sha384),
        EcCurve::P521 => (&signature::ECDSA_P521_SHA512_ASN1, DigestAlgorithm::Sha512),
        _ => return Err(VerifyError::UnusableKey),
    };
    verify(
        algorithm,
        key.subject_public_key(),
        coupled,
        &fit(digest, coupled.output_len()),
        signature,
    )
}

/// Small keys, SHA-224, a digest of its own under MGF1 and odd salts are not in aws-lc-rs.
fn rsa(
    algorithm: SignatureAlgorithm,
    of: DigestAlgorithm,
    bits: u32,
    key: &PublicKeyInfo,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let parameters = match algorithm {
        SignatureAlgorithm::RsaPss(pss) => self::pss(pss, bits),
        _ => pkcs1(of),
    };
    let Some(parameters) = parameters.filter(|parameters| bits >= parameters.min_modulus_len())
    else {
        return rsa::verify_digest(algorithm, of, key, digest, signature);
    };
    if bits > parameters.max_modulus_len() {
        return Err(VerifyError::UnusableKey);
    }
    verify(parameters, key.subject_public_key(), of, digest, signature)
}

fn verify(
    algorithm: &'static dyn VerificationAlgorithm,
    key: &[u8],
    of: DigestAlgorithm,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), VerifyError> {
    let digest = Digest::import_less_safe(digest, super::digest::algorithm(of))
        .map_err(|_| VerifyError::Mismatch)?;
    parse(algorithm, key)?
        .verify_digest_sig(&digest, signature)
        .map_err(|_| VerifyError::Mismatch)
}

/// RSASSA-PKCS1-v1_5; which sizes and digests count is the caller's policy.
const fn pkcs1(of: DigestAlgorithm) -> Option<&'static RsaParameters> {
    match of {
        DigestAlgorithm::Sha1 => Some(&signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY),
        DigestAlgorithm::Sha224 => None,
        DigestAlgorithm::Sha256 => Some(&signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY),
        DigestAlgorithm::Sha384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        DigestAlgorithm::Sha512 => Some(&signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY),
    }
}

/// RSASSA-PSS as aws-lc-rs can be told of it: one digest for both, and a salt length known when this was compiled.
fn pss(pss: PssParameters, bits: u32) -> Option<&'static RsaParameters> {
    if pss.mgf1 != pss.digest {
        return None;
    }
    // RFC 8017 section 9.1.1: the encoded message has one bit less than the modulus.
    let encoded = bits.saturating_sub(1).div_ceil(8) as usize;
    let longest = encoded.saturating_sub(pss.digest.output_len().saturating_add(2));
    let salt = usize::from(pss.salt_len);
    if salt == pss.digest.output_len() {
        return salted::<DIGEST>(pss.digest);
    }
    match salt {
        0 => salted::<0>(pss.digest),
        20 => salted::<20>(pss.digest),
        28 => salted::<28>(pss.digest),
        32 => salted::<32>(pss.digest),
        48 => salted::<48>(pss.digest),
        64 => salted::<64>(pss.digest),
        _ if salt == longest => salted::<LONGEST>(pss.digest),
        _ => None,
    }
}

const DIGEST: u16 = u16::MAX;
const LONGEST: u16 = u16::MAX - 1;

const fn salted<const SALT: u16>(digest: DigestAlgorithm) -> Option<&'static RsaParameters> {
    const fn length(salt: u16) -> RsaPssSaltLength {
        match salt {
            DIGEST => RsaPssSaltLength::Digest,
            LONGEST => RsaPssSaltLength::Max,
            octets => RsaPssSaltLength::Custom(octets),
        }
    }
    match digest {
        DigestAlgorithm::Sha1 | DigestAlgorithm::Sha224 => None,
        DigestAlgorithm::Sha256 => {
            Some(&const { signature::RSA_PSS_2048_8192_SHA256.with_pss_salt_length(length(SALT)) })
        }
        DigestAlgorithm::Sha384 => {
            Some(&const { signature::RSA_PSS_2048_8192_SHA384.with_pss_salt_length(length(SALT)) })
        }
        DigestAlgorithm::Sha512 => {
            Some(&const { signature::RSA_PSS_2048_8192_SHA512.with_pss_salt_length(length(SALT)) })
        }
    }
}
