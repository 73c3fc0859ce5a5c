use chancery_x509::asn1::{self, tag};
use proptest::prelude::*;

use super::*;
use crate::oid;

struct Read {
    prefix: Prefix,
    content: Vec<u8>,
    suffix: Vec<u8>,
}

fn read_with(limits: Limits, octets: &[u8], piece: usize) -> Result<Read, StreamError> {
    let mut parser = Parser::new(limits);
    let (mut prefix, mut content, mut suffix) = (None, Vec::new(), None);
    for mut input in octets.chunks(piece.max(1)) {
        while let Some(event) = parser.next(&mut input)? {
            match event {
                Event::Prefix(met) => assert!(prefix.replace(met).is_none()),
                Event::Content(met) => {
                    assert!(prefix.is_some() && suffix.is_none() && !met.is_empty());
                    content.extend_from_slice(met);
                }
                Event::Suffix(met) => assert!(suffix.replace(met.fields).is_none()),
            }
        }
        assert!(input.is_empty());
    }
    parser.finish()?;
    Ok(Read {
        prefix: prefix.unwrap(),
        content,
        suffix: suffix.unwrap(),
    })
}

fn read(octets: &[u8], piece: usize) -> Result<Read, StreamError> {
    read_with(Limits::default(), octets, piece)
}

/// The fields around the content of each kind, small but of the right shape.
fn parts(kind: ContentKind) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let version = asn1::integer_u64(3);
    let set = asn1::set_of(vec![asn1::octet_string(b"one"), asn1::octet_string(b"two")]);
    let algorithm = asn1::sequence(&[&asn1::oid(&oid::DATA), &asn1::null()]);
    let content_type = asn1::oid(&oid::DATA);
    match kind {
        ContentKind::Data => (Vec::new(), Vec::new(), Vec::new()),
        ContentKind::SignedData => ([version, set.clone()].concat(), content_type, set),
        ContentKind::EnvelopedData | ContentKind::AuthEnvelopedData => (
            [version, set.clone()].concat(),
            [content_type, algorithm].concat(),
            [set, asn1::octet_string(&[7; 16])].concat(),
        ),
        ContentKind::EncryptedData => (version, [content_type, algorithm].concat(), Vec::new()),
        _ => (
            [version, algorithm].concat(),
            content_type,
            asn1::octet_string(&[1; 200]),
        ),
    }
}

const KINDS: [ContentKind; 8] = [
    ContentKind::Data,
    ContentKind::SignedData,
    ContentKind::EnvelopedData,
    ContentKind::DigestedData,
    ContentKind::EncryptedData,
    ContentKind::AuthenticatedData,
    ContentKind::AuthEnvelopedData,
    ContentKind::CompressedData,
];

fn written(kind: ContentKind, size: Size, content: &[u8], piece: usize) -> Vec<u8> {
    let (fields, carrier, suffix) = parts(kind);
    let mut out = Vec::new();
    let mut writer = Writer::begin(kind, &fields, &carrier, size, &mut out).unwrap();
    for piece in content.chunks(piece.max(1)) {
        writer.content(piece, &mut out).unwrap();
    }
    writer.finish(&suffix, &mut out).unwrap();
    out
}

