//! Which of several lists decides.

use chancery_keys::AwsLc;
use chancery_path::{
    FailureKind, Fetch, FetchKind, Limits, PathCertificate, RevocationList, Settings, Step, Store,
    Unknown, Validation, validate,
};
use chancery_x509::CertificateList;
use chancery_x509::crl::{CrlNumber, DeltaCrlIndicator};
use chancery_x509::extension::{
    self, CrlDistributionPoints, DistributionPoint, ExtensionValue, FreshestCrl, GeneralName,
    IssuingDistributionPoint, SubjectAltName,
};
use chancery_x509::{Extension, Name, oid};

use super::{Case, List, SERIAL, entry, reason, unknown};
use crate::support::{DAY, NOW, Spec};

fn is_revoked(found: Option<FailureKind>) -> bool {
    matches!(found, Some(FailureKind::Revoked { .. }))
}

/// What these lists say in whatever order they come.
fn in_any_order(case: &Case, lists: &[Vec<u8>]) -> Option<FailureKind> {
    let found = case.ask(&[], lists, &[]);
    let mut turned = lists.to_vec();
    turned.reverse();
    assert_eq!(case.ask(&[], &turned, &[]), found, "the order counts");
    found
}

/// A list of this number, made so many days ago.
fn list(case: &Case, number: u64, days: i64) -> List {
    let mut list = List::new(&case.root).with(CrlNumber(number).to_extension(false));
    list.this_update = NOW - days * DAY;
    list
}

#[test]
fn the_newest_list_decides() {
    let case = Case::new(&Spec::leaf("x"));
    let good = |number, days| list(&case, number, days).by(&case.root);
    let bad = |number, days| {
        let list = list(&case, number, days).entry(&SERIAL, &[reason(1)]);
        list.by(&case.root)
    };
    assert!(is_revoked(in_any_order(&case, &[good(5, 2), bad(6, 1)])));
    // Of the same second, the one of the greater number; the number is no text.
    assert!(is_revoked(in_any_order(&case, &[good(5, 1), bad(6, 1)])));
    assert!(is_revoked(in_any_order(
        &case,
        &[good(255, 1), bad(256, 1)]
    )));
    // A hold that was lifted.
    let held = list(&case, 5, 2).entry(&SERIAL, &[reason(6)]);
    assert_eq!(
        in_any_order(&case, &[held.by(&case.root), good(6, 1)]),
        None
    );
}

#[test]
fn a_forged_newest_list_says_nothing() {
    let case = Case::new(&Spec::leaf("x"));
    let stranger = Spec::authority("Root").by_itself();
    let held = |days| list(&case, 5, days).entry(&SERIAL, &[reason(1)]);
    for days in [1, 2] {
        let genuine = held(2).by(&case.root);
        let forged = list(&case, 9, days).by(&stranger);
        assert!(is_revoked(in_any_order(&case, &[genuine, forged])));
    }
    let genuine = list(&case, 5, 2).by(&case.root);
    let forged = held(1).by(&stranger);
    assert_eq!(in_any_order(&case, &[genuine, forged]), None);
}

#[test]
fn a_list_of_another_key_does_not_hide_one_of_the_issuers() {
    // An authority with a new key under its old name, which tells of each key in a list of its own.
    let root = Spec::authority("Root").by_itself();
    let old = Spec::authority("CA").serial(&[8]).by(&root);
    let new = Spec::authority("CA").serial(&[9]).by(&root);
    let leaf = Spec::leaf("x").by(&old);
    let case = Case { root, leaf };
    let mut of_old = List::new(&old).entry(&SERIAL, &[reason(1)]);
    of_old.this_update = NOW - 2 * DAY;
    let mut lists = vec![
        List::new(&case.root).by(&case.root),
        of_old.by(&old),
        List::new(&new).by(&new),
    ];
    assert!(is_revoked(case.ask(&[&old, &new], &lists, &[])));
    lists.reverse();
    assert!(is_revoked(case.ask(&[&new, &old], &lists, &[])));
}

fn for_point(address: &str) -> Extension {
    IssuingDistributionPoint {
        full_name: vec![GeneralName::Uri(address.to_owned())],
        ..IssuingDistributionPoint::default()
    }
    .to_extension(true)
}

