//! Finding paths.

use chancery_keys::{AwsLc, KeyAlgorithm, SoftwareKey};
use chancery_path::FailureKind;
use chancery_path::{
    Fetch, FetchKind, Finding, Identity, IdentityError, PathCertificate, Purpose, Revocation,
    Settings, Step, Store, TrustAnchor, Validation,
};
use chancery_x509::extension::{self, ExtensionValue, GeneralName, KeyUsage, SubjectAltName};
use chancery_x509::{Certificate, Extension, Name, oid};

use crate::support::{DAY, NOW, Spec, World, chain, cross, key, named, pss_key, spki, verdict};

#[test]
fn cross_certificates_and_loops_lead_to_the_anchor() {
    let root = Spec::authority("Root").by_itself();
    let stranger = Spec::authority("Stranger").by_itself();
    // A and B certify each other; only B is certified by the root, and A by a stranger too.
    let a = Spec::authority("A").by(&stranger);
    let b = Spec::authority("B").by(&root);
    let a_by_b = cross(&a, &Spec::authority("A"), &b);
    let b_by_a = cross(&b, &Spec::authority("B"), &a);
    let leaf = Spec::leaf("x").by(&a);
    let world = World::new(&root, &[&stranger, &a, &a_by_b, &b_by_a, &b]);
    let path = world.validate(&leaf).unwrap();
    let names: Vec<_> = path
        .certificates()
        .iter()
        .map(|one| one.certificate().subject().one_line())
        .collect();
    assert_eq!(names, ["CN=x", "CN=A", "CN=B"]);
    // Without the root it is a circle: it ends, and is told as no trust.
    let lost = World::new(
        &Spec::authority("Other").by_itself(),
        &[&stranger, &a, &a_by_b, &b_by_a, &b],
    );
    assert_eq!(
        lost.validate(&leaf).unwrap_err().finding(),
        Finding::Untrusted
    );
}

#[test]
fn one_bad_path_does_not_hide_a_good_one() {
    let root = Spec::authority("Root").by_itself();
    let good = Spec::authority("CA").by(&root);
    let mut expired = Spec::authority("CA");
    (expired.not_before, expired.not_after) = (NOW - 2 * DAY, NOW - DAY);
    let expired = cross(&good, &expired, &root);
    let short = cross(
        &good,
        &Spec::authority("CA")
            .with(extension::basic_constraints(false, None))
            .without(oid::KEY_USAGE),
        &root,
    );
    let leaf = Spec::leaf("x").by(&good);
    for order in [
        [&good, &expired, &short],
        [&short, &expired, &good],
        [&expired, &good, &short],
    ] {
        assert_eq!(World::new(&root, &order).reason(&leaf), None);
    }
    let reason = World::new(&root, &[&short, &expired]).reason(&leaf);
    assert!(
        matches!(reason, Some(FailureKind::Expired { .. })),
        "{reason:?}"
    );
}

#[test]
fn many_of_one_name_are_told_apart_by_key() {
    let root = Spec::authority("Root").by_itself();
    let same: Vec<_> = (0..40).map(|_| Spec::authority("CA").by(&root)).collect();
    let all: Vec<_> = same.iter().collect();
    let world = World::new(&root, &all);
    for authority in [&same[0], &same[39]] {
        assert_eq!(world.reason(&Spec::leaf("x").by(authority)), None);
    }
    // A key identifier is a hint: a wrong one costs time and nothing else.
    let mut wrong = Spec::leaf("x").with(extension::authority_key_identifier(&[7; 20]));
    wrong.no_authority_key = true;
    assert_eq!(world.reason(&wrong.by(&same[20])), None);
    let unrelated = Spec::authority("CA").by_itself();
    assert_eq!(
        world.reason(&Spec::leaf("x").by(&unrelated)),
        Some(FailureKind::BadSignature)
    );
}

#[test]
fn a_long_path_is_followed_and_a_longer_one_is_not() {
    let root = Spec::authority("Root").by_itself();
    let mut all = vec![Spec::authority("N0").by(&root)];
    for n in 1..40 {
        let next = Spec::authority(&format!("N{n}")).by(&all[n - 1]);
        all.push(next);
    }
    let world = World::new(&root, &all.iter().collect::<Vec<_>>());
    assert_eq!(world.reason(&Spec::leaf("x").by(&all[29])), None);
    let reason = world.reason(&Spec::leaf("x").by(&all[39]));
    assert!(
        matches!(reason, Some(FailureKind::Budget { .. })),
        "{reason:?}"
    );
}

