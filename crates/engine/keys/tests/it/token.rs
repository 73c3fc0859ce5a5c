//! The suite on keys in a token, and what happens when the token does not do as it should.

use std::{fs, path::PathBuf, sync::Arc, thread, time::Duration};

use chancery_keys::{
    AwsLc, KeyAlgorithm, KeyOperation, KeyOperationError, SecretKey, SignError, Signer,
    SoftwareKey, SystemEntropy,
    pkcs11::{PinError, Pkcs11Uri, Token, TokenError, TokenKey},
};
use chancery_x509::{
    Crypto, DigestAlgorithm, KeyTransport, PublicKeyInfo,
    pem::{self, Label},
};
use cryptoki::{
    context::Pkcs11,
    mechanism::Mechanism,
    object::{Attribute, AttributeType, ObjectClass},
    session::{Session, UserType},
};
use secrecy::SecretString;

use crate::{
    softhsm::{self, PIN},
    suite,
};

fn uri(rest: &str) -> Pkcs11Uri {
    let module = softhsm::module().unwrap();
    format!("pkcs11:{rest}?module-path={}", module.display())
        .parse()
        .unwrap()
}

fn open(rest: &str, pin: &str) -> Result<Token, TokenError> {
    Token::open(&uri(rest), Some(SecretString::from(pin)))
}

fn token() -> Token {
    open("token=tests", PIN).unwrap()
}

fn generate(token: &Token, algorithm: KeyAlgorithm) -> TokenKey {
    token
        .generate(algorithm, algorithm.name(), &SystemEntropy)
        .unwrap()
}

/// A key made here and put into the token.
fn imported(token: &Token, algorithm: KeyAlgorithm, id: &str) -> TokenKey {
    let key = SoftwareKey::generate(algorithm).unwrap();
    // The same shape as a public key's PEM, under another word.
    let text = pem::encode(Label::PublicKey, &key.to_pkcs8().unwrap()).replace("PUBLIC", "PRIVATE");
    fs::write("key.pem", text).unwrap();
    softhsm::import("key.pem", "imported", id);
    // The utility gives keys on curves no leave to derive.
    let (beside, octet) = (beside(), u8::from_str_radix(id, 16).unwrap());
    let private = [
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Id(vec![octet]),
    ];
    let private = beside.find_objects(&private).unwrap()[0];
    beside
        .update_attributes(private, &[Attribute::Derive(true)])
        .unwrap();
    let found = TokenKey::open(token, &uri(&format!("token=tests;id=%{id}"))).unwrap();
    assert_eq!(
        found.subject_public_key_info(),
        key.subject_public_key_info()
    );
    found
}

/// Another program's view of the token, in this process.
fn beside() -> Session {
    let pkcs11 = Pkcs11::new(softhsm::module().unwrap()).unwrap();
    let slot = pkcs11.get_slots_with_initialized_token().unwrap()[0];
    pkcs11.open_rw_session(slot).unwrap()
}

macro_rules! in_a_process_of_its_own {
    ($($outer:ident => $inner:ident,)*) => {
        $(#[test]
        fn $outer() {
            softhsm::run(concat!("token::", stringify!($inner)));
        })*
    };
}

in_a_process_of_its_own! {
    keys_made_in_a_token_sign => signing,
    keys_in_a_token_decrypt_and_agree => decrypting,
    tokens_and_keys_are_found_by_uri => finding,
    a_wrong_pin_is_told_and_not_tried_again => pins,
    a_lost_token_comes_back => losing,
    a_missing_key_keeps_nobody_from_the_others => missing,
}

#[test]
#[ignore = "run by keys_made_in_a_token_sign"]
fn signing() {
    let token = token();
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::EcP521,
        KeyAlgorithm::Ed25519,
    ] {
        let key = generate(&token, algorithm);
        suite::signs(&key);
        let signature = key.sign(b"message").unwrap();
        let verified = AwsLc.verify(key.algorithm(), key.public_key(), b"message", &signature);
        assert_eq!(verified, Ok(()), "{algorithm}");
        // By its URI it is found again, after which it signs as before.
        let again = TokenKey::open(&token, &key.uri().to_string().parse().unwrap()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        suite::signs(&again);
    }
    // What was made stays inside: sensitive, not extractable, never was, and good for signing alone.
    let beside = beside();
    let made = beside
        .find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)])
        .unwrap();
    assert_eq!(made.len(), 5);
    for key in made {
        let attributes = beside
            .get_attributes(
                key,
                &[
                    AttributeType::Sensitive,
                    AttributeType::AlwaysSensitive,
                    AttributeType::Extractable,
                    AttributeType::NeverExtractable,
                    AttributeType::Private,
                    AttributeType::Token,
                    AttributeType::Sign,
                    AttributeType::Decrypt,
                    AttributeType::Derive,
                ],
            )
            .unwrap();
        let expected = [
            Attribute::Sensitive(true),
            Attribute::AlwaysSensitive(true),
            Attribute::Extractable(false),
            Attribute::NeverExtractable(true),
            Attribute::Private(true),
            Attribute::Token(true),
            Attribute::Sign(true),
            Attribute::Decrypt(false),
            Attribute::Derive(false),
        ];
        for attribute in expected {
            assert!(
                attributes.contains(&attribute),
                "{attribute:?} in {attributes:?}"
            );
        }
    }
}

