//! What NIST's suite does not try.

use chancery_path::{Conformance, Deviation, FailureKind, Finding};
use chancery_x509::asn1::{self, tag, tlv};
use chancery_x509::extension::{
    self, ExtensionValue, GeneralName, GeneralSubtree, InhibitAnyPolicy, KeyUsage, NameConstraints,
    SubjectAltName,
};
use chancery_x509::{Certificate, Extension, Name, ParseError, oid};

use crate::support::{Holder, Spec, World, chain, named, verdict};

fn deviation(authority: Spec, leaf: Spec) -> Option<Deviation> {
    match verdict(authority, leaf) {
        Some(FailureKind::Deviation(deviation)) => Some(deviation),
        None => None,
        other => panic!("{other:?}"),
    }
}

fn unknown(critical: bool) -> Extension {
    Extension {
        oid: "1.3.6.1.4.1.55555.1".parse().unwrap(),
        critical,
        value: asn1::null(),
    }
}

#[test]
fn a_plain_path_is_valid() {
    assert_eq!(verdict(Spec::authority("CA"), Spec::leaf("x")), None);
}

#[test]
fn a_duplicate_extension_is_told_wherever_it_stands() {
    let (root, authority) = chain(Spec::authority("CA"));
    let mut twice = Spec::leaf("x");
    let usage = extension::key_usage(KeyUsage::DIGITAL_SIGNATURE);
    twice.extensions = vec![usage.clone(), usage.clone()];
    let read = Certificate::from_der(&twice.by(&authority).der);
    assert_eq!(
        read.unwrap_err(),
        ParseError::DuplicateExtension { oid: usage.oid }
    );
    // In an authority's certificate: named as the reason, with its place.
    let mut bad = Spec::authority("Bad");
    bad.extensions.push(unknown(false));
    bad.extensions.push(unknown(false));
    let bad = bad.by(&root);
    let leaf = Spec::leaf("x").by(&bad);
    let invalid = World::new(&root, &[&bad]).validate(&leaf).unwrap_err();
    let failure = &invalid.failures()[0];
    assert_eq!(failure.place.as_ref().unwrap().index, 1);
    assert_eq!(failure.clause(), "RFC 5280 section 4.2");
    assert!(failure.to_string().contains("occurs twice"), "{failure}");
}

#[test]
fn serial_numbers_are_positive_and_of_20_octets_at_most() {
    let (root, authority) = chain(Spec::authority("CA"));
    let long = [&[1][..], &[0; 20]].concat();
    let high = [&[0, 0x80][..], &[0; 19]].concat();
    for serial in [&[0][..], &[0xff], &long, &high] {
        let leaf = Spec::leaf("x").serial(serial).by(&authority);
        let error = Certificate::from_der(&leaf.der).unwrap_err();
        assert!(
            matches!(
                error,
                ParseError::Invalid {
                    what: "serial number",
                    ..
                }
            ),
            "{serial:?}: {error}"
        );
        let between = Spec::authority("Between").serial(serial).by(&root);
        let leaf = Spec::leaf("x").by(&between);
        let reason = World::new(&root, &[&between]).reason(&leaf).unwrap();
        assert_eq!(reason.clause(), "RFC 5280 section 4.1.2.2", "{reason}");
    }
    let longest = [&[0x7f][..], &[0xff; 19]].concat();
    let leaf = Spec::leaf("x").serial(&longest);
    assert_eq!(verdict(Spec::authority("CA"), leaf), None);
}

#[test]
fn a_trust_anchor_may_have_any_serial_number() {
    let root = Spec::authority("Root").serial(&[0]).by_itself();
    let leaf = Spec::leaf("x").by(&root);
    assert_eq!(World::new(&root, &[]).reason(&leaf), None);
}

