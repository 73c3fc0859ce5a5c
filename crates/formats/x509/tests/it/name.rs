//! Names: encodings, and text both ways.

use chancery_x509::name::NameTextError;
use chancery_x509::{Attribute, AttributeKind, Name, NameError};

use crate::support::{OpenSsl, name};

#[test]
fn each_attribute_has_the_type_of_string_that_its_definition_wants() {
    let name = name(&[
        (AttributeKind::CountryName, "CZ"),
        (AttributeKind::SerialNumber, "7"),
        (AttributeKind::EmailAddress, "a@b.cz"),
        (AttributeKind::DomainComponent, "cz"),
        (AttributeKind::CommonName, "A"),
    ]);
    let der = name.as_der();
    // Identifier octets of the values: PrintableString, PrintableString, IA5String, IA5String, UTF8String.
    for value in [
        &b"\x13\x02CZ"[..],
        b"\x13\x017",
        b"\x16\x06a@b.cz",
        b"\x16\x02cz",
        b"\x0c\x01A",
    ] {
        assert!(
            der.windows(value.len()).any(|part| part == value),
            "{value:?}"
        );
    }
}

#[test]
fn values_that_cannot_be_written_are_refused() {
    let refused = |kind, value: &str| Name::new([Attribute::new(kind, value)]).unwrap_err();
    let kind = AttributeKind::CountryName;
    for value in ["CZE", "cz", "C", "Č", "C Z"] {
        assert_eq!(refused(kind, value), NameError::Country { kind });
    }
    let kind = AttributeKind::CommonName;
    assert_eq!(refused(kind, ""), NameError::Empty { kind });
    assert_eq!(
        refused(kind, "a\nb"),
        NameError::Character {
            kind,
            character: '\n'
        }
    );
    let kind = AttributeKind::EmailAddress;
    assert_eq!(
        refused(kind, "ž@b.cz"),
        NameError::Character {
            kind,
            character: 'ž'
        }
    );
    let kind = AttributeKind::SerialNumber;
    assert_eq!(
        refused(kind, "a_b"),
        NameError::Character {
            kind,
            character: '_'
        }
    );
}

#[test]
fn text_follows_rfc_4514() {
    let made = name(&[
        (AttributeKind::CountryName, "CZ"),
        (
            AttributeKind::OrganizationName,
            " #Sever, \"Jih\" + <Co>; s.r.o.\\ ",
        ),
        (AttributeKind::CommonName, "#Jana = já"),
    ]);
    let text = made.to_string();
    assert_eq!(
        text,
        r#"CN=\#Jana = já,O=\ #Sever\, \"Jih\" \+ \<Co\>\; s.r.o.\\\ ,C=CZ"#
    );
    assert_eq!(text.parse(), Ok(made.clone()));
    assert!(made.one_line().starts_with("C=CZ, O=\\ #Sever"));
    // The examples of RFC 4514 section 4.
    let example: Name = r#"CN=James \"Jim\" Smith\, III,DC=example,DC=net"#.parse().unwrap();
    assert_eq!(example.common_name(), Some("James \"Jim\" Smith, III"));
    let example: Name = r"CN=Lu\C4\8Di\C4\87".parse().unwrap();
    assert_eq!(example.common_name(), Some("Lučić"));
    let example: Name = "OU=Sales+CN=J.  Smith,DC=example,DC=net".parse().unwrap();
    assert_eq!(example.rdns().len(), 3);
    assert_eq!(example.rdns()[2].len(), 2);
    assert!(Name::default() == "".parse().unwrap());
}

#[test]
fn labels_of_other_programs_are_understood() {
    let name: Name =
        "E=a@b.cz, 2.5.4.97=NTRCZ-1, OID.2.5.4.65=Nick ,emailaddress=c@d.cz, S=Praha, 1.2.3.4=x"
            .parse()
            .unwrap();
    assert_eq!(
        name.all(AttributeKind::EmailAddress).collect::<Vec<_>>(),
        ["c@d.cz", "a@b.cz"]
    );
    assert_eq!(
        name.first(AttributeKind::OrganizationIdentifier),
        Some("NTRCZ-1")
    );
    assert_eq!(name.first(AttributeKind::Pseudonym), Some("Nick"));
    assert!(name.to_string().ends_with("1.2.3.4=x"));
}

