//! NSS (Firefox, Thunderbird) and Java open what is written.

use chancery_keys::KeyAlgorithm;
use tempfile::TempDir;

use crate::file::{Identity, printed, run};

#[test]
fn pk12util_imports_it() {
    for algorithm in [KeyAlgorithm::Rsa2048, KeyAlgorithm::EcP256] {
        let folder = TempDir::new().unwrap();
        std::fs::write(
            folder.path().join("f.p12"),
            Identity::new(algorithm).write("Beží 7"),
        )
        .unwrap();
        let database = format!("sql:{}", folder.path().display());
        let arguments = ["-N", "-d", &database, "--empty-password"];
        let Some(output) = run(folder.path(), "certutil", &arguments) else {
            return;
        };
        assert!(output.status.success(), "{}", printed(&output));
        let arguments = ["-i", "f.p12", "-d", &database, "-W", "Beží 7", "-K", ""];
        let Some(output) = run(folder.path(), "pk12util", &arguments) else {
            return;
        };
        assert!(output.status.success(), "{algorithm}: {}", printed(&output));
        let output = run(folder.path(), "certutil", &["-L", "-d", &database]).unwrap();
        let listed = printed(&output);
        // "u": the private key is there too.
        let line = listed
            .lines()
            .find(|line| line.contains("Jana Nováková (2026)"));
        assert!(
            line.is_some_and(|line| line.trim().ends_with("u,u,u")),
            "{listed}"
        );
        assert!(listed.contains("Test Root"), "{listed}");
        let arguments = ["-i", "f.p12", "-d", &database, "-W", "wrong", "-K", ""];
        let output = run(folder.path(), "pk12util", &arguments).unwrap();
        assert!(!output.status.success(), "{}", printed(&output));
    }
}

#[test]
fn keytool_lists_it() {
    let folder = TempDir::new().unwrap();
    std::fs::write(
        folder.path().join("f.p12"),
        Identity::new(KeyAlgorithm::Rsa2048).write("secret"),
    )
    .unwrap();
    let arguments = [
        "-list",
        "-v",
        "-keystore",
        "f.p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        "secret",
    ];
    let Some(output) = run(folder.path(), "keytool", &arguments) else {
        return;
    };
    let shown = printed(&output);
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("PrivateKeyEntry"), "{shown}");
    assert!(shown.contains("Certificate chain length: 2"), "{shown}");
}
