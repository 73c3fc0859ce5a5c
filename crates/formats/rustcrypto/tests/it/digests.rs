//! Digests and HMAC.

use chancery_x509::DigestAlgorithm;
use proptest::prelude::*;

use crate::support::{hex, providers};

/// NIST, "Examples with Intermediate Values" for FIPS 180-4: the message `abc`.
const ABC: [(DigestAlgorithm, &str); 5] = [
    (
        DigestAlgorithm::Sha1,
        "a9993e364706816aba3e25717850c26c9cd0d89d",
    ),
    (
        DigestAlgorithm::Sha224,
        "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
    ),
    (
        DigestAlgorithm::Sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (
        DigestAlgorithm::Sha384,
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed
         8086072ba1e7cc2358baeca134c825a7",
    ),
    (
        DigestAlgorithm::Sha512,
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
];

#[test]
fn digests_are_those_of_fips_180() {
    for (name, crypto) in providers() {
        for (algorithm, expected) in ABC {
            assert_eq!(crypto.digest(algorithm, b"abc"), hex(expected), "{name}");
            let mut hasher = crypto.hasher(algorithm);
            for octet in b"abc" {
                hasher.update(&[*octet]);
                hasher.update(b"");
            }
            assert_eq!(hasher.finish(), hex(expected), "{name} {algorithm}");
            assert_eq!(hex(expected).len(), algorithm.output_len());
        }
    }
}

#[test]
fn hmac_is_that_of_the_standards() {
    // RFC 2202 section 3 and RFC 4231 section 4.3, test case 2; then RFC 2202 case 6 and RFC 4231 section 4.7: a key longer than the block.
    let jefe = [
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e
         8e2240ca5e69e2c78b3239ecfab21649",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554
         9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    ];
    for (name, crypto) in providers() {
        for (algorithm, expected) in DigestAlgorithm::ALL.into_iter().zip(jefe) {
            let mac = crypto.hmac(algorithm, b"Jefe", b"what do ya want for nothing?");
            assert_eq!(mac, hex(expected), "{name} {algorithm}");
        }
        let message = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            crypto.hmac(DigestAlgorithm::Sha1, &[0xaa; 80], message),
            hex("aa4ae5e15272d00e95705637ce8a3b55ed402112")
        );
        assert_eq!(
            crypto.hmac(DigestAlgorithm::Sha256, &[0xaa; 131], message),
            hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
        );
        assert_eq!(
            crypto.hmac(DigestAlgorithm::Sha256, b"", b"").len(),
            32,
            "an empty key is a key"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn providers_agree(
        message in prop::collection::vec(any::<u8>(), 0..600),
        key in prop::collection::vec(any::<u8>(), 0..200),
        cut in any::<prop::sample::Index>(),
    ) {
        let [(_, aws), (_, rust)] = providers();
        let (head, tail) = message.split_at(cut.index(message.len() + 1));
        for algorithm in DigestAlgorithm::ALL {
            let digest = aws.digest(algorithm, &message);
            prop_assert_eq!(&digest, &rust.digest(algorithm, &message));
            for crypto in [aws, rust] {
                let mut hasher = crypto.hasher(algorithm);
                hasher.update(head);
                hasher.update(tail);
                prop_assert_eq!(&digest, &hasher.finish());
            }
            prop_assert_eq!(aws.hmac(algorithm, &key, &message), rust.hmac(algorithm, &key, &message));
        }
    }
}