#[test]
#[ignore = "run by keys_in_a_token_decrypt_and_agree"]
fn decrypting() {
    let token = token();
    let rsa = imported(&token, KeyAlgorithm::Rsa2048, "01");
    suite::signs(&rsa);
    // SoftHSM2 has OAEP with SHA-1 alone, and without a label; the rest it must be told by name.
    suite::decrypts(&rsa, &[DigestAlgorithm::Sha1], &[b""]);
    let transport = KeyTransport::Oaep {
        digest: DigestAlgorithm::Sha256,
        mgf1: DigestAlgorithm::Sha256,
        label: Vec::new(),
    };
    assert_eq!(
        rsa.decrypt(&transport, &[0; 256]).err(),
        Some(KeyOperationError::Unsupported(KeyOperation::Decrypt(
            transport
        )))
    );
    for (algorithm, id) in [
        (KeyAlgorithm::EcP256, "02"),
        (KeyAlgorithm::EcP384, "03"),
        (KeyAlgorithm::EcP521, "04"),
    ] {
        let key = imported(&token, algorithm, id);
        suite::signs(&key);
        suite::agrees(&key);
    }
    // A key that is there for signing alone says so.
    let signer = generate(&token, KeyAlgorithm::EcP256);
    let peer = imported(&token, KeyAlgorithm::EcP256, "05");
    assert_eq!(
        signer.agree(peer.subject_public_key_info()).err(),
        Some(KeyOperationError::Unsupported(KeyOperation::Agree))
    );

    let beside = beside();
    let common = |class| {
        vec![
            Attribute::Class(class),
            Attribute::Token(true),
            Attribute::Id(vec![0x25]),
        ]
    };
    let mut public = common(ObjectClass::PUBLIC_KEY);
    // id-X25519.
    public.push(Attribute::EcParams(vec![6, 3, 0x2b, 0x65, 0x6e]));
    let mut private = common(ObjectClass::PRIVATE_KEY);
    private.push(Attribute::Derive(true));
    // SoftHSM2 has one mechanism for both curves of this family.
    beside
        .generate_key_pair(&Mechanism::EccEdwardsKeyPairGen, &public, &private)
        .unwrap();
    let key = TokenKey::open(&token, &uri("token=tests;id=%25")).unwrap();
    suite::agrees(&key);
    suite::signs(&key);
}

#[test]
#[ignore = "run by tokens_and_keys_are_found_by_uri"]
fn finding() {
    let elsewhere = open("token=absent", PIN).unwrap_err();
    assert!(
        matches!(&elsewhere, TokenError::NoToken { present, .. } if present == &["tests"]),
        "{elsewhere}"
    );
    let missing: Pkcs11Uri = "pkcs11:?module-path=/nowhere/module.so".parse().unwrap();
    assert!(matches!(
        Token::open(&missing, None).unwrap_err(),
        TokenError::Module { .. }
    ));
    let none: Pkcs11Uri = "pkcs11:token=tests".parse().unwrap();
    assert!(matches!(
        Token::open(&none, None).unwrap_err(),
        TokenError::NoModule
    ));
    let escaping: Pkcs11Uri = "pkcs11:?module-name=..%2Fx".parse().unwrap();
    assert!(matches!(
        Token::open(&escaping, None).unwrap_err(),
        TokenError::ModuleName { .. }
    ));

    let token = open("manufacturer=SoftHSM%20project;model=SoftHSM%20v2", PIN).unwrap();
    let first = generate(&token, KeyAlgorithm::EcP256);
    assert_eq!(
        first.kind(),
        PublicKeyInfo::from_der(first.public_key()).unwrap().kind()
    );
    let by_label = TokenKey::open(&token, &uri("object=ec:p256;type=private")).unwrap();
    assert_eq!(by_label.public_key(), first.public_key());
    let second = generate(&token, KeyAlgorithm::EcP256);
    assert_ne!(second.uri().id, first.uri().id);
    assert!(matches!(
        TokenKey::open(&token, &uri("object=ec:p256")).unwrap_err(),
        TokenError::SeveralKeys { .. }
    ));
    for absent in ["object=other", "id=%00", "object=ec:p256;type=public"] {
        assert!(matches!(
            TokenKey::open(&token, &uri(absent)).unwrap_err(),
            TokenError::NoKey { .. }
        ));
    }
    softhsm::make_token(&std::env::current_dir().unwrap(), "second");
    assert_eq!(
        first.sign(b"still there").map(|_| ()),
        Ok(()),
        "a token beside changes nothing"
    );
}