#[test]
fn the_newest_list_decides_whichever_point_it_is_for() {
    let addresses = ["http://a.test/1.crl", "http://a.test/2.crl"];
    let case = Case::new(&Spec::leaf("x").with(extension::crl_distribution_points(&addresses)));
    for (old, new) in [(0, 1), (1, 0)] {
        let good = list(&case, 5, 2).with(for_point(addresses[old]));
        let bad = list(&case, 6, 1)
            .with(for_point(addresses[new]))
            .entry(&SERIAL, &[reason(1)]);
        let lists = [good.by(&case.root), bad.by(&case.root)];
        assert!(is_revoked(in_any_order(&case, &lists)), "{new}");
    }
}

#[test]
fn every_issuer_of_lists_is_asked() {
    let root = Spec::authority("Root").by_itself();
    let other = Spec::authority("Lists").serial(&[9]).by(&root);
    let directory = |der: &[u8]| GeneralName::Directory(Name::from_der(der).unwrap());
    let points = CrlDistributionPoints(vec![
        DistributionPoint::from_uri("http://a.test/1.crl"),
        DistributionPoint {
            crl_issuer: vec![directory(&other.name)],
            ..DistributionPoint::default()
        },
    ]);
    let leaf = Spec::leaf("x").with(points.to_extension(false)).by(&root);
    let case = Case { root, leaf };
    let own = List::new(&case.root).by(&case.root);
    let mut indirect = List::new(&other).with(
        IssuingDistributionPoint {
            indirect: true,
            ..IssuingDistributionPoint::default()
        }
        .to_extension(true),
    );
    let ask = |indirect: &List| case.ask(&[&other], &[own.clone(), indirect.by(&other)], &[]);
    assert_eq!(ask(&indirect), None);
    let certificate_issuer = Extension {
        oid: oid::CERTIFICATE_ISSUER,
        critical: true,
        value: SubjectAltName(vec![directory(&case.root.name)]).encode(),
    };
    indirect
        .entries
        .push(entry(&SERIAL, &[reason(1), certificate_issuer]));
    assert!(is_revoked(ask(&indirect)));
}

#[test]
fn a_forged_delta_list_does_not_hide_the_genuine_one() {
    let case = Case::new(&Spec::leaf("x"));
    let stranger = Spec::authority("Root").by_itself();
    let complete = list(&case, 5, 2);
    let delta = |number: u64, days: i64| {
        list(&case, number, days).with(DeltaCrlIndicator(vec![4]).to_extension(true))
    };
    let genuine = delta(6, 1).entry(&SERIAL, &[reason(1)]);
    let mut later = delta(7, 1);
    later.this_update = NOW - 60;
    for forged in [later.clone(), later.entry(&SERIAL, &[reason(8)])] {
        let lists = [
            complete.by(&case.root),
            genuine.by(&case.root),
            forged.by(&stranger),
        ];
        assert!(is_revoked(in_any_order(&case, &lists)));
    }
}

#[test]
fn a_list_is_tried_once_with_each_key() {
    let case = Case::new(&Spec::leaf("x"));
    let stranger = Spec::authority("Root").by_itself();
    let forged = List::new(&case.root).by(&stranger);
    let ready = RevocationList::new(CertificateList::from_der(&forged).unwrap());
    let ready = std::sync::Arc::new(ready);
    let ask = |limits| {
        let mut store = Store::new();
        store.add_anchor(case.root.anchor());
        store.add_ready_list(ready.clone());
        let settings = Settings {
            limits,
            ..Settings::at(NOW)
        };
        let result = validate(&case.leaf.ready(), &store, &settings, &AwsLc);
        result.err().map(|one| one.failures()[0].kind.clone())
    };
    // The certificate's signature and the list's, although issuer and trust anchor are both asked whether it is theirs.
    for signatures in [2, 1] {
        let found = unknown(ask(Limits {
            signatures,
            ..Limits::default()
        }));
        assert!(matches!(found, Unknown::UntrustedList { .. }), "{found}");
    }
    let found = ask(Limits {
        signed_octets: 10,
        ..Limits::default()
    });
    assert!(
        matches!(found, Some(FailureKind::Budget { limit: 10, .. })),
        "{found:?}"
    );
}

