//! Certificates both ways.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer as _, SoftwareKey};
use chancery_x509::asn1::{self, Reader};
use chancery_x509::extension::{
    self, AuthorityInfoAccess, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies,
    CrlDistributionPoints, ExtendedKeyUsage, Extension, ExtensionValue, GeneralName, KeyUsage,
    PolicyInformation, SubjectAltName, SubjectKeyIdentifier,
};
use chancery_x509::pem::PemError;
use chancery_x509::{
    AttributeKind, Certificate, DigestAlgorithm, EcCurve, EncodeError, ParseError, PublicKeyKind,
    SignatureAlgorithm, TbsCertificate, VerifyError, oid,
};

use crate::support::{Authority, DAY, NOW, OpenSsl, name, serial, sign};

fn subscriber(authority: &Authority, key: &SoftwareKey) -> Certificate {
    let subject = name(&[
        (AttributeKind::CountryName, "CZ"),
        (AttributeKind::StateOrProvinceName, "Praha"),
        (
            AttributeKind::OrganizationName,
            "Energie, \"Sever\" + synové s.r.o.",
        ),
        (AttributeKind::OrganizationalUnitName, "Obchod"),
        (AttributeKind::OrganizationalUnitName, "Registr 7"),
        (AttributeKind::OrganizationIdentifier, "NTRCZ-12345678"),
        (AttributeKind::SerialNumber, "R-2026/1"),
        (AttributeKind::CommonName, "Jana Nováková"),
        (AttributeKind::EmailAddress, "jana@sever.example.org"),
    ]);
    let policy = "2.23.140.1.5.3.2".parse().unwrap();
    authority.issue(
        serial(&[0x7f; 20]),
        subject,
        key,
        vec![
            extension::basic_constraints(false, None),
            extension::key_usage(
                KeyUsage::DIGITAL_SIGNATURE
                    | KeyUsage::NON_REPUDIATION
                    | KeyUsage::KEY_ENCIPHERMENT,
            ),
            extension::extended_key_usage(&[oid::EKU_EMAIL_PROTECTION, oid::EKU_CLIENT_AUTH]),
            extension::subject_alt_name(
                vec![
                    GeneralName::Rfc822("jana@sever.example.org".into()),
                    GeneralName::smtp_utf8_mailbox("žaneta@sever.example.org"),
                    GeneralName::Dns("xn--e1aybc.example.org".into()),
                    GeneralName::Uri("https://sever.example.org/jana".into()),
                    GeneralName::Ip(vec![192, 0, 2, 7]),
                    GeneralName::Directory(name(&[(AttributeKind::CommonName, "Jana")])),
                    GeneralName::RegisteredId("1.2.3.4".parse().unwrap()),
                ],
                false,
            ),
            extension::certificate_policies(vec![PolicyInformation::with_cps(
                policy,
                "https://sever.example.org/cps",
            )]),
            extension::crl_distribution_points(&["http://status.example.org/crl/smime/0.crl"]),
            extension::authority_info_access(
                &["http://status.example.org/ocsp"],
                &["http://status.example.org/issuer/smime.cer"],
            ),
            extension::ocsp_no_check(),
        ],
    )
}

#[test]
fn what_is_made_is_read_back() {
    let authority = Authority::new(KeyAlgorithm::EcP384);
    let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let made = subscriber(&authority, &key);
    let read = Certificate::from_der(made.as_der()).unwrap();

    assert_eq!(read, made);
    assert_eq!(read.version(), 3);
    assert_eq!(read.serial().to_hex(), "7f".repeat(20));
    assert_eq!(read.not_before(), NOW - DAY);
    assert_eq!(read.not_after(), NOW + 365 * DAY);
    assert_eq!(read.issuer(), authority.certificate.subject());
    assert_eq!(
        read.public_key().kind(),
        PublicKeyKind::Ec {
            curve: EcCurve::P256
        }
    );
    assert_eq!(
        read.emails(),
        ["jana@sever.example.org", "žaneta@sever.example.org"]
    );
    assert!(!read.is_ca() && authority.certificate.is_ca());
    assert!(read.is_issued_by(&authority.certificate));
    assert!(!authority.certificate.is_issued_by(&read));
    let usage = read.extension::<KeyUsage>().unwrap().unwrap();
    assert_eq!(
        usage.names().collect::<Vec<_>>(),
        ["digitalSignature", "nonRepudiation", "keyEncipherment"]
    );
    let purposes = read.extension::<ExtendedKeyUsage>().unwrap().unwrap();
    assert!(purposes.contains(&oid::EKU_CLIENT_AUTH) && !purposes.contains(&oid::EKU_SERVER_AUTH));
    let points = read.extension::<CrlDistributionPoints>().unwrap().unwrap();
    assert_eq!(
        points.uris().collect::<Vec<_>>(),
        ["http://status.example.org/crl/smime/0.crl"]
    );
    let access = read.extension::<AuthorityInfoAccess>().unwrap().unwrap();
    assert_eq!(
        access.uris(oid::ACCESS_OCSP).collect::<Vec<_>>(),
        ["http://status.example.org/ocsp"]
    );
    let names = read.extension::<SubjectAltName>().unwrap().unwrap();
    assert_eq!(names.0.len(), 7);
    let policies = read.extension::<CertificatePolicies>().unwrap().unwrap();
    assert_eq!(policies.0[0].policy.to_string(), "2.23.140.1.5.3.2");
    let constraints = authority.certificate.extension::<BasicConstraints>();
    assert_eq!(
        constraints,
        Ok(Some(BasicConstraints {
            ca: true,
            path_len: Some(1)
        }))
    );
    let tbs = TbsCertificate::from_der(read.tbs_der()).unwrap();
    assert_eq!(tbs.to_der().unwrap(), read.tbs_der());
}

