//! What aws-lc does here.

use chancery_x509::{
    Crypto, DigestAlgorithm, PublicKeyInfo, SignatureAlgorithm, VerifyError,
    crypto::{Cipher, CipherError},
};

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
fn nonsense_is_refused() {
    let outcome = AwsLc.verify(SignatureAlgorithm::EcdsaSha256, b"no key", b"", b"");
    assert_eq!(outcome, Err(VerifyError::UnusableKey));
    let key = SoftwareKey::generate(KeyAlgorithm::Ed25519).unwrap();
    let outcome = AwsLc.verify_digest(SignatureAlgorithm::Ed25519, key.public_key(), &[0; 64], b"");
    let expected = VerifyError::NotOverDigest(SignatureAlgorithm::Ed25519);
    assert_eq!(outcome, Err(expected));
}

/// Test case 16 of "The Galois/Counter Mode of Operation (GCM)", submitted to NIST in 2004, appendix B.
#[test]
fn streams_in_any_pieces_give_what_the_standards_say() {
    let gcm = [
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ]
    .map(hex);
    let [key, iv, aad, plain, cipher_text, tag] = gcm;
    for cut in 0..=plain.len() {
        let mut encryptor = AwsLc.encryptor(Cipher::Aes256Gcm, &key, &iv).unwrap();
        let (a, b) = aad.split_at(cut.min(aad.len()));
        encryptor.aad(a).unwrap();
        encryptor.aad(b).unwrap();
        let (a, b) = plain.split_at(cut);
        let mut out = Vec::new();
        encryptor.update(a, &mut out).unwrap();
        encryptor.update(b, &mut out).unwrap();
        assert_eq!(encryptor.finish(&mut out).unwrap(), tag);
        assert_eq!(out, cipher_text);
    }
    let opened = AwsLc
        .decrypt(Cipher::Aes256Gcm, &key, &iv, &aad, &cipher_text, &tag)
        .unwrap();
    assert_eq!(*opened, plain);
    let mut forged = tag.clone();
    forged[15] ^= 1;
    let outcome = AwsLc.decrypt(Cipher::Aes256Gcm, &key, &iv, &aad, &cipher_text, &forged);
    assert_eq!(outcome, Err(CipherError::Mismatch));
}

#[test]
fn every_cipher_gives_back_what_it_took() {
    let message: Vec<u8> = (0..100_000_u32).map(|at| at.to_le_bytes()[0]).collect();
    for cipher in [
        Cipher::Aes128Cbc,
        Cipher::Aes192Cbc,
        Cipher::Aes256Cbc,
        Cipher::Aes128Gcm,
        Cipher::Aes192Gcm,
        Cipher::Aes256Gcm,
        Cipher::ChaCha20Poly1305,
        Cipher::DesEde3Cbc,
        Cipher::DesEde2Cbc,
        Cipher::Rc2Cbc { effective_bits: 40 },
        Cipher::Rc4,
    ] {
        let key: Vec<u8> = (1..=32).take(cipher.key_len().unwrap_or(5)).collect();
        let iv: Vec<u8> = (1..=16).take(cipher.iv_len()).collect();
        for length in [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 16_384, 16_385, 100_000] {
            let plain = &message[..length];
            let (cipher_text, tag) = AwsLc.encrypt(cipher, &key, &iv, &[], plain).unwrap();
            assert_eq!(tag.len(), cipher.tag_len());
            for piece in [1000, 16_384, 100_016] {
                let mut decryptor = AwsLc.decryptor(cipher, &key, &iv).unwrap();
                let mut out = Vec::new();
                for part in cipher_text.chunks(piece) {
                    decryptor.update_unverified(part, &mut out).unwrap();
                }
                decryptor.finish(&tag, &mut out).unwrap();
                assert!(out == plain, "{cipher}, {length} octets by {piece}");
            }
        }
    }
}

#[test]
fn a_secret_is_agreed_with_each_curve() {
    for algorithm in [KeyAlgorithm::EcP256, KeyAlgorithm::EcP384] {
        let peer = SoftwareKey::generate(algorithm).unwrap();
        let agreed = AwsLc.agree_with(peer.public_key()).unwrap();
        let ephemeral = PublicKeyInfo::from_der(&agreed.public_key).unwrap();
        let peer = PublicKeyInfo::from_der(peer.public_key()).unwrap();
        assert_eq!(ephemeral.kind(), peer.kind());
        assert!(agreed.shared_secret.iter().any(|octet| *octet != 0));
    }
}

#[test]
fn a_key_is_wrapped_as_in_the_standard() {
    // RFC 3394 section 4.6.
    let kek = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    let key = hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
    let wrapped =
        hex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
    assert_eq!(AwsLc.wrap_key(&kek, &key).unwrap(), wrapped);
    assert_eq!(*AwsLc.unwrap_key(&kek, &wrapped).unwrap(), key);
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}
