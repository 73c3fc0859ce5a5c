//! The suite on keys in memory.

use chancery_keys::{
    KeyAlgorithm, KeyOperation, KeyOperationError, SecretKey, SoftwareKey, X25519Key,
    read_secret_key,
};
use chancery_x509::{DigestAlgorithm, KeyTransport};

use crate::suite;

fn key(algorithm: KeyAlgorithm) -> SoftwareKey {
    SoftwareKey::generate(algorithm).unwrap()
}

#[test]
fn rsa_signs_and_decrypts() {
    let key = key(KeyAlgorithm::Rsa2048);
    suite::signs(&key);
    suite::decrypts(
        &key,
        &[
            DigestAlgorithm::Sha1,
            DigestAlgorithm::Sha256,
            DigestAlgorithm::Sha384,
            DigestAlgorithm::Sha512,
        ],
        &[b"", b"label"],
    );
}

#[test]
fn nist_curves_sign_and_agree() {
    for algorithm in [
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::EcP521,
    ] {
        let key = key(algorithm);
        suite::signs(&key);
        suite::agrees(&key);
    }
}

#[test]
fn edwards_signs_and_montgomery_agrees() {
    suite::signs(&key(KeyAlgorithm::Ed25519));
    let montgomery = X25519Key::generate().unwrap();
    suite::signs(&montgomery);
    suite::agrees(&montgomery);
    let back = read_secret_key(&montgomery.to_pkcs8().unwrap()).unwrap();
    assert_eq!(
        back.subject_public_key_info(),
        montgomery.subject_public_key_info()
    );
    // RFC 7748 section 6.1: a point of small order gives zeros, which is no secret.
    let mut zero = montgomery.subject_public_key_info().to_vec();
    zero[12..].fill(0);
    assert_eq!(
        montgomery.agree(&zero).err(),
        Some(KeyOperationError::PeerKey)
    );
}

#[test]
fn oaep_of_two_digests_is_told_by_name() {
    let transport = KeyTransport::Oaep {
        digest: DigestAlgorithm::Sha256,
        mgf1: DigestAlgorithm::Sha1,
        label: Vec::new(),
    };
    let error = key(KeyAlgorithm::Rsa2048).decrypt(&transport, &[0; 256]);
    let error = error.err().unwrap();
    let expected = KeyOperationError::Unsupported(KeyOperation::Decrypt(transport));
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        "the key cannot decrypt RSA OAEP with SHA-256 and MGF1 with SHA-1"
    );
}