#[test]
fn signatures_are_verified_with_the_right_key_only() {
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Ed25519,
    ] {
        let authority = Authority::new(algorithm);
        let stranger = Authority::new(algorithm);
        let key = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
        let certificate = subscriber(&authority, &key);
        let verify =
            |with: &Authority| certificate.verify_signature(with.certificate.public_key(), &AwsLc);
        assert_eq!(verify(&authority), Ok(()), "{algorithm}");
        assert_eq!(verify(&stranger), Err(VerifyError::Mismatch), "{algorithm}");
    }
}

#[test]
fn openssl_reads_and_verifies_what_is_made() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    for algorithm in [
        KeyAlgorithm::Rsa2048,
        KeyAlgorithm::EcP256,
        KeyAlgorithm::EcP384,
        KeyAlgorithm::Ed25519,
    ] {
        let authority = Authority::new(algorithm);
        let key = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
        let certificate = subscriber(&authority, &key);
        openssl
            .write("ca.pem", authority.certificate.to_pem().as_bytes())
            .write("cert.der", certificate.as_der())
            .write("cert.pem", certificate.to_pem().as_bytes());
        // -x509_strict checks RFC 5280 rules beyond the signature; -attime, for the test has a time of its own.
        let verified = openssl.run(&format!(
            "verify -x509_strict -purpose smimesign -attime {NOW} -CAfile ca.pem cert.pem"
        ));
        assert!(verified.contains("cert.pem: OK"), "{verified}");
        let shown = openssl.run(
            "x509 -in cert.der -inform DER -noout -text -nameopt RFC2253,-esc_msb,utf8 -fingerprint -sha256",
        );
        for expected in [
            "Jana Nováková",
            "Version: 3 (0x2)",
            "Digital Signature, Non Repudiation, Key Encipherment",
            "E-mail Protection, TLS Web Client Authentication",
            "email:jana@sever.example.org",
            "DNS:xn--e1aybc.example.org",
            "IP Address:192.0.2.7",
            "Registered ID:1.2.3.4",
            "Policy: 2.23.140.1.5.3.2",
            "CPS: https://sever.example.org/cps",
            "URI:http://status.example.org/crl/smime/0.crl",
            "OCSP - URI:http://status.example.org/ocsp",
            "CA Issuers - URI:http://status.example.org/issuer/smime.cer",
            "OCSP No Check",
        ] {
            assert!(shown.contains(expected), "{expected} missing in {shown}");
        }
        let fingerprint = certificate.fingerprint(DigestAlgorithm::Sha256, &AwsLc);
        assert!(shown.contains(&chancery_x509::hex::fingerprint(&fingerprint)));
    }
}

/// OpenSSL's configuration for a certificate with one of each extension.
const EVERY_EXTENSION: &[u8] = b"[v3]\nbasicConstraints=critical,CA:TRUE,pathlen:3\nkeyUsage=critical,keyCertSign,cRLSign\n\
          subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always,issuer:always\n\
          subjectAltName=email:a@b.example,DNS:b.example,IP:2001:db8::1,URI:urn:x,otherName:1.2.3;UTF8:hi,dirName:dn\n\
          crlDistributionPoints=URI:http://b.example/a.crl,URI:http://b.example/b.crl\n\
          authorityInfoAccess=OCSP;URI:http://b.example/ocsp\nextendedKeyUsage=emailProtection,1.2.3.4.5\n\
          certificatePolicies=1.2.3.4,@pol\n1.2.3.4.7=ASN1:UTF8String:unknown\n\
          [pol]\npolicyIdentifier=1.3.5.8\nCPS.1=http://b.example/cps\nuserNotice.1=@notice\n\
          [notice]\nexplicitText=UTF8:Read this\n[dn]\nCN=Dir\n[req]\ndistinguished_name=rdn\n[rdn]\n";

