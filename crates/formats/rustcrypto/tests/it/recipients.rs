//! What is encrypted to, or agreed with, a public key: by each provider, undone with the private key.

use chancery_keys::{KeyAlgorithm, SecretKey, Signer, SoftwareKey, X25519Key};
use chancery_rustcrypto::{NoEntropy, RustCrypto};
use chancery_x509::crypto::PublicKeyError;
use chancery_x509::{
    Crypto, DigestAlgorithm, KeyTransport, PublicKeyInfo, PublicKeyKind, asn1, oid,
};

use crate::support::{hex, providers};

#[test]
fn what_is_encrypted_to_a_key_is_decrypted_with_it() {
    let key = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
    let with_label = KeyTransport::Oaep {
        digest: DigestAlgorithm::Sha256,
        mgf1: DigestAlgorithm::Sha256,
        label: b"label".to_vec(),
    };
    let transports = [
        (KeyTransport::Pkcs1V15, 245),
        (KeyTransport::oaep(DigestAlgorithm::Sha1), 214),
        (KeyTransport::oaep(DigestAlgorithm::Sha256), 190),
        (KeyTransport::oaep(DigestAlgorithm::Sha512), 126),
        (with_label, 190),
    ];
    for (name, crypto) in providers() {
        for (transport, limit) in &transports {
            let encrypt = |plain: &[u8]| crypto.encrypt_to(transport, key.public_key(), plain);
            for length in [16, *limit] {
                let plain = vec![0x5a; length];
                let sent = encrypt(&plain).unwrap();
                assert_eq!(sent.len(), 256);
                let received = key.decrypt(transport, &sent).unwrap();
                assert_eq!(*received, plain, "{name} {transport:?}");
                assert_ne!(
                    sent,
                    encrypt(&plain).unwrap(),
                    "{name}: the padding is random"
                );
            }
            let expected = PublicKeyError::TooLong {
                octets: limit + 1,
                limit: *limit,
            };
            assert_eq!(encrypt(&vec![0; limit + 1]), Err(expected), "{name}");
        }
        // Rare combinations of digests are taken too.
        let rare = KeyTransport::Oaep {
            digest: DigestAlgorithm::Sha224,
            mgf1: DigestAlgorithm::Sha1,
            label: Vec::new(),
        };
        let sent = crypto.encrypt_to(&rare, key.public_key(), b"key").unwrap();
        assert_eq!(sent.len(), 256, "{name}");
    }
}

#[test]
fn keys_that_nothing_is_encrypted_to() {
    let ec = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let rsa = |modulus: &[u8]| {
        let numbers = asn1::sequence(&[&asn1::integer(modulus), &asn1::integer_u64(65537)]);
        let algorithm = asn1::sequence(&[&asn1::oid(&oid::RSA_ENCRYPTION), &asn1::null()]);
        asn1::sequence(&[&algorithm, &asn1::bit_string(&numbers)])
    };
    let kind = PublicKeyInfo::from_der(ec.public_key()).unwrap().kind();
    let cases = [
        (ec.public_key().to_vec(), PublicKeyError::WrongKind { kind }),
        (rsa(&[0xff; 128]), PublicKeyError::KeySize { bits: 1024 }),
        (rsa(&[0xff; 2048]), PublicKeyError::KeySize { bits: 16_384 }),
        // An even modulus.
        (rsa(&[0xfe; 256]), PublicKeyError::Damaged),
        (b"no key".to_vec(), PublicKeyError::Damaged),
    ];
    for (name, crypto) in providers() {
        for (spki, expected) in &cases {
            let outcome = crypto.encrypt_to(&KeyTransport::Pkcs1V15, spki, b"key");
            assert_eq!(outcome, Err(*expected), "{name}");
        }
    }
}

#[test]
fn both_sides_agree_on_a_secret() {
    let x25519 = X25519Key::generate().unwrap();
    let curves = [
        (KeyAlgorithm::EcP256, 32),
        (KeyAlgorithm::EcP384, 48),
        (KeyAlgorithm::EcP521, 66),
    ]
    .map(|(algorithm, octets)| (SoftwareKey::generate(algorithm).unwrap(), octets));
    let mut peers: Vec<(&dyn SecretKey, usize)> = vec![(&x25519, 32)];
    peers.extend(
        curves
            .iter()
            .map(|(key, octets)| (key as &dyn SecretKey, *octets)),
    );
    let kind = |spki: &[u8]| PublicKeyInfo::from_der(spki).unwrap().kind();
    for (name, crypto) in providers() {
        for (peer, octets) in &peers {
            let spki = peer.subject_public_key_info();
            let agreed = crypto.agree_with(spki).unwrap();
            assert_eq!(agreed.shared_secret.len(), *octets, "{name}");
            let theirs = peer.agree(&agreed.public_key).unwrap();
            assert_eq!(theirs, agreed.shared_secret, "{name}");
            assert_eq!(kind(&agreed.public_key), kind(spki));
            let again = crypto.agree_with(spki).unwrap();
            assert_ne!(
                again.shared_secret, agreed.shared_secret,
                "{name}: ephemeral"
            );
        }
    }
}

#[test]
fn points_that_give_no_secret_are_refused() {
    let spki = |algorithm: &[u8], point: &[u8]| {
        asn1::sequence(&[&asn1::sequence(&[algorithm]), &asn1::bit_string(point)])
    };
    let p256 = [asn1::oid(&oid::EC_PUBLIC_KEY), asn1::oid(&oid::SECP256R1)].concat();
    let x25519 = asn1::oid(&oid::X25519);
    // Not on the curve: (1, 1). Of small order, which makes the secret zero (RFC 7748 section 6.1): 0 and another.
    let mut off_curve = [0; 65];
    (off_curve[0], off_curve[32], off_curve[64]) = (4, 1, 1);
    let small_order = hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800");
    let damaged = [
        spki(&p256, &off_curve),
        spki(&x25519, &[0; 32]),
        spki(&x25519, &small_order),
        spki(&x25519, &[1; 31]),
    ];
    for (name, crypto) in providers() {
        for (at, spki) in damaged.iter().enumerate() {
            let outcome = crypto.agree_with(spki).map(|_| ());
            assert_eq!(outcome, Err(PublicKeyError::Damaged), "{name} {at}");
        }
        let ed25519 = SoftwareKey::generate(KeyAlgorithm::Ed25519).unwrap();
        let outcome = crypto.agree_with(ed25519.public_key()).map(|_| ());
        let kind = PublicKeyKind::Ed25519;
        assert_eq!(outcome, Err(PublicKeyError::WrongKind { kind }), "{name}");
    }
}

#[test]
fn without_randomness_nothing_is_sent() {
    let broken = RustCrypto::new(|_| Err(NoEntropy));
    let rsa = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
    for transport in [
        KeyTransport::Pkcs1V15,
        KeyTransport::oaep(DigestAlgorithm::Sha256),
    ] {
        let outcome = broken.encrypt_to(&transport, rsa.public_key(), b"key");
        assert_eq!(outcome, Err(PublicKeyError::NoRandomness));
    }
    let x25519 = X25519Key::generate().unwrap();
    let p521 = SoftwareKey::generate(KeyAlgorithm::EcP521).unwrap();
    for spki in [x25519.subject_public_key_info(), p521.public_key()] {
        let outcome = broken.agree_with(spki).map(|_| ());
        assert_eq!(outcome, Err(PublicKeyError::NoRandomness));
    }
}