#[test]
fn key_identifiers_are_asked_for() {
    let mut bare = Spec::leaf("x");
    bare.no_authority_key = true;
    assert_eq!(
        deviation(Spec::authority("CA"), bare.clone()),
        Some(Deviation::MissingAuthorityKeyIdentifier)
    );
    let mut without = Spec::authority("CA");
    // An extension without a value stands for none at all.
    without.extensions.push(Extension {
        oid: oid::SUBJECT_KEY_IDENTIFIER,
        critical: false,
        value: Vec::new(),
    });
    assert_eq!(
        deviation(without, Spec::leaf("x")),
        Some(Deviation::MissingSubjectKeyIdentifier)
    );
    // By the algorithm of section 6 alone, neither counts.
    let (root, authority) = chain(Spec::authority("CA"));
    let mut world = World::new(&root, &[&authority]);
    world.settings.conformance = Conformance::Algorithm;
    assert_eq!(world.reason(&bare.by(&authority)), None);
}

#[test]
fn criticality_is_as_the_profile_asks() {
    let critical = |extension: Extension| Extension {
        critical: true,
        ..extension
    };
    for extension in [
        critical(extension::subject_key_identifier(&[1, 2, 3])),
        critical(extension::authority_info_access(&["http://a.test/"], &[])),
    ] {
        let oid = extension.oid;
        let found = deviation(Spec::authority("CA"), Spec::leaf("x").with(extension));
        assert!(
            matches!(found, Some(Deviation::MustNotBeCritical { oid: told, .. }) if told == oid),
            "{found:?}"
        );
    }
    let authority = Spec::authority("CA").with(InhibitAnyPolicy(0).to_extension(false));
    let found = deviation(authority, Spec::leaf("x"));
    assert!(
        matches!(found, Some(Deviation::MustBeCritical { .. })),
        "{found:?}"
    );
}

#[test]
fn name_constraints_have_no_place_in_an_end_entity() {
    let constraints = NameConstraints {
        permitted: vec![GeneralSubtree::new(GeneralName::Dns("a.test".to_owned()))],
        excluded: Vec::new(),
    };
    for critical in [true, false] {
        let leaf = Spec::leaf("x").with(constraints.to_extension(critical));
        assert_eq!(
            deviation(Spec::authority("CA"), leaf),
            Some(Deviation::NameConstraintsInEndEntity)
        );
    }
}

#[test]
fn of_many_unknown_extensions_some_are_told() {
    let (root, authority) = chain(Spec::authority("CA"));
    let mut leaf = Spec::leaf("x");
    for number in 0..200 {
        leaf = leaf.with(Extension {
            oid: format!("1.3.6.1.4.1.55555.{number}").parse().unwrap(),
            critical: true,
            value: asn1::null(),
        });
    }
    let invalid = World::new(&root, &[&authority])
        .validate(&leaf.by(&authority))
        .unwrap_err();
    assert_eq!(invalid.finding(), Finding::CriticalExtension);
    assert_eq!(invalid.failures().len(), 16);
}

#[test]
fn unknown_critical_extensions_are_refused_wherever_they_stand() {
    let refused = |kind: Option<FailureKind>| {
        matches!(kind, Some(FailureKind::UnknownCriticalExtension { .. }))
    };
    let leaf = Spec::leaf("x");
    let authority = Spec::authority("CA");
    assert!(refused(verdict(
        authority.clone(),
        leaf.clone().with(unknown(true))
    )));
    assert!(refused(verdict(
        authority.clone().with(unknown(true)),
        leaf.clone()
    )));
    assert_eq!(
        verdict(
            authority.with(unknown(false)),
            leaf.clone().with(unknown(false))
        ),
        None
    );
    let root = Spec::authority("Root").with(unknown(true)).by_itself();
    let leaf = leaf.with(unknown(true)).by(&root);
    let mut world = World::new(&root, &[]);
    assert!(refused(world.reason(&leaf)));
    world.settings.understood_extensions = vec![unknown(true).oid];
    assert_eq!(world.reason(&leaf), None);
}

