mod headers;

use proptest::prelude::*;

use super::compose::{self, TextSurvey, TransportCheck};
use super::protect::{self, Protection};
use super::*;

fn read(message: &[u8], piece: usize) -> Result<Vec<MessageEvent>, SmimeError> {
    let mut reader = MessageReader::new();
    let mut events: Vec<MessageEvent> = Vec::new();
    let mut met = Vec::new();
    for piece in message.chunks(piece.max(1)) {
        met.extend(reader.feed(piece)?);
    }
    met.extend(reader.finish()?);
    // Pieces joined, so that it does not matter how they came.
    for event in met {
        match (events.last_mut(), event) {
            (Some(MessageEvent::Signed(held)), MessageEvent::Signed(more))
            | (Some(MessageEvent::Cms(held)), MessageEvent::Cms(more))
            | (Some(MessageEvent::Body(held)), MessageEvent::Body(more)) => held.extend(more),
            (_, event) => events.push(event),
        }
    }
    Ok(events)
}

fn clear(signed: &str) -> String {
    format!(
        "From: a@b.example\r\n{}{signed}{}aGVs\r\nbG8=\r\n{}",
        compose::clear_head("=_b", &[chancery_x509::DigestAlgorithm::Sha256]),
        compose::clear_middle("=_b"),
        compose::clear_tail("=_b"),
    )
}

#[test]
fn the_signed_part_comes_out_octet_for_octet() {
    for signed in [
        "Content-Type: text/plain\r\n\r\nhello \t\r\n\r\n",
        "\r\nno header, no line end",
        "\r\nlike a boundary:\r\n--=_bx\r\n-=_b\r\n --=_b\r\n",
        "a: b\r\n\r\n\r\r\n\r",
        "",
    ] {
        for piece in [1, 2, 3, 7, 10_000] {
            let events = read(clear(signed).as_bytes(), piece).unwrap();
            let MessageEvent::Header(header, kind) = &events[0] else {
                panic!("{events:?}")
            };
            let originators = address::Originators::read(header).unwrap();
            assert_eq!(originators.addresses(), ["a@b.example"]);
            assert_eq!(
                *kind,
                MessageKind::ClearSigned {
                    micalg: Some("sha-256".into())
                }
            );
            let rest = &events[1..];
            if !signed.is_empty() {
                assert_eq!(rest[0], MessageEvent::Signed(signed.into()), "{piece}");
            }
            assert_eq!(*rest.last().unwrap(), MessageEvent::Cms(b"hello".to_vec()));
        }
    }
}

#[test]
fn messages_that_could_be_read_two_ways_are_refused() {
    let good = clear("\r\nhello");
    let cases = [
        (
            good.replace("From:", "Content-Type: text/plain\r\nFrom:"),
            SmimeError::DuplicateField {
                name: "Content-Type",
            },
        ),
        (
            good.replace("; boundary", "; boundary=x; boundary"),
            SmimeError::ContentType,
        ),
        (
            good.replace("\r\n--=_b--", "\r\n--=_b\r\n\r\nx\r\n--=_b--"),
            SmimeError::Parts { parts: 3 },
        ),
        (
            good.replace(
                "--=_b\r\nContent-Type: application/pkcs7-signature",
                "--=_b--",
            ),
            SmimeError::Parts { parts: 1 },
        ),
        (
            good.replace(
                "protocol=\"application/pkcs7-signature\"",
                "protocol=\"application/pgp-signature\"",
            ),
            SmimeError::Protocol,
        ),
        (
            good.replace("application/pkcs7-signature; name", "text/plain; name"),
            SmimeError::Protocol,
        ),
        (
            good.replace("Encoding: base64", "Encoding: quoted-printable"),
            SmimeError::TransferEncoding,
        ),
        (good.replace("aGVs", "aG!s"), SmimeError::Base64),
        (good.replace("bG8=", "bG8"), SmimeError::Base64),
        (
            good.replace("\r\n--=_b--\r\n", ""),
            SmimeError::Truncated { part: "signature" },
        ),
        ("no header\r\n\r\n".to_owned(), SmimeError::NotMime),
        (
            "a".repeat(300_000),
            SmimeError::HeaderTooLarge { limit: 256 << 10 },
        ),
    ];
    for (message, error) in cases {
        assert_eq!(
            read(message.as_bytes(), 1000),
            Err(error),
            "{}",
            &message[..message.len().min(900)]
        );
    }
}

