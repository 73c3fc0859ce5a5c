//! Whatever comes in: no panic, and what goes out comes back.

use std::sync::LazyLock;

use chancery_keys::{AwsLc, KeyAlgorithm, Signer, SoftwareKey};
use chancery_x509::extension::{self, GeneralName, KeyUsage};
use chancery_x509::ocsp::{
    self, CertId, CertStatus, ResponderId, Response, ResponseData, SingleResponse,
};
use chancery_x509::pem::{self, Label};
use chancery_x509::{
    Attribute, AttributeKind, Certificate, CertificateList, CertificationRequest, DigestAlgorithm,
    Name, PublicKeyInfo, RevocationReason, RevokedCertificate, SerialNumber, TbsCertList, time,
    view,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::{Authority, NOW, name, serial};

/// One of each structure, to be damaged.
static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let authority = Authority::new(KeyAlgorithm::EcP256);
    let key = SoftwareKey::generate(KeyAlgorithm::Rsa2048).unwrap();
    let subject = name(&[
        (AttributeKind::CountryName, "CZ"),
        (AttributeKind::CommonName, "Jana"),
    ]);
    let extensions = vec![
        extension::basic_constraints(false, None),
        extension::key_usage(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::DECIPHER_ONLY),
        extension::extended_key_usage(&[chancery_x509::oid::EKU_EMAIL_PROTECTION]),
        extension::subject_alt_name(
            vec![
                GeneralName::Rfc822("a@b.cz".into()),
                GeneralName::Ip(vec![1, 2, 3, 4]),
            ],
            false,
        ),
        extension::crl_distribution_points(&["http://b.cz/0.crl"]),
        extension::authority_info_access(&["http://b.cz/ocsp"], &["http://b.cz/i.cer"]),
    ];
    let public_key = PublicKeyInfo::from_der(key.public_key()).unwrap();
    let info = chancery_x509::request::request_info(&subject, &public_key, &extensions);
    let signature = key.sign(&info).unwrap();
    let request = CertificationRequest::assemble(&info, key.algorithm(), &signature).unwrap();
    let certificate = authority.issue(serial(&[9; 20]), subject, &key, extensions);
    let list = TbsCertList {
        signature: authority.key.algorithm(),
        issuer: authority.certificate.subject().clone(),
        this_update: NOW,
        next_update: NOW + 1,
        number: 1,
        authority_key_identifier: vec![1; 20],
        issuing_distribution_point: None,
    };
    let entry = RevokedCertificate {
        serial: serial(&[1]),
        revoked_at: NOW,
        reason: RevocationReason::KeyCompromise,
        invalid_since: Some(NOW),
    };
    let list = list.to_der([entry, entry]).unwrap();
    let cert_id = CertId::new(
        DigestAlgorithm::Sha1,
        &authority.certificate,
        entry.serial,
        &AwsLc,
    );
    let request_der = ocsp::Request {
        cert_ids: vec![cert_id.clone()],
        nonce: Some(vec![1; 16]),
    }
    .to_der();
    let data = ResponseData {
        responder_id: ResponderId::ByKey(vec![1; 20]),
        produced_at: NOW,
        responses: vec![SingleResponse {
            cert_id,
            status: CertStatus::Revoked {
                revoked_at: NOW,
                reason: RevocationReason::KeyCompromise,
            },
            this_update: NOW,
            next_update: Some(NOW),
        }],
        nonce: Some(vec![1; 16]),
    };
    let algorithm = authority.key.algorithm();
    vec![
        certificate.as_der().to_vec(),
        request.as_der().to_vec(),
        CertificateList::assemble(&list, algorithm, &[1; 70]),
        request_der,
        ocsp::assemble(&data.to_der().unwrap(), algorithm, &[1; 70], &[certificate]),
        request.to_pem().into_bytes(),
    ]
});

