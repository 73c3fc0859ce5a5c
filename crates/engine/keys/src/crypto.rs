//! Digests and verification for `formats`, by aws-lc.

use aws_lc_rs::{
    digest,
    signature::{self, UnparsedPublicKey, VerificationAlgorithm},
};
use chancery_x509::{
    Crypto, DigestAlgorithm, EcCurve, PublicKeyInfo, PublicKeyKind, SignatureAlgorithm, VerifyError,
};

/// aws-lc as the formats crates see it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AwsLc;

impl Crypto for AwsLc {
    fn digest(&self, algorithm: DigestAlgorithm, message: &[u8]) -> Vec<u8> {
        let algorithm = match algorithm {
            DigestAlgorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            DigestAlgorithm::Sha384 => &digest::SHA384,
            DigestAlgorithm::Sha512 => &digest::SHA512,
            // Formats names no other digest; should it ever, its users are told by the length.
            _ => &digest::SHA256,
        };
        digest::digest(algorithm, message).as_ref().to_vec()
    }

    fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        subject_public_key_info: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        let key = PublicKeyInfo::from_der(subject_public_key_info)
            .map_err(|_| VerifyError::UnusableKey)?;
        let algorithm = verifier(algorithm, key.kind())?;
        UnparsedPublicKey::new(algorithm, subject_public_key_info)
            .parse()
            .map_err(|_| VerifyError::UnusableKey)?
            .verify_sig(message, signature)
            .map_err(|_| VerifyError::Mismatch)
    }
}

/// The verifier for a signature algorithm and kind of key. SHA-1 is verified nowhere.
fn verifier(
    algorithm: SignatureAlgorithm,
    key: PublicKeyKind,
) -> Result<&'static dyn VerificationAlgorithm, VerifyError> {
    use SignatureAlgorithm as S;
    let verifier: &'static dyn VerificationAlgorithm = match (algorithm, key) {
        (S::RsaPkcs1Sha256, PublicKeyKind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (S::RsaPkcs1Sha384, PublicKeyKind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (S::RsaPkcs1Sha512, PublicKeyKind::Rsa { .. }) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (S::EcdsaSha256, PublicKeyKind::Ec { curve }) => match curve {
            EcCurve::P256 => &signature::ECDSA_P256_SHA256_ASN1,
            EcCurve::P384 => &signature::ECDSA_P384_SHA256_ASN1,
            EcCurve::P521 => &signature::ECDSA_P521_SHA256_ASN1,
            _ => return Err(VerifyError::UnusableKey),
        },
        (S::EcdsaSha384, PublicKeyKind::Ec { curve }) => match curve {
            EcCurve::P256 => &signature::ECDSA_P256_SHA384_ASN1,
            EcCurve::P384 => &signature::ECDSA_P384_SHA384_ASN1,
            EcCurve::P521 => &signature::ECDSA_P521_SHA384_ASN1,
            _ => return Err(VerifyError::UnusableKey),
        },
        (S::EcdsaSha512, PublicKeyKind::Ec { curve }) => match curve {
            EcCurve::P256 => &signature::ECDSA_P256_SHA512_ASN1,
            EcCurve::P384 => &signature::ECDSA_P384_SHA512_ASN1,
            EcCurve::P521 => &signature::ECDSA_P521_SHA512_ASN1,
            _ => return Err(VerifyError::UnusableKey),
        },
        (S::Ed25519, PublicKeyKind::Ed25519) => &signature::ED25519,
        (
            S::RsaPkcs1Sha256
            | S::RsaPkcs1Sha384
            | S::RsaPkcs1Sha512
            | S::EcdsaSha256
            | S::EcdsaSha384
            | S::EcdsaSha512
            | S::Ed25519,
            _,
        ) => return Err(VerifyError::UnusableKey),
        _ => return Err(VerifyError::UnsupportedAlgorithm(algorithm)),
    };
    Ok(verifier)
}

#[cfg(test)]
mod tests {
    use chancery_x509::{Crypto, DigestAlgorithm, SignatureAlgorithm, VerifyError};

    use super::AwsLc;
    use crate::{KeyAlgorithm, Signer, SoftwareKey};

    #[test]
    fn digests_have_their_lengths_and_known_values() {
        for algorithm in [
            DigestAlgorithm::Sha1,
            DigestAlgorithm::Sha256,
            DigestAlgorithm::Sha384,
            DigestAlgorithm::Sha512,
        ] {
            assert_eq!(
                AwsLc.digest(algorithm, b"abc").len(),
                algorithm.output_len()
            );
        }
        let sha1 = AwsLc.digest(DigestAlgorithm::Sha1, b"abc");
        assert_eq!(sha1.first_chunk(), Some(&[0xa9, 0x99, 0x3e, 0x36]));
        let sha384 = AwsLc.digest(DigestAlgorithm::Sha384, b"abc");
        assert_eq!(sha384.first_chunk(), Some(&[0xcb, 0x00, 0x75, 0x3f]));
    }

    #[test]
    fn every_signer_is_verified_and_nothing_else() {
        for algorithm in KeyAlgorithm::ALL {
            let key = SoftwareKey::generate(algorithm).unwrap();
            let signature = key.sign(b"message").unwrap();
            let verify = |message: &[u8], signature: &[u8]| {
                AwsLc.verify(key.algorithm(), key.public_key(), message, signature)
            };
            assert_eq!(verify(b"message", &signature), Ok(()), "{algorithm}");
            assert_eq!(verify(b"massage", &signature), Err(VerifyError::Mismatch));
            assert_eq!(verify(b"message", b""), Err(VerifyError::Mismatch));
            let other = match key.algorithm() {
                SignatureAlgorithm::Ed25519 => SignatureAlgorithm::EcdsaSha256,
                _ => SignatureAlgorithm::Ed25519,
            };
            let outcome = AwsLc.verify(other, key.public_key(), b"message", &signature);
            assert_eq!(outcome, Err(VerifyError::UnusableKey), "{algorithm}");
        }
    }

    #[test]
    fn sha1_and_nonsense_are_refused() {
        let key = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
        let sha1 = SignatureAlgorithm::RsaPkcs1Sha1;
        let outcome = AwsLc.verify(sha1, key.public_key(), b"message", b"signature");
        assert_eq!(outcome, Err(VerifyError::UnsupportedAlgorithm(sha1)));
        let outcome = AwsLc.verify(SignatureAlgorithm::EcdsaSha256, b"no key", b"", b"");
        assert_eq!(outcome, Err(VerifyError::UnusableKey));
    }
}