fn known(kind: ContentKind, content: &[u8]) -> Size {
    Size::Known {
        content: content.len() as u64,
        suffix: parts(kind).2.len() as u64,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_written_is_read_back_in_any_pieces(
        length in prop_oneof![0_usize..300, 16_000_usize..40_000],
        into in 1_usize..20_000,
        out_of in 1_usize..5_000,
        definite in any::<bool>(),
        kind in prop::sample::select(&KINDS[..]),
    ) {
        let content: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let size = if definite { known(kind, &content) } else { Size::Unknown };
        let octets = written(kind, size, &content, into);
        let met = read(&octets, out_of).unwrap();
        let (fields, carrier, suffix) = parts(kind);
        prop_assert_eq!(met.prefix, Prefix { kind, fields, carrier, has_content: true });
        prop_assert_eq!(met.content, content);
        prop_assert_eq!(met.suffix, suffix);
    }

    #[test]
    fn damaged_structures_never_panic(
        at in any::<prop::sample::Index>(), octet in any::<u8>(), cut in any::<bool>(), definite in any::<bool>(),
        kind in prop::sample::select(&KINDS[..]),
    ) {
        let size = if definite { known(kind, b"some content") } else { Size::Unknown };
        let mut octets = written(kind, size, b"some content", 5);
        let at = at.index(octets.len());
        if cut {
            octets.truncate(at);
            let truncated = matches!(read(&octets, 7), Err(StreamError::Truncated { .. }));
            prop_assert!(truncated);
        } else {
            octets[at] = octet;
            let whole = read(&octets, usize::MAX).map(|met| met.content);
            prop_assert_eq!(whole, read(&octets, 1).map(|met| met.content));
        }
    }
}

#[test]
fn without_content_the_content_is_detached() {
    for kind in &KINDS[1..] {
        let met = read(&written(*kind, Size::Detached, &[], 1), 3).unwrap();
        assert!(!met.prefix.has_content);
        assert_eq!(met.prefix.carrier, parts(*kind).1);
        assert_eq!(met.suffix, parts(*kind).2);
    }
    // Empty content is there, though empty.
    for size in [known(ContentKind::SignedData, &[]), Size::Unknown] {
        let met = read(&written(ContentKind::SignedData, size, &[], 1), 1).unwrap();
        assert!(met.prefix.has_content && met.content.is_empty());
    }
}

#[test]
fn fields_come_out_with_definite_lengths_and_joined_strings() {
    let mut ber = vec![0x30, 0x80];
    ber.extend(asn1::oid(&oid::SIGNED_DATA));
    ber.extend([0xa0, 0x80, 0x30, 0x80]);
    // A version with a length that is not minimal, an indefinite set with a string of nested segments.
    ber.extend([0x02, 0x82, 0x00, 0x01, 0x01]);
    ber.extend([
        0x31, 0x80, 0x24, 0x80, 0x04, 0x01, 0xaa, 0x24, 0x03, 0x04, 0x01, 0xbb, 0x04, 0x00, 0, 0,
        0, 0,
    ]);
    ber.extend([0x30, 0x80]);
    ber.extend(asn1::oid(&oid::DATA));
    ber.extend([
        0xa0, 0x80, 0x24, 0x80, 0x04, 0x02, b'h', b'e', 0x24, 0x80, 0x04, 0x01, b'y', 0, 0, 0, 0,
        0, 0, 0, 0,
    ]);
    ber.extend([0x31, 0x80, 0x30, 0x80, 0x05, 0x00, 0, 0, 0, 0]);
    ber.extend([0; 6]);
    for piece in [1, 2, 1000] {
        let met = read(&ber, piece).unwrap();
        let set = asn1::set_of(vec![asn1::octet_string(&[0xaa, 0xbb])]);
        assert_eq!(met.prefix.fields, [asn1::integer_u64(1), set].concat());
        assert_eq!(met.content, b"hey");
        assert_eq!(met.suffix, [0x31, 0x04, 0x30, 0x02, 0x05, 0x00]);
    }
}

#[test]
fn what_is_too_much_is_refused_before_it_is_kept() {
    let limits = Limits {
        depth: 10,
        prefix: 100,
        suffix: 100,
        content: 100,
    };
    let info =
        |body: &[u8]| asn1::sequence(&[&asn1::oid(&oid::SIGNED_DATA), &asn1::explicit(0, body)]);
    // The head alone of a huge field is enough.
    let huge = [0x30, 0x84, 0x7f, 0, 0, 0]
        .into_iter()
        .chain(asn1::oid(&oid::SIGNED_DATA));
    let huge: Vec<u8> = huge
        .chain([0xa0, 0x80, 0x30, 0x80, 0x31, 0x84, 0x70, 0, 0, 0])
        .collect();
    assert!(matches!(
        read_with(limits, &huge, 1),
        Err(StreamError::TooLarge { limit: 100, .. })
    ));
    let deep = [0x30, 0x80].repeat(60);
    let body = asn1::tlv(
        tag::SEQUENCE,
        &[&asn1::integer_u64(1)[..], &[0x31, 0x80], &deep].concat(),
    );
    assert_eq!(
        read_with(
            Limits {
                prefix: 10_000,
                ..limits
            },
            &info(&body),
            1
        )
        .err(),
        Some(StreamError::TooDeep { limit: 10 })
    );
    for size in [Size::Unknown, known(ContentKind::SignedData, &[0; 101])] {
        let octets = written(ContentKind::SignedData, size, &[0; 101], 101);
        assert_eq!(
            read_with(limits, &octets, 9).err(),
            Some(StreamError::TooLarge {
                part: "content",
                limit: 100
            })
        );
    }
    // Many small segments count together.
    let octets = written(ContentKind::CompressedData, Size::Unknown, b"x", 1);
    assert!(matches!(
        read_with(limits, &octets, 9),
        Err(StreamError::TooLarge {
            part: "fields behind the content",
            ..
        })
    ));
}

#[test]
fn what_is_no_structure_is_told() {
    let good = written(
        ContentKind::SignedData,
        known(ContentKind::SignedData, b"x"),
        b"x",
        1,
    );
    let longer = [&good[..], &[0]].concat();
    assert_eq!(read(&longer, 4).err(), Some(StreamError::TrailingData));
    let other = "1.2.3".parse().unwrap();
    let unknown = asn1::sequence(&[&asn1::oid(&other), &asn1::explicit(0, &asn1::null())]);
    assert_eq!(
        read(&unknown, 4).err(),
        Some(StreamError::ContentType { oid: other })
    );
    // Content that is a SEQUENCE, as in Authenticode.
    let encap = asn1::sequence(&[&asn1::oid(&other), &asn1::explicit(0, &asn1::sequence(&[]))]);
    let body = asn1::sequence(&[
        &asn1::integer_u64(1),
        &asn1::set_of(vec![]),
        &encap,
        &asn1::set_of(vec![]),
    ]);
    let old = asn1::sequence(&[&asn1::oid(&oid::SIGNED_DATA), &asn1::explicit(0, &body)]);
    assert_eq!(read(&old, 4).err(), Some(StreamError::NotOctetString));
    for (octets, told) in [
        (&b"hello"[..], "another type"),
        (&[0x30, 0x03, 0x06, 0x05, 1, 1][..], "impossible length"),
        (
            &[0x30, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1][..],
            "impossible length",
        ),
        (&[0x30, 0x80, 0x00, 0x00][..], "cut short"),
        (&[0x30, 0x02, 0x00, 0x00][..], "the tag 0x00"),
        (&[0x3f, 0x02][..], "the tag 0x3f"),
        (&[][..], "cut short"),
    ] {
        let error = read(octets, 1).err().unwrap().to_string();
        assert!(error.contains(told), "{octets:02x?}: {error}");
    }
}

#[test]
fn a_length_that_was_said_is_kept() {
    let kind = ContentKind::SignedData;
    let (fields, carrier, suffix) = parts(kind);
    let begin = || {
        let size = Size::Known {
            content: 3,
            suffix: suffix.len() as u64,
        };
        Writer::begin(kind, &fields, &carrier, size, &mut Vec::new()).unwrap()
    };
    assert!(begin().content(b"four", &mut Vec::new()).is_err());
    assert!(begin().finish(&suffix, &mut Vec::new()).is_err());
    let mut writer = begin();
    writer.content(b"abc", &mut Vec::new()).unwrap();
    assert!(writer.finish(&suffix[1..], &mut Vec::new()).is_err());
}
