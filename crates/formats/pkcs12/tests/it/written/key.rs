//! A private key by itself.

use chancery_keys::AwsLc;
use chancery_pkcs12::{
    KeyWriter, Limits, OpenError, Password, Step, WriteError, open_key, write_key,
};
use zeroize::Zeroizing;

use crate::support::{EC, RSA, done, pem};

const RANDOM: [u8; KeyWriter::RANDOMNESS] = [5; KeyWriter::RANDOMNESS];

#[test]
fn a_key_opens_again_here_and_in_openssl() {
    for person in [&*RSA, &*EC] {
        let key = person.key.to_pkcs8().unwrap();
        let password = Password::new("žluťoučký kůň").unwrap();
        let written = write_key(key.clone(), &password, RANDOM, &AwsLc, &AwsLc).unwrap();
        let limits = Limits::default();
        let opened = open_key(&written, &password, limits, &AwsLc, &AwsLc).unwrap();
        assert_eq!(opened, key);
        let wrong = Password::new("wrong").unwrap();
        let refused = open_key(&written, &wrong, limits, &AwsLc, &AwsLc).unwrap_err();
        assert_eq!(refused, OpenError::WrongPassword);

        let folder = tempfile::tempdir().unwrap();
        let text = pem("ENCRYPTED PRIVATE KEY", &written);
        std::fs::write(folder.path().join("key.pem"), text).unwrap();
        let words = [
            "pkey",
            "-in",
            "key.pem",
            "-passin",
            "pass:žluťoučký kůň",
            "-noout",
            "-check",
        ];
        if let Some(printed) = done(folder.path(), "openssl", &words) {
            assert!(printed.contains("Key is valid"), "{printed}");
        }
    }
}

#[test]
fn only_what_was_asked_for_is_taken() {
    let password = Password::new("hush").unwrap();
    let start = || {
        let key = EC.key.to_pkcs8().unwrap();
        KeyWriter::start(key, &password, RANDOM, &AwsLc).unwrap()
    };
    let (mut writer, step) = start();
    assert!(matches!(step, Step::Need(_)));
    let short = writer.resume(Zeroizing::new(vec![0; 31]), &AwsLc);
    assert_eq!(short.err(), Some(WriteError::ResultLength { octets: 31 }));
    let (mut writer, _) = start();
    let mut resume = || writer.resume(Zeroizing::new(vec![0; 32]), &AwsLc);
    assert!(matches!(resume(), Ok(Step::Done(_))));
    assert_eq!(resume().err(), Some(WriteError::AlreadyDone));
}