/// Reads octets as everything there is; gives nothing, for only a panic would be wrong.
fn read_as_everything(octets: &[u8]) {
    if let Ok(certificate) = Certificate::from_der(octets) {
        let _ = view::certificate_fields(&certificate, &AwsLc);
        assert_eq!(certificate.as_der(), octets);
    }
    if let Ok(request) = CertificationRequest::from_pem_or_der(octets) {
        let _ = view::request_fields(&request);
        let _ = request.requested_emails();
        let _ = request.verify(&AwsLc);
    }
    if let Ok(list) = CertificateList::from_der(octets) {
        let _ = view::crl_fields(&list, &AwsLc);
    }
    let _ = Response::from_der(octets);
    let _ = ocsp::parse_request(octets);
    let _ = Name::from_der(octets);
    let _ = PublicKeyInfo::from_der(octets);
    if let Ok(text) = std::str::from_utf8(octets) {
        let _ = Certificate::chain_from_pem(text);
        let _ = text.parse::<Name>();
        let _ = text.parse::<SerialNumber>();
    }
}

#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Cut(Index),
    Repeat(Index, Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, octet)| Damage::Set(at, octet)),
        (any::<Index>(), any::<u8>()).prop_map(|(at, octet)| Damage::Insert(at, octet)),
        any::<Index>().prop_map(Damage::Remove),
        any::<Index>().prop_map(Damage::Cut),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to)),
    ]
}

fn apply(octets: &mut Vec<u8>, damage: &Damage) {
    if octets.is_empty() {
        return;
    }
    let length = octets.len();
    match damage {
        Damage::Set(at, octet) => octets[at.index(length)] = *octet,
        Damage::Insert(at, octet) => octets.insert(at.index(length), *octet),
        Damage::Remove(at) => drop(octets.remove(at.index(length))),
        Damage::Cut(at) => octets.truncate(at.index(length)),
        Damage::Repeat(from, to) => {
            let (from, to) = (from.index(length), to.index(length));
            let part = octets[from.min(to)..from.max(to)].to_vec();
            octets.extend(part);
        }
    }
}

fn kinds() -> impl Strategy<Value = AttributeKind> {
    select(AttributeKind::KNOWN.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn damaged_structures_never_panic(
        which in any::<Index>(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut octets = GOOD[which.index(GOOD.len())].clone();
        for damage in &damages {
            apply(&mut octets, damage);
        }
        read_as_everything(&octets);
    }

    #[test]
    fn random_octets_never_panic(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        read_as_everything(&octets);
    }

    #[test]
    fn random_text_never_panics(text in "\\PC{0,200}") {
        read_as_everything(text.as_bytes());
    }

    #[test]
    fn every_name_comes_back_from_der_and_from_text(
        parts in prop::collection::vec((kinds(), "[^\\p{C}]{1,20}"), 0..6),
    ) {
        let attributes: Vec<_> = parts.iter().map(|(kind, value)| Attribute::new(*kind, value)).collect();
        if let Ok(name) = Name::new(attributes.clone()) {
            let again = Name::from_der(name.as_der()).unwrap();
            prop_assert_eq!(again.attributes().cloned().collect::<Vec<_>>(), attributes);
            prop_assert_eq!(name.to_string().parse::<Name>().unwrap(), name);
        }
    }

    #[test]
    fn every_time_comes_back(seconds in -631_152_000..=time::NO_EXPIRY) {
        let der = time::encode_generalized(seconds).unwrap();
        let mut reader = chancery_x509::asn1::Reader::new(&der, "time");
        prop_assert_eq!(time::read_generalized(&mut reader, "time"), Ok(seconds));
    }

    #[test]
    fn every_serial_number_comes_back(octets in prop::collection::vec(any::<u8>(), 1..22)) {
        if let Ok(serial) = SerialNumber::new(&octets) {
            let text = serial.to_hex();
            prop_assert_eq!(text.parse(), Ok(serial));
            prop_assert_eq!(text.to_uppercase().parse(), Ok(serial));
            prop_assert!(serial.as_bytes().len() <= 20 && serial.as_bytes()[0] != 0);
        }
    }

    #[test]
    fn every_pem_comes_back(octets in prop::collection::vec(any::<u8>(), 1..400)) {
        prop_assert_eq!(pem::decode(&pem::encode(Label::X509Crl, &octets), Label::X509Crl), Ok(octets));
    }
}
