//! Tokens that answer as `SoftHSM2` never does: locked ones, ones with few sessions, ones that are pulled out. A module built
//! from `shim.c` stands before `SoftHSM2` and lets it have such moods.

use std::{
    fs,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use chancery_keys::{
    KeyAlgorithm, KeyOperation, KeyOperationError, SecretKey, SignError, Signer, SystemEntropy,
    pkcs11::{PinError, PinTries, Pkcs11Uri, Token, TokenError, TokenKey},
};
use secrecy::SecretString;

use crate::softhsm::{self, PIN};

/// `CKF_USER_PIN_COUNT_LOW` and its neighbours.
const COUNT_LOW: u32 = 0x1_0000;
const FINAL_TRY: u32 = 0x2_0000;
const LOCKED: u32 = 0x4_0000;
const TO_BE_CHANGED: u32 = 0x8_0000;
/// `CKM_RSA_PKCS`.
const RSA_PKCS: u32 = 1;
/// `CKR_GENERAL_ERROR` and others.
const GENERAL_ERROR: u32 = 0x05;
const DEVICE_REMOVED: u32 = 0x32;
const MECHANISM_INVALID: u32 = 0x70;
const PIN_INCORRECT: u32 = 0xa0;
const PIN_EXPIRED: u32 = 0xa3;
const PIN_LOCKED: u32 = 0xa4;
const SESSION_COUNT: u32 = 0xb1;
const SESSION_HANDLE_INVALID: u32 = 0xb3;

#[test]
fn a_token_in_any_mood_is_understood() {
    if softhsm::has_cc() {
        softhsm::run("moody::moods");
    } else {
        eprintln!("skipped: a C compiler is not on this machine");
    }
}

fn mood(settings: &[(&str, u32)]) {
    let lines: Vec<String> = settings
        .iter()
        .map(|(word, number)| format!("{word} {number}\n"))
        .collect();
    fs::write("shim.new", lines.concat()).unwrap();
    fs::rename("shim.new", "shim").unwrap();
}

fn log_ins() -> u64 {
    fs::metadata("logins").map_or(0, |about| about.len())
}

fn open() -> Result<Token, TokenError> {
    let here = std::env::current_dir().unwrap();
    let uri: Pkcs11Uri = format!("pkcs11:?module-path={}/shim.so", here.display())
        .parse()
        .unwrap();
    Token::open(&uri, Some(SecretString::from(PIN)))
}

fn refusal() -> PinError {
    match open().unwrap_err() {
        TokenError::Pin(refusal) => refusal,
        other => panic!("{other}"),
    }
}

#[test]
#[ignore = "run by a_token_in_any_mood_is_understood"]
fn moods() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/shim.c");
    let module = softhsm::module().unwrap();
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o", "shim.so", source, "-ldl"])
        .arg(format!("-DMODULE=\"{}\"", module.display()))
        .status()
        .unwrap();
    assert!(built.success());
    pins();
    let token = {
        mood(&[]);
        open().unwrap()
    };
    let key = token
        .generate(KeyAlgorithm::EcP256, "moody", &SystemEntropy)
        .unwrap();
    answers(&key);
    sessions(&key);
    one_of_two(&token, &key);
    pulled_out(&token, &key);
}

/// What the token says of its PIN is told, and no try is wasted.
fn pins() {
    for (flag, expected) in [
        (LOCKED, PinError::Locked),
        (FINAL_TRY, PinError::LastTry),
        (TO_BE_CHANGED, PinError::Expired),
    ] {
        mood(&[("flags", flag)]);
        assert_eq!(refusal(), expected);
    }
    assert_eq!(log_ins(), 0);
    for (answer, flags, expected) in [
        (PIN_INCORRECT, 0, PinError::Wrong(PinTries::Unknown)),
        (PIN_INCORRECT, COUNT_LOW, PinError::Wrong(PinTries::Few)),
        (PIN_LOCKED, 0, PinError::Locked),
        (PIN_EXPIRED, 0, PinError::Expired),
    ] {
        mood(&[("login", answer), ("flags", flags)]);
        let before = log_ins();
        assert_eq!(refusal(), expected);
        assert_eq!(log_ins(), before + 1);
    }
}

/// An operation that the token has not is told by name; a fault of its own is not.
fn answers(key: &TokenKey) {
    mood(&[("init", MECHANISM_INVALID)]);
    let algorithm = key.algorithm();
    assert_eq!(
        key.sign_with(algorithm, b"message"),
        Err(KeyOperationError::Unsupported(KeyOperation::Sign(
            algorithm
        )))
    );
    mood(&[]);
    assert!(key.sign(b"message").is_ok());
}

/// With one session to lend, threads wait for each other.
fn sessions(key: &TokenKey) {
    let before = log_ins();
    mood(&[("sessions", 2), ("open", SESSION_COUNT)]);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    key.sign(b"message").unwrap();
                }
            });
        }
    });
    assert_eq!(log_ins(), before, "nobody logs in for each signature");
}

/// Signs until it works.
fn patiently(key: &TokenKey) {
    for _ in 0..100 {
        if key.sign(b"message").is_ok() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the token is back, and nobody noticed")
}

/// A key that always fails keeps nobody from the one beside it.
fn one_of_two(token: &Token, good: &TokenKey) {
    mood(&[]);
    let bad = token
        .generate(KeyAlgorithm::Rsa2048, "bad", &SystemEntropy)
        .unwrap();
    for (answer, told) in [
        (GENERAL_ERROR, SignError::Refused),
        (DEVICE_REMOVED, SignError::Unavailable),
    ] {
        mood(&[("sign", answer), ("only", RSA_PKCS)]);
        let before = log_ins();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        assert_eq!(bad.sign(b"message"), Err(told));
                    }
                });
                scope.spawn(|| {
                    for _ in 0..100 {
                        good.sign(b"message").unwrap();
                    }
                });
            }
        });
        assert!(log_ins() - before < 20, "{}", log_ins() - before);
        mood(&[]);
        patiently(&bad);
    }
}

/// The line can be set up, yet nothing signs.
fn pulled_out(token: &Token, key: &TokenKey) {
    for (answer, told) in [
        (DEVICE_REMOVED, SignError::Unavailable),
        (GENERAL_ERROR, SignError::Refused),
        (SESSION_HANDLE_INVALID, SignError::Unavailable),
    ] {
        mood(&[("sign", answer)]);
        let before = log_ins();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        assert_eq!(key.sign(b"message"), Err(told));
                    }
                });
            }
        });
        // Two hundred calls of four threads, and a handful of log-ins.
        assert!(log_ins() - before < 20, "{}", log_ins() - before);
        mood(&[]);
        patiently(key);
    }

    // Put back with another PIN, it is asked once; the server does not lock it.
    let refusals = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&refusals);
    token.when_refused(move |refused| noted.lock().unwrap().push(refused));
    mood(&[("sign", DEVICE_REMOVED), ("login", PIN_INCORRECT)]);
    let before = log_ins();
    for _ in 0..30 {
        assert_eq!(key.sign(b"message"), Err(SignError::Unavailable));
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(log_ins(), before + 1);
    assert_eq!(
        *refusals.lock().unwrap(),
        [PinError::Wrong(PinTries::Unknown)]
    );
}