#[test]
fn anchors_may_be_keys_and_may_be_limited() {
    let root = key();
    let holder = Spec::authority("Root").make(root, None);
    let leaf = Spec::leaf("x").by(&holder);
    let mut world = World::new(&Spec::authority("Other").by_itself(), &[]);
    let anchor = TrustAnchor::from_key(named("ROOT"), spki(&holder.key));
    world.store.add_anchor(anchor.clone());
    let path = world.validate(&leaf).unwrap();
    assert_eq!(path.anchor().certificate_der(), None);
    // By purpose.
    let mut world = World::new(&Spec::authority("Other").by_itself(), &[]);
    world
        .store
        .add_anchor(anchor.for_purposes([Purpose::SmimeSign]));
    world.settings.purpose = Purpose::Server;
    assert_eq!(
        world.reason(&leaf),
        Some(FailureKind::AnchorNotForPurpose {
            purpose: Purpose::Server
        })
    );
    world.settings.purpose = Purpose::SmimeSign;
    assert_eq!(world.reason(&leaf), None);
}

#[test]
fn an_anchors_certificate_limits_the_path() {
    let name_constraints = chancery_x509::extension::NameConstraints {
        permitted: Vec::new(),
        excluded: vec![extension::GeneralSubtree::new(GeneralName::Directory(
            named("x"),
        ))],
    };
    let mut old = Spec::authority("Root");
    old.not_after = NOW - 1;
    for (root, expected) in [
        (
            Spec::authority("Root").with(name_constraints.to_extension(true)),
            Finding::NameConstraints,
        ),
        (
            Spec::authority("Root").with(extension::key_usage(KeyUsage::CRL_SIGN)),
            Finding::Purpose,
        ),
        (
            Spec::authority("Root")
                .with(extension::basic_constraints(false, None))
                .without(oid::KEY_USAGE),
            Finding::NotAnAuthority,
        ),
        (old, Finding::Expired),
    ] {
        let root = root.by_itself();
        let leaf = Spec::leaf("x").by(&root);
        let mut world = World::new(&root, &[]);
        let invalid = world.validate(&leaf).unwrap_err();
        assert_eq!(invalid.finding(), expected, "{invalid}");
        world.settings.anchors_limit_path = false;
        assert_eq!(world.reason(&leaf), None);
    }
    let root = Spec::authority("Root")
        .with(extension::basic_constraints(true, Some(0)))
        .by_itself();
    let authority = Spec::authority("CA").by(&root);
    let reason = World::new(&root, &[&authority]).reason(&Spec::leaf("x").by(&authority));
    assert_eq!(reason, Some(FailureKind::PathTooLong));
}

#[test]
fn purposes_ask_for_their_usages() {
    let usages = |purposes: &[chancery_x509::ObjectIdentifier], usage: KeyUsage| {
        Spec::leaf("x")
            .with(extension::extended_key_usage(purposes))
            .with(extension::key_usage(usage))
    };
    let (root, authority) = chain(Spec::authority("CA"));
    let mut world = World::new(&root, &[&authority]);
    let mut check = |leaf: &Spec, purpose: Purpose, valid: bool| {
        world.settings.purpose = purpose;
        let reason = world.reason(&leaf.by(&authority));
        assert_eq!(reason.is_none(), valid, "{purpose}: {reason:?}");
    };
    let mail = usages(&[oid::EKU_EMAIL_PROTECTION], KeyUsage::DIGITAL_SIGNATURE);
    check(&mail, Purpose::SmimeSign, true);
    check(&mail, Purpose::SmimeEncrypt, false);
    check(&mail, Purpose::Server, false);
    check(&mail, Purpose::Any, true);
    check(&mail, Purpose::DocumentSign, true);
    let document = usages(&[oid::EKU_DOCUMENT_SIGNING], KeyUsage::DIGITAL_SIGNATURE);
    check(&document, Purpose::DocumentSign, true);
    check(&document, Purpose::SmimeSign, false);
    let log_in = usages(&[oid::EKU_CLIENT_AUTH], KeyUsage::DIGITAL_SIGNATURE);
    check(&log_in, Purpose::DocumentSign, false);
    check(&log_in, Purpose::Any, true);
    // An elliptic curve agrees on keys.
    let agreement = usages(&[oid::EKU_EMAIL_PROTECTION], KeyUsage::KEY_AGREEMENT);
    check(&agreement, Purpose::SmimeEncrypt, true);
    check(&agreement, Purpose::SmimeSign, false);
    let any = usages(&[oid::EKU_ANY], KeyUsage::DIGITAL_SIGNATURE);
    check(&any, Purpose::Server, true);
    check(&any, Purpose::Client, true);
    check(&any, Purpose::Timestamp, false);
    check(&any, Purpose::OcspSigning, false);
    check(&Spec::leaf("x"), Purpose::SmimeSign, true);
    check(&Spec::leaf("x"), Purpose::Timestamp, false);
    let stamp = usages(&[oid::EKU_TIME_STAMPING], KeyUsage::DIGITAL_SIGNATURE);
    check(&stamp, Purpose::Timestamp, false);
    let critical = Extension {
        critical: true,
        ..extension::extended_key_usage(&[oid::EKU_TIME_STAMPING])
    };
    check(&stamp.with(critical), Purpose::Timestamp, true);
    let both = Extension {
        critical: true,
        ..extension::extended_key_usage(&[oid::EKU_TIME_STAMPING, oid::EKU_CLIENT_AUTH])
    };
    check(&Spec::leaf("x").with(both), Purpose::Timestamp, false);
}

