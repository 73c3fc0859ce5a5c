//! Lists of odd shape.

use chancery_path::{FailureKind, Settings, Unknown, UnusableList};
use chancery_x509::asn1;
use chancery_x509::crl::{CrlNumber, DeltaCrlIndicator};
use chancery_x509::extension::{
    self, ExtensionValue, GeneralName, IssuingDistributionPoint, KeyUsage, ListScope,
    SubjectAltName,
};
use chancery_x509::{Extension, Name, ParseError, RevocationReason, oid};

use super::{Case, List, SERIAL, reason, unknown};
use crate::support::{DAY, NOW, Spec, World};

#[test]
fn a_list_says_revoked_or_not() {
    let case = Case::new(&Spec::leaf("x"));
    let list = List::new(&case.root);
    assert_eq!(case.by_list(&list), None);
    assert_eq!(case.by_list(&list.clone().entry(&[9], &[])), None);
    let revoked = list
        .clone()
        .entry(&[9], &[])
        .entry(&SERIAL, &[reason(1)])
        .entry(&[7], &[]);
    assert_eq!(
        case.by_list(&revoked),
        Some(FailureKind::Revoked {
            revoked_at: NOW - DAY,
            reason: RevocationReason::KeyCompromise
        })
    );
    assert_eq!(unknown(case.ask(&[], &[], &[])), Unknown::NoInformation);
    // The good list of somebody else says nothing.
    let stranger = Spec::authority("Root").by_itself();
    let found = unknown(case.ask(&[], &[list.by(&stranger)], &[]));
    assert!(matches!(found, Unknown::UntrustedList { .. }), "{found}");
}

#[test]
fn a_list_must_be_current() {
    let case = Case::new(&Spec::leaf("x"));
    for (this, next) in [
        (NOW - 2 * DAY, Some(NOW - 1)),
        (NOW + DAY, Some(NOW + 2 * DAY)),
        (NOW - DAY, None),
    ] {
        let mut list = List::new(&case.root);
        (list.this_update, list.next_update) = (this, next);
        let found = unknown(case.by_list(&list));
        assert!(matches!(found, Unknown::StaleList { .. }), "{found}");
    }
    // Clocks differ a little.
    let mut list = List::new(&case.root);
    list.this_update = NOW + 60;
    assert_eq!(case.by_list(&list), None);
}

#[test]
fn what_is_not_understood_makes_a_list_unusable() {
    let case = Case::new(&Spec::leaf("x"));
    let odd = |critical| Extension {
        oid: "1.3.6.1.4.1.55555.1".parse().unwrap(),
        critical,
        value: asn1::null(),
    };
    assert_eq!(case.by_list(&List::new(&case.root).with(odd(false))), None);
    let issuer = SubjectAltName(vec![GeneralName::Directory(
        Name::from_der(&case.root.name).unwrap(),
    )]);
    let certificate_issuer = Extension {
        oid: oid::CERTIFICATE_ISSUER,
        critical: true,
        value: issuer.encode(),
    };
    for list in [
        List::new(&case.root).with(odd(true)),
        List::new(&case.root).entry(&[9], &[odd(true)]),
        List::new(&case.root).entry(&[9], &[certificate_issuer]),
        List::new(&case.root).entry(&[9], &[reason(8)]),
        List::new(&case.root).entry(&[9], &[reason(7)]),
        List::new(&case.root).with(DeltaCrlIndicator(vec![4]).to_extension(false)),
    ] {
        let found = case.by_list(&list);
        // A delta list is none that could be complete, however it is made.
        if list
            .extensions
            .iter()
            .any(|one| one.oid == oid::DELTA_CRL_INDICATOR)
        {
            assert_eq!(unknown(found), Unknown::NoInformation);
        } else {
            let found = unknown(found);
            assert!(matches!(found, Unknown::UnusableList { .. }), "{found}");
        }
    }
    // Numbers that no certificate has are passed over.
    assert_eq!(
        case.by_list(&List::new(&case.root).entry(&[0], &[]).entry(&[0xff], &[])),
        None
    );
}

#[test]
fn a_delta_list_brings_a_list_up_to_date() {
    let case = Case::new(&Spec::leaf("x"));
    let complete = List::new(&case.root);
    let delta = |number: u64, base: u8| {
        List::new(&case.root)
            .with(CrlNumber(number).to_extension(false))
            .with(DeltaCrlIndicator(vec![base]).to_extension(true))
    };
    let ask = |complete: &List, delta: &List| {
        case.ask(&[], &[complete.by(&case.root), delta.by(&case.root)], &[])
    };
    let revoked = |found: Option<FailureKind>| matches!(found, Some(FailureKind::Revoked { .. }));
    assert!(revoked(ask(
        &complete,
        &delta(6, 4).entry(&SERIAL, &[reason(1)])
    )));
    let held = complete.clone().entry(&SERIAL, &[reason(6)]);
    assert!(revoked(ask(&held, &delta(6, 4))));
    assert_eq!(ask(&held, &delta(6, 4).entry(&SERIAL, &[reason(8)])), None);
    // To a later complete list, or older than the complete one: it does not fit.
    assert!(revoked(ask(
        &held,
        &delta(7, 6).entry(&SERIAL, &[reason(8)])
    )));
    assert!(revoked(ask(
        &held,
        &delta(5, 4).entry(&SERIAL, &[reason(8)])
    )));
    // Forged.
    let stranger = Spec::authority("Root").by_itself();
    let forged = delta(6, 4).entry(&SERIAL, &[reason(8)]).by(&stranger);
    assert!(revoked(case.ask(&[], &[held.by(&case.root), forged], &[])));
}

