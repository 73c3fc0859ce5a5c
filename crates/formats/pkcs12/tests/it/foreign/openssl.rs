use std::path::Path;

use chancery_pkcs12::OpenError;

use crate::support::{EC, Person, RSA, done, open_file, printed, refused, run};

/// `openssl pkcs12 -export` with these further words; none where openssl is missing, an error where it refuses them.
fn export(folder: &Path, password: &str, words: &[&str]) -> Option<Result<Vec<u8>, String>> {
    let password = format!("pass:{password}");
    let mut all = vec!["pkcs12", "-export", "-in", "cert.pem", "-inkey", "key.pem"];
    all.extend(["-certfile", "ca.pem", "-name", "jana", "-out", "f.p12"]);
    all.extend(["-passout", &password]);
    all.extend(words);
    let output = run(folder, "openssl", &all)?;
    if output.status.success() {
        Some(Ok(std::fs::read(folder.join("f.p12")).unwrap()))
    } else {
        Some(Err(printed(&output)))
    }
}

fn opens(person: &Person, password: &str, words: &[&str]) -> bool {
    let folder = person.folder();
    let Some(file) = export(folder.path(), password, words) else {
        return false;
    };
    let file = file.unwrap_or_else(|error| panic!("{words:?}: {error}"));
    let opened = open_file(&file, password).unwrap_or_else(|error| panic!("{words:?}: {error}"));
    person.is_in(&opened, &format!("{words:?}"));
    let identity = &opened.identities().unwrap()[0];
    assert_eq!(identity.chain, [&person.root]);
    assert_eq!(identity.key.friendly_name.as_deref(), Some("jana"));
    assert_eq!(identity.key.local_key_id, identity.certificate.local_key_id);
    true
}

#[test]
fn its_defaults_old_and_new() {
    for words in [
        &[][..],
        &["-legacy"],
        &["-legacy", "-descert"],
        &["-iter", "1"],
        &["-nomac"],
        &["-nomaciter"],
        &["-certpbe", "NONE"],
        &["-keypbe", "NONE"],
        &["-certpbe", "NONE", "-keypbe", "NONE"],
        &["-certpbe", "NONE", "-keypbe", "NONE", "-nomac"],
    ] {
        for person in [&*RSA, &*EC] {
            opens(person, "secret", words);
        }
    }
}

/// The names that `-certpbe` and `-keypbe` take for PBES1.
const PBES1: [(&str, Option<&str>); 12] = [
    ("PBE-SHA1-RC4-128", None),
    ("PBE-SHA1-RC4-40", None),
    ("PBE-SHA1-3DES", None),
    ("PBE-SHA1-2DES", None),
    ("PBE-SHA1-RC2-128", None),
    ("PBE-SHA1-RC2-40", None),
    ("PBE-MD2-DES", Some("MD2 with DES (PBES1)")),
    ("PBE-MD5-DES", Some("MD5 with DES (PBES1)")),
    ("PBE-MD2-RC2-64", Some("MD2 with RC2-64 (PBES1)")),
    ("PBE-MD5-RC2-64", Some("MD5 with RC2-64 (PBES1)")),
    ("PBE-SHA1-DES", Some("SHA-1 with DES (PBES1)")),
    ("PBE-SHA1-RC2-64", Some("SHA-1 with RC2-64 (PBES1)")),
];

#[test]
fn every_encryption_of_pbes1() {
    let folder = RSA.folder();
    let mut opened = 0;
    for (name, unsupported) in PBES1 {
        let words = ["-legacy", "-certpbe", name, "-keypbe", name];
        let Some(file) = export(folder.path(), "secret", &words) else {
            return;
        };
        // MD2 is not in this OpenSSL.
        let Ok(file) = file else {
            assert!(name.contains("MD2"), "{name}: {}", file.unwrap_err());
            continue;
        };
        match unsupported {
            None => {
                RSA.is_in(&open_file(&file, "secret").unwrap(), name);
                opened += 1;
            }
            Some(told) => {
                let error = refused(&file, "secret");
                let OpenError::Unsupported(unsupported) = &error else {
                    panic!("{name}: {error}")
                };
                assert_eq!(unsupported.name(), Some(told));
                assert!(error.to_string().contains(told), "{error}");
            }
        }
    }
    assert_eq!(opened, 6);
}

/// Every cipher that this OpenSSL has, as PBES2: it opens, or is told by a name or number.
#[test]
fn every_cipher_of_pbes2() {
    const READ: [&str; 7] = [
        "AES-128-CBC",
        "AES-192-CBC",
        "AES-256-CBC",
        "DES-EDE3-CBC",
        "RC2-CBC",
        "RC2-40-CBC",
        "RC2-64-CBC",
    ];
    let folder = EC.folder();
    let Some(list) = done(
        folder.path(),
        "openssl",
        &[
            "list",
            "-cipher-algorithms",
            "-provider",
            "legacy",
            "-provider",
            "default",
        ],
    ) else {
        return;
    };
    let mut names: Vec<_> = list
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .filter(|word| word.contains('-'))
        .map(str::to_ascii_uppercase)
        .collect();
    names.sort();
    names.dedup();
    let (mut opened, mut told) = (Vec::new(), 0);
    for name in &names {
        let words = ["-legacy", "-certpbe", name, "-keypbe", name, "-iter", "3"];
        // Many of its ciphers have no identifier, or are not for PBES2.
        let Some(Ok(file)) = export(folder.path(), "secret", &words) else {
            continue;
        };
        match open_file(&file, "secret") {
            Ok(contents) => {
                EC.is_in(&contents, name);
                opened.push(name.as_str());
            }
            Err(error) => {
                assert!(!READ.contains(&name.as_str()), "{name}: {error}");
                assert!(
                    matches!(error, OpenError::Unsupported(_)),
                    "{name}: {error}"
                );
                told += 1;
            }
        }
    }
    for name in &READ[..4] {
        assert!(opened.contains(name), "{name} in {opened:?}");
    }
    assert!(told > 10, "{told}");
}

