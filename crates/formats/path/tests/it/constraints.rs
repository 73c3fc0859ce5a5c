//! Name constraints of every form.

use chancery_path::{Conformance, FailureKind};
use chancery_x509::asn1;
use chancery_x509::extension::{
    ExtensionValue, GeneralName, GeneralSubtree, NameConstraints, SubjectAltName,
};
use chancery_x509::{Attribute, AttributeKind, Extension, Name};

use crate::support::{Spec, World, chain, named, verdict};

fn dns(text: &str) -> GeneralName {
    GeneralName::Dns(text.to_owned())
}

fn email(text: &str) -> GeneralName {
    GeneralName::Rfc822(text.to_owned())
}

fn uri(text: &str) -> GeneralName {
    GeneralName::Uri(text.to_owned())
}

fn ip(octets: &[u8]) -> GeneralName {
    GeneralName::Ip(octets.to_vec())
}

fn extension(permitted: &[GeneralName], excluded: &[GeneralName]) -> Extension {
    let subtrees = |names: &[GeneralName]| names.iter().cloned().map(GeneralSubtree::new).collect();
    NameConstraints {
        permitted: subtrees(permitted),
        excluded: subtrees(excluded),
    }
    .to_extension(true)
}

fn alternative(name: GeneralName) -> Extension {
    SubjectAltName(vec![name]).to_extension(false)
}

fn try_one(
    permitted: &[GeneralName],
    excluded: &[GeneralName],
    name: GeneralName,
) -> Option<FailureKind> {
    let authority = Spec::authority("CA").with(extension(permitted, excluded));
    verdict(authority, Spec::leaf("x").with(alternative(name)))
}

#[track_caller]
fn permits(base: GeneralName, name: GeneralName, expected: bool) {
    let reason = try_one(std::slice::from_ref(&base), &[], name.clone());
    assert_eq!(
        reason.is_none(),
        expected,
        "permitted {base:?}, {name:?}: {reason:?}"
    );
    if !expected {
        assert!(
            matches!(
                reason,
                Some(
                    FailureKind::NameNotPermitted { .. }
                        | FailureKind::ConstraintNotProcessed { .. }
                )
            ),
            "{reason:?}"
        );
    }
}

#[track_caller]
fn excludes(base: GeneralName, name: GeneralName, expected: bool) {
    let reason = try_one(&[], std::slice::from_ref(&base), name.clone());
    assert_eq!(
        reason.is_some(),
        expected,
        "excluded {base:?}, {name:?}: {reason:?}"
    );
}

#[test]
fn domain_names_take_labels_on_the_left() {
    for (base, name, within) in [
        ("example.com", "example.com", true),
        ("example.com", "WWW.Example.COM", true),
        ("example.com", "a.b.example.com", true),
        ("example.com", "badexample.com", false),
        ("example.com", "example.com.evil.test", false),
        ("www.example.com", "example.com", false),
        ("", "anything.test", true),
    ] {
        permits(dns(base), dns(name), within);
        excludes(dns(base), dns(name), within);
    }
}

#[test]
fn a_wildcard_is_within_where_all_it_stands_for_is() {
    permits(dns("example.com"), dns("*.example.com"), true);
    permits(dns("www.example.com"), dns("*.example.com"), false);
    permits(dns("example.com"), dns("*.www.example.com"), true);
    permits(dns("example.com"), dns("*.com"), false);
}

#[test]
fn a_wildcard_is_excluded_where_anything_it_stands_for_is() {
    excludes(dns("example.com"), dns("*.example.com"), true);
    excludes(dns("www.example.com"), dns("*.example.com"), true);
    excludes(dns("example.com"), dns("*.com"), true);
    excludes(dns("a.www.example.com"), dns("*.example.com"), false);
    excludes(dns("other.com"), dns("*.example.com"), false);
    excludes(dns(""), dns("*.example.com"), true);
}

#[test]
fn a_domain_constraint_with_a_dot_before_it_is_no_form_of_the_profile() {
    let reason = try_one(&[dns(".example.com")], &[], dns("a.example.com"));
    assert!(
        matches!(reason, Some(FailureKind::MalformedConstraint { .. })),
        "{reason:?}"
    );
    let (root, authority) =
        chain(Spec::authority("CA").with(extension(&[dns(".example.com")], &[])));
    let mut world = World::new(&root, &[&authority]);
    world.settings.conformance = Conformance::Algorithm;
    for (name, valid) in [("a.example.com", true), ("example.com", false)] {
        let leaf = Spec::leaf("x").with(alternative(dns(name))).by(&authority);
        assert_eq!(world.reason(&leaf).is_none(), valid, "{name}");
    }
}

