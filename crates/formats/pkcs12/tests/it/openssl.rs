//! OpenSSL opens what is written.

use chancery_keys::{KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::Certificate;
use tempfile::TempDir;

use crate::file::{Identity, printed, run};

#[test]
fn key_and_certificates_come_out_as_they_went_in() {
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Ed25519,
    ] {
        let folder = TempDir::new().unwrap();
        let identity = Identity::new(algorithm);
        std::fs::write(folder.path().join("f.p12"), identity.write("Beží €uro")).unwrap();
        let arguments = [
            "pkcs12",
            "-in",
            "f.p12",
            "-passin",
            "pass:Beží €uro",
            "-nodes",
            "-info",
            "-out",
            "all.pem",
        ];
        let Some(output) = run(folder.path(), "openssl", &arguments) else {
            return;
        };
        let shown = printed(&output);
        assert!(output.status.success(), "{algorithm}: {shown}");
        assert!(shown.contains("MAC: sha256, Iteration 600000"), "{shown}");
        assert!(
            shown
                .matches("PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256")
                .count()
                == 2,
            "{shown}"
        );
        // It prints names in Latin-1; certutil shows the whole of this one in another test.
        let text = std::fs::read(folder.path().join("all.pem")).unwrap();
        let text = String::from_utf8_lossy(&text);
        assert_eq!(text.matches("friendlyName: Jana Nov").count(), 2, "{text}");
        assert_eq!(text.matches("localKeyID").count(), 2, "{text}");
        let public: String = text
            .split_inclusive('\n')
            .scan(false, skip_private_keys)
            .collect();
        let certificates = Certificate::chain_from_pem(&public).unwrap();
        assert_eq!(
            certificates,
            [identity.certificate.clone(), identity.root.clone()]
        );

        let arguments = [
            "pkey", "-in", "all.pem", "-outform", "DER", "-out", "key.der",
        ];
        assert!(
            run(folder.path(), "openssl", &arguments)
                .unwrap()
                .status
                .success()
        );
        let arguments = [
            "pkcs8", "-topk8", "-nocrypt", "-in", "key.der", "-inform", "DER", "-outform", "DER",
            "-out", "p8.der",
        ];
        assert!(
            run(folder.path(), "openssl", &arguments)
                .unwrap()
                .status
                .success()
        );
        let key =
            SoftwareKey::from_pkcs8(&std::fs::read(folder.path().join("p8.der")).unwrap()).unwrap();
        assert_eq!(key.public_key(), identity.key.public_key(), "{algorithm}");
    }
}

/// Lines outside private keys; empty strings for those inside.
#[allow(clippy::unnecessary_wraps)] // the form that `scan` wants
fn skip_private_keys<'a>(inside: &mut bool, line: &'a str) -> Option<&'a str> {
    if line.contains("PRIVATE KEY") {
        *inside = line.contains("BEGIN");
        return Some("");
    }
    Some(if *inside { "" } else { line })
}

#[test]
fn another_password_and_an_altered_file_are_refused() {
    let folder = TempDir::new().unwrap();
    let mut file = Identity::new(KeyAlgorithm::EcP256).write("right");
    std::fs::write(folder.path().join("f.p12"), &file).unwrap();
    let open = |password: &str| {
        let password = format!("pass:{password}");
        let arguments = ["pkcs12", "-in", "f.p12", "-nodes", "-passin", &password];
        run(folder.path(), "openssl", &arguments)
    };
    let Some(output) = open("right") else { return };
    assert!(output.status.success());
    let output = open("wrong").unwrap();
    assert!(
        printed(&output).contains("Mac verify error"),
        "{}",
        printed(&output)
    );
    let middle = file.len() / 2;
    file[middle] ^= 1;
    std::fs::write(folder.path().join("f.p12"), &file).unwrap();
    let output = open("right").unwrap();
    assert!(
        printed(&output).contains("Mac verify error"),
        "{}",
        printed(&output)
    );
}
