use std::path::Path;

use chancery_pkcs12::{OpenError, Profile, SkippedKind};

use crate::support::{RSA, done, open_file, refused};

/// Copies the key store `f.p12` with these properties.
fn import(folder: &Path, properties: &[&str]) -> Option<Vec<u8>> {
    let properties: Vec<_> = properties
        .iter()
        .map(|property| format!("-J-Dkeystore.pkcs12.{property}"))
        .collect();
    let mut all = vec!["-importkeystore", "-noprompt"];
    all.extend(["-srckeystore", "f.p12", "-srcstorepass", "secret"]);
    all.extend(["-destkeystore", "out.p12", "-deststorepass", "secret"]);
    all.extend(["-srcstoretype", "PKCS12", "-deststoretype", "PKCS12"]);
    all.extend(properties.iter().map(String::as_str));
    let _ = std::fs::remove_file(folder.join("out.p12"));
    done(folder, "keytool", &all)?;
    Some(std::fs::read(folder.join("out.p12")).unwrap())
}

#[test]
fn its_protections() {
    let folder = RSA.folder();
    std::fs::write(
        folder.path().join("f.p12"),
        RSA.write(Profile::Legacy, "secret"),
    )
    .unwrap();
    for properties in [
        &[][..],
        &["legacy"],
        &["certProtectionAlgorithm=NONE", "macAlgorithm=NONE"],
        &[
            "certProtectionAlgorithm=PBEWithSHA1AndRC2_128",
            "keyProtectionAlgorithm=PBEWithSHA1AndRC4_128",
            "macAlgorithm=HmacPBESHA512",
        ],
        &[
            "certProtectionAlgorithm=PBEWithSHA1AndRC4_40",
            "keyProtectionAlgorithm=PBEWithHmacSHA224AndAES_256",
            "macAlgorithm=HmacPBESHA224",
        ],
        &[
            "certProtectionAlgorithm=PBEWithHmacSHA1AndAES_128",
            "keyProtectionAlgorithm=PBEWithHmacSHA512AndAES_256",
            "macAlgorithm=HmacPBESHA384",
        ],
    ] {
        let Some(file) = import(folder.path(), properties) else {
            return;
        };
        let opened = open_file(&file, "secret");
        let opened = opened.unwrap_or_else(|error| panic!("{properties:?}: {error}"));
        RSA.is_in(&opened, &format!("{properties:?}"));
        assert_eq!(opened.identities().unwrap()[0].chain, [&RSA.root]);
    }
    let file = import(folder.path(), &["macAlgorithm=HmacPBESHA512/256"]).unwrap();
    assert!(matches!(
        refused(&file, "secret"),
        OpenError::Unsupported(_)
    ));
}

#[test]
fn trusted_certificates_and_secret_keys() {
    let folder = RSA.folder();
    let keytool = |words: &str| {
        let mut words: Vec<_> = words.split(' ').collect();
        words.extend([
            "-keystore",
            "out.p12",
            "-storepass",
            "secret",
            "-storetype",
            "PKCS12",
        ]);
        done(folder.path(), "keytool", &words)
    };
    if keytool("-genseckey -keyalg AES -keysize 128 -alias aes").is_none() {
        return;
    }
    keytool("-importcert -noprompt -alias trusted -file ca.pem");
    let file = std::fs::read(folder.path().join("out.p12")).unwrap();
    let opened = open_file(&file, "secret").unwrap();
    assert!(opened.keys.is_empty());
    assert_eq!(opened.certificates.len(), 1);
    assert_eq!(opened.certificates[0].certificate, RSA.root);
    assert_eq!(
        opened.certificates[0].friendly_name.as_deref(),
        Some("trusted")
    );
    assert_eq!(opened.skipped.len(), 1);
    assert_eq!(opened.skipped[0].kind, SkippedKind::Secret);
    assert_eq!(opened.skipped[0].friendly_name.as_deref(), Some("aes"));
}

#[test]
fn several_keys() {
    let folder = RSA.folder();
    let keytool = |words: &str| {
        let mut words: Vec<_> = words.split(' ').collect();
        words.extend([
            "-keystore",
            "out.p12",
            "-storepass",
            "secret",
            "-storetype",
            "PKCS12",
        ]);
        done(folder.path(), "keytool", &words)
    };
    for (name, algorithm) in [
        ("one", "EC -groupname secp256r1"),
        ("two", "EC -groupname secp384r1"),
        ("three", "Ed25519"),
    ] {
        let words = format!("-genkeypair -keyalg {algorithm} -alias {name} -dname CN={name}");
        if keytool(&words).is_none() {
            return;
        }
    }
    let file = std::fs::read(folder.path().join("out.p12")).unwrap();
    let opened = open_file(&file, "secret").unwrap();
    let identities = opened.identities().unwrap();
    assert_eq!(identities.len(), 3);
    for identity in identities {
        let name = identity.certificate.certificate.subject().common_name();
        assert_eq!(name, identity.key.friendly_name.as_deref());
    }
}

/// Java's older store is told by name.
#[test]
fn the_older_key_store() {
    let folder = RSA.folder();
    let words = "-importcert -noprompt -alias a -file ca.pem -keystore f.jks -storepass secret -storetype JKS";
    let words: Vec<_> = words.split(' ').collect();
    if done(folder.path(), "keytool", &words).is_none() {
        return;
    }
    let error = refused(
        &std::fs::read(folder.path().join("f.jks")).unwrap(),
        "secret",
    );
    assert!(
        error.to_string().contains("keytool -importkeystore"),
        "{error}"
    );
}
