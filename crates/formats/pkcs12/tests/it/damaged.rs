//! Files cut short, altered, or of another kind.

use std::sync::LazyLock;

use chancery_keys::AwsLc;
use chancery_pkcs12::{Limits, Lookalike, OpenError, Password, Place, open};
use chancery_x509::asn1;
use proptest::prelude::*;

use crate::support::{EC, done, open_file, refused};

#[test]
fn other_files_are_told() {
    let told = |file: &[u8]| match refused(file, "x") {
        OpenError::NotPkcs12(lookalike) => lookalike,
        other => panic!("{other}"),
    };
    assert_eq!(told(b""), Lookalike::Empty);
    assert_eq!(told(EC.certificate.to_pem().as_bytes()), Lookalike::Text);
    assert_eq!(told(EC.certificate.as_der()), Lookalike::OtherStructure);
    assert_eq!(told(&EC.key.to_pkcs8().unwrap()), Lookalike::OtherStructure);
    assert_eq!(told(&asn1::sequence(&[])), Lookalike::OtherStructure);
    assert_eq!(
        told(&[0xfe, 0xed, 0xfe, 0xed, 0, 0]),
        Lookalike::JavaKeyStore
    );
    assert_eq!(told(&[0, 1, 2]), Lookalike::Unknown);
}

/// Few rounds, so that thousands of variants take no time.
static QUICK: LazyLock<Option<Vec<Vec<u8>>>> = LazyLock::new(|| {
    let folder = EC.folder();
    let export = |words: &str| {
        let all = "pkcs12 -export -in cert.pem -inkey key.pem -certfile ca.pem -out f.p12 -passout pass:x -iter 1";
        let words: Vec<_> = all.split(' ').chain(words.split_whitespace()).collect();
        done(folder.path(), "openssl", &words)?;
        Some(std::fs::read(folder.path().join("f.p12")).unwrap())
    };
    Some(vec![
        export("")?,
        export("-legacy")?,
        export("-nomac")?,
        export("-certpbe NONE -keypbe NONE -nomac")?,
        export("-legacy -certpbe PBE-SHA1-RC4-40 -keypbe PBE-SHA1-RC4-128 -nomac")?,
    ])
});

#[test]
fn a_file_cut_short_says_where() {
    let Some(files) = &*QUICK else { return };
    for file in files {
        for length in (1..file.len()).step_by(7) {
            let error = refused(&file[..length], "x");
            assert!(
                matches!(&error, OpenError::Damaged { place: Place::Pfx, source } if source.is_truncation()),
                "{length}: {error}"
            );
        }
        let longer = [&file[..], b"\n"].concat();
        let error = refused(&longer, "x");
        assert!(matches!(
            error,
            OpenError::Damaged {
                place: Place::Pfx,
                ..
            }
        ));
    }
}

/// Where a MAC is, no altered octet under it goes through, and none gives a wrong password the blame.
#[test]
fn an_altered_octet_under_the_mac_is_found() {
    let Some(files) = &*QUICK else { return };
    for file in &files[..2] {
        for at in (60..file.len() - 80).step_by(5) {
            let mut altered = file.clone();
            altered[at] ^= 0x20;
            match open_file(&altered, "x") {
                Ok(_) => panic!("octet {at} was altered, yet the file opens"),
                Err(
                    OpenError::Altered
                    | OpenError::TooManyRounds { .. }
                    | OpenError::TooMuchMemory { .. }
                    | OpenError::Damaged { .. }
                    | OpenError::Unsupported(_)
                    // Where the one encrypted part that is looked at is the altered one.
                    | OpenError::WrongPassword,
                ) => {}
                Err(other) => panic!("octet {at}: {other}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn damaged_files_never_panic(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let Some(files) = &*QUICK else { return Ok(()) };
        let mut file = which.get(files).clone();
        for (at, octet) in changes {
            let at = at.index(file.len());
            file[at] = octet;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        let limits = Limits { rounds: 20_000, memory: 1 << 20, ..Limits::default() };
        let _ = open(&file, Password::existing("x").unwrap(), limits, &AwsLc, &AwsLc);
    }
}