#[test]
fn keys_that_only_sign_are_not_encrypted_to() {
    let (root, authority) = chain(Spec::authority("CA"));
    let mut world = World::new(&root, &[&authority]);
    let ed25519 = SoftwareKey::generate(KeyAlgorithm::Ed25519).unwrap();
    let leaf = Spec::leaf("x").make(ed25519, Some(&authority));
    world.settings.purpose = Purpose::SmimeSign;
    assert_eq!(world.reason(&leaf), None);
    world.settings.purpose = Purpose::SmimeEncrypt;
    let pss = Spec {
        public_key: pss_key(2048),
        ..Spec::leaf("x")
    };
    for leaf in [leaf, pss.by(&authority)] {
        let reason = world.reason(&leaf);
        assert!(
            matches!(reason, Some(FailureKind::UnfitKey { .. })),
            "{reason:?}"
        );
    }
    assert_eq!(world.reason(&Spec::leaf("x").by(&authority)), None);
}

#[test]
fn short_keys_are_refused_whatever_their_scheme() {
    let (root, authority) = chain(Spec::authority("CA"));
    let world = World::new(&root, &[&authority]);
    for (bits, valid) in [(1024, false), (2048, true)] {
        let leaf = Spec {
            public_key: pss_key(bits as usize),
            ..Spec::leaf("x")
        };
        let weak = FailureKind::WeakKey { bits, least: 2048 };
        let reason = world.reason(&leaf.by(&authority));
        assert_eq!(reason, (!valid).then_some(weak));
    }
}

#[test]
fn names_cannot_steer_a_terminal() {
    let names = SubjectAltName(vec![
        GeneralName::Rfc822("a\u{1b}[2J\r\n@example.com".to_owned()),
        GeneralName::Dns("b.example".to_owned()),
    ]);
    let mut leaf = Spec::leaf("x").with(names.to_extension(true));
    leaf.subject = Name::default().as_der().to_vec();
    leaf.not_after = NOW - 1;
    let (root, authority) = chain(Spec::authority("CA"));
    let leaf = leaf.by(&authority);
    let invalid = World::new(&root, &[&authority])
        .validate(&leaf)
        .unwrap_err();
    let text = invalid.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(
        text.contains("\\1B[2J\\0D\\0A@example.com, b.example"),
        "{text}"
    );
}

#[test]
fn an_issuers_usage_limits_what_it_issues() {
    let (root, authority) =
        chain(Spec::authority("CA").with(extension::extended_key_usage(&[oid::EKU_CLIENT_AUTH])));
    let leaf = Spec::leaf("x")
        .with(extension::extended_key_usage(&[oid::EKU_SERVER_AUTH]))
        .by(&authority);
    let mut world = World::new(&root, &[&authority]);
    world.settings.purpose = Purpose::Server;
    assert_eq!(
        world.reason(&leaf),
        Some(FailureKind::WrongPurpose {
            purpose: Purpose::Server
        })
    );
    world.settings.issuers_limit_purpose = false;
    assert_eq!(world.reason(&leaf), None);
}