#[test]
fn names_that_are_none_lie_nowhere() {
    for name in [
        "exa mple.com",
        "a..example.com",
        ".example.com",
        "example.com.",
        "exam\0ple.com",
        "w*.example.com",
    ] {
        let reason = try_one(&[dns("example.com")], &[], dns(name));
        assert!(
            matches!(reason, Some(FailureKind::MalformedName { .. })),
            "{name:?}: {reason:?}"
        );
    }
    let reason = try_one(&[], &[email("a.test")], email("no address"));
    assert!(
        matches!(reason, Some(FailureKind::MalformedName { .. })),
        "{reason:?}"
    );
}

#[test]
fn mail_is_of_a_mailbox_a_host_or_a_domain() {
    for (base, name, within) in [
        ("jana@example.com", "jana@EXAMPLE.com", true),
        ("jana@example.com", "Jana@example.com", false),
        ("example.com", "jana@example.com", true),
        ("example.com", "jana@mail.example.com", false),
        (".example.com", "jana@mail.example.com", true),
        (".example.com", "jana@example.com", false),
        ("example.com", "jana@badexample.com", false),
        ("example.com", "\"a@evil.test\"@example.com", true),
        ("", "jana@example.com", true),
    ] {
        permits(email(base), email(name), within);
        excludes(email(base), email(name), within);
    }
    let international = GeneralName::smtp_utf8_mailbox("žofie@bücher.example");
    permits(email("xn--bcher-kva.example"), international.clone(), true);
    excludes(email("xn--bcher-kva.example"), international.clone(), true);
    permits(email("example.com"), international, false);
}

#[test]
fn addresses_in_the_subject_count_too() {
    let subject = Name::new([
        Attribute::new(AttributeKind::CommonName, "x"),
        Attribute::new(AttributeKind::EmailAddress, "jana@example.com"),
    ])
    .unwrap();
    for (base, valid) in [("example.com", true), ("other.com", false)] {
        let mut leaf = Spec::leaf("x");
        leaf.subject = subject.as_der().to_vec();
        let authority = Spec::authority("CA").with(extension(&[email(base)], &[]));
        assert_eq!(verdict(authority, leaf).is_none(), valid, "{base}");
    }
}

