use chancery_profile::Profile;
use chancery_x509::asn1::Reader;
use chancery_x509::asn1::ber::{self, Limits};
use chancery_x509::pem::{self, Label};

/// BER to definite form: what comes out is definite, so it goes through a second time as it is.
pub fn ber(data: &[u8]) {
    let limits = Limits {
        octets: 1 << 20,
        depth: 32,
        elements: 10_000,
    };
    let Ok(definite) = ber::to_definite(data, limits) else {
        return;
    };
    assert!(definite.len() <= data.len() + 8 * 10_000);
    let wide = Limits {
        octets: 2 << 20,
        ..limits
    };
    let again = ber::to_definite(&definite, wide).expect("definite form is BER");
    assert_eq!(*again, *definite);
    let mut reader = Reader::new(&definite, "element");
    reader.any("element").expect("definite form is readable");
    reader.finish().expect("one element");
}

/// PEM: what is found is what is written.
pub fn pem(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for label in [
        Label::Certificate,
        Label::CertificateRequest,
        Label::X509Crl,
        Label::Pkcs7,
    ] {
        let one = pem::decode(text, label);
        if let Ok(all) = pem::decode_all(text, label) {
            for der in all {
                assert_eq!(pem::decode(&pem::encode(label, &der), label), Ok(der));
            }
        } else {
            assert!(one.is_err());
        }
    }
}

/// Profiles that an operator wrote.
pub fn profile(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = Profile::from_toml("fuzzed", text);
    }
}
