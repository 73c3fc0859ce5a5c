//! What can be in a file besides one key with its chain.

use chancery_keys::{AwsLc, KeyAlgorithm, SoftwareKey};
use chancery_pkcs12::{Contents, Identity, OpenError, Primitives, Profile, SkippedKind};
use chancery_x509::asn1::{self, Reader, tag};
use chancery_x509::{ObjectIdentifier, PublicKeyInfo};

use crate::support::{EC, Person, RSA, certificate, open_file, refused, write_contents};

fn oid(text: &str) -> Vec<u8> {
    asn1::oid(&ObjectIdentifier::new_unwrap(text))
}

fn bag(kind: &str, value: &[u8], attributes: &[u8]) -> Vec<u8> {
    asn1::sequence(&[
        &oid(&format!("1.2.840.113549.1.12.10.1.{kind}")),
        &asn1::explicit(0, value),
        attributes,
    ])
}

fn certificate_bag(der: &[u8]) -> Vec<u8> {
    let value = asn1::sequence(&[
        &oid("1.2.840.113549.1.9.22.1"),
        &asn1::explicit(0, &asn1::octet_string(der)),
    ]);
    bag("3", &value, &[])
}

fn name_attribute(units: &[u8]) -> Vec<u8> {
    let attribute = asn1::sequence(&[
        &oid("1.2.840.113549.1.9.20"),
        &asn1::set_of(vec![asn1::tlv(tag::BMP_STRING, units)]),
    ]);
    asn1::set_of(vec![attribute])
}

/// A file in the clear.
fn file(bags: &[Vec<u8>]) -> Vec<u8> {
    let data = |content: &[u8]| {
        asn1::sequence(&[
            &oid("1.2.840.113549.1.7.1"),
            &asn1::explicit(0, &asn1::octet_string(content)),
        ])
    };
    let safe = asn1::sequence(&[&data(&asn1::sequence_of(bags))]);
    asn1::sequence(&[&asn1::integer_u64(3), &data(&safe)])
}

#[test]
fn keys_find_their_certificates_without_identifiers() {
    let key = |person: &crate::support::Person| bag("1", &person.key.to_pkcs8().unwrap(), &[]);
    let file = file(&[
        certificate_bag(EC.root.as_der()),
        certificate_bag(EC.certificate.as_der()),
        key(&RSA),
        certificate_bag(RSA.certificate.as_der()),
        key(&EC),
    ]);
    let opened = open_file(&file, "whatever").unwrap();
    let identities = opened.identities().unwrap();
    let certificates: Vec<_> = identities
        .iter()
        .map(|identity| &identity.certificate.certificate)
        .collect();
    assert_eq!(certificates, [&RSA.certificate, &EC.certificate]);
    assert_eq!(identities[1].chain, [&EC.root]);
    assert_eq!(opened.integrity, None);
    assert_eq!(opened.keys[0].protection, None);
}

/// An identifier that names another's certificate does not pass it off for the key's own.
#[test]
fn a_misleading_identifier_misleads_nobody() {
    let id = |id: &[u8]| {
        let attribute = asn1::sequence(&[
            &oid("1.2.840.113549.1.9.21"),
            &asn1::set_of(vec![asn1::octet_string(id)]),
        ]);
        asn1::set_of(vec![attribute])
    };
    let with_id = |der: &[u8], octet| {
        let value = asn1::sequence(&[
            &oid("1.2.840.113549.1.9.22.1"),
            &asn1::explicit(0, &asn1::octet_string(der)),
        ]);
        bag("3", &value, &id(&[octet]))
    };
    let key = bag("1", &EC.key.to_pkcs8().unwrap(), &id(&[1]));
    let file = file(&[
        key,
        with_id(RSA.certificate.as_der(), 1),
        with_id(EC.certificate.as_der(), 2),
    ]);
    let opened = open_file(&file, "").unwrap();
    let found = opened.certificate_of(&opened.keys[0]).unwrap();
    assert_eq!(found.certificate, EC.certificate);
}

/// Renewed certificates share a key: the one with the key's identifier is taken.
#[test]
fn of_two_certificates_for_a_key_the_named_one_is_taken() {
    let issuer = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let renewed = certificate("Jana Nováková", &EC.key, "Other", &issuer, false);
    let contents = Contents {
        identities: vec![Identity {
            certificate: renewed.clone(),
            ..EC.identity()
        }],
        authorities: vec![EC.certificate.clone()],
    };
    let file = write_contents(contents, Profile::Stored, "x");
    let opened = open_file(&file, "x").unwrap();
    assert_eq!(opened.certificates.len(), 2);
    let found = opened.certificate_of(&opened.keys[0]).unwrap();
    assert_eq!(found.certificate, renewed);
}

#[test]
fn what_is_not_read_is_told() {
    let sdsi = asn1::sequence(&[
        &oid("1.2.840.113549.1.9.22.2"),
        &asn1::explicit(0, &asn1::ia5_string("AAAA")),
    ]);
    let opened = open_file(
        &file(&[
            bag("4", &asn1::sequence(&[]), &name_attribute(b"\0l\0i\0s\0t")),
            bag("5", &asn1::sequence(&[]), &[]),
            bag("3", &sdsi, &[]),
            certificate_bag(b"no certificate"),
            bag("99", &asn1::null(), &[]),
            certificate_bag(EC.certificate.as_der()),
        ]),
        "",
    )
    .unwrap();
    let kinds: Vec<_> = opened.skipped.iter().map(|skipped| &skipped.kind).collect();
    let kind = |text: &str| ObjectIdentifier::new_unwrap(text);
    assert_eq!(kinds.len(), 5);
    assert_eq!(kinds[0], &SkippedKind::Crl);
    assert_eq!(opened.skipped[0].friendly_name.as_deref(), Some("list"));
    assert_eq!(kinds[1], &SkippedKind::Secret);
    let sdsi = kind("1.2.840.113549.1.9.22.2");
    assert_eq!(kinds[2], &SkippedKind::OtherCertificate { kind: sdsi });
    assert!(matches!(kinds[3], SkippedKind::Certificate { .. }));
    let unknown = kind("1.2.840.113549.1.12.10.1.99");
    assert_eq!(kinds[4], &SkippedKind::Unknown { kind: unknown });
    assert_eq!(opened.certificates.len(), 1);
}

