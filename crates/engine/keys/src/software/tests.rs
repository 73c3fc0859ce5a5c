use std::{
    fs,
    process::{Command, Output},
};

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};

use super::{KeyImportError, SoftwareKey};
use crate::{KeyAlgorithm, Signer};

fn verifier(algorithm: KeyAlgorithm) -> &'static dyn VerificationAlgorithm {
    match algorithm {
        KeyAlgorithm::EcP256 => &ECDSA_P256_SHA256_ASN1,
        KeyAlgorithm::EcP384 => &ECDSA_P384_SHA384_ASN1,
        KeyAlgorithm::Ed25519 => &ED25519,
        _ => &RSA_PKCS1_2048_8192_SHA256,
    }
}

#[test]
fn each_algorithm_signs_and_travels_as_pkcs8() {
    for algorithm in KeyAlgorithm::ALL {
        let key = SoftwareKey::generate(algorithm).unwrap();
        assert_eq!(key.key_algorithm(), algorithm);
        let back = SoftwareKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
        assert_eq!(back.key_algorithm(), algorithm);
        assert_eq!(back.public_key(), key.public_key());
        let signature = back.sign(b"message").unwrap();
        let public = UnparsedPublicKey::new(verifier(algorithm), key.public_key());
        assert!(public.verify(b"message", &signature).is_ok(), "{algorithm}");
        assert!(
            public.verify(b"massage", &signature).is_err(),
            "{algorithm}"
        );
    }
}

#[test]
fn nonsense_is_refused() {
    let syntax = SoftwareKey::from_pkcs8(b"no key").err().unwrap();
    assert!(matches!(syntax, KeyImportError::Syntax(_)), "{syntax:?}");
}

fn openssl(args: &[&str]) -> Option<Output> {
    Command::new("openssl").args(args).output().ok()
}

/// Both ways against OpenSSL: it verifies ours, and we take the keys it writes.
#[test]
fn openssl_agrees() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name).display().to_string();
    let (key_file, public_file) = (file("key.der"), file("public.der"));
    let (message, signature) = (file("message"), file("signature"));
    if openssl(&["version"]).is_none() {
        eprintln!("skipped: openssl is not installed");
        return;
    }
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    fs::write(&public_file, key.public_key()).unwrap();
    fs::write(&message, b"message").unwrap();
    fs::write(&signature, key.sign(b"message").unwrap()).unwrap();
    let verified = openssl(&[
        "dgst",
        "-sha256",
        "-verify",
        &public_file,
        "-keyform",
        "DER",
        "-signature",
        &signature,
        &message,
    ])
    .unwrap();
    assert!(verified.status.success(), "{verified:?}");

    // OpenSSL 3.0 writes the traditional form where DER is asked of `genpkey`, hence the second step.
    let pem = file("key.pem");
    let generate = |arguments: &[&str]| {
        let command = [&["genpkey", "-out", &pem], arguments].concat();
        assert!(openssl(&command).unwrap().status.success());
        let convert = [
            "pkcs8", "-topk8", "-nocrypt", "-in", &pem, "-outform", "DER", "-out", &key_file,
        ];
        assert!(openssl(&convert).unwrap().status.success());
        SoftwareKey::from_pkcs8(&fs::read(&key_file).unwrap())
    };
    for (algorithm, arguments) in [
        (
            KeyAlgorithm::EcP384,
            &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"][..],
        ),
        (
            KeyAlgorithm::Rsa2048,
            &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"][..],
        ),
        (KeyAlgorithm::Ed25519, &["-algorithm", "ed25519"][..]),
    ] {
        assert_eq!(generate(arguments).unwrap().key_algorithm(), algorithm);
    }
    let curve = generate(&[
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:secp256k1",
    ])
    .err();
    assert!(
        matches!(curve, Some(KeyImportError::Algorithm { .. })),
        "{curve:?}"
    );
    let small = generate(&["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2560"]).err();
    assert!(
        matches!(small, Some(KeyImportError::RsaSize { bits: 2560 })),
        "{small:?}"
    );
}
