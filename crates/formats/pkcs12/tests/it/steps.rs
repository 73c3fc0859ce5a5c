//! The writer as a sequence of steps.

use chancery_keys::{AwsLc, KeyAlgorithm};
use chancery_pkcs12::{
    Need, Password, Primitives, ROUNDS, Randomness, Step, WriteError, Writer, derive_mac_key,
};
use chancery_x509::hex;
use zeroize::Zeroizing;

use crate::file::Identity;

fn random() -> Randomness {
    Randomness::from(std::array::from_fn(|at| u8::try_from(at).unwrap()))
}

#[test]
fn steps_come_in_their_order_and_use_each_random_part_once() {
    let identity = Identity::new(KeyAlgorithm::EcP256);
    let password = Password::new("Beží").unwrap();
    let (mut writer, mut step) = Writer::start(identity.contents(), password, random());
    let mut seen = Vec::new();
    let file = loop {
        let need = match step {
            Step::Done(file) => break file,
            Step::Need(need) => need,
        };
        let result = match &need {
            Need::Pbkdf2Sha256 {
                password,
                salt,
                rounds,
            } => {
                assert_eq!(password.as_slice(), "Beží".as_bytes());
                assert_eq!(*rounds, ROUNDS);
                seen.push(("pbkdf2", salt[0]));
                vec![1; 32]
            }
            Need::Aes256CbcEncrypt { key, iv, plain } => {
                assert_eq!(key.as_slice(), [1; 32]);
                seen.push(("aes", iv[0]));
                AwsLc.aes256_cbc_encrypt(key, *iv, plain).unwrap()
            }
            Need::MacKey {
                password,
                salt,
                rounds,
            } => {
                assert_eq!(
                    password.as_slice(),
                    [0, b'B', 0, b'e', 0x01, 0x7e, 0, 0xed, 0, 0]
                );
                assert_eq!(*rounds, ROUNDS);
                seen.push(("mac key", salt[0]));
                vec![2; 32]
            }
            Need::HmacSha256 { key, message } => {
                assert_eq!(key.as_slice(), [2; 32]);
                seen.push(("hmac", 0));
                AwsLc.hmac_sha256(key, message).unwrap().to_vec()
            }
        };
        step = writer.resume(Zeroizing::new(result)).unwrap();
    };
    assert_eq!(
        seen,
        [
            ("pbkdf2", 0),
            ("aes", 16),
            ("pbkdf2", 32),
            ("aes", 48),
            ("mac key", 64),
            ("hmac", 0)
        ]
    );
    // The key and the certificate's name are nowhere in clear.
    let secret = identity.key.to_pkcs8().unwrap();
    assert!(
        !file
            .windows(32)
            .any(|part| secret.windows(32).any(|other| part == other))
    );
    assert!(!file.windows(4).any(|part| part == b"Jana"));
    let again = writer.resume(Zeroizing::new(vec![1; 32]));
    assert!(matches!(again, Err(WriteError::AlreadyDone)));
}

#[test]
fn results_of_the_wrong_length_are_refused() {
    let begin = || {
        let contents = Identity::new(KeyAlgorithm::EcP256).contents();
        Writer::start(contents, Password::new("x").unwrap(), random()).0
    };
    let outcome = begin().resume(Zeroizing::new(vec![1; 31]));
    assert!(matches!(
        outcome,
        Err(WriteError::ResultLength { octets: 31 })
    ));
    for octets in [0, 17] {
        let mut writer = begin();
        writer.resume(Zeroizing::new(vec![1; 32])).unwrap();
        let outcome = writer.resume(Zeroizing::new(vec![1; octets]));
        assert!(matches!(outcome, Err(WriteError::ResultLength { octets: met }) if met == octets));
    }
}

#[test]
fn the_integrity_key_is_derived_as_others_do() {
    // From OpenSSL 3: kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt id:3 -kdfopt iter:… -kdfopt hexpass:… -kdfopt hexsalt:… PKCS12KDF
    for (rounds, expected) in KNOWN_KEYS {
        let password = [0, b's', 0, b'm', 0, b'e', 0, b'g', 0, 0];
        let salt = [0x0a, 0x58, 0xcf, 0x64, 0x53, 0x0d, 0x82, 0x3f];
        let key = derive_mac_key(&|m| AwsLc.sha256(m), &password, &salt, rounds);
        assert_eq!(hex::encode(key.as_slice(), ""), expected);
    }
}

const KNOWN_KEYS: [(u32, &str); 2] = [
    (
        1,
        "b26d0cad11e901ad0ba0ce08b18df8fc49d2eb271bf02a0cee1669e01251b18d",
    ),
    (
        1_000,
        "35ac16a454d608fb10c8d7c6338ca85818587aed0ff771fd265957e412c2c03c",
    ),
];
