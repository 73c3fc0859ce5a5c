//! `AlgorithmIdentifier`s as OpenSSL writes them, and as nobody should.

use super::{DigestAlgorithm, PssParameters, SignatureAlgorithm};
use crate::crypto::KeyTransport;
use crate::error::ParseError;
use crate::{asn1, oid};

fn octets(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn pss(parameters: &[&[u8]]) -> Result<SignatureAlgorithm, ParseError> {
    SignatureAlgorithm::from_der(&asn1::sequence(&[
        &asn1::oid(&oid::RSASSA_PSS),
        &asn1::sequence(parameters),
    ]))
}

#[test]
fn pss_reads_and_writes_as_openssl_does() {
    let cases = [
        (
            "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120",
            PssParameters::with(DigestAlgorithm::Sha256),
        ),
        ("300d06092a864886f70d01010a3000", PssParameters::DEFAULT),
        (
            "304106092a864886f70d01010a3034a00f300d06096086480165030402030500a11c301a06092a864886f70d010108300d06096086480165030402030500a20302010a",
            PssParameters {
                salt_len: 10,
                ..PssParameters::with(DigestAlgorithm::Sha512)
            },
        ),
    ];
    for (der, parameters) in cases {
        let algorithm = SignatureAlgorithm::RsaPss(parameters);
        assert_eq!(algorithm.to_der(), octets(der), "{algorithm}");
        assert_eq!(SignatureAlgorithm::from_der(&octets(der)), Ok(algorithm));
        assert_eq!(algorithm.digest(), Some(parameters.digest));
    }
}

#[test]
fn pss_defaults_may_be_written_out() {
    let sha1 = DigestAlgorithm::Sha1.to_der_with_null();
    let mgf = asn1::sequence(&[&asn1::oid(&oid::MGF1), &sha1]);
    let written = [
        asn1::explicit(0, &sha1),
        asn1::explicit(1, &mgf),
        asn1::explicit(2, &asn1::integer_u64(20)),
        asn1::explicit(3, &asn1::integer_u64(1)),
    ];
    let expected = SignatureAlgorithm::RsaPss(PssParameters::DEFAULT);
    assert_eq!(pss(&[&written.concat()]), Ok(expected));
    // Digests without NULL, which RFC 4055 section 2.1 wants accepted.
    let bare = asn1::explicit(0, &DigestAlgorithm::Sha256.to_der());
    let expected = SignatureAlgorithm::RsaPss(PssParameters {
        digest: DigestAlgorithm::Sha256,
        ..PssParameters::DEFAULT
    });
    assert_eq!(pss(&[&bare]), Ok(expected));
}

#[test]
fn pss_nonsense_is_refused() {
    let invalid = |what| {
        Err(ParseError::Invalid {
            what,
            clause: "RFC 4055 section 3.1",
        })
    };
    let trailer = asn1::explicit(3, &asn1::integer_u64(2));
    assert_eq!(pss(&[&trailer]), invalid("RSASSA-PSS trailer field"));
    for salt in [2027, 65_556, u64::from(u32::MAX)] {
        let salt = asn1::explicit(2, &asn1::integer_u64(salt));
        assert_eq!(pss(&[&salt]), invalid("RSASSA-PSS salt length"));
    }
    let negative = asn1::explicit(2, &[2, 1, 0xff]);
    assert!(matches!(pss(&[&negative]), Err(ParseError::Invalid { .. })));
    let other = asn1::sequence(&[&asn1::oid(&oid::P_SPECIFIED), &asn1::null()]);
    let unknown = |oid| Err(ParseError::UnknownAlgorithm { oid });
    let mgf = asn1::explicit(1, &other);
    assert_eq!(pss(&[&mgf]), unknown(oid::P_SPECIFIED));
    let md5 = asn1::explicit(0, &asn1::sequence(&[&asn1::oid(&oid::MD5), &asn1::null()]));
    assert_eq!(pss(&[&md5]), unknown(oid::MD5));
    // In another order, twice, with something behind.
    let salt = asn1::explicit(2, &asn1::integer_u64(32));
    let digest = asn1::explicit(0, &DigestAlgorithm::Sha256.to_der());
    assert!(pss(&[&salt, &digest]).is_err());
    assert!(pss(&[&salt, &salt]).is_err());
    let absent = asn1::sequence(&[&asn1::oid(&oid::RSASSA_PSS)]);
    assert!(SignatureAlgorithm::from_der(&absent).is_err());
    let null = asn1::sequence(&[&asn1::oid(&oid::RSASSA_PSS), &asn1::null()]);
    assert!(SignatureAlgorithm::from_der(&null).is_err());
}

#[test]
fn what_has_an_identifier_alone_reads_back() {
    for algorithm in SignatureAlgorithm::WITHOUT_PARAMETERS {
        let der = algorithm.to_der();
        assert_eq!(SignatureAlgorithm::from_der(&der), Ok(algorithm));
        assert_eq!(
            SignatureAlgorithm::from_oid(&algorithm.oid()),
            Some(algorithm)
        );
        let bare = asn1::sequence(&[&asn1::oid(&algorithm.oid())]);
        assert_eq!(SignatureAlgorithm::from_der(&bare), Ok(algorithm));
        let odd = asn1::sequence(&[&asn1::oid(&algorithm.oid()), &asn1::octet_string(b"")]);
        assert!(SignatureAlgorithm::from_der(&odd).is_err());
    }
    let null = asn1::sequence(&[&asn1::oid(&oid::ECDSA_WITH_SHA256), &asn1::null()]);
    assert!(SignatureAlgorithm::from_der(&null).is_err());
}

#[test]
fn unsupported_algorithms_are_told_by_name() {
    let dsa = asn1::sequence(&[&asn1::oid(&oid::DSA_WITH_SHA1)]);
    let error = SignatureAlgorithm::from_der(&dsa).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the algorithm DSA with SHA-1 (1.2.840.10040.4.3) is not supported"
    );
}

#[test]
fn key_transport_reads_back() {
    let schemes = [
        KeyTransport::Pkcs1V15,
        KeyTransport::oaep(DigestAlgorithm::Sha1),
        KeyTransport::oaep(DigestAlgorithm::Sha256),
        KeyTransport::Oaep {
            digest: DigestAlgorithm::Sha512,
            mgf1: DigestAlgorithm::Sha1,
            label: b"label".to_vec(),
        },
    ];
    for scheme in schemes {
        assert_eq!(KeyTransport::from_der(&scheme.to_der()), Ok(scheme));
    }
    // RFC 4055 section 6: rSAES-OAEP-Default-Identifier.
    assert_eq!(
        KeyTransport::oaep(DigestAlgorithm::Sha1).to_der(),
        octets("300d06092a864886f70d0101073000")
    );
    let other = SignatureAlgorithm::RsaPkcs1Sha256.to_der();
    let unknown = ParseError::UnknownAlgorithm {
        oid: oid::SHA256_WITH_RSA,
    };
    assert_eq!(KeyTransport::from_der(&other), Err(unknown));
    let label = asn1::explicit(
        2,
        &asn1::sequence(&[
            &asn1::oid(&oid::P_SPECIFIED),
            &asn1::octet_string(&[0; 1025]),
        ]),
    );
    let long = asn1::sequence(&[&asn1::oid(&oid::RSAES_OAEP), &asn1::sequence(&[&label])]);
    assert!(matches!(
        KeyTransport::from_der(&long),
        Err(ParseError::TooLarge { octets: 1025, .. })
    ));
}
