//! Opening and writing as sequences of steps.

use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_pkcs12::{
    Contents, Kdf, Limits, Need, OpenError, Opening, Password, Profile, Purpose, ROUNDS, Step,
    WriteError, Writer,
};
use chancery_x509::DigestAlgorithm;
use zeroize::Zeroizing;

use crate::support::{EC, Person};

fn password() -> Password {
    Password::new("Beží").unwrap()
}

fn start(contents: Contents, profile: Profile) -> (Writer, Step<Vec<u8>>) {
    let random = (0_u8..).take(contents.randomness(profile)).collect();
    Writer::start(contents, profile, password(), random, &AwsLc).unwrap()
}

/// Names a derivation, its first octet of salt, and how long a key it gives.
fn told(need: &Need) -> (String, u8, usize) {
    let Need::Derive(derivation) = need else {
        panic!("a public key was asked for")
    };
    let utf8 = "Beží".as_bytes();
    let bmp = [0, b'B', 0, b'e', 0x01, 0x7e, 0, 0xed, 0, 0];
    let name = match derivation.kdf {
        Kdf::Pbkdf2 { prf, rounds } => {
            assert_eq!(derivation.password.as_slice(), utf8);
            format!("pbkdf2 {prf} {rounds}")
        }
        Kdf::Pkcs12 {
            digest,
            purpose,
            rounds,
        } => {
            assert_eq!(derivation.password.as_slice(), bmp);
            format!("pkcs12 {digest} {purpose:?} {rounds}")
        }
        other => panic!("{other:?}"),
    };
    (name, derivation.salt[0], derivation.octets)
}

fn walk(profile: Profile) -> (Vec<(String, u8, usize)>, Vec<u8>) {
    let (mut writer, mut step) = start(EC.contents(), profile);
    let mut seen = Vec::new();
    loop {
        match step {
            Step::Done(file) => {
                let again = writer.resume(Zeroizing::new(vec![1; 32]), &AwsLc);
                assert!(matches!(again, Err(WriteError::AlreadyDone)));
                return (seen, file);
            }
            Step::Need(need) => {
                seen.push(told(&need));
                let octets = seen.last().unwrap().2;
                step = writer
                    .resume(Zeroizing::new(vec![1; octets]), &AwsLc)
                    .unwrap();
            }
        }
    }
}

#[test]
fn writing_takes_its_steps_in_order_and_uses_each_random_part_once() {
    let pbkdf2 = |salt| (format!("pbkdf2 SHA-256 {ROUNDS}"), salt, 32);
    let (seen, file) = walk(Profile::Modern);
    let mac = format!("pkcs12 SHA-256 Mac {ROUNDS}");
    assert_eq!(seen, [pbkdf2(0), pbkdf2(32), (mac, 64, 32)]);
    // The key and the certificate's name are nowhere in clear.
    let secret = EC.key.to_pkcs8().unwrap();
    let mut parts = secret.windows(32);
    assert!(!parts.any(|part| file.windows(32).any(|other| part == other)));
    assert!(!file.windows(4).any(|part| part == b"Jana"));

    let (seen, _) = walk(Profile::Stored);
    assert_eq!(seen, [pbkdf2(0), pbkdf2(32), pbkdf2(64)]);

    let (seen, _) = walk(Profile::Legacy);
    let legacy =
        |purpose: &str, salt, octets| (format!("pkcs12 SHA-1 {purpose} 100000"), salt, octets);
    assert_eq!(
        seen,
        [
            legacy("Key", 0, 24),
            legacy("Iv", 0, 8),
            legacy("Key", 8, 24),
            legacy("Iv", 8, 8),
            legacy("Mac", 16, 20)
        ]
    );
}

