//! PKCS#12 files.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_pkcs12::{Contents, Password, Profile};
use serde_json::{Value, json};

use crate::support::{P256, Person, RSA, STORE, Worker};

fn write(worker: &mut Worker<'_>, person: &Person, profile: &str, password: &str) -> Vec<u8> {
    let of_store = profile == "stored";
    let text =
        json!({ "call": "write", "profile": profile, "friendlyName": "Jana", "ofStore": of_store });
    let password = if of_store { "" } else { password };
    let parts: [&[u8]; 4] = [
        password.as_bytes(),
        &person.pkcs8(),
        person.certificate.as_der(),
        person.root.as_der(),
    ];
    let (_, mut parts) = worker.run(&text, &parts).unwrap();
    parts.pop().unwrap().to_vec()
}

fn open(file: &[u8], password: &str) -> Result<crate::support::Said, Value> {
    Worker::new(None).run(
        &json!({ "call": "open", "ofStore": false }),
        &[file, password.as_bytes()],
    )
}

#[test]
fn every_profile_opens_again() {
    for (profile, derived) in [("stored", 6), ("modern", 4), ("legacy", 0)] {
        let mut worker = Worker::new(None);
        let file = write(&mut worker, &P256, profile, "žluťoučký kůň");
        let of_store = profile == "stored";
        let password = if of_store { "" } else { "žluťoučký kůň" };
        let text = json!({ "call": "open", "ofStore": of_store });
        let (result, parts) = worker.run(&text, &[&file, password.as_bytes()]).unwrap();
        let identity = &result["identities"][0];
        assert_eq!(identity["certificate"]["commonName"], "Jana Nováková");
        assert_eq!(identity["friendlyName"], "Jana");
        assert_eq!(identity["chain"], 1);
        assert_eq!(parts[0].as_slice(), P256.certificate.as_der());
        assert_eq!(parts[2].as_slice(), P256.root.as_der());
        let key = SoftwareKey::from_pkcs8(&parts[1]).unwrap();
        let own = P256.certificate.public_key().as_der();
        assert_eq!(Signer::public_key(&key), own);
        // What browsers derive fast they are asked for; the rest is done in the module.
        assert_eq!(worker.asked, vec!["derive"; derived], "{profile}");
    }
}

/// What the store keeps is the profile that any program since 2024 opens, under its own password.
#[test]
fn a_stored_file_is_an_ordinary_one() {
    let file = write(&mut Worker::new(None), &RSA, "stored", "");
    let (result, _) = open(&file, STORE).unwrap();
    assert!(
        result["integrity"]
            .as_str()
            .unwrap()
            .starts_with("PBMAC1 with HMAC-SHA-256, PBKDF2 with HMAC-SHA-256, 600000 rounds")
    );
}