#[test]
fn what_openssl_makes_is_read() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    openssl.write("ext.cnf", EVERY_EXTENSION);
    for (key, digest, kind, algorithm) in [
        (
            "rsa:2048",
            "sha256",
            PublicKeyKind::Rsa {
                bits: 2_048,
                exponent: 65_537,
            },
            SignatureAlgorithm::RsaPkcs1Sha256,
        ),
        (
            "rsa:3072",
            "sha512",
            PublicKeyKind::Rsa {
                bits: 3_072,
                exponent: 65_537,
            },
            SignatureAlgorithm::RsaPkcs1Sha512,
        ),
        (
            "ec -pkeyopt ec_paramgen_curve:P-256",
            "sha256",
            PublicKeyKind::Ec {
                curve: EcCurve::P256,
            },
            SignatureAlgorithm::EcdsaSha256,
        ),
        (
            "ec -pkeyopt ec_paramgen_curve:P-521",
            "sha512",
            PublicKeyKind::Ec {
                curve: EcCurve::P521,
            },
            SignatureAlgorithm::EcdsaSha512,
        ),
        (
            "ed25519",
            "sha256",
            PublicKeyKind::Ed25519,
            SignatureAlgorithm::Ed25519,
        ),
    ] {
        openssl
            .run_with(
                &format!(
                    "req -x509 -newkey {key} -{digest} -nodes -keyout key.pem -out cert.pem -days 10000 \
                     -set_serial 0x1234567890abcdef -config ext.cnf -extensions v3 -utf8 -multivalue-rdn -subj"
                ),
                &["/C=CZ/O=Společnost, a.s./CN=Petr+GN=Petr/emailAddress=petr@b.example"],
            )
            .unwrap();
        let certificate = Certificate::from_pem(&openssl.text("cert.pem")).unwrap();
        assert_eq!(certificate.public_key().kind(), kind);
        assert_eq!(certificate.signature_algorithm(), Ok(algorithm));
        assert_eq!(certificate.serial().to_hex(), "1234567890abcdef");
        assert_eq!(certificate.subject().common_name(), Some("Petr"));
        assert_eq!(
            certificate.subject().first(AttributeKind::OrganizationName),
            Some("Společnost, a.s.")
        );
        assert_eq!(certificate.subject().rdns()[2].len(), 2);
        assert_eq!(
            certificate.verify_signature(certificate.public_key(), &AwsLc),
            Ok(())
        );
        // 10,000 days reach past 2050: GeneralizedTime.
        assert!(certificate.not_after() > 2_524_608_000);
        assert_eq!(certificate.extensions().len(), 10);
        let identifier = certificate.public_key().key_identifier(&AwsLc);
        assert_eq!(certificate.subject_key_identifier(), Some(identifier));
        let names = certificate.extension::<SubjectAltName>().unwrap().unwrap();
        let shown: Vec<_> = names.0.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "a@b.example",
                "b.example",
                "2001:db8::1",
                "urn:x",
                "1.2.3: 0c026869",
                "CN=Dir"
            ]
        );
        let policies = certificate
            .extension::<CertificatePolicies>()
            .unwrap()
            .unwrap();
        assert_eq!(policies.0[1].qualifiers.len(), 2);
        for extension in certificate.extensions() {
            if let Some(again) = rewritten(extension) {
                assert_eq!(again, extension.value, "{}", extension.oid);
            }
        }
    }
}

/// The value read and written again, for extensions that are read.
fn rewritten(extension: &Extension) -> Option<Vec<u8>> {
    fn of<T: ExtensionValue>(value: &[u8]) -> Vec<u8> {
        T::decode(value).unwrap().encode()
    }
    let value = extension.value.as_slice();
    Some(match extension.oid {
        oid::BASIC_CONSTRAINTS => of::<BasicConstraints>(value),
        oid::KEY_USAGE => of::<KeyUsage>(value),
        oid::EXTENDED_KEY_USAGE => of::<ExtendedKeyUsage>(value),
        oid::SUBJECT_ALT_NAME => of::<SubjectAltName>(value),
        oid::SUBJECT_KEY_IDENTIFIER => of::<SubjectKeyIdentifier>(value),
        oid::AUTHORITY_KEY_IDENTIFIER => of::<AuthorityKeyIdentifier>(value),
        oid::CRL_DISTRIBUTION_POINTS => of::<CrlDistributionPoints>(value),
        oid::AUTHORITY_INFO_ACCESS => of::<AuthorityInfoAccess>(value),
        oid::CERTIFICATE_POLICIES => of::<CertificatePolicies>(value),
        _ => return None,
    })
}