#[test]
fn names_are_read_as_they_are_written() {
    for (units, name) in [
        (&b"\0a\0b"[..], Some("ab")),
        (b"\0a\0b\0\0", Some("ab")),
        (b"", None),
        (b"\0\0", None),
        (&[0xd8, 0x3d, 0xdd, 0x11], Some("🔑")),
        (&[0xd8, 0x3d], Some("\u{fffd}")),
        (b"\0a\0", Some("a")),
    ] {
        let key = bag("1", &EC.key.to_pkcs8().unwrap(), &name_attribute(units));
        let opened = open_file(&file(&[key]), "").unwrap();
        assert_eq!(opened.keys[0].friendly_name.as_deref(), name, "{units:?}");
    }
}

#[test]
fn modes_with_public_keys_are_told_as_unsupported() {
    let content = asn1::explicit(0, &asn1::sequence(&[]));
    let signed = asn1::sequence(&[&oid("1.2.840.113549.1.7.2"), &content]);
    let integrity = asn1::sequence(&[&asn1::integer_u64(3), &signed]);
    let error = refused(&integrity, "x");
    assert!(matches!(error, OpenError::Unsupported(_)), "{error}");
    assert!(
        error.to_string().contains("integrity by a signature"),
        "{error}"
    );

    let enveloped = asn1::sequence(&[&oid("1.2.840.113549.1.7.3"), &content]);
    let safe = asn1::sequence(&[&enveloped]);
    let data = asn1::sequence(&[
        &oid("1.2.840.113549.1.7.1"),
        &asn1::explicit(0, &asn1::octet_string(&safe)),
    ]);
    let privacy = asn1::sequence(&[&asn1::integer_u64(3), &data]);
    let error = refused(&privacy, "x");
    assert!(
        error.to_string().contains("privacy by a public key"),
        "{error}"
    );
}

/// A chain that leads in a circle ends.
#[test]
fn cross_certificates_do_not_lead_in_circles() {
    let one = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let two = SoftwareKey::generate(KeyAlgorithm::EcP256).unwrap();
    let contents = Contents {
        identities: vec![Identity {
            certificate: certificate("leaf", &EC.key, "one", &one, false),
            ..EC.identity()
        }],
        authorities: vec![
            certificate("one", &one, "two", &two, true),
            certificate("two", &two, "one", &one, true),
        ],
    };
    let file = write_contents(contents, Profile::Stored, "x");
    let opened = open_file(&file, "x").unwrap();
    assert_eq!(opened.identities().unwrap()[0].chain.len(), 2);
}

/// What the provider answers to the need of a public key is what a certificate holds, whether the key carries it or not.
#[test]
fn the_provider_tells_the_public_key_as_certificates_hold_it() {
    let public_key = |private_key: &[u8]| {
        let der = Primitives::public_key(&AwsLc, private_key).unwrap();
        PublicKeyInfo::from_der(&der).unwrap()
    };
    let ed25519 = Person::new(KeyAlgorithm::Ed25519);
    for person in [&RSA, &EC, &ed25519] {
        let found = public_key(&person.key.to_pkcs8().unwrap());
        assert_eq!(&found, person.certificate.public_key());
    }
    // RFC 5958 section 2, version 1: without the public key.
    let whole = ed25519.key.to_pkcs8().unwrap();
    let mut parts = Reader::sequence(&whole, "key").unwrap();
    parts.integer_u64("version").unwrap();
    let algorithm = parts.raw(tag::SEQUENCE, "algorithm").unwrap();
    let secret = parts.raw(tag::OCTET_STRING, "secret").unwrap();
    let bare = asn1::sequence(&[&asn1::integer_u64(0), algorithm, secret]);
    assert_eq!(chancery_pkcs12::public_key(&bare), None);
    assert_eq!(&public_key(&bare), ed25519.certificate.public_key());
}

/// The chain ends where its longest honest length does, and a certificate that is there twice is one.
#[test]
fn chains_are_bounded_and_certificates_count_once() {
    let key = &EC.key;
    let leaf = certificate("0", key, "1", key, false);
    let authorities: Vec<_> = (1..=40)
        .flat_map(|number: u32| {
            let one = certificate(
                &number.to_string(),
                key,
                &(number + 1).to_string(),
                key,
                true,
            );
            [one.clone(), one]
        })
        .collect();
    let bags: Vec<_> = authorities
        .iter()
        .map(|one| certificate_bag(one.as_der()))
        .collect();
    let opened = open_file(&file(&bags), "").unwrap();
    let chain = opened.issuers().chain_of(&leaf);
    assert_eq!(chain.len(), 32);
    for (found, expected) in chain.iter().zip(authorities.iter().step_by(2)) {
        assert_eq!(*found, expected);
    }
    // Written, each is there once.
    let contents = Contents {
        identities: vec![Identity {
            certificate: leaf,
            ..EC.identity()
        }],
        authorities,
    };
    let opened = open_file(&write_contents(contents, Profile::Legacy, "x"), "x").unwrap();
    assert_eq!(opened.certificates.len(), 41);
}