#[test]
fn an_issuer_has_a_name() {
    let root = Spec::authority("Root").by_itself();
    let mut nameless = Spec::leaf("x");
    nameless.issuer = Name::default().as_der().to_vec();
    let error = Certificate::from_der(&nameless.by(&root).der).unwrap_err();
    assert!(
        matches!(error, ParseError::Invalid { what: "issuer", .. }),
        "{error}"
    );
    let mut authority = Spec::authority("CA");
    authority.subject = Name::default().as_der().to_vec();
    let leaf = authority.by(&root);
    let reason = World::new(&root, &[]).reason(&leaf);
    assert_eq!(
        reason,
        Some(FailureKind::Deviation(Deviation::EmptyAuthority))
    );
}

#[test]
fn a_subject_may_stand_in_a_critical_alternative_name_alone() {
    let mut leaf = Spec::leaf("x");
    leaf.subject = Name::default().as_der().to_vec();
    let names = SubjectAltName(vec![GeneralName::Rfc822("jana@example.com".to_owned())]);
    let authority = || Spec::authority("CA");
    assert_eq!(
        deviation(authority(), leaf.clone()),
        Some(Deviation::EmptySubject)
    );
    let soft = leaf.clone().with(names.to_extension(false));
    assert_eq!(deviation(authority(), soft), Some(Deviation::EmptySubject));
    let hard = leaf.with(names.to_extension(true));
    assert_eq!(deviation(authority(), hard), None);
}

#[test]
fn an_issuer_is_an_authority_of_version_3() {
    let (root, _) = chain(Spec::authority("CA"));
    let without = Spec::authority("CA").without(oid::BASIC_CONSTRAINTS);
    // Its keyUsage contradicts too, which says less.
    let plain = without.without(oid::KEY_USAGE);
    assert_eq!(
        verdict(plain, Spec::leaf("x")),
        Some(FailureKind::MissingBasicConstraints)
    );
    let mut old = Spec::authority("CA");
    old.version = 1;
    let old = old.by(&root);
    let leaf = Spec::leaf("x").by(&old);
    let invalid = World::new(&root, &[&old]).validate(&leaf).unwrap_err();
    assert_eq!(invalid.finding(), Finding::NotAnAuthority, "{invalid}");
    assert_eq!(
        invalid.failures()[0].kind,
        FailureKind::OldVersion { version: 1 }
    );
    // A trust anchor of version 1 is as old as its trust; one of version 3 must say what it is.
    let mut old_root = Spec::authority("Root");
    old_root.version = 1;
    let old_root = old_root.by_itself();
    let leaf = Spec::leaf("x").by(&old_root);
    assert_eq!(World::new(&old_root, &[]).reason(&leaf), None);
    let bare = Spec::authority("Root")
        .without(oid::BASIC_CONSTRAINTS)
        .with(extension::subject_key_identifier(&[1]))
        .by_itself();
    let leaf = Spec::leaf("x").by(&bare);
    let reason = World::new(&bare, &[]).reason(&leaf);
    assert_eq!(reason, Some(FailureKind::MissingBasicConstraints));
}

#[test]
fn what_contradicts_itself_is_refused() {
    let signs = extension::key_usage(KeyUsage::KEY_CERT_SIGN);
    assert_eq!(
        deviation(Spec::authority("CA"), Spec::leaf("x").with(signs)),
        Some(Deviation::CertSignWithoutAuthority)
    );
    let length = extension::basic_constraints(false, Some(1));
    assert_eq!(
        deviation(Spec::authority("CA"), Spec::leaf("x").with(length)),
        Some(Deviation::PathLengthWithoutAuthority)
    );
}

