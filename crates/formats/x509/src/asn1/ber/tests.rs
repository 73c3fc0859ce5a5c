use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::{asn1, hex};

const LIMITS: Limits = Limits {
    octets: 1 << 20,
    depth: 16,
    elements: 10_000,
};

fn octets(text: &str) -> Vec<u8> {
    text.split_whitespace()
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

fn definite(text: &str) -> String {
    let input = octets(text);
    hex::encode(&to_definite(&input, LIMITS).unwrap(), " ")
}

fn refused(text: &str) -> BerError {
    to_definite(&octets(text), LIMITS).unwrap_err()
}

#[test]
fn definite_encodings_are_not_touched() {
    for text in ["02 01 07", "30 00", "30 05 04 03 24 80 00", "a0 02 05 00"] {
        let input = octets(text);
        let output = to_definite(&input, LIMITS).unwrap();
        assert!(matches!(output, Cow::Borrowed(_)), "{text}");
        assert_eq!(output, input);
    }
    let large = asn1::sequence(&[&asn1::octet_string(&vec![7; 70_000]), &asn1::null()]);
    assert!(matches!(
        to_definite(&large, LIMITS).unwrap(),
        Cow::Borrowed(_)
    ));
}

#[test]
fn lengths_become_definite_and_minimal() {
    assert_eq!(definite("30 80 02 01 07 00 00"), "30 03 02 01 07");
    assert_eq!(
        definite("30 80 30 80 00 00 31 80 00 00 00 00"),
        "30 04 30 00 31 00"
    );
    assert_eq!(definite("30 81 03 02 01 07"), "30 03 02 01 07");
    assert_eq!(
        definite("30 88 00 00 00 00 00 00 00 03 02 01 07"),
        "30 03 02 01 07"
    );
    assert_eq!(
        definite("30 8b 00 00 00 00 00 00 00 00 00 00 03 02 01 07"),
        "30 03 02 01 07"
    );
    assert_eq!(definite("30 06 a0 80 05 00 00 00"), "30 04 a0 02 05 00");
    // A content that passes a limit of the short and of each long form.
    for size in [0x7e, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000] {
        let content = vec![1; size];
        let input = [
            octets("30 80 24 80"),
            asn1::octet_string(&content),
            octets("00 00 00 00"),
        ]
        .concat();
        let output = to_definite(&input, LIMITS).unwrap().into_owned();
        assert_eq!(output, asn1::sequence(&[&asn1::octet_string(&content)]));
        assert_eq!(output.capacity(), output.len());
    }
}

#[test]
fn segments_become_one_string() {
    assert_eq!(
        definite("24 80 04 01 aa 04 02 bb cc 00 00"),
        "04 03 aa bb cc"
    );
    assert_eq!(definite("24 00"), "04 00");
    assert_eq!(
        definite("24 80 24 04 04 02 aa bb 24 80 00 00 04 01 cc 00 00"),
        "04 03 aa bb cc"
    );
    assert_eq!(
        definite("23 09 03 03 00 0a 3b 03 02 04 f0"),
        "03 04 04 0a 3b f0"
    );
    // X.690 section 8.23.6 has VisibleString in segments of OCTET STRING; its own type is met too.
    assert_eq!(
        definite("3a 09 04 03 4a 6f 6e 04 02 65 73"),
        "1a 05 4a 6f 6e 65 73"
    );
    assert_eq!(definite("2c 06 0c 01 61 0c 01 62"), "0c 02 61 62");
    // What stands inside an OCTET STRING is its own affair.
    assert_eq!(
        definite("30 80 04 04 30 80 00 00 00 00"),
        "30 06 04 04 30 80 00 00"
    );
}

#[test]
fn what_is_not_ber_is_refused_with_its_place() {
    use BerError::*;
    for (text, error) in [
        ("", Truncated { at: 0 }),
        ("30", Truncated { at: 0 }),
        ("30 82 01", Truncated { at: 0 }),
        ("30 80 02 01 07", Truncated { at: 0 }),
        ("30 80 02 01 07 00", Truncated { at: 0 }),
        ("30 03 02 02 07", Truncated { at: 2 }),
        ("30 04 30 80 05 00 00 00", Truncated { at: 2 }),
        ("30 84 ff ff ff ff", Truncated { at: 0 }),
        // Where addresses have 32 bits the length itself is too much.
        #[cfg(target_pointer_width = "64")]
        ("30 88 ff ff ff ff ff ff ff ff", Truncated { at: 0 }),
        ("30 89 01 00 00 00 00 00 00 00 00", Length { at: 0 }),
        ("30 ff", Length { at: 0 }),
        ("04 80 00 00", IndefinitePrimitive { at: 0 }),
        ("00 00", EndOfContents { at: 0 }),
        ("30 02 00 00", EndOfContents { at: 2 }),
        ("30 80 00 01 00", EndOfContents { at: 2 }),
        ("1f 81 01 00", TagNumber { at: 0 }),
        ("24 80 02 01 07 00 00", Segment { at: 2 }),
        ("24 80 30 00 00 00", Segment { at: 2 }),
        ("23 80 00 00", Segment { at: 0 }),
        ("23 02 03 00", Segment { at: 2 }),
        ("23 08 03 02 01 00 03 02 00 01", Segment { at: 6 }),
        ("23 03 03 01 07", Segment { at: 2 }),
        ("23 04 03 02 08 00", Segment { at: 2 }),
        ("05 00 00", TrailingData { octets: 1 }),
        ("30 80 00 00 00 00", TrailingData { octets: 2 }),
    ] {
        assert_eq!(refused(text), error, "{text}");
    }
}

#[test]
fn budgets_hold() {
    let deep = [[0x30, 0x80].repeat(17), vec![0; 34]].concat();
    let limit = 16;
    assert_eq!(
        to_definite(&deep, LIMITS),
        Err(BerError::TooDeep { at: 32, limit })
    );
    let limits = Limits {
        elements: 3,
        ..LIMITS
    };
    assert!(to_definite(&octets("30 04 05 00 05 00"), limits).is_ok());
    assert_eq!(
        to_definite(&octets("30 06 05 00 05 00 05 00"), limits),
        Err(BerError::TooMany { limit: 3 })
    );
    let limits = Limits {
        octets: 3,
        ..LIMITS
    };
    assert_eq!(
        to_definite(&octets("04 02 00 00"), limits),
        Err(BerError::TooLarge {
            octets: 4,
            limit: 3
        })
    );
}

#[test]
fn implicit_strings_are_read_whole_and_in_segments() {
    let read = |text: &str| {
        let input = octets(text);
        let mut reader = Reader::new(&input, "test");
        implicit_octets(&mut reader, 0, "test").map(|octets| octets.map(Cow::into_owned))
    };
    assert_eq!(read("80 02 aa bb"), Ok(Some(vec![0xaa, 0xbb])));
    assert_eq!(read("a0 06 04 01 aa 04 01 bb"), Ok(Some(vec![0xaa, 0xbb])));
    assert_eq!(read("a0 00"), Ok(Some(vec![])));
    assert_eq!(read("81 01 aa"), Ok(None));
    assert!(read("a0 03 02 01 07").is_err());
}

/// A value, to be written in more than one way.
#[derive(Clone, Debug)]
enum Value {
    Octets(Vec<u8>),
    Number(u8),
    Parts(Vec<Value>),
}

impl Value {
    fn der(&self) -> Vec<u8> {
        match self {
            Self::Octets(octets) => asn1::octet_string(octets),
            Self::Number(number) => asn1::integer_u64((*number).into()),
            Self::Parts(parts) => {
                asn1::sequence_of(&parts.iter().map(Self::der).collect::<Vec<_>>())
            }
        }
    }

    /// By the will of `choices`: indefinite lengths, long lengths, segments.
    fn ber(&self, choices: &mut impl Iterator<Item = u8>) -> Vec<u8> {
        let choice = choices.next().unwrap_or_default();
        let (identifier, content) = match self {
            Self::Number(number) => return asn1::integer_u64((*number).into()),
            Self::Octets(octets) if choice & 4 == 0 => (0x04, octets.clone()),
            Self::Octets(octets) => {
                let size = usize::from(choice >> 3) + 1;
                (
                    0x24,
                    octets.chunks(size).flat_map(asn1::octet_string).collect(),
                )
            }
            Self::Parts(parts) => (
                0x30,
                parts.iter().flat_map(|part| part.ber(choices)).collect(),
            ),
        };
        match choice & 3 {
            1 if identifier != 0x04 => [&[identifier, 0x80], &content[..], &[0, 0]].concat(),
            2 => {
                let length = u32::try_from(content.len()).unwrap().to_be_bytes();
                [&[identifier, 0x85, 0], &length[..], &content].concat()
            }
            _ => asn1::tlv(identifier, &content),
        }
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Value::Octets),
        any::<u8>().prop_map(Value::Number),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop::collection::vec(inner, 0..6).prop_map(Value::Parts)
    })
}

proptest! {
    #[test]
    fn every_way_of_writing_a_value_gives_its_der(value in values(), choices in prop::collection::vec(any::<u8>(), 0..60)) {
        let ber = value.ber(&mut choices.into_iter());
        let output = to_definite(&ber, LIMITS).unwrap();
        prop_assert_eq!(output.as_ref(), value.der());
    }

    #[test]
    fn nothing_panics_and_what_comes_out_stays(input in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(output) = to_definite(&input, LIMITS) {
            let again = to_definite(&output, LIMITS).unwrap();
            prop_assert!(matches!(again, Cow::Borrowed(_)));
        }
    }
}