#[test]
fn certificates_are_made_out_to_somebody() -> Result<(), IdentityError> {
    let names = SubjectAltName(vec![
        GeneralName::Rfc822("Jana@Example.com".to_owned()),
        GeneralName::smtp_utf8_mailbox("žofie@example.com"),
        GeneralName::Dns("*.example.com".to_owned()),
        GeneralName::Ip(vec![192, 0, 2, 1]),
    ]);
    let (root, authority) = chain(Spec::authority("CA"));
    let leaf = Spec::leaf("cn.example.org")
        .with(names.to_extension(false))
        .by(&authority);
    let mut world = World::new(&root, &[&authority]);
    for (identity, valid) in [
        (Identity::email("Jana@EXAMPLE.com")?, true),
        (Identity::email("jana@example.com")?, false),
        (Identity::email("žofie@example.com")?, true),
        (Identity::host("www.example.com")?, true),
        (Identity::host("a.b.example.com")?, false),
        (Identity::host("example.com")?, false),
        (Identity::host("cn.example.org")?, false),
        (Identity::host("192.0.2.1")?, true),
        (Identity::host("192.0.2.2")?, false),
    ] {
        world.settings.identity = Some(identity.clone());
        let reason = world.reason(&leaf);
        assert_eq!(reason.is_none(), valid, "{identity:?}: {reason:?}");
        assert!(valid || reason.unwrap().finding() == Finding::Identity);
    }
    Ok(())
}

#[test]
fn what_is_missing_is_asked_for() {
    let root = Spec::authority("Root").by_itself();
    let authority = Spec::authority("CA").by(&root);
    let leaf = Spec::leaf("x")
        .with(extension::authority_info_access(
            &[],
            &[
                "ldap://a.test/",
                "http://a.test/bad.cer",
                "http://a.test/ca.cer",
            ],
        ))
        .by(&authority);
    let begin = || {
        let mut store = Store::new();
        store.add_anchor(root.anchor());
        let settings = Settings {
            revocation: Revocation::Off,
            ..Settings::at(NOW)
        };
        Validation::new(
            PathCertificate::new(Certificate::from_der(&leaf.der).unwrap()),
            store,
            settings,
        )
    };
    let mut validation = begin();
    let mut asked = Vec::new();
    let result = loop {
        match validation.step(&AwsLc) {
            Step::Need(Fetch {
                url,
                kind: FetchKind::Certificates,
            }) => {
                let content = url.ends_with("/ca.cer").then_some(authority.der.as_slice());
                validation.resume(content.or(Some(b"<html>")));
                asked.push(url);
            }
            Step::Need(other) => panic!("{other:?}"),
            Step::Done(result) => break result,
        }
    };
    assert!(result.is_ok());
    assert_eq!(asked, ["http://a.test/bad.cer", "http://a.test/ca.cer"]);
    // Nothing comes: each is asked for once, and the result says what is missing.
    let mut validation = begin();
    let mut count = 0;
    let result = loop {
        match validation.step(&AwsLc) {
            Step::Need(_) => {
                count += 1;
                validation.resume(None);
            }
            Step::Done(result) => break result,
        }
    };
    assert_eq!(
        (count, result.unwrap_err().finding()),
        (2, Finding::Untrusted)
    );
}

#[test]
fn path_lengths_and_usages_of_authorities_count() {
    let reason = verdict(
        Spec::authority("CA").with(extension::key_usage(KeyUsage::CRL_SIGN)),
        Spec::leaf("x"),
    );
    assert_eq!(
        reason,
        Some(FailureKind::KeyUsage {
            needed: "keyCertSign"
        })
    );
    let root = Spec::authority("Root").by_itself();
    let upper = Spec::authority("Upper")
        .with(extension::basic_constraints(true, Some(0)))
        .by(&root);
    let lower = Spec::authority("Lower").by(&upper);
    let rollover = Spec::authority("Upper").by(&upper);
    let world = World::new(&root, &[&upper, &lower, &rollover]);
    assert_eq!(
        world.reason(&Spec::leaf("x").by(&lower)),
        Some(FailureKind::PathTooLong)
    );
    // Self-issued ones are not counted.
    assert_eq!(world.reason(&Spec::leaf("x").by(&rollover)), None);
}