/// The key of the certificates, the key of the key and that of the check, as many salts as are derived.
#[test]
fn salts_that_come_next_are_told_ahead() {
    for (profile, wanted) in [("stored", 2), ("modern", 1)] {
        let mut worker = Worker::new(None);
        let text = json!({ "call": "write", "profile": profile, "ofStore": profile == "stored" });
        let password: &[u8] = if profile == "stored" { b"" } else { b"hush" };
        let parts: [&[u8]; 3] = [password, &P256.pkcs8(), P256.certificate.as_der()];
        let (mut said, mut parts) = worker.call(&text, &parts);
        let ahead: Vec<_> = parts.split_off(2);
        assert_eq!(ahead.len(), wanted);
        for salt in ahead {
            let resume = json!({ "call": "resume", "operation": said["operation"] });
            (said, parts) = worker.call(&resume, &[&[1; 32]]);
            assert_eq!(said["need"], "derive");
            assert_eq!(parts[1], salt);
        }
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_apart() {
    let file = write(&mut Worker::new(None), &P256, "legacy", "right");
    let code = |file: &[u8], password| open(file, password).unwrap_err()["code"].clone();
    assert_eq!(code(&file, "wrong"), "wrongPassword");
    assert_eq!(code(&file[..file.len() / 2], "right"), "damaged");
    let mut altered = file.clone();
    let last = altered.len() - 60;
    altered[last] ^= 1;
    assert_ne!(code(&altered, "right"), "wrongPassword");
    assert_eq!(code(b"", "right"), "notPkcs12");
    let text = open(b"-----BEGIN CERTIFICATE-----", "right").unwrap_err();
    assert_eq!(
        (&text["code"], &text["found"]),
        (&json!("notPkcs12"), &json!("text"))
    );
    assert_eq!(code(P256.certificate.as_der(), "right"), "notPkcs12");

    let certificates = Contents {
        identities: Vec::new(),
        authorities: vec![P256.root.clone()],
    };
    let random = vec![3; certificates.randomness(Profile::Legacy)];
    let file = chancery_pkcs12::write(
        certificates,
        Profile::Legacy,
        Password::new("right").unwrap(),
        random,
        &AwsLc,
        &AwsLc,
    );
    assert_eq!(code(&file.unwrap(), "right"), "noKey");
}

/// In the place of the store's password stands a word that nothing is derived from: neither a file of another kind nor another's file opens by it.
#[test]
fn only_the_stores_files_open_by_its_password() {
    let mut worker = Worker::new(None);
    let open = json!({ "call": "open", "ofStore": true });
    let modern = write(&mut worker, &P256, "modern", "-");
    worker.asked.clear();
    let refused = worker.run(&open, &[&modern, b""]).unwrap_err();
    assert_eq!(refused["code"], "altered");
    assert!(worker.asked.is_empty());
    // Nor is a password taken beside it.
    let stored = write(&mut worker, &P256, "stored", "");
    let refused = worker.run(&open, &[&stored, b"-"]).unwrap_err();
    assert_eq!(refused["code"], "protocol");
    // And what is written under it stays in the store.
    let text = json!({ "call": "write", "profile": "modern", "ofStore": true });
    let parts: [&[u8]; 3] = [b"", &P256.pkcs8(), P256.certificate.as_der()];
    assert_eq!(worker.run(&text, &parts).unwrap_err()["code"], "protocol");
}

#[test]
fn passwords_that_cannot_be_typed_protect_no_file() {
    for (password, reason) in [("", "empty"), ("a\nb", "control")] {
        let text = json!({ "call": "write", "profile": "modern", "ofStore": false });
        let parts: [&[u8]; 3] = [
            password.as_bytes(),
            &P256.pkcs8(),
            P256.certificate.as_der(),
        ];
        let refused = Worker::new(None).run(&text, &parts).unwrap_err();
        assert_eq!(refused["code"], "unusablePassword");
        assert_eq!(refused["reason"], reason);
    }
}

/// Browsers import every key that comes out: as version 1, by the curve's name, the public key beside the private one.
#[test]
fn keys_come_out_in_one_form() {
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::EcP521,
        KeyAlgorithm::Ed25519,
    ] {
        let person = Person::new(algorithm);
        let file = write(&mut Worker::new(None), &person, "stored", "");
        let (result, parts) = open(&file, STORE).unwrap();
        let kind = &result["identities"][0]["certificate"]["key"];
        let public_key = chancery_pkcs12::public_key(&parts[1]);
        match algorithm {
            KeyAlgorithm::Rsa2048 => {
                assert_eq!(*kind, json!({ "kind": "rsa", "bits": 2048, "pss": false }));
            }
            KeyAlgorithm::Ed25519 => assert_eq!(*kind, json!({ "kind": "ed25519" })),
            _ => assert_eq!(kind["kind"], "ec"),
        }
        if algorithm != KeyAlgorithm::Ed25519 {
            let own = person.certificate.public_key().subject_public_key();
            assert_eq!(public_key.as_deref(), Some(own), "{algorithm}");
        }
        let key = SoftwareKey::from_pkcs8(&parts[1]).unwrap();
        let own = person.certificate.public_key().as_der();
        assert_eq!(Signer::public_key(&key), own);
    }
}

/// A key by itself, in each form that programs write, finds its certificate.
#[test]
fn keys_that_stand_alone_find_their_certificate() {
    let mut worker = Worker::new(None);
    let parts: [&[u8]; 2] = ["žluťoučký kůň".as_bytes(), &RSA.pkcs8()];
    let (_, written) = worker.run(&json!({ "call": "writeKey" }), &parts).unwrap();
    let both = format!("{}{}", RSA.root.to_pem(), RSA.certificate.to_pem());
    let read = |form: &str, key: &[u8], password: &str, file: &str| {
        let text = json!({ "call": "readKey", "form": form });
        let parts = [key, password.as_bytes(), file.as_bytes()];
        Worker::new(None).run(&text, &parts)
    };
    let pkcs8 = RSA.pkcs8();
    // The key inside `PrivateKeyInfo` is PKCS#1.
    let pkcs1 = &pkcs8[26..];
    for (form, key, password) in [
        ("encrypted", written[0].as_slice(), "žluťoučký kůň"),
        ("pkcs8", &pkcs8, ""),
        ("pkcs1", pkcs1, ""),
    ] {
        let (result, parts) = read(form, key, password, &both).unwrap();
        assert_eq!(result["identities"][0]["chain"], 1, "{form}");
        assert_eq!(parts[0].as_slice(), RSA.certificate.as_der());
        assert_eq!(parts[1], pkcs8);
    }
    let code = |outcome: Result<crate::support::Said, Value>| outcome.unwrap_err()["code"].clone();
    assert_eq!(
        code(read("encrypted", &written[0], "wrong", &both)),
        "wrongPassword"
    );
    assert_eq!(
        code(read("pkcs8", &pkcs8, "", &P256.root.to_pem())),
        "noCertificate"
    );
    assert_eq!(code(read("pkcs8", &pkcs8, "", "nothing")), "notCertificate");
    assert_eq!(code(read("sec1", &pkcs8, "", &both)), "damaged");
    assert_eq!(code(read("pkcs8", b"nothing", "", &both)), "damaged");
}
