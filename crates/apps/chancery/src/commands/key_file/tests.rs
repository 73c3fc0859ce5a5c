use std::process::Command;

use chancery_keys::{AwsLc, KeyAlgorithm, SoftwareKey};
use chancery_pkcs12::Primitives;

use super::*;
use crate::commands::key;

fn none() -> Result<Password, Failure> {
    Err(Failure::new("no password"))
}

fn read(content: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
    to_pkcs8("k", content, &mut none)
}

#[test]
fn a_key_survives_its_file() {
    for algorithm in KeyAlgorithm::ALL {
        let key = SoftwareKey::generate(algorithm).unwrap();
        let pem = key::to_pem(&key).unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        let der = key.to_pkcs8().unwrap();
        assert_eq!(*read(pem.as_bytes()).unwrap(), *der);
        assert_eq!(*read(&der).unwrap(), *der);
        // Text around it, as `openssl pkcs12 -nodes` writes it.
        let beside = format!(
            "Bag Attributes\n{}-----BEGIN CERTIFICATE-----\n",
            pem.as_str()
        );
        assert_eq!(*read(beside.as_bytes()).unwrap(), *der);
    }
}

/// Each form that OpenSSL writes, of each kind of key.
#[test]
fn what_openssl_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let openssl = |words: &str| {
        let output = Command::new("openssl")
            .args(words.split(' '))
            .current_dir(folder.path())
            .output();
        match output {
            Ok(output) => {
                let errors = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{words}: {errors}");
                true
            }
            Err(_) => false,
        }
    };
    if !openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem") {
        eprintln!("skipped: openssl is not installed");
        return;
    }
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ec.pem");
    openssl("genpkey -algorithm ed25519 -out ed25519.pem");
    openssl("genpkey -algorithm x25519 -out x25519.pem");
    openssl("ecparam -name prime256v1 -genkey -out with-parameters.pem");
    openssl("rsa -in rsa.pem -traditional -out pkcs1.pem");
    openssl("rsa -in rsa.pem -traditional -outform DER -out pkcs1.der");
    openssl("rsa -in rsa.pem -traditional -aes128 -passout pass:geheim -out old.pem");
    openssl("ec -in ec.pem -out sec1.pem");
    openssl("ec -in ec.pem -outform DER -out sec1.der");
    for name in ["rsa", "ec", "ed25519", "x25519"] {
        openssl(&format!(
            "pkcs8 -topk8 -in {name}.pem -passout pass:geheim -out {name}.enc"
        ));
        openssl(&format!(
            "pkcs8 -topk8 -in {name}.pem -passout pass:geheim -scrypt -outform DER -out {name}.scrypt"
        ));
        openssl(&format!(
            "pkcs8 -topk8 -in {name}.pem -passout pass:geheim -v1 PBE-SHA1-3DES -out {name}.v1"
        ));
    }
    let public = |file: &str| {
        let content = std::fs::read(folder.path().join(file)).unwrap();
        let key = to_pkcs8(file, &content, &mut || {
            Ok(Password::existing("geheim").unwrap())
        })
        .unwrap();
        AwsLc.public_key(&key).unwrap_or_else(|| panic!("{file}"))
    };
    for (one, others) in [
        (
            "rsa.pem",
            &["pkcs1.pem", "pkcs1.der", "rsa.enc", "rsa.scrypt", "rsa.v1"][..],
        ),
        (
            "ec.pem",
            &["sec1.pem", "sec1.der", "ec.enc", "ec.scrypt", "ec.v1"],
        ),
        (
            "ed25519.pem",
            &["ed25519.enc", "ed25519.scrypt", "ed25519.v1"],
        ),
        ("x25519.pem", &["x25519.enc", "x25519.scrypt", "x25519.v1"]),
    ] {
        for other in others {
            assert_eq!(public(one), public(other), "{other}");
        }
    }
    public("with-parameters.pem");
    let refused = |file: &str, password: &str| {
        let content = std::fs::read(folder.path().join(file)).unwrap();
        let mut ask = || Ok(Password::existing(password).unwrap());
        to_pkcs8(file, &content, &mut ask).unwrap_err().to_string()
    };
    assert!(refused("old.pem", "geheim").contains("openssl pkcs8 -topk8 -in old.pem"));
    assert!(refused("rsa.enc", "falsch").contains("the password is wrong"));
}

#[test]
fn what_is_no_key_is_told_apart() {
    let block = |label: &str, body: &str| {
        format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
    };
    for (text, told) in [
        (String::from("hello"), "not a private key"),
        (String::new(), "not a private key"),
        (block("CERTIFICATE", "AA=="), "holds a CERTIFICATE"),
        (
            String::from("-----BEGIN PRIVATE KEY-----\nAA==\n"),
            "damaged",
        ),
        (block("ENCRYPTED PRIVATE KEY", "MAA="), "no password"),
        (block("EC PRIVATE KEY", "MAA="), "damaged"),
        (block("RSA PRIVATE KEY", "MAA="), "damaged"),
        (
            block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\nMAA="),
            "older format",
        ),
        (String::from("-----BEGIN"), "no private key"),
    ] {
        let failure = read(text.as_bytes()).unwrap_err();
        assert!(failure.to_string().contains(told), "{text}: {failure}");
    }
}