#[test]
fn lists_have_a_budget() {
    let case = Case::new(&Spec::leaf("x"));
    let lists: Vec<_> = (0..20)
        .map(|number| {
            let list = list(&case, number, 1).with(for_point("http://a.test/1.crl"));
            CertificateList::from_der(&list.by(&case.root)).unwrap()
        })
        .collect();
    let ask = |list_comparisons| {
        let mut store = Store::new();
        store.add_anchor(case.root.anchor());
        for list in &lists {
            store.add_list(list.clone());
        }
        let mut settings = Settings::at(NOW);
        settings.limits.list_comparisons = list_comparisons;
        let result = validate(&case.leaf.ready(), &store, &settings, &AwsLc);
        result.unwrap_err().failures()[0].kind.clone()
    };
    let found = unknown(Some(ask(1_000)));
    assert!(matches!(found, Unknown::OutOfScope { .. }), "{found}");
    let found = ask(20);
    assert!(
        matches!(found, FailureKind::Budget { limit: 20, .. }),
        "{found:?}"
    );
}

fn validation(case: &Case) -> Validation {
    let mut store = Store::new();
    store.add_anchor(case.root.anchor());
    let leaf = PathCertificate::new(case.leaf.certificate());
    Validation::new(leaf, store, Settings::at(NOW))
}

/// The addresses that are asked for lists, each answered by `content`, and what comes out.
fn fetched(case: &Case, content: impl Fn(&str) -> Vec<u8>) -> (Vec<String>, Option<FailureKind>) {
    let mut validation = validation(case);
    let mut asked = Vec::new();
    loop {
        match validation.step(&AwsLc) {
            Step::Need(Fetch {
                url,
                kind: FetchKind::List,
            }) => {
                validation.resume(Some(&content(&url)));
                asked.push(url);
            }
            Step::Need(other) => panic!("{other:?}"),
            Step::Done(result) => {
                let failure = result.err().map(|one| one.failures()[0].kind.clone());
                return (asked, failure);
            }
        }
    }
}

#[test]
fn lists_fetched_have_one_budget() {
    let addresses: Vec<_> = (0..8).map(|n| format!("http://a.test/{n}.crl")).collect();
    let case = Case::new(&Spec::leaf("x").with(extension::crl_distribution_points(&addresses)));
    let (asked, failure) = fetched(&case, |_| vec![0; 50 << 20]);
    assert_eq!(asked.len(), 2);
    assert_eq!(unknown(failure), Unknown::NoInformation);
    // Of one address a complete list and its delta lists are taken, not thousands.
    let stranger = Spec::authority("Root").by_itself();
    let forged = List::new(&case.root).by(&stranger);
    let genuine = List::new(&case.root).by(&case.root);
    let after = |count: usize| {
        let content = [forged.repeat(count), genuine.clone()].concat();
        fetched(&case, move |_| content.clone()).1
    };
    assert_eq!(after(15), None);
    let found = unknown(after(16));
    assert!(matches!(found, Unknown::UntrustedList { .. }), "{found}");
}

#[test]
fn the_freshest_list_is_asked_for_where_the_list_at_hand_is_old() {
    let points = CrlDistributionPoints(vec![DistributionPoint::from_uri("http://a.test/d.crl")]);
    let spec = Spec::leaf("x")
        .with(extension::crl_distribution_points(&["http://a.test/1.crl"]))
        .with(FreshestCrl(points).to_extension(false));
    let case = Case::new(&spec);
    let mut complete = list(&case, 5, 3);
    complete.next_update = Some(NOW - DAY);
    let delta = list(&case, 6, 1).with(DeltaCrlIndicator(vec![4]).to_extension(true));
    let answer = |delta: &List| {
        let (complete, delta) = (complete.by(&case.root), delta.by(&case.root));
        fetched(&case, move |url| match url {
            "http://a.test/d.crl" => delta.clone(),
            _ => complete.clone(),
        })
    };
    let (asked, failure) = answer(&delta);
    assert_eq!(asked, ["http://a.test/1.crl", "http://a.test/d.crl"]);
    assert_eq!(failure, None);
    let (_, failure) = answer(&delta.entry(&SERIAL, &[reason(1)]));
    assert!(is_revoked(failure));
    // Not where the list is current.
    complete_is_enough(&case);
}

fn complete_is_enough(case: &Case) {
    let current = List::new(&case.root).by(&case.root);
    let (asked, failure) = fetched(case, move |_| current.clone());
    assert_eq!((asked.len(), failure), (1, None));
}
