//! PEM beyond requests.

use chancery_keys::KeyAlgorithm;
use chancery_x509::Certificate;
use chancery_x509::pem::{self, Label, PemError};

use crate::support::{Authority, OpenSsl};

#[test]
fn chains_are_read_in_their_order() {
    let one = Authority::new(KeyAlgorithm::EcP256).certificate;
    let two = Authority::new(KeyAlgorithm::EcP256).certificate;
    let text = format!("first\n{}\nsecond\n{}", one.to_pem(), two.to_pem());
    assert_eq!(
        Certificate::chain_from_pem(&text),
        Ok(vec![one.clone(), two])
    );
    assert_eq!(
        Certificate::from_pem(&text),
        Err(PemError::Several { count: 2 })
    );
    let mixed = format!("{}{}", one.to_pem(), pem::encode(Label::X509Crl, b"x"));
    assert!(matches!(
        Certificate::chain_from_pem(&mixed),
        Err(PemError::WrongLabel { expected: Label::Certificate, found, .. }) if found == "X509 CRL"
    ));
}

#[test]
fn every_length_comes_back_and_openssl_agrees() {
    let openssl = OpenSsl::find();
    for length in [1, 2, 3, 47, 48, 49, 95, 96, 97, 1_000] {
        let octets: Vec<u8> = (0..length)
            .map(|n| u8::try_from(n % 251).unwrap())
            .collect();
        let text = pem::encode(Label::Pkcs7, &octets);
        assert_eq!(pem::decode(&text, Label::Pkcs7), Ok(octets.clone()));
        assert!(text.lines().all(|line| line.len() <= 64));
        if let Some(openssl) = &openssl {
            let body: Vec<_> = text.lines().filter(|line| !line.starts_with('-')).collect();
            openssl.write("body", format!("{}\n", body.join("\n")).as_bytes());
            openssl.run("base64 -d -in body -out octets");
            assert_eq!(openssl.read("octets"), octets);
        }
    }
}

#[test]
fn wrong_padding_is_refused() {
    let of = |body: &str| {
        pem::decode(
            &format!("-----BEGIN PKCS7-----\n{body}\n-----END PKCS7-----\n"),
            Label::Pkcs7,
        )
    };
    assert_eq!(of("QQ=="), Ok(b"A".to_vec()));
    assert_eq!(of("QUI="), Ok(b"AB".to_vec()));
    assert_eq!(of("QUJD"), Ok(b"ABC".to_vec()));
    // No padding, too much, in the middle, unused bits set, a lone character.
    for body in [
        "QQ", "QQ=", "QUI", "QUI==", "QUJD=", "QQ==QQ==", "QR==", "QUJ=", "Q", "QUJDQ",
    ] {
        assert_eq!(of(body), Err(PemError::Padding { line: 2 }), "{body}");
    }
    assert_eq!(
        of("QU JD\nQ\u{a0}\u{1f600}"),
        Err(PemError::NotBase64 {
            line: 3,
            character: '\u{1f600}'
        })
    );
}