#[test]
fn what_the_profile_forbids_is_refused() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let certificate = &authority.certificate;
    let der = certificate.as_der();

    let trailing = [der, &[0]].concat();
    assert!(matches!(
        Certificate::from_der(&trailing),
        Err(ParseError::TrailingData { octets: 1, .. })
    ));
    assert!(
        Certificate::from_der(&der[..der.len() - 1])
            .unwrap_err()
            .is_truncation()
    );
    assert!(Certificate::from_der(&[]).unwrap_err().is_truncation());
    let large = vec![0x30; chancery_x509::MAX_CERTIFICATE + 1];
    assert!(matches!(
        Certificate::from_der(&large),
        Err(ParseError::TooLarge { .. })
    ));
    assert!(matches!(
        Certificate::assemble(certificate.tbs_der(), SignatureAlgorithm::Ed25519, &[0; 64]),
        Err(ParseError::Invalid {
            what: "signature algorithm",
            ..
        })
    ));

    let tbs = TbsCertificate::from_der(certificate.tbs_der()).unwrap();
    let with = |change: fn(&mut TbsCertificate)| {
        let mut changed = tbs.clone();
        change(&mut changed);
        changed.to_der()
    };
    assert!(matches!(
        with(|tbs| tbs.extensions.push(tbs.extensions[0].clone())),
        Err(EncodeError::DuplicateExtension { .. })
    ));
    assert_eq!(
        with(|tbs| tbs.issuer = chancery_x509::Name::default()),
        Err(EncodeError::EmptyIssuer)
    );
    assert_eq!(
        with(|tbs| tbs.not_after = tbs.not_before - 1),
        Err(EncodeError::InvertedValidity)
    );
    assert!(matches!(
        with(|tbs| tbs.not_after = i64::MAX),
        Err(EncodeError::TimeOutOfRange { .. })
    ));
}

#[test]
fn a_second_extension_of_a_kind_is_refused() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let mut tbs = Reader::sequence(authority.certificate.tbs_der(), "tbs").unwrap();
    let mut parts = Vec::new();
    while tbs.peek() != Some(0xa3) {
        let before = tbs.rest();
        tbs.any("part").unwrap();
        parts.extend_from_slice(&before[..before.len() - tbs.rest().len()]);
    }
    let list = asn1::element(tbs.rest(), 0xa3, "extensions").unwrap();
    let extensions = asn1::element(list, 0x30, "extensions").unwrap();
    for (copies, expected) in [
        (1, Ok(())),
        (
            2,
            Err(ParseError::DuplicateExtension {
                oid: oid::BASIC_CONSTRAINTS,
            }),
        ),
    ] {
        let list = asn1::explicit(3, &asn1::tlv(0x30, &extensions.repeat(copies)));
        let tbs = asn1::sequence(&[&parts, &list]);
        let read = Certificate::assemble(&tbs, authority.key.algorithm(), &[0; 64]);
        assert_eq!(read.map(|_| ()), expected);
    }
}

#[test]
fn certificates_that_openssl_lets_through_and_the_profile_does_not() {
    let Some(openssl) = OpenSsl::find() else {
        return;
    };
    openssl.write("c.cnf", b"[req]\ndistinguished_name=rdn\n[rdn]\n[none]\n");
    let made = |arguments: &str| {
        openssl
            .run_with(
                &format!("req -x509 -newkey ed25519 -nodes -keyout k.pem -out c.pem -days 9 -config c.cnf {arguments} -subj"),
                &["/CN=x"],
            )
            .unwrap();
        Certificate::from_pem(&openssl.text("c.pem"))
    };
    let content = |result| match result {
        Err(PemError::Content(error)) => error,
        other => panic!("{other:?}"),
    };
    let serial = ParseError::Invalid {
        what: "serial number",
        clause: "RFC 5280 section 4.1.2.2",
    };
    assert_eq!(content(made("-extensions none -set_serial 0")), serial);
    assert_eq!(content(made("-extensions none -set_serial -5")), serial);
    assert_eq!(
        content(made(&format!(
            "-extensions none -set_serial 0x{}",
            "80".repeat(20)
        ))),
        serial
    );
    // Without extensions it is a version 1 certificate, which roots of old still are.
    let first = made("-extensions none -set_serial 1").unwrap();
    assert_eq!(first.version(), 1);
}

#[test]
fn a_certificate_without_extensions_is_of_version_1_and_read_back() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let mut tbs = TbsCertificate::from_der(authority.certificate.tbs_der()).unwrap();
    tbs.extensions.clear();
    assert_eq!(sign(&tbs, &authority.key).version(), 1);
}
