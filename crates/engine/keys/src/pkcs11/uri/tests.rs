use proptest::{collection::vec, option::of, prelude::*};

use super::{ObjectType, Pkcs11Uri, UriError};

fn read(text: &str) -> Result<Pkcs11Uri, UriError> {
    text.parse()
}

/// RFC 7512 section 3.
#[test]
fn the_examples_of_the_standard_are_read() {
    assert_eq!(read("pkcs11:"), Ok(Pkcs11Uri::default()));
    let uri = read("pkcs11:object=my-key;type=private?pin-source=file:/etc/token").unwrap();
    assert_eq!(uri.object.as_deref(), Some("my-key"));
    assert_eq!(uri.object_type, Some(ObjectType::Private));
    assert_eq!(uri.pin_source.as_deref(), Some("file:/etc/token"));
    let uri = read(
        "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;\
         model=1.0;object=my-certificate;type=cert;id=%69%95%3E%5C%F4%BD%EC%91;serial=?pin-source=file:/etc/token_pin",
    )
    .unwrap();
    assert_eq!(uri.token.as_deref(), Some("The Software PKCS#11 Softtoken"));
    assert_eq!(uri.manufacturer.as_deref(), Some("Snake Oil, Inc."));
    assert_eq!(uri.serial.as_deref(), Some(""));
    assert_eq!(
        uri.id.as_deref(),
        Some(&b"\x69\x95\x3e\x5c\xf4\xbd\xec\x91"[..])
    );
    let uri = read("pkcs11:slot-description=Sun%20Metaslot").unwrap();
    assert_eq!(uri.slot_description.as_deref(), Some("Sun Metaslot"));
    let uri = read("pkcs11:library-manufacturer=Snake%20Oil,%20Inc.;library-description=Soft%20Token%20Library;library-version=1.23").unwrap();
    assert_eq!(uri.library_version, Some((1, 23)));
    let uri = read("pkcs11:token=Software%20PKCS%2311%20softtoken;manufacturer=Snake%20Oil,%20Inc.?module-name=snakelib").unwrap();
    assert_eq!(uri.module_name.as_deref(), Some("snakelib"));
    let uri = read("pkcs11:token=A%20name%20with%20a%20substring%20%25%3B").unwrap();
    assert_eq!(uri.token.as_deref(), Some("A name with a substring %;"));
    let uri = read("pkcs11:token=Name%20with%20a%20small%20A%20with%20acute:%20%C3%A1").unwrap();
    assert_eq!(
        uri.token.as_deref(),
        Some("Name with a small A with acute: á")
    );
    // Of the query, what is not known is passed over; of the path, it is an error.
    let uri = read("pkcs11:object=k?vendor-a=x&vendor-a=y&module-path=/lib/p11.so").unwrap();
    assert_eq!(uri.module_path.as_deref(), Some("/lib/p11.so"));
    assert_eq!(
        read("pkcs11:token=x;vendor-aaa=value-a"),
        Err(UriError::Unknown {
            attribute: "vendor-aaa".to_owned()
        })
    );
}

#[test]
fn what_is_wrong_is_named() {
    let attribute = |name: &str| name.to_owned();
    let cases = [
        ("", UriError::Scheme),
        ("pkcs12:token=x", UriError::Scheme),
        ("pkcs1", UriError::Scheme),
        ("pkcs11:token=x?pin-value=1234", UriError::PinValue),
        (
            "pkcs11:token=a;token=b",
            UriError::Repeated {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:?module-path=/a&module-path=/b",
            UriError::Repeated {
                attribute: attribute("module-path"),
            },
        ),
        (
            "pkcs11:token=a b",
            UriError::Encoding {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:token=a/b",
            UriError::Encoding {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:token=%4",
            UriError::Encoding {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:token=%+4",
            UriError::Encoding {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:token=%FF",
            UriError::Text {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:token=%00",
            UriError::Text {
                attribute: attribute("token"),
            },
        ),
        (
            "pkcs11:type=key",
            UriError::Value {
                attribute: "type",
                value: attribute("key"),
            },
        ),
        (
            "pkcs11:slot-id=+1",
            UriError::Value {
                attribute: "slot-id",
                value: attribute("+1"),
            },
        ),
        (
            "pkcs11:library-version=256",
            UriError::Value {
                attribute: "library-version",
                value: attribute("256"),
            },
        ),
        (
            "pkcs11:token",
            UriError::Syntax {
                part: attribute("token"),
            },
        ),
        (
            "pkcs11:token=a;",
            UriError::Syntax {
                part: String::new(),
            },
        ),
    ];
    for (given, expected) in cases {
        assert_eq!(read(given), Err(expected), "{given}");
    }
    assert_eq!(
        read(&format!("pkcs11:token={}", "a".repeat(5000))),
        Err(UriError::Long)
    );
}

fn name() -> impl Strategy<Value = Option<String>> {
    of("[^\0]{0,12}")
}

prop_compose! {
    fn uris()(
        texts in (name(), name(), name(), name(), name(), name(), name(), name(), name()),
        query in (name(), name(), name()),
        library_version in of(any::<(u8, u8)>()),
        object_type in of(proptest::sample::select(&ObjectType::ALL[..])),
        id in of(vec(any::<u8>(), 0..20)),
        slot_id in of(any::<u64>()),
    ) -> Pkcs11Uri {
        let (token, manufacturer, serial, model, library_manufacturer, library_description, object,
            slot_manufacturer, slot_description) = texts;
        let (pin_source, module_name, module_path) = query;
        Pkcs11Uri {
            token, manufacturer, serial, model, library_manufacturer, library_description, library_version, object,
            object_type, id, slot_manufacturer, slot_description, slot_id, pin_source, module_name, module_path,
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_written_reads_back(uri in uris()) {
        prop_assert_eq!(read(&uri.to_string()), Ok(uri));
    }

    #[test]
    fn no_text_makes_it_panic(text in "(pkcs11:)?[ -~\u{e1}%;?=&a-z0-9-]{0,60}") {
        if let Ok(uri) = read(&text) {
            prop_assert_eq!(read(&uri.to_string()), Ok(uri));
        }
    }
}