#[test]
fn every_integrity_check() {
    for digest in ["sha1", "sha224", "sha256", "sha384", "sha512"] {
        opens(&EC, "secret", &["-macalg", digest]);
    }
    let folder = EC.folder();
    for (digest, name) in [
        ("md5", "MD5"),
        ("sha512-224", "SHA-512/224"),
        ("sha512-256", "SHA-512/256"),
        ("sha3-256", "SHA3-256"),
        ("sha3-512", "SHA3-512"),
        ("ripemd160", "RIPEMD-160"),
        ("sm3", "SM3"),
        ("blake2b512", "BLAKE2b-512"),
    ] {
        let words = ["-legacy", "-macalg", digest];
        let Some(Ok(file)) = export(folder.path(), "secret", &words) else {
            continue;
        };
        let error = refused(&file, "secret");
        let OpenError::Unsupported(unsupported) = &error else {
            panic!("{digest}: {error}")
        };
        assert_eq!(unsupported.name(), Some(name), "{digest}");
    }
}

#[test]
fn passwords_of_every_kind() {
    let long = "x".repeat(200);
    for password in [
        "",
        "a",
        "Beží €uro",
        "Příliš žluťoučký kůň",
        "🔑 klíč",
        &long,
    ] {
        for words in [
            &[][..],
            &["-legacy"],
            &[
                "-legacy",
                "-certpbe",
                "PBE-SHA1-RC4-128",
                "-keypbe",
                "aes-256-cbc",
            ],
            &["-nomac"],
            &["-macalg", "sha512"],
        ] {
            opens(&EC, password, words);
        }
    }
}

#[test]
fn a_wrong_password_is_told_from_an_altered_file() {
    let folder = EC.folder();
    for words in [&[][..], &["-nomac"], &["-legacy"], &["-certpbe", "NONE"]] {
        let Some(file) = export(folder.path(), "right", words) else {
            return;
        };
        let file = file.unwrap();
        assert_eq!(
            refused(&file, "wrong"),
            OpenError::WrongPassword,
            "{words:?}"
        );
        assert_eq!(refused(&file, ""), OpenError::WrongPassword, "{words:?}");
    }
    // The last octet of the MAC's value, before the salt and the rounds.
    let mut file = export(folder.path(), "right", &[]).unwrap().unwrap();
    let at = file.len() - 16;
    file[at] ^= 1;
    assert_eq!(refused(&file, "right"), OpenError::Altered);
    assert_eq!(refused(&file, "wrong"), OpenError::WrongPassword);
}

#[test]
fn keys_of_every_kind() {
    for kind in [
        &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"][..],
        &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
        &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"],
        &[
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:secp256k1",
        ],
        &["-algorithm", "ed25519"],
        &["-algorithm", "ed448"],
    ] {
        let folder = EC.folder();
        let generate = [&["genpkey", "-out", "key.pem"], kind].concat();
        if done(folder.path(), "openssl", &generate).is_none() {
            return;
        }
        let request = "req -x509 -new -key key.pem -out cert.pem -subj /CN=jana -days 2";
        let request: Vec<_> = request.split(' ').collect();
        done(folder.path(), "openssl", &request);
        let file = export(folder.path(), "secret", &[]).unwrap().unwrap();
        let opened = open_file(&file, "secret").unwrap();
        assert_eq!(opened.keys.len(), 1, "{kind:?}");
        assert_eq!(opened.certificates.len(), 2, "{kind:?}");
        let certificate = opened.certificate_of(&opened.keys[0]).unwrap();
        assert_eq!(
            certificate.certificate.subject().common_name(),
            Some("jana")
        );
    }
}

#[test]
fn files_without_a_key_or_without_a_certificate() {
    let folder = EC.folder();
    let Some(file) = export(folder.path(), "secret", &["-nokeys"]) else {
        return;
    };
    let opened = open_file(&file.unwrap(), "secret").unwrap();
    assert!(opened.keys.is_empty());
    assert_eq!(opened.certificates.len(), 2);
    assert_eq!(
        opened.identities().err(),
        Some(chancery_pkcs12::NoIdentity::NoKey)
    );
    let words = "pkcs12 -export -nocerts -inkey key.pem -out f.p12 -passout pass:secret";
    let words: Vec<_> = words.split(' ').collect();
    done(folder.path(), "openssl", &words);
    let file = std::fs::read(folder.path().join("f.p12")).unwrap();
    let opened = open_file(&file, "secret").unwrap();
    assert_eq!(opened.keys.len(), 1);
    assert_eq!(
        opened.identities().err(),
        Some(chancery_pkcs12::NoIdentity::NoCertificate)
    );
}