#[test]
fn kinds_are_told_by_content_type() {
    let head = compose::cms_head(SmimeType::AuthEnvelopedData);
    let events = read(format!("{head}aGVsbG8=").as_bytes(), 4).unwrap();
    assert!(matches!(
        events[0],
        MessageEvent::Header(
            _,
            MessageKind::Cms {
                smime_type: Some(SmimeType::AuthEnvelopedData)
            }
        )
    ));
    assert_eq!(events[1], MessageEvent::Cms(b"hello".to_vec()));
    let events = read(
        b"Content-Type: Text/Plain (a (b)) ; charset = \"x\\\"y\"\n\nhello\n",
        5,
    )
    .unwrap();
    let MessageEvent::Header(header, MessageKind::Other) = &events[0] else {
        panic!("{events:?}")
    };
    let content_type = header.content_type().unwrap();
    assert_eq!(content_type.essence(), "text/plain");
    assert_eq!(content_type.parameter("charset"), Some("x\"y"));
    assert_eq!(events[1], MessageEvent::Body(b"hello\n".to_vec()));
}

#[test]
fn addresses_are_told_from_names_and_comments() {
    for (list, expected) in [
        ("a@b.example", vec!["a@b.example"]),
        (
            "\"boss@b.example\" <mallory@evil.example>",
            vec!["mallory@evil.example"],
        ),
        (
            "boss@b.example <mallory@evil.example>",
            vec!["mallory@evil.example"],
        ),
        (
            "x (boss@b.example) <m@e.example>, n@e.example (y)",
            vec!["m@e.example", "n@e.example"],
        ),
        (
            "staff: a@b.example, \"c, d\" <c@d.example>;",
            vec!["a@b.example", "c@d.example"],
        ),
        ("\"a\\\"b\"@c.example", vec!["a\"b@c.example"]),
        ("nobody", vec![]),
        // Whichever of the two a reader is shown.
        (
            "<boss@b.example> <mallory@evil.example>, c@d.example",
            vec!["c@d.example"],
        ),
    ] {
        assert_eq!(address::addresses(list, 100).unwrap(), expected, "{list}");
    }
}

#[test]
fn line_ends_become_canonical_and_nothing_else_changes() {
    let canonical = |pieces: &[&str]| {
        let (mut canonicalizer, mut out) = (Canonicalizer::new(), Vec::new());
        for piece in pieces {
            canonicalizer.update(piece.as_bytes(), &mut out);
        }
        (String::from_utf8(out).unwrap(), canonicalizer.changed())
    };
    assert_eq!(
        canonical(&["a \nb\r\n\rc\n"]),
        ("a \r\nb\r\n\rc\r\n".into(), true)
    );
    assert_eq!(
        canonical(&["a\r", "\n", "\n", "b\r", "c"]),
        ("a\r\n\r\nb\rc".into(), true)
    );
    assert_eq!(canonical(&["a\r", "\nb"]), ("a\r\nb".into(), false));
}

#[test]
fn what_mail_servers_would_alter_is_refused_or_quoted() {
    let check = |text: &str| TransportCheck::new().update(text.as_bytes());
    assert_eq!(check("a\r\n\r\nFromage\r\n From x\r\n"), Ok(()));
    for (text, at) in [
        ("a\r\nb \r\n", 2),
        ("čau", 1),
        ("a\r\n\r\nFrom me", 3),
        ("a\0", 1),
    ] {
        assert!(
            matches!(check(text), Err(SmimeError::NotTransportable { line, .. }) if line == at),
            "{text}"
        );
    }
    assert!(check(&"x".repeat(999)).is_err());
    let plain = text_entity("hello\nworld\n", 100);
    assert!(plain.ends_with("7bit\r\n\r\nhello\r\nworld\r\n"), "{plain}");
    let long = "x".repeat(2000);
    let points = format!("{}. F", "\u{e1}.F".repeat(200));
    for text in [
        "čau = \n",
        "From me\n.\n",
        &long,
        "end ",
        "a \rb\t",
        "\r",
        &points,
    ] {
        for piece in [1, 2, 3, 100, 10_000] {
            let entity = text_entity(text, piece);
            let (_, body) = entity.split_once("\r\n\r\n").unwrap();
            assert!(
                check(body).is_ok() && body.split("\r\n").all(|line| line.len() <= 76),
                "{body}"
            );
            assert!(
                !body
                    .split("\r\n")
                    .any(|line| line.starts_with(['.', 'F']) || line.ends_with(' ')),
                "{body}"
            );
            assert_eq!(unquote(body), text.replace('\n', "\r\n"), "{piece}");
        }
    }
    let refused = |text: &[u8]| {
        let mut survey = TextSurvey::new();
        survey.update(text).and_then(|()| survey.finish().map(drop))
    };
    for damaged in [&b"\xff"[..], b"\xc4", b"\xc4x"] {
        assert_eq!(refused(damaged), Err(SmimeError::NotUtf8), "{damaged:x?}");
    }
}