#[test]
fn the_scope_of_a_list_counts() {
    let point = |full_name: Vec<GeneralName>, scope, indirect| IssuingDistributionPoint {
        full_name,
        scope,
        indirect,
        ..IssuingDistributionPoint::default()
    };
    let address = |text: &str| GeneralName::Uri(text.to_owned());
    let plain = Case::new(&Spec::leaf("x"));
    let pointed = Case::new(
        &Spec::leaf("x").with(extension::crl_distribution_points(&["http://a.test/1.crl"])),
    );
    let with = |case: &Case, point: IssuingDistributionPoint| {
        case.by_list(&List::new(&case.root).with(point.to_extension(true)))
    };
    let out = |found| matches!(unknown(found), Unknown::OutOfScope { .. });
    assert_eq!(
        with(
            &plain,
            point(Vec::new(), ListScope::UserCertificates, false)
        ),
        None
    );
    assert!(out(with(
        &plain,
        point(Vec::new(), ListScope::CaCertificates, false)
    )));
    assert!(out(with(
        &plain,
        point(Vec::new(), ListScope::AttributeCertificates, false)
    )));
    // A list for one distribution point is not one for certificates that name another, or none.
    assert_eq!(
        with(
            &pointed,
            point(vec![address("http://a.test/1.crl")], ListScope::All, false)
        ),
        None
    );
    assert!(out(with(
        &pointed,
        point(vec![address("http://a.test/2.crl")], ListScope::All, false)
    )));
    assert!(out(with(
        &plain,
        point(vec![address("http://a.test/1.crl")], ListScope::All, false)
    )));
}

#[test]
fn an_authoritys_list_is_for_authorities_too() {
    let root = Spec::authority("Root").by_itself();
    let authority = Spec::authority("CA").serial(&[9]).by(&root);
    let leaf = Spec::leaf("x").by(&authority);
    let case = Case { root, leaf };
    let upper = List::new(&case.root);
    let lower = List::new(&authority).by(&authority);
    assert_eq!(
        case.ask(&[&authority], &[upper.by(&case.root), lower.clone()], &[]),
        None
    );
    let revoked = upper.entry(&[9], &[reason(2)]).by(&case.root);
    let found = case.ask(&[&authority], &[revoked, lower], &[]);
    assert!(
        matches!(
            found,
            Some(FailureKind::Revoked {
                reason: RevocationReason::CaCompromise,
                ..
            })
        ),
        "{found:?}"
    );
    // Without cRLSign it may not sign.
    let mute = Spec::authority("CA")
        .with(extension::key_usage(KeyUsage::KEY_CERT_SIGN))
        .by(&case.root);
    let case = Case {
        leaf: Spec::leaf("x").by(&mute),
        ..case
    };
    let lists = [
        List::new(&case.root).by(&case.root),
        List::new(&mute).by(&mute),
    ];
    let found = unknown(case.ask(&[&mute], &lists, &[]));
    assert!(matches!(found, Unknown::UntrustedList { .. }), "{found}");
}

#[test]
fn a_list_that_cannot_be_read_is_told() {
    let case = Case::new(&Spec::leaf("x"));
    let mut world = World::new(&case.root, &[]);
    world.settings = Settings::at(NOW);
    let mut twice = List::new(&case.root);
    let number = twice.extensions[1].clone();
    twice.extensions.push(number);
    assert!(world.store.add_list_der(&twice.by(&case.root)).is_err());
    let found = unknown(world.reason(&case.leaf));
    assert!(
        matches!(
            found,
            Unknown::UnusableList {
                problem: UnusableList::Unreadable(_),
                ..
            }
        ),
        "{found}"
    );
}

#[test]
fn names_of_a_list_have_a_size_limit() {
    let case = Case::new(&Spec::leaf("x"));
    let names = |count| vec![GeneralName::Uri("a".repeat(1000)); count];
    let with = |count| {
        let point = IssuingDistributionPoint {
            full_name: names(count),
            ..IssuingDistributionPoint::default()
        };
        let list = List::new(&case.root).with(point.to_extension(true));
        unknown(case.by_list(&list))
    };
    assert!(matches!(with(60), Unknown::OutOfScope { .. }));
    let entry = Extension {
        oid: oid::CERTIFICATE_ISSUER,
        critical: true,
        value: SubjectAltName(names(70)).encode(),
    };
    let entry = List::new(&case.root).entry(&[9], &[entry]);
    for found in [with(70), unknown(case.by_list(&entry))] {
        assert!(
            matches!(
                found,
                Unknown::UnusableList {
                    problem: UnusableList::Unreadable(ParseError::TooLarge { .. }),
                    ..
                }
            ),
            "{found}"
        );
    }
}
