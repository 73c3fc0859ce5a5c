//! The fields shown to people.

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension::{self, Extension, GeneralName, KeyUsage, PolicyInformation};
use chancery_x509::view::{self, Field};
use chancery_x509::{
    AttributeKind, CertificateList, CertificationRequest, RevocationReason, RevokedCertificate,
    TbsCertList, oid,
};

use crate::support::{Authority, NOW, name, serial};

fn values<'a>(fields: &'a [Field], id: &str) -> Vec<&'a str> {
    let of_id = fields.iter().filter(|field| field.id == id);
    of_id.map(|field| field.value.as_str()).collect()
}

fn raw<'a>(fields: &'a [Field], id: &str) -> Option<&'a str> {
    fields.iter().find(|field| field.id == id)?.raw.as_deref()
}

#[test]
fn a_certificate_is_shown_whole() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let key = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
    let private = AttributeKind::Other("1.2.3.4".parse().unwrap());
    let subject = name(&[
        (AttributeKind::OrganizationalUnitName, "Obchod"),
        (AttributeKind::OrganizationalUnitName, "Registr 7"),
        (AttributeKind::CommonName, "Jana"),
        (private, "own"),
    ]);
    let policy = |dotted: &str| PolicyInformation::new(dotted.parse().unwrap());
    let own = |critical, value: &[u8]| Extension {
        oid: if critical { "1.2.9" } else { "1.2.8" }.parse().unwrap(),
        critical,
        value: value.to_vec(),
    };
    let certificate = authority.issue(
        serial(&[0xab, 1]),
        subject,
        &key,
        vec![
            extension::basic_constraints(false, None),
            extension::key_usage(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::NON_REPUDIATION),
            extension::extended_key_usage(&[oid::EKU_EMAIL_PROTECTION, "1.2.7".parse().unwrap()]),
            extension::subject_alt_name(
                vec![
                    GeneralName::Rfc822("a@b.cz".into()),
                    GeneralName::smtp_utf8_mailbox("ž@b.cz"),
                ],
                false,
            ),
            extension::certificate_policies(vec![policy("2.23.140.1.5.3.2"), policy("1.2.6")]),
            extension::crl_distribution_points(&["http://b.cz/0.crl"]),
            extension::authority_info_access(&["http://b.cz/ocsp"], &["http://b.cz/i.cer"]),
            extension::ocsp_no_check(),
            own(false, &[5, 0]),
            own(true, &[5, 0]),
            Extension {
                oid: oid::NAME_CONSTRAINTS,
                critical: true,
                value: vec![0x30, 0],
            },
            Extension {
                oid: oid::SUBJECT_KEY_IDENTIFIER,
                critical: false,
                value: vec![1],
            },
        ],
    );
    let fields = view::certificate_fields(&certificate, &AwsLc);

    for (id, expected) in [
        ("subject.commonName", &["Jana"][..]),
        ("subject.organizationalUnitName", &["Obchod", "Registr 7"]),
        ("subject.other", &["own"]),
        ("issuer.commonName", &["Test Root"]),
        ("serialNumber", &["ab01"]),
        ("notBefore", &["2026-11-19 05:33:53 UTC"]),
        ("publicKey", &["RSA 2048"]),
        ("publicKey.exponent", &["65537"]),
        ("signatureAlgorithm", &["ECDSA with SHA-256"]),
        ("basicConstraints", &["end-entity"]),
        ("keyUsage", &["digitalSignature", "nonRepudiation"]),
        ("extendedKeyUsage", &["emailProtection", "1.2.7"]),
        ("subjectAltName.rfc822Name", &["a@b.cz", "ž@b.cz"]),
        (
            "certificatePolicies",
            &["S/MIME, sponsor validated, multipurpose", "1.2.6"],
        ),
        ("crlDistributionPoints", &["http://b.cz/0.crl"]),
        ("authorityInfoAccess.ocsp", &["http://b.cz/ocsp"]),
        ("authorityInfoAccess.caIssuers", &["http://b.cz/i.cer"]),
        ("ocspNoCheck", &["yes"]),
        ("extension.other", &["1.2.8"]),
        ("extension.otherCritical", &["1.2.9"]),
        ("nameConstraints", &["2.5.29.30"]),
        ("extension.unreadable", &["2.5.29.14"]),
        ("version", &["3"]),
    ] {
        assert_eq!(values(&fields, id), expected, "{id}");
    }
    assert_eq!(raw(&fields, "notBefore"), Some("1795066433"));
    assert_eq!(
        raw(&fields, "certificatePolicies"),
        Some("2.23.140.1.5.3.2")
    );
    assert_eq!(raw(&fields, "subject.other"), Some("1.2.3.4"));
    assert_eq!(raw(&fields, "extension.other"), Some("0500"));
    assert_eq!(values(&fields, "fingerprint.sha256")[0].len(), 95);
    assert_eq!(raw(&fields, "fingerprint.sha1").map(str::len), Some(40));
    let known = view::field_ids();
    for field in &fields {
        assert!(known.contains(&field.id), "{}", field.id);
    }
    let root = view::certificate_fields(&authority.certificate, &AwsLc);
    assert_eq!(values(&root, "basicConstraints"), ["ca"]);
    assert_eq!(values(&root, "basicConstraints.pathLength"), ["1"]);
}

#[test]
fn lists_and_requests_are_shown() {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let tbs = TbsCertList {
        signature: authority.key.algorithm(),
        issuer: authority.certificate.subject().clone(),
        this_update: NOW,
        next_update: NOW + 60,
        number: 7,
        authority_key_identifier: vec![0xaa, 0xbb],
        issuing_distribution_point: None,
    };
    let entry = RevokedCertificate {
        serial: serial(&[1]),
        revoked_at: NOW,
        reason: RevocationReason::Superseded,
        invalid_since: None,
    };
    let tbs = tbs.to_der([entry, entry]).unwrap();
    let list = CertificateList::assemble(&tbs, authority.key.algorithm(), &[0; 64]);
    let list = CertificateList::from_der(&list).unwrap();
    let fields = view::crl_fields(&list, &AwsLc);
    assert_eq!(values(&fields, "crlNumber"), ["7"]);
    assert_eq!(values(&fields, "crlEntries"), ["2"]);
    assert!(values(&fields, "crlEntries.damaged").is_empty());
    assert_eq!(values(&fields, "nextUpdate"), ["2026-11-20 05:34:53 UTC"]);
    assert_eq!(values(&fields, "authorityKeyIdentifier"), ["AA:BB"]);

    let subject = name(&[(AttributeKind::CommonName, "Jana")]);
    let names = vec![GeneralName::Rfc822("a@b.cz".into())];
    let info = chancery_x509::request::request_info(
        &subject,
        authority.certificate.public_key(),
        &[extension::subject_alt_name(names, false)],
    );
    let request =
        CertificationRequest::assemble(&info, authority.key.algorithm(), &[0; 64]).unwrap();
    let fields = view::request_fields(&request);
    assert_eq!(values(&fields, "subject.commonName"), ["Jana"]);
    assert_eq!(values(&fields, "subjectAltName.rfc822Name"), ["a@b.cz"]);
    assert_eq!(values(&fields, "publicKey"), ["EC P-256"]);
}

#[test]
fn ids_are_given_once() {
    let mut ids = view::field_ids();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
