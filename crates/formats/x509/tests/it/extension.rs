//! Extensions in numbers that no honest structure has.

use chancery_x509::extension::{
    self, CertificatePolicies, ExtensionValue, MAX_EXTENSIONS, PolicyInformation,
};
use chancery_x509::{Extension, ObjectIdentifier, ParseError, asn1};

fn oid(number: usize) -> ObjectIdentifier {
    format!("1.3.6.1.4.1.55555.{number}").parse().unwrap()
}

fn extensions(numbers: impl Iterator<Item = usize>) -> Vec<u8> {
    let encoded: Vec<_> = numbers
        .map(|number| Extension {
            oid: oid(number),
            critical: false,
            value: asn1::null(),
        })
        .map(|extension| extension.to_der())
        .collect();
    asn1::sequence_of(&encoded)
}

#[test]
fn extensions_are_counted() {
    let read = extension::decode_all(&extensions(0..MAX_EXTENSIONS)).unwrap();
    assert_eq!(read.len(), MAX_EXTENSIONS);
    let found = extension::decode_all(&extensions(0..=MAX_EXTENSIONS));
    let error = found.unwrap_err();
    assert!(
        matches!(
            error,
            ParseError::TooMany {
                limit: MAX_EXTENSIONS,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(
        error.to_string(),
        "extensions: more than 256, which is the most that is read"
    );
    // The first that is too many is the last that is looked at.
    let begun = std::time::Instant::now();
    assert!(extension::decode_all(&extensions(0..200_000)).is_err());
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

#[test]
fn an_extension_that_occurs_twice_is_told() {
    assert_eq!(
        extension::decode_all(&extensions([1, 2, 3, 2].into_iter())),
        Err(ParseError::DuplicateExtension { oid: oid(2) })
    );
}

#[test]
fn policies_are_compared_in_order() {
    let policies = |numbers: &[usize]| {
        let policies = numbers
            .iter()
            .map(|number| PolicyInformation::new(oid(*number)));
        CertificatePolicies(policies.collect()).encode()
    };
    let many: Vec<_> = (0..100_000).collect();
    let begun = std::time::Instant::now();
    let read = CertificatePolicies::decode(&policies(&many)).unwrap();
    assert_eq!(read.0.len(), many.len());
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert!(CertificatePolicies::decode(&policies(&[1, 2, 1])).is_err());
}
