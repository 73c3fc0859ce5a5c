//! NSS: what Firefox and Thunderbird write, in indefinite lengths.

use chancery_pkcs12::{OpenError, Profile};
use tempfile::TempDir;

use crate::support::{NAME, Person, RSA, done, open_file, printed, refused, run};

/// A database with a person's key.
struct Database(TempDir);

impl Database {
    fn with(person: &Person) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let file = person.write(Profile::Legacy, "start");
        std::fs::write(folder.path().join("f.p12"), file).unwrap();
        done(
            folder.path(),
            "certutil",
            &["-N", "-d", "sql:.", "--empty-password"],
        )?;
        let arguments = ["-i", "f.p12", "-d", "sql:.", "-W", "start", "-K", ""];
        done(folder.path(), "pk12util", &arguments)?;
        Some(Self(folder))
    }

    fn export(&self, password: &str, words: &[&str]) -> Result<Vec<u8>, String> {
        let folder = self.0.path();
        let mut all = vec![
            "-o", "out.p12", "-n", NAME, "-d", "sql:.", "-W", password, "-K", "",
        ];
        all.extend(words);
        let _ = std::fs::remove_file(folder.join("out.p12"));
        let output = run(folder, "pk12util", &all).unwrap();
        if output.status.success() {
            Ok(std::fs::read(folder.join("out.p12")).unwrap())
        } else {
            Err(printed(&output))
        }
    }
}

fn opens(database: &Database, password: &str, words: &[&str]) {
    let file = database.export(password, words).unwrap();
    assert_eq!(
        file[..2],
        [0x30, 0x80],
        "indefinite lengths are what this is about"
    );
    let opened = open_file(&file, password).unwrap_or_else(|error| panic!("{words:?}: {error}"));
    RSA.is_in(&opened, &format!("{words:?}"));
    assert_eq!(opened.keys[0].friendly_name.as_deref(), Some(NAME));
}

#[test]
fn its_ciphers() {
    let Some(database) = Database::with(&RSA) else {
        return;
    };
    opens(&database, "secret", &[]);
    for cipher in [
        "AES-128-CBC",
        "AES-192-CBC",
        "AES-256-CBC",
        "DES-EDE3-CBC",
        "RC2-CBC",
        "RC4",
        "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
        "PKCS #12 V2 PBE With SHA-1 And 128 Bit RC2 CBC",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
        "PKCS #12 V2 PBE With SHA-1 And 128 Bit RC4",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC4",
    ] {
        opens(&database, "secret", &["-c", cipher, "-C", cipher]);
    }
}

#[test]
fn its_ciphers_that_are_not_read() {
    let Some(database) = Database::with(&RSA) else {
        return;
    };
    for (cipher, name) in [
        ("CAMELLIA-128-CBC", "Camellia-128-CBC"),
        ("CAMELLIA-256-CBC", "Camellia-256-CBC"),
        (
            "PKCS #5 Password Based Encryption with SHA-1 and DES-CBC",
            "SHA-1 with DES (PBES1)",
        ),
        (
            "PKCS #5 Password Based Encryption with MD5 and DES-CBC",
            "MD5 with DES (PBES1)",
        ),
    ] {
        let file = database
            .export("secret", &["-c", cipher, "-C", cipher])
            .unwrap();
        match refused(&file, "secret") {
            OpenError::Unsupported(unsupported) => assert_eq!(unsupported.name(), Some(name)),
            other => panic!("{cipher}: {other}"),
        }
    }
}

#[test]
fn its_integrity_checks() {
    let Some(database) = Database::with(&RSA) else {
        return;
    };
    for digest in ["SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"] {
        opens(&database, "secret", &["-M", digest]);
    }
    if let Ok(file) = database.export("secret", &["-M", "MD5"]) {
        let error = refused(&file, "secret");
        assert_eq!(
            error.to_string(),
            "the integrity check MD5 is not supported"
        );
    }
}

#[test]
fn its_passwords() {
    let Some(database) = Database::with(&RSA) else {
        return;
    };
    let old = [
        "-c",
        "PKCS #12 V2 PBE With SHA-1 And 3KEY Triple DES-CBC",
        "-C",
        "PKCS #12 V2 PBE With SHA-1 And 40 Bit RC2 CBC",
        "-M",
        "SHA-1",
    ];
    for password in ["", "Beží €uro", "a🔑b"] {
        opens(&database, password, &[]);
        opens(&database, password, &old);
    }
    let file = database.export("right", &[]).unwrap();
    assert_eq!(refused(&file, "wrong"), OpenError::WrongPassword);
}