fn text_entity(text: &str, piece: usize) -> String {
    let mut survey = TextSurvey::new();
    for piece in text.as_bytes().chunks(piece) {
        survey.update(piece).unwrap();
    }
    let mut encoder = survey.finish().unwrap();
    let mut entity = [&encoder.header().to_bytes()[..], b"\r\n"].concat();
    for piece in text.as_bytes().chunks(piece) {
        encoder.update(piece, &mut entity);
    }
    encoder.finish(&mut entity);
    String::from_utf8(entity).unwrap()
}

fn unquote(body: &str) -> String {
    let body = body.replace("=\r\n", "");
    let mut out = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'=' {
            out.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(out).unwrap()
}

fn header(text: &str) -> Header {
    Header::parse(text.replace('\n', "\r\n").as_bytes()).unwrap()
}

const MESSAGE: &str = "From: a@b.example\nSubject: The\n merger\nKeywords: money\nMIME-Version: 1.0\nContent-Type: text/plain\n";

#[test]
fn protected_fields_are_copied_inside_and_compared() {
    let split = protect::protect(&header(MESSAGE), Protection::Clear);
    assert!(split.inside.content_type().unwrap().parameter("hp") == Some("clear"));
    assert_eq!(split.outside.fields().len(), 3);
    let met = protect::read(&split.inside, &split.outside, Protection::Clear).unwrap();
    assert!(
        met.fields
            .iter()
            .all(|field| field.agrees() && !field.confidential)
    );
    assert!(met.unprotected.is_empty());
    // Altered and added on the way.
    let altered =
        header("From: a@b.example\nSubject: The murder\nKeywords: money\nReply-To: m@e.example\n");
    let met = protect::read(&split.inside, &altered, Protection::Clear).unwrap();
    let differing: Vec<_> = met.fields.iter().filter(|field| !field.agrees()).collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(
        (differing[0].value.as_str(), &differing[0].outside[..]),
        ("The merger", &["The murder".to_owned()][..])
    );
    assert_eq!(met.unprotected.len(), 1);
    assert!(met.unprotected[0].is("Reply-To"));
}

#[test]
fn encrypted_fields_are_kept_from_the_outside() {
    let split = protect::protect(&header(MESSAGE), Protection::Cipher);
    let outside = String::from_utf8(split.outside.to_bytes()).unwrap();
    assert_eq!(outside, "From: a@b.example\r\nSubject: [...]\r\n");
    let met = protect::read(&split.inside, &split.outside, Protection::Cipher).unwrap();
    assert_eq!(met.protection, Protection::Cipher);
    let confidential: Vec<_> = met
        .fields
        .iter()
        .filter(|field| field.confidential)
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(confidential, ["Subject", "Keywords"]);
    assert_eq!(
        protect::read(
            &header("Content-Type: text/plain\n"),
            &split.outside,
            Protection::Cipher
        ),
        None
    );
    // Under layers that only sign nothing is: what differs outside was altered.
    let met = protect::read(&split.inside, &split.outside, Protection::Clear).unwrap();
    let subject = &met.fields[1];
    assert!(met.fields.iter().all(|field| !field.confidential) && !subject.agrees());
    // Without protection the fields of the message stay outside, those of the body inside.
    let split = protect::split(&header(MESSAGE));
    assert_eq!(
        (split.outside.fields().len(), split.inside.fields().len()),
        (3, 1)
    );
}

proptest! {
    #[test]
    fn base64_goes_both_ways_in_any_pieces(octets in prop::collection::vec(any::<u8>(), 0..400), into in 1_usize..100, out_of in 1_usize..100) {
        let (mut encoder, mut text) = (Base64Encoder::new(), Vec::new());
        octets.chunks(into).for_each(|piece| encoder.update(piece, &mut text));
        encoder.finish(&mut text);
        prop_assert!(text.split(|octet| *octet == b'\n').all(|line| line.len() <= 65));
        let (mut decoder, mut back) = (Base64Decoder::new(), Vec::new());
        for piece in text.chunks(out_of) {
            decoder.update(piece, &mut back).unwrap();
        }
        decoder.finish(&mut back).unwrap();
        prop_assert_eq!(back, octets);
    }

    #[test]
    fn damaged_messages_never_panic(at in any::<prop::sample::Index>(), octet in any::<u8>(), piece in 1_usize..200) {
        let mut message = clear("Content-Type: text/plain\r\n\r\nhello\r\n").into_bytes();
        let at = at.index(message.len());
        message[at] = octet;
        prop_assert_eq!(read(&message, piece), read(&message, usize::MAX));
    }
}