#[test]
fn equal_names_of_different_encodings_chain() {
    let root = Spec::authority("Root").by_itself();
    let encoded = |tag: u8, octets: &[u8]| {
        let attribute =
            asn1::sequence(&[&asn1::oid(&"2.5.4.3".parse().unwrap()), &tlv(tag, octets)]);
        asn1::sequence(&[&tlv(tag::SET, &attribute)])
    };
    let utf16: Vec<u8> = "MÜLLER  ca"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut authority = Spec::authority("x");
    authority.subject = encoded(tag::BMP_STRING, &utf16);
    let authority = authority.by(&root);
    for (tag, octets) in [
        (tag::UTF8_STRING, " müller CA".as_bytes()),
        (tag::TELETEX_STRING, b"M\xfcLLER CA "),
        (tag::UTF8_STRING, "Mu\u{308}ller Ca".as_bytes()),
    ] {
        let mut leaf = Spec::leaf("x");
        leaf.issuer = encoded(tag, octets);
        let leaf = leaf.by(&authority);
        assert_eq!(
            World::new(&root, &[&authority]).reason(&leaf),
            None,
            "{octets:?}"
        );
    }
    let mut other = Spec::leaf("x");
    other.issuer = encoded(tag::UTF8_STRING, "Mueller CA".as_bytes());
    let reason = World::new(&root, &[&authority]).reason(&other.by(&authority));
    assert!(
        matches!(reason, Some(FailureKind::NoIssuer { .. })),
        "{reason:?}"
    );
}

#[test]
fn extensions_that_cannot_be_read_are_told() {
    for (oid, value) in [
        (oid::BASIC_CONSTRAINTS, vec![0x30, 3, 1, 1, 0]),
        (oid::KEY_USAGE, vec![3, 2, 0, 0]),
        (oid::SUBJECT_ALT_NAME, vec![0x30, 0]),
        (oid::EXTENDED_KEY_USAGE, vec![0x30, 0]),
        (oid::CERTIFICATE_POLICIES, vec![0x30, 0]),
    ] {
        let broken = Extension {
            oid,
            critical: false,
            value,
        };
        let reason = verdict(Spec::authority("CA"), Spec::leaf("x").with(broken));
        assert!(
            matches!(&reason, Some(FailureKind::UnreadableExtension { oid: told, .. }) if *told == oid),
            "{oid}: {reason:?}"
        );
    }
}

#[test]
fn weak_keys_and_digests_are_refused() {
    let (root, authority) = chain(Spec::authority("CA"));
    let mut world = World::new(&root, &[&authority]);
    let leaf = Spec::leaf("x");
    let rsa = chancery_keys::SoftwareKey::generate(chancery_keys::KeyAlgorithm::Rsa2048).unwrap();
    let leaf = leaf.make(rsa, Some(&authority));
    assert_eq!(world.reason(&leaf), None);
    world.settings.algorithms.least_rsa_bits = 3072;
    assert_eq!(
        world.reason(&leaf),
        Some(FailureKind::WeakKey {
            bits: 2048,
            least: 3072
        })
    );
}

#[test]
fn names_that_show_as_others_are_shown_safely() {
    let root = Spec::authority("Root").by_itself();
    let mut leaf = Spec::leaf("a\u{202e}b");
    leaf.not_after = leaf.not_before + 1;
    let invalid = World::new(&root, &[])
        .validate(&leaf.by(&root))
        .unwrap_err();
    let told = invalid.to_string();
    assert!(
        !told.contains('\u{202e}') && told.contains("\\E2\\80\\AE"),
        "{told}"
    );
}

#[test]
fn a_certificate_trusted_for_itself_is_valid() {
    let own: Holder = Spec::leaf("self").by_itself();
    assert_eq!(World::new(&own, &[]).reason(&own), None);
    let other = Spec::leaf("self").by_itself();
    let reason = World::new(&own, &[]).reason(&other);
    assert_eq!(reason, Some(FailureKind::BadSignature));
    let stranger = Spec::leaf("stranger").by_itself();
    let reason = World::new(&own, &[]).reason(&stranger);
    assert_eq!(reason, Some(FailureKind::SelfSignedNotTrusted));
    assert_eq!(named("self").as_der(), own.name);
}
