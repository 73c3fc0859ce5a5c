use std::{
    fs,
    process::{Command, Output},
};

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, ECDSA_P521_SHA512_ASN1, ED25519,
    RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};

use super::{KeyImportError, SoftwareKey, read_secret_key};
use crate::{KeyAlgorithm, Signer};

fn verifier(algorithm: KeyAlgorithm) -> &'static dyn VerificationAlgorithm {
    match algorithm {
        KeyAlgorithm::EcP256 => &ECDSA_P256_SHA256_ASN1,
        KeyAlgorithm::EcP384 => &ECDSA_P384_SHA384_ASN1,
        KeyAlgorithm::EcP521 => &ECDSA_P521_SHA512_ASN1,
        KeyAlgorithm::Ed25519 => &ED25519,
        _ => &RSA_PKCS1_2048_8192_SHA256,
    }
}

#[test]
fn each_algorithm_signs_and_travels_as_pkcs8() {
    for algorithm in KeyAlgorithm::ALL {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let back = SoftwareKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
        assert_eq!(back.kind(), key.kind());
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
    let ec = |curve| ["-algorithm", "EC", "-pkeyopt", curve];
    let rsa = |bits| ["-algorithm", "RSA", "-pkeyopt", bits];
    for (kind, arguments) in [
        ("EC P-384", &ec("ec_paramgen_curve:P-384")[..]),
        ("EC P-521", &ec("ec_paramgen_curve:P-521")[..]),
        ("RSA 2560", &rsa("rsa_keygen_bits:2560")[..]),
        ("Ed25519", &["-algorithm", "ed25519"][..]),
    ] {
        assert_eq!(generate(arguments).unwrap().kind().to_string(), kind);
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
    let small = generate(&rsa("rsa_keygen_bits:1024")).err();
    assert!(
        matches!(small, Some(KeyImportError::RsaSize { bits: 1024 })),
        "{small:?}"
    );
    let other = generate(&["-algorithm", "x25519"]).err();
    assert!(
        matches!(other, Some(KeyImportError::Algorithm { .. })),
        "{other:?}"
    );
    read_secret_key(&fs::read(&key_file).unwrap()).unwrap();
}