#[test]
fn results_of_the_wrong_length_are_refused() {
    for octets in [0, 31, 33] {
        let (mut writer, _) = start(EC.contents(), Profile::Modern);
        let outcome = writer.resume(Zeroizing::new(vec![1; octets]), &AwsLc);
        assert!(matches!(outcome, Err(WriteError::ResultLength { octets: met }) if met == octets));
        let file = EC.write(Profile::Modern, "x");
        let (mut opening, _) =
            Opening::start(&file, password(), Limits::default(), &AwsLc).unwrap();
        let outcome = opening.resume(Zeroizing::new(vec![1; octets]), &AwsLc);
        assert!(matches!(outcome, Err(OpenError::ResultLength { octets: met }) if met == octets));
    }
}

#[test]
fn randomness_is_counted_and_nothing_is_not_written() {
    for profile in Profile::ALL {
        let wanted = EC.contents().randomness(profile);
        for octets in [0, wanted - 1, wanted + 1] {
            let random = vec![0; octets];
            let outcome = Writer::start(EC.contents(), profile, password(), random, &AwsLc).err();
            assert_eq!(outcome, Some(WriteError::Randomness { octets, wanted }));
        }
    }
    let nothing = Contents {
        identities: Vec::new(),
        authorities: Vec::new(),
    };
    let random = vec![0; nothing.randomness(Profile::Modern)];
    let outcome = Writer::start(nothing, Profile::Modern, password(), random, &AwsLc).err();
    assert_eq!(outcome, Some(WriteError::Empty));
}

/// An Ed25519 key in version 1 does not carry its public key, so that it is asked for; what answers nothing leaves the identifier.
#[test]
fn a_public_key_is_asked_for_where_the_key_does_not_carry_it() {
    let person = Person::new(KeyAlgorithm::Ed25519);
    let file = person.write(Profile::Stored, "Beží");
    for knows in [true, false] {
        let (mut opening, mut step) =
            Opening::start(&file, password(), Limits::default(), &AwsLc).unwrap();
        let mut asked = 0;
        let opened = loop {
            match step {
                Step::Done(opened) => break opened,
                Step::Need(need) => {
                    let public = matches!(need, Need::PublicKey { .. });
                    asked += usize::from(public);
                    let answer = if public && !knows {
                        Zeroizing::default()
                    } else {
                        need.fulfil(&AwsLc).unwrap()
                    };
                    step = opening.resume(answer, &AwsLc).unwrap();
                }
            }
        };
        assert_eq!(asked, 1);
        assert_eq!(opened.keys[0].public_key.is_some(), knows);
        person.is_in(&opened, "Ed25519");
        let again = opening.resume(Zeroizing::default(), &AwsLc);
        assert!(matches!(again, Err(OpenError::AlreadyDone)));
    }
}

#[test]
#[cfg_attr(target_arch = "wasm32", ignore = "600,000 rounds, many times over")]
fn every_form_that_is_written_is_read() {
    for algorithm in KeyAlgorithm::ALL {
        if matches!(algorithm, KeyAlgorithm::Rsa3072 | KeyAlgorithm::Rsa4096) {
            continue;
        }
        let person = Person::new(algorithm);
        for profile in Profile::ALL {
            let file = person.write(profile, "🔑 Beží");
            let opened = crate::support::open_file(&file, "🔑 Beží").unwrap();
            person.is_in(&opened, profile.name());
            assert_eq!(
                opened.keys[0].friendly_name.as_deref(),
                Some(crate::support::NAME)
            );
            if algorithm == KeyAlgorithm::EcP256 {
                let error = crate::support::refused(&file, "🔑 Bezi");
                assert_eq!(error, OpenError::WrongPassword);
            }
        }
    }
}

/// Answers are asked for with the purposes that the standard numbers.
#[test]
fn purposes_have_their_numbers() {
    assert_eq!(
        [Purpose::Key, Purpose::Iv, Purpose::Mac].map(|p| p as u8),
        [1, 2, 3]
    );
    let key = chancery_pkcs12::derive_pkcs12(
        &mut |message, out| out.fill(message[0]),
        DigestAlgorithm::Sha1,
        Purpose::Iv,
        1,
        &[],
        &[],
        3,
    );
    assert_eq!(key.as_slice(), [2, 2, 2]);
}
