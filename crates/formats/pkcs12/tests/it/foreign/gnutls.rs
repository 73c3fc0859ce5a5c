use std::path::Path;

use chancery_pkcs12::OpenError;

use crate::support::{EC, RSA, done, open_file, refused};

fn export(folder: &Path, words: &[&str]) -> Option<Vec<u8>> {
    let mut all = vec![
        "--to-p12",
        "--load-privkey",
        "key.pem",
        "--load-certificate",
        "cert.pem",
    ];
    all.extend(["--load-ca-certificate", "ca.pem", "--p12-name", "jana"]);
    all.extend(["--outder", "--outfile", "out.p12"]);
    all.extend(words);
    done(folder, "certtool", &all)?;
    Some(std::fs::read(folder.join("out.p12")).unwrap())
}

#[test]
fn its_ciphers_and_integrity_checks() {
    let folder = RSA.folder();
    for cipher in [
        "3des",
        "3des-pkcs12",
        "aes-128",
        "aes-192",
        "aes-256",
        "rc2-40",
        "arcfour",
    ] {
        let words = ["--password", "secret", "--pkcs-cipher", cipher];
        let Some(file) = export(folder.path(), &words) else {
            return;
        };
        let opened = open_file(&file, "secret").unwrap_or_else(|error| panic!("{cipher}: {error}"));
        RSA.is_in(&opened, cipher);
    }
    for digest in ["SHA1", "SHA512"] {
        let file = export(folder.path(), &["--password", "secret", "--hash", digest]).unwrap();
        RSA.is_in(&open_file(&file, "secret").unwrap(), digest);
    }
    let words = ["--password", "secret", "--pkcs-cipher", "gost28147-tc26z"];
    let file = export(folder.path(), &words).unwrap();
    match refused(&file, "secret") {
        OpenError::Unsupported(unsupported) => {
            assert_eq!(unsupported.name(), Some("HMAC-Streebog-512"));
        }
        other => panic!("{other}"),
    }
}

/// It knows two kinds of no password.
#[test]
fn its_passwords() {
    let folder = EC.folder();
    for (words, password) in [
        (&["--empty-password"][..], ""),
        (&["--null-password"], ""),
        (&["--password", "Beží 🔑"], "Beží 🔑"),
        (&["--null-password", "--pkcs-cipher", "3des-pkcs12"], ""),
        (&["--empty-password", "--pkcs-cipher", "3des-pkcs12"], ""),
    ] {
        let Some(file) = export(folder.path(), words) else {
            return;
        };
        let opened =
            open_file(&file, password).unwrap_or_else(|error| panic!("{words:?}: {error}"));
        EC.is_in(&opened, &format!("{words:?}"));
    }
}
