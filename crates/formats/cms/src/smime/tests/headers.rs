//! Where a header ends, what of it is compared, and what it may cost.

use super::*;

#[test]
fn a_header_is_bounded_in_fields_and_read_octet_by_octet() {
    let many = "A: b\r\n".repeat(2_001);
    assert_eq!(
        Header::parse(many.as_bytes()),
        Err(SmimeError::TooManyFields { limit: 2_000 })
    );
    // A line is not looked through again with each octet that comes.
    let long = format!("Subject: {}\r\n\r\nText", "x".repeat(250_000));
    let mut reader = MessageReader::new();
    let mut events = Vec::new();
    for octet in long.as_bytes().chunks(1) {
        events.extend(reader.feed(octet).unwrap());
    }
    let Some(MessageEvent::Header(header, MessageKind::Other)) = events.first() else {
        panic!("{events:?}");
    };
    assert_eq!(header.fields()[0].value().len(), 250_000);
}

#[test]
fn a_field_beside_the_right_one_does_not_agree() {
    let split = protect::protect(&header(MESSAGE), Protection::Clear);
    for outside in [
        "From: a@b.example\nFrom: m@e.example\n",
        "From: a@b.example\nfrom: a@b.example\n",
    ] {
        let met = protect::read(&split.inside, &header(outside), Protection::Clear).unwrap();
        assert!(!met.fields[0].agrees(), "{outside}");
    }
    let twice = header("Comments: x\nComments: y\nContent-Type: text/plain; hp=clear\n");
    let met = protect::read(&twice, &twice, Protection::Clear).unwrap();
    assert!(met.fields.iter().all(protect::ProtectedField::agrees));
}

#[test]
fn a_header_ends_at_its_first_empty_line_for_everybody() {
    for (entity, fields, body) in [
        (
            "A: b\n\nFrom: m@e.example\nC: d\r\n\r\nbody",
            1,
            "From: m@e.example\nC: d\r\n\r\nbody",
        ),
        ("A: b\r\nC: d\r\n\nbody", 2, "body"),
        ("A: b\nC: d\n\r\nbody\n\n", 2, "body\n\n"),
        ("\r\nA: b\r\n\r\n", 0, "A: b\r\n\r\n"),
        ("A: b", 1, ""),
        ("", 0, ""),
    ] {
        let (header, rest) = Header::split(entity.as_bytes()).unwrap();
        assert_eq!(
            (header.fields().len(), rest),
            (fields, body.as_bytes()),
            "{entity:?}"
        );
        for piece in [1, 2, 3, 7] {
            let mut reader = HeaderReader::new();
            let mut met = None;
            let mut pieces = entity.as_bytes().chunks(piece);
            for piece in pieces.by_ref() {
                if let Some((header, rest)) = reader.feed(piece).unwrap() {
                    met = Some((header, rest.to_vec()));
                    break;
                }
            }
            let (header, mut rest) = met.unwrap_or_else(|| (reader.finish().unwrap(), Vec::new()));
            rest.extend(pieces.flatten());
            assert_eq!(
                (header.fields().len(), rest.as_slice()),
                (fields, body.as_bytes()),
                "{entity:?} {piece}"
            );
        }
        assert_eq!(
            Header::parse(entity.as_bytes()).unwrap().fields().len(),
            fields
        );
    }
    // The limit is of the header, however the message comes.
    let fits = format!("A: {}\r\n\r\nbody", "x".repeat(Header::MAX_LEN - 5));
    let over = fits.replacen("A:", "AB:", 1);
    for piece in [1, 5_000, 1 << 20] {
        assert!(read(fits.as_bytes(), piece).is_ok());
        assert_eq!(
            read(over.as_bytes(), piece),
            Err(SmimeError::HeaderTooLarge {
                limit: Header::MAX_LEN
            })
        );
    }
}

#[test]
fn headers_cost_no_more_than_their_size() {
    let parameters = |count: usize| {
        let parameters: Vec<_> = (0..count).map(|at| format!(";a{at}=b")).collect();
        format!(
            "Content-Type: text/plain{}\r\n\r\nbody",
            parameters.concat()
        )
    };
    assert!(read(parameters(64).as_bytes(), 1 << 20).is_ok());
    assert_eq!(
        read(parameters(65).as_bytes(), 1 << 20),
        Err(SmimeError::TooManyParameters { limit: 64 })
    );
    let from = |count: usize| {
        let addresses: Vec<_> = (0..count).map(|at| format!("a{at}@b.example")).collect();
        let field = header(&format!("From: {}\n", addresses.join(",")));
        address::Originators::read(&field)
    };
    assert_eq!(from(100).unwrap().addresses().len(), 100);
    assert_eq!(
        from(101),
        Err(SmimeError::TooManyAddresses {
            field: "From",
            limit: 100
        })
    );
    let long = header(&format!("From: {}@b.example\n", "x".repeat(400)));
    let originators = address::Originators::read(&long).unwrap();
    assert!(originators.addresses().is_empty() && !originators.is_empty());
    assert_eq!(
        address::Originators::read(&header("From: a@b.example\nFrom: c@d.example\n")),
        Err(SmimeError::DuplicateField { name: "From" })
    );
}