#[test]
#[ignore = "run by a_wrong_pin_is_told_and_not_tried_again"]
fn pins() {
    let wrong = open("token=tests", "4321-loud").unwrap_err();
    assert!(
        matches!(wrong, TokenError::Pin(PinError::Wrong(_))),
        "{wrong}"
    );
    assert!(matches!(
        Token::open(&uri("token=tests"), None).unwrap_err(),
        TokenError::Pin(PinError::Missing)
    ));

    let key = generate(&token(), KeyAlgorithm::EcP256);
    let beside = beside();
    let (old, new) = (SecretString::from(PIN), SecretString::from("another-1"));
    beside.set_pin(&old, &new).unwrap();
    beside.logout().unwrap();
    assert_eq!(key.sign(b"message"), Err(SignError::Unavailable));
    // Even when the PIN is right again, a server that was refused waits for a person: the next try could be the last.
    beside.login(UserType::User, Some(&new)).unwrap();
    beside.set_pin(&new, &old).unwrap();
    beside.logout().unwrap();
    thread::sleep(Duration::from_secs(1));
    assert_eq!(key.sign(b"message"), Err(SignError::Unavailable));
    // A new start tries it once.
    let key = TokenKey::open(&token(), key.uri()).unwrap();
    assert!(key.sign(b"message").is_ok());
}

/// Signs until it works, as the callers of a server do.
fn patiently(key: &TokenKey) -> u32 {
    for round in 0..200 {
        if key.sign(b"message").is_ok() {
            return round;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the token is back, and nobody noticed")
}

#[test]
#[ignore = "run by a_lost_token_comes_back"]
fn losing() {
    let token = token();
    let key = Arc::new(generate(&token, KeyAlgorithm::EcP256));

    // Logged out, and the module ended, by another part of the process: nobody notices.
    let other = beside();
    for _ in 0..3 {
        other.logout().unwrap();
        assert!(key.sign(b"message").is_ok());
    }
    Pkcs11::new(softhsm::module().unwrap())
        .unwrap()
        .finalize()
        .unwrap();
    assert!(key.sign(b"message").is_ok());

    // Taken out and put back while several threads sign.
    let moved = PathBuf::from("taken-out");
    fs::rename("tokens", &moved).unwrap();
    fs::create_dir("tokens").unwrap();
    let outcomes: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| key.sign(b"message")))
            .collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(outcomes, vec![Err(SignError::Unavailable); 4]);
    assert_eq!(
        key.sign_with(key.algorithm(), b"message"),
        Err(KeyOperationError::Unavailable)
    );
    fs::remove_dir("tokens").unwrap();
    fs::rename(&moved, "tokens").unwrap();
    patiently(&key);

    // And with a log-out every few milliseconds under load.
    let other = beside();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    patiently(&key);
                }
            });
        }
        for _ in 0..20 {
            let _ = other.logout();
            thread::sleep(Duration::from_millis(5));
        }
    });
    let signature = key.sign(b"message").unwrap();
    let verified = AwsLc.verify(key.algorithm(), key.public_key(), b"message", &signature);
    assert_eq!(verified, Ok(()));
}

#[test]
#[ignore = "run by a_missing_key_keeps_nobody_from_the_others"]
fn missing() {
    let token = token();
    let gone = generate(&token, KeyAlgorithm::EcP256);
    let good = generate(&token, KeyAlgorithm::EcP384);
    let beside = beside();
    let id = gone.uri().id.clone().unwrap();
    for object in beside.find_objects(&[Attribute::Id(id)]).unwrap() {
        beside.destroy_object(object).unwrap();
    }
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..100 {
                    assert_eq!(gone.sign(b"message"), Err(SignError::Unavailable));
                    assert!(good.sign(b"message").is_ok());
                }
            });
            scope.spawn(|| {
                for _ in 0..200 {
                    assert!(good.sign(b"message").is_ok());
                }
            });
        }
    });
    assert!(matches!(
        TokenKey::open(&token, gone.uri()).unwrap_err(),
        TokenError::NoKey { .. }
    ));
}
