//! What a file may ask for, and no more.

use std::time::{Duration, Instant};

use chancery_keys::AwsLc;
use chancery_pkcs12::{Limits, OpenError, Password, open, open_key};
use chancery_x509::ObjectIdentifier;
use chancery_x509::asn1;

use crate::support::{EC, refused};

fn oid(text: &str) -> Vec<u8> {
    asn1::oid(&ObjectIdentifier::new_unwrap(text))
}

fn data(content: &[u8]) -> Vec<u8> {
    asn1::sequence(&[
        &oid("1.2.840.113549.1.7.1"),
        &asn1::explicit(0, &asn1::octet_string(content)),
    ])
}

fn mac_data(rounds: u64) -> Vec<u8> {
    let sha256 = asn1::sequence(&[&oid("2.16.840.1.101.3.4.2.1"), &asn1::null()]);
    asn1::sequence(&[
        &asn1::sequence(&[&sha256, &asn1::octet_string(&[7; 32])]),
        &asn1::octet_string(b"saltsalt"),
        &asn1::integer_u64(rounds),
    ])
}

/// A file with these parts and this `MacData`.
fn pfx(parts: &[Vec<u8>], mac_data: &[u8]) -> Vec<u8> {
    let safe = data(&asn1::sequence_of(parts));
    asn1::sequence(&[&asn1::integer_u64(3), &safe, mac_data])
}

fn encrypted(algorithm: &[u8]) -> Vec<u8> {
    let content = asn1::sequence(&[
        &oid("1.2.840.113549.1.7.1"),
        algorithm,
        &asn1::implicit(0, &[7; 32]),
    ]);
    let encrypted = asn1::sequence(&[&asn1::integer_u64(0), &content]);
    asn1::sequence(&[&oid("1.2.840.113549.1.7.6"), &asn1::explicit(0, &encrypted)])
}

fn pbes1(rounds: u64) -> Vec<u8> {
    let parameters = [asn1::octet_string(b"saltsalt"), asn1::integer_u64(rounds)];
    asn1::sequence(&[
        &oid("1.2.840.113549.1.12.1.3"),
        &asn1::sequence_of(&parameters),
    ])
}

fn pbes2(kdf: &[u8]) -> Vec<u8> {
    let cipher = asn1::sequence(&[
        &oid("2.16.840.1.101.3.4.1.42"),
        &asn1::octet_string(&[0; 16]),
    ]);
    asn1::sequence(&[
        &oid("1.2.840.113549.1.5.13"),
        &asn1::sequence(&[kdf, &cipher]),
    ])
}

fn pbkdf2(rounds: u64) -> Vec<u8> {
    let parameters = [asn1::octet_string(b"saltsalt"), asn1::integer_u64(rounds)];
    asn1::sequence(&[
        &oid("1.2.840.113549.1.5.12"),
        &asn1::sequence_of(&parameters),
    ])
}

fn scrypt(n: u64, r: u64, p: u64) -> Vec<u8> {
    let parameters = [
        asn1::octet_string(b"saltsalt"),
        asn1::integer_u64(n),
        asn1::integer_u64(r),
        asn1::integer_u64(p),
    ];
    asn1::sequence(&[
        &oid("1.3.6.1.4.1.11591.4.11"),
        &asn1::sequence_of(&parameters),
    ])
}

/// Refused at once, however often it was asked for.
#[track_caller]
fn refused_quickly(file: &[u8]) -> OpenError {
    let begin = Instant::now();
    let error = refused(file, "x");
    assert!(begin.elapsed() < Duration::from_secs(1), "{error}");
    error
}

#[test]
fn billions_of_rounds_are_refused_at_once() {
    let limit = Limits::default().rounds;
    for rounds in [0x7fff_ffff, u64::from(u32::MAX), u64::MAX >> 1, limit + 1] {
        let seen = rounds.min(u32::MAX.into());
        let error = refused_quickly(&pfx(&[], &mac_data(rounds)));
        let rounds_once = OpenError::TooManyRounds {
            rounds: seen,
            limit,
        };
        assert_eq!(error, rounds_once);
        // Two blocks of SHA-1 make a key of AES-256, or of triple DES.
        let rounds_twice = OpenError::TooManyRounds {
            rounds: seen * 2,
            limit,
        };
        for algorithm in [pbes2(&pbkdf2(rounds)), pbes1(rounds)] {
            let error = refused_quickly(&pfx(&[encrypted(&algorithm)], &[]));
            assert_eq!(error, rounds_twice);
        }
    }
}

/// The budget is the file's, not the part's.
#[test]
fn many_parts_share_one_budget() {
    // The right password for none of them: the first part ends it.
    let part = |rounds| encrypted(&pbes2(&pbkdf2(rounds)));
    let file = pfx(&vec![part(1_000); 100], &[]);
    assert_eq!(refused(&file, "x"), OpenError::WrongPassword);
    // Two forms of the password, two blocks each.
    let limits = Limits {
        rounds: 3_999,
        ..Limits::default()
    };
    let password = Password::existing("x").unwrap();
    let error = open(&file, password, limits, &AwsLc, &AwsLc).err();
    let (rounds, limit) = (4_000, 3_999);
    assert_eq!(error, Some(OpenError::TooManyRounds { rounds, limit }));
}