#[test]
fn addresses_of_the_internet_lie_in_their_network() {
    let network = [192, 0, 2, 0, 255, 255, 255, 0];
    permits(ip(&network), ip(&[192, 0, 2, 7]), true);
    permits(ip(&network), ip(&[192, 0, 3, 7]), false);
    permits(ip(&network), ip(&[0; 16]), false);
    excludes(ip(&network), ip(&[192, 0, 2, 7]), true);
    excludes(ip(&network), ip(&[192, 0, 3, 7]), false);
    excludes(ip(&[0; 8]), ip(&[1, 2, 3, 4]), true);
    let mut six = [0; 32];
    six[0] = 0x20;
    six[16] = 0xff;
    permits(
        ip(&six),
        ip(&[0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        true,
    );
    // A mask with holes, and an address that is none.
    let holes = [192, 0, 2, 0, 255, 0, 255, 0];
    let reason = try_one(&[ip(&holes)], &[], ip(&[192, 0, 2, 7]));
    assert!(
        matches!(reason, Some(FailureKind::MalformedConstraint { .. })),
        "{reason:?}"
    );
    let reason = try_one(&[ip(&network)], &[], ip(&network));
    assert!(
        matches!(reason, Some(FailureKind::MalformedName { .. })),
        "{reason:?}"
    );
}

#[test]
fn uris_are_compared_by_host() {
    for (base, name, within) in [
        ("example.com", "https://example.com/a?b#c", true),
        ("example.com", "https://user:pw@EXAMPLE.com:8443/", true),
        ("example.com", "https://www.example.com/", false),
        (".example.com", "https://www.example.com/", true),
        (".example.com", "https://example.com/", false),
        ("example.com", "https://evil.test/@example.com", false),
    ] {
        permits(uri(base), uri(name), within);
        excludes(uri(base), uri(name), within);
    }
    for name in [
        "urn:a:b",
        "https://192.0.2.1/",
        "https://[2001:db8::1]/",
        "mailto:a@example.com",
    ] {
        let reason = try_one(&[], &[uri("example.com")], uri(name));
        assert!(
            matches!(reason, Some(FailureKind::ConstraintNotProcessed { .. })),
            "{name}: {reason:?}"
        );
    }
}

#[test]
fn distinguished_names_begin_with_their_base() {
    let base = named("CA");
    permits(
        GeneralName::Directory(named("x")),
        GeneralName::Directory(named("X ")),
        true,
    );
    let reason = try_one(&[GeneralName::Directory(base)], &[], dns("a.test"));
    assert!(
        matches!(
            reason,
            Some(FailureKind::NameNotPermitted {
                form: "directoryName",
                ..
            })
        ),
        "{reason:?}"
    );
    excludes(GeneralName::Directory(Name::default()), dns("a.test"), true);
}

#[test]
fn other_forms_bind_only_those_who_use_them() {
    let other = |kind: &str| GeneralName::Other {
        kind: kind.parse().unwrap(),
        value: asn1::utf8_string("a"),
    };
    let constraint = [other("1.3.6.1.4.1.311.20.2.3")];
    assert_eq!(try_one(&constraint, &[], dns("a.test")), None);
    assert_eq!(
        try_one(&constraint, &[], other("1.3.6.1.4.1.55555.2")),
        None
    );
    let reason = try_one(&[], &constraint, other("1.3.6.1.4.1.311.20.2.3"));
    assert!(
        matches!(reason, Some(FailureKind::ConstraintNotProcessed { .. })),
        "{reason:?}"
    );
    let registered = GeneralName::RegisteredId("1.2.3".parse().unwrap());
    permits(registered.clone(), registered, false);
    // Names of one form do not answer for those of another.
    permits(dns("example.com"), email("a@evil.test"), true);
}

#[test]
fn constraints_add_up_and_pass_over_self_issued_authorities() {
    let root = Spec::authority("Root").by_itself();
    let upper = Spec::authority("Upper")
        .with(extension(
            &[dns("example.com"), GeneralName::Directory(Name::default())],
            &[],
        ))
        .by(&root);
    let lower = Spec::authority("Lower")
        .with(extension(&[dns("a.example.com"), dns("other.test")], &[]))
        .by(&upper);
    let world = World::new(&root, &[&upper, &lower]);
    for (name, valid) in [
        ("x.a.example.com", true),
        ("b.example.com", false),
        ("other.test", false),
    ] {
        let leaf = Spec::leaf("x").with(alternative(dns(name))).by(&lower);
        assert_eq!(world.reason(&leaf).is_none(), valid, "{name}");
    }
    // A new key of the same authority, whose name lies outside: only the end entity answers for it.
    let narrow = Spec::authority("Narrow")
        .with(extension(&[GeneralName::Directory(named("inside"))], &[]))
        .by(&root);
    let rollover = Spec::authority("Narrow").by(&narrow);
    let leaf = Spec::leaf("inside").by(&rollover);
    assert_eq!(World::new(&root, &[&narrow, &rollover]).reason(&leaf), None);
    let leaf = Spec::leaf("outside").by(&rollover);
    assert!(
        World::new(&root, &[&narrow, &rollover])
            .reason(&leaf)
            .is_some()
    );
}

#[test]
fn distances_are_refused() {
    let far = NameConstraints {
        permitted: vec![GeneralSubtree {
            base: dns("example.com"),
            minimum: 1,
            maximum: None,
        }],
        excluded: Vec::new(),
    };
    let authority = Spec::authority("CA").with(far.to_extension(true));
    let reason = verdict(authority, Spec::leaf("x"));
    assert!(
        matches!(reason, Some(FailureKind::MalformedConstraint { .. })),
        "{reason:?}"
    );
}

#[test]
fn comparing_has_a_budget() {
    let many: Vec<_> = (0..700).map(|n| dns(&format!("n{n}.test"))).collect();
    let authority = Spec::authority("CA").with(extension(&[], &many));
    let (root, authority) = chain(authority);
    let names = SubjectAltName((0..700).map(|n| dns(&format!("m{n}.test"))).collect());
    let leaf = Spec::leaf("x")
        .with(names.to_extension(false))
        .by(&authority);
    let reason = World::new(&root, &[&authority]).reason(&leaf);
    assert!(
        matches!(reason, Some(FailureKind::Budget { .. })),
        "{reason:?}"
    );
}

#[test]
fn a_constraint_of_mailboxes_in_the_other_form_is_not_read_over() {
    let base = || GeneralName::smtp_utf8_mailbox("example.com");
    for name in [
        email("a@example.com"),
        GeneralName::smtp_utf8_mailbox("žofie@example.com"),
        email("a@example.org"),
    ] {
        for (permitted, excluded) in [(vec![], vec![base()]), (vec![base()], vec![])] {
            let reason = try_one(&permitted, &excluded, name.clone());
            assert!(
                matches!(reason, Some(FailureKind::ConstraintNotProcessed { .. })),
                "{name:?}: {reason:?}"
            );
        }
    }
    assert_eq!(try_one(&[], &[base()], dns("example.com")), None);
}