#[test]
fn text_that_is_no_name_says_why() {
    let refused = |text: &str| text.parse::<Name>().unwrap_err();
    assert_eq!(refused("CN"), NameTextError::NoValue { part: "CN".into() });
    assert_eq!(
        refused("XY=1"),
        NameTextError::UnknownType { label: "XY".into() }
    );
    let kind = AttributeKind::CommonName;
    assert_eq!(refused("CN=a\\"), NameTextError::Escape { kind });
    assert_eq!(refused("CN=a\\x"), NameTextError::Escape { kind });
    assert_eq!(refused("CN=\\C4"), NameTextError::Escape { kind });
    assert_eq!(
        refused("CN=<b>"),
        NameTextError::Unescaped {
            kind,
            character: '<'
        }
    );
    assert_eq!(
        refused("CN="),
        NameTextError::Name(NameError::Empty { kind })
    );
    assert_eq!(refused(&"CN=a,".repeat(9_000)), NameTextError::TooLong);
}

#[test]
fn a_control_character_in_a_foreign_name_breaks_no_line() {
    // UTF8String "a\nb" in a commonName.
    let der = b"\x30\x0e\x31\x0c\x30\x0a\x06\x03\x55\x04\x03\x0c\x03a\nb";
    let name = Name::from_der(der).unwrap();
    assert_eq!(name.to_string(), "CN=a\\0Ab");
    assert_eq!(name.one_line(), "CN=a\\0Ab");
    assert_eq!(name.as_der(), der);
    let turned: Name = r"CN=a\E2\80\AEb".parse().unwrap();
    assert_eq!(turned.common_name(), Some("a\u{202e}b"));
    assert_eq!(turned.to_string(), r"CN=a\E2\80\AEb");
}

#[test]
fn strings_of_every_type_are_read() {
    let read = |value: &[u8]| {
        let value_len = u8::try_from(value.len()).unwrap();
        let attribute = [
            &[0x30, value_len + 5, 0x06, 0x03, 0x55, 0x04, 0x03][..],
            value,
        ]
        .concat();
        let set = [&[0x31, value_len + 7][..], &attribute].concat();
        let der = [&[0x30, value_len + 9][..], &set].concat();
        let name = Name::from_der(&der).unwrap();
        name.common_name().unwrap().to_owned()
    };
    assert_eq!(read(b"\x13\x02ab"), "ab");
    assert_eq!(read(b"\x14\x02a\xe9"), "aé");
    assert_eq!(read(b"\x1e\x04\x01\x7e\x20\xac"), "ž€");
    assert_eq!(read(b"\x1c\x04\x00\x01\xf6\x00"), "😀");
    // Half a surrogate pair, bytes that are no UTF-8, an INTEGER: shown as RFC 4514 section 2.4 has it.
    assert_eq!(read(b"\x1e\x02\xd8\x00"), "#1e02d800");
    assert_eq!(read(b"\x0c\x01\xff"), "#0c01ff");
    assert_eq!(read(b"\x02\x01\x07"), "#020107");
}

#[test]
fn openssl_prints_names_as_we_do() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    let made = name(&[
        (AttributeKind::CountryName, "CZ"),
        (AttributeKind::LocalityName, "Ústí nad Labem"),
        (
            AttributeKind::OrganizationName,
            "Sever, \"Jih\" + Co; <s.r.o.>\\",
        ),
        (AttributeKind::CommonName, "#Jana = já"),
    ]);
    let key = chancery_keys::SoftwareKey::generate(chancery_keys::KeyAlgorithm::EcP256).unwrap();
    let public_key = crate::support::public_key(&key);
    let info = chancery_x509::request::request_info(&made, &public_key, &[]);
    let algorithm = chancery_keys::Signer::algorithm(&key);
    let signature = chancery_keys::Signer::sign(&key, &info).unwrap();
    let request =
        chancery_x509::CertificationRequest::assemble(&info, algorithm, &signature).unwrap();
    openssl.write("r.der", request.as_der());
    let printed =
        openssl.run("req -in r.der -inform DER -noout -subject -nameopt RFC2253,-esc_msb,utf8");
    let printed = printed.trim().strip_prefix("subject=").unwrap();
    assert_eq!(printed, made.to_string());
}