#[test]
fn scrypt_has_a_budget_of_memory_and_of_work() {
    let file = |n, r, p| pfx(&[encrypted(&pbes2(&scrypt(n, r, p)))], &[]);
    // 1 GB, 1 PB, 16 MB many times over.
    for (n, r, p) in [(1 << 20, 8, 1), (1 << 40, 8, 1), (1 << 63, 0xffff_ffff, 1)] {
        let error = refused_quickly(&file(n, r, p));
        assert!(matches!(error, OpenError::TooMuchMemory { .. }), "{error}");
    }
    let error = refused_quickly(&file(1 << 14, 8, 10_000));
    assert!(matches!(error, OpenError::TooManyRounds { .. }), "{error}");
    for (n, r, p) in [
        (0, 8, 1),
        (1, 8, 1),
        (1_000, 8, 1),
        (1 << 14, 0, 1),
        (1 << 14, 8, 0),
    ] {
        let error = refused_quickly(&file(n, r, p));
        assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    }
    assert_eq!(refused(&file(1 << 10, 8, 1), "x"), OpenError::WrongPassword);
}

#[test]
fn size_entries_and_nesting_are_bounded() {
    let limits = Limits::default();
    let big = pfx(&[data(&vec![0; limits.octets])], &[]);
    assert!(matches!(refused_quickly(&big), OpenError::Damaged { .. }));

    let secret = asn1::sequence(&[
        &oid("1.2.840.113549.1.12.10.1.5"),
        &asn1::explicit(0, &asn1::sequence(&[])),
    ]);
    let bags = |count| {
        pfx(
            &[data(&asn1::sequence_of(&vec![secret.clone(); count]))],
            &[],
        )
    };
    assert_eq!(
        crate::support::open_file(&bags(limits.bags), "x")
            .unwrap()
            .skipped
            .len(),
        limits.bags
    );
    assert_eq!(
        refused_quickly(&bags(limits.bags + 1)),
        OpenError::TooManyBags { limit: limits.bags }
    );

    // Keys cost more than other entries, in the clear as well as encrypted.
    let bag = |kind: &str, value: &[u8]| {
        asn1::sequence(&[
            &oid(&format!("1.2.840.113549.1.12.10.1.{kind}")),
            &asn1::explicit(0, value),
        ])
    };
    let clear = bag("1", &EC.key.to_pkcs8().unwrap());
    let encrypted = asn1::sequence(&[&pbes1(1), &asn1::octet_string(&[7; 32])]);
    let encrypted = bag("2", &encrypted);
    let keys = |clear_ones: usize, encrypted_ones: usize| {
        let bags = [
            vec![clear.clone(); clear_ones],
            vec![encrypted.clone(); encrypted_ones],
        ];
        pfx(&[data(&asn1::sequence_of(&bags.concat()))], &[])
    };
    let opened = crate::support::open_file(&keys(limits.keys, 0), "x").unwrap();
    assert_eq!(opened.keys.len(), limits.keys);
    for file in [
        keys(limits.keys + 1, 0),
        keys(limits.keys, 1),
        keys(0, limits.keys + 1),
    ] {
        let limit = limits.keys;
        assert_eq!(refused_quickly(&file), OpenError::TooManyKeys { limit });
    }

    let nested = |depth| {
        let mut contents = asn1::sequence(&[&secret]);
        for _ in 0..depth {
            contents = asn1::sequence(&[&asn1::sequence(&[
                &oid("1.2.840.113549.1.12.10.1.6"),
                &asn1::explicit(0, &contents),
            ])]);
        }
        pfx(&[data(&contents)], &[])
    };
    assert_eq!(
        crate::support::open_file(&nested(3), "x")
            .unwrap()
            .skipped
            .len(),
        1
    );
    assert!(matches!(
        refused_quickly(&nested(8)),
        OpenError::Damaged { .. }
    ));
    assert!(matches!(
        refused_quickly(&nested(1_000)),
        OpenError::Damaged { .. }
    ));
}

#[test]
fn a_salt_or_key_length_beyond_all_measure_is_refused() {
    let parameters = [asn1::octet_string(&[1; 2_000]), asn1::integer_u64(1)];
    let kdf = asn1::sequence(&[
        &oid("1.2.840.113549.1.5.12"),
        &asn1::sequence_of(&parameters),
    ]);
    let error = refused_quickly(&pfx(&[encrypted(&pbes2(&kdf))], &[]));
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    let parameters = [
        asn1::octet_string(b"salt"),
        asn1::integer_u64(1),
        asn1::integer_u64(1 << 40),
    ];
    let kdf = asn1::sequence(&[
        &oid("1.2.840.113549.1.5.12"),
        &asn1::sequence_of(&parameters),
    ]);
    let error = refused_quickly(&pfx(&[encrypted(&pbes2(&kdf))], &[]));
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[test]
fn a_key_that_stands_alone_has_the_same_budgets() {
    let key = |algorithm: &[u8]| asn1::sequence(&[algorithm, &asn1::octet_string(&[7; 32])]);
    let open = |der: &[u8]| {
        let password = Password::existing("x").unwrap();
        open_key(der, &password, Limits::default(), &AwsLc, &AwsLc).unwrap_err()
    };
    let error = open(&key(&pbes2(&pbkdf2(1 << 40))));
    assert!(matches!(error, OpenError::TooManyRounds { .. }), "{error}");
    let error = open(&key(&pbes2(&scrypt(1 << 30, 8, 1))));
    assert!(matches!(error, OpenError::TooMuchMemory { .. }), "{error}");
    assert_eq!(open(&key(&pbes2(&pbkdf2(1)))), OpenError::WrongPassword);
    assert!(matches!(
        open(&EC.key.to_pkcs8().unwrap()),
        OpenError::Damaged { .. }
    ));
}
