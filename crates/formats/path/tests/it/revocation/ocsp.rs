//! OCSP responses.

use chancery_keys::{AwsLc, Signer};
use chancery_path::{
    FailureKind, Fetch, FetchKind, PathCertificate, Purpose, Settings, Step, Store, Unknown,
    Validation,
};
use chancery_x509::asn1;
use chancery_x509::extension::{self, KeyUsage};
use chancery_x509::ocsp::{self, CertId, CertStatus, ResponderId, ResponseData, SingleResponse};
use chancery_x509::{Certificate, DigestAlgorithm, Extension, RevocationReason, SerialNumber, oid};

use super::{Case, List, SERIAL, reason, unknown};
use crate::support::{DAY, Holder, NOW, Spec, World, spki};

/// A response about `leaf`, which `issuer` issued, signed by `signer` with these certificates along.
struct Answer<'a> {
    case: &'a Case,
    status: CertStatus,
    digest: DigestAlgorithm,
    this_update: i64,
    next_update: Option<i64>,
}

impl<'a> Answer<'a> {
    fn new(case: &'a Case, status: CertStatus) -> Self {
        Self {
            case,
            status,
            digest: DigestAlgorithm::Sha1,
            this_update: NOW - 60,
            next_update: Some(NOW + DAY),
        }
    }

    fn by(&self, signer: &Holder, certificates: &[Certificate]) -> Vec<u8> {
        let data = ResponseData {
            responder_id: ResponderId::by_key(&spki(&signer.key), &AwsLc),
            produced_at: self.this_update,
            responses: vec![SingleResponse {
                cert_id: CertId::new(
                    self.digest,
                    &self.case.root.certificate(),
                    SerialNumber::new(&SERIAL).unwrap(),
                    &AwsLc,
                ),
                status: self.status,
                this_update: self.this_update,
                next_update: self.next_update,
            }],
            nonce: None,
        };
        let der = data.to_der().unwrap();
        ocsp::assemble(
            &der,
            signer.key.algorithm(),
            &signer.key.sign(&der).unwrap(),
            certificates,
        )
    }
}

fn responder() -> Spec {
    Spec::leaf("Responder")
        .serial(&[77])
        .with(extension::extended_key_usage(&[oid::EKU_OCSP_SIGNING]))
        .with(extension::ocsp_no_check())
}

#[test]
fn the_issuer_answers_with_any_digest() {
    let case = Case::new(&Spec::leaf("x"));
    for digest in [
        DigestAlgorithm::Sha1,
        DigestAlgorithm::Sha256,
        DigestAlgorithm::Sha384,
        DigestAlgorithm::Sha512,
    ] {
        let mut answer = Answer::new(&case, CertStatus::Good);
        answer.digest = digest;
        assert_eq!(
            case.ask(&[], &[], &[answer.by(&case.root, &[])]),
            None,
            "{digest}"
        );
    }
    let revoked = CertStatus::Revoked {
        revoked_at: NOW - 5,
        reason: RevocationReason::Superseded,
    };
    let found = case.ask(&[], &[], &[Answer::new(&case, revoked).by(&case.root, &[])]);
    assert_eq!(
        found,
        Some(FailureKind::Revoked {
            revoked_at: NOW - 5,
            reason: RevocationReason::Superseded
        })
    );
    let lost = Answer::new(&case, CertStatus::Unknown).by(&case.root, &[]);
    assert_eq!(
        unknown(case.ask(&[], &[], &[lost])),
        Unknown::UnknownToResponder
    );
    let refused = ocsp::error_response(ocsp::ResponseStatus::Unauthorized);
    let found = unknown(case.ask(&[], &[], &[refused]));
    assert!(matches!(found, Unknown::NoAnswer(_)), "{found}");
    // One that says revoked decides, whatever a list says.
    let answer = Answer::new(&case, revoked).by(&case.root, &[]);
    let found = case.ask(&[], &[List::new(&case.root).by(&case.root)], &[answer]);
    assert!(
        matches!(found, Some(FailureKind::Revoked { .. })),
        "{found:?}"
    );
}

#[test]
fn answers_must_be_fresh() {
    let case = Case::new(&Spec::leaf("x"));
    for (this, next, fresh) in [
        (NOW - DAY, Some(NOW), true),
        (NOW - DAY, Some(NOW - 1), false),
        (NOW + DAY, Some(NOW + 2 * DAY), false),
        (NOW + 60, Some(NOW + DAY), true),
        (NOW - 60, None, true),
        (NOW - 2 * DAY, None, false),
    ] {
        let mut answer = Answer::new(&case, CertStatus::Good);
        (answer.this_update, answer.next_update) = (this, next);
        let found = case.ask(&[], &[], &[answer.by(&case.root, &[])]);
        assert_eq!(found.is_none(), fresh, "{this} {next:?}: {found:?}");
        assert!(fresh || matches!(unknown(found), Unknown::StaleResponse { .. }));
    }
}

#[test]
fn a_responder_is_named_by_the_issuer_itself() {
    let case = Case::new(&Spec::leaf("x"));
    let ask = |signer: &Holder| {
        let answer = Answer::new(&case, CertStatus::Good).by(signer, &[signer.certificate()]);
        case.ask(&[], &[], &[answer])
    };
    assert_eq!(ask(&responder().by(&case.root)), None);
    let mut old = responder();
    old.not_after = NOW - 1;
    let authority = Spec::authority("CA").by(&case.root);
    let other_root = Spec::authority("Root").by_itself();
    for (why, signer) in [
        ("without the usage", Spec::leaf("Responder").by(&case.root)),
        (
            "with any usage",
            responder()
                .with(extension::extended_key_usage(&[oid::EKU_ANY]))
                .by(&case.root),
        ),
        ("expired", old.by(&case.root)),
        ("of an authority below", responder().by(&authority)),
        (
            "of one who bears the issuer's name",
            responder().by(&other_root),
        ),
        (
            "that may not sign",
            responder()
                .with(extension::key_usage(KeyUsage::KEY_AGREEMENT))
                .by(&case.root),
        ),
        ("of its own", responder().by_itself()),
    ] {
        assert_eq!(
            unknown(ask(&signer)),
            Unknown::UnauthorizedResponder,
            "{why}"
        );
    }
    // Its certificate along, signed by another key.
    let named = responder().by(&case.root);
    let forged = Answer::new(&case, CertStatus::Good).by(&other_root, &[named.certificate()]);
    assert_eq!(
        unknown(case.ask(&[], &[], &[forged])),
        Unknown::UnauthorizedResponder
    );
}

#[test]
fn a_responder_may_be_revoked() {
    let case = Case::new(&Spec::leaf("x"));
    let asked = responder()
        .without(oid::OCSP_NO_CHECK)
        .with(extension::crl_distribution_points(&["http://a.test/1.crl"]))
        .by(&case.root);
    let unasked = responder().without(oid::OCSP_NO_CHECK).by(&case.root);
    let ask = |signer: &Holder, lists: &[Vec<u8>]| {
        let answer = Answer::new(&case, CertStatus::Good).by(signer, &[signer.certificate()]);
        // The list is too old for the certificate in question, so that only the responder needs it.
        case.ask(&[], lists, &[answer])
    };
    assert_eq!(unknown(ask(&asked, &[])), Unknown::UnauthorizedResponder);
    assert_eq!(ask(&unasked, &[]), None);
    let list = List::new(&case.root);
    assert_eq!(ask(&asked, &[list.by(&case.root)]), None);
    let revoked = list.entry(&[77], &[reason(1)]).by(&case.root);
    // The certificate in question is good by the list; the answer of a revoked responder counts for nothing.
    assert_eq!(ask(&asked, std::slice::from_ref(&revoked)), None);
    let lone = Case::new(&Spec::leaf("x").serial(&SERIAL));
    assert!(lone.ask(&[], &[revoked], &[]).is_some());
}

#[test]
fn some_certificates_are_not_asked_about() {
    let nobody = Case::new(&Spec::leaf("x").with(Extension {
        oid: oid::NO_REVOCATION_AVAILABLE,
        critical: false,
        value: asn1::null(),
    }));
    assert_eq!(nobody.ask(&[], &[], &[]), None);
    // nocheck is for those who are judged as responders, and for no authority.
    let claimed = Spec::leaf("x").with(extension::ocsp_no_check());
    let authority = Spec::authority("Responder")
        .with(extension::key_usage(
            KeyUsage::KEY_CERT_SIGN | KeyUsage::DIGITAL_SIGNATURE,
        ))
        .with(extension::extended_key_usage(&[oid::EKU_OCSP_SIGNING]))
        .with(extension::ocsp_no_check());
    for (spec, purpose, asked) in [
        (responder(), Purpose::OcspSigning, false),
        (responder(), Purpose::Any, true),
        (claimed, Purpose::Any, true),
        (authority.clone(), Purpose::OcspSigning, true),
        (authority, Purpose::Any, true),
    ] {
        let case = Case::new(&spec.serial(&SERIAL));
        let mut world = World::new(&case.root, &[]);
        world.settings = Settings {
            purpose,
            ..Settings::at(NOW)
        };
        if asked {
            let found = unknown(world.reason(&case.leaf));
            assert_eq!(found, Unknown::NoInformation, "{purpose}");
            let revoked = List::new(&case.root).entry(&SERIAL, &[reason(2)]);
            world.store.add_list_der(&revoked.by(&case.root)).unwrap();
            let found = world.reason(&case.leaf);
            assert!(matches!(found, Some(FailureKind::Revoked { .. })));
        } else {
            assert_eq!(world.reason(&case.leaf), None);
        }
    }
}

#[test]
fn an_authority_with_nocheck_above_is_asked_about() {
    let root = Spec::authority("Root").by_itself();
    let authority = Spec::authority("CA")
        .serial(&[9])
        .with(extension::extended_key_usage(&[oid::EKU_OCSP_SIGNING]))
        .with(extension::ocsp_no_check())
        .by(&root);
    let leaf = Spec::leaf("x").by(&authority);
    let case = Case { root, leaf };
    let revoked = List::new(&case.root).entry(&[9], &[reason(2)]);
    let lists = [revoked.by(&case.root), List::new(&authority).by(&authority)];
    let found = case.ask(&[&authority], &lists, &[]);
    assert!(
        matches!(found, Some(FailureKind::Revoked { .. })),
        "{found:?}"
    );
}

#[test]
fn status_is_asked_for_where_the_certificate_says() {
    let case = Case::new(
        &Spec::leaf("x")
            .with(extension::crl_distribution_points(&[
                "ldap://a.test/",
                "http://a.test/1.crl",
            ]))
            .with(extension::authority_info_access(
                &["http://a.test/ocsp"],
                &[],
            )),
    );
    let begin = || {
        let mut store = Store::new();
        store.add_anchor(case.root.anchor());
        Validation::new(
            PathCertificate::new(case.leaf.certificate()),
            store,
            Settings::at(NOW),
        )
    };
    let mut validation = begin();
    let Step::Need(Fetch {
        kind: FetchKind::Ocsp { request },
        url,
    }) = validation.step(&AwsLc)
    else {
        panic!("OCSP comes first");
    };
    assert_eq!(url, "http://a.test/ocsp");
    let asked = ocsp::parse_request(&request).unwrap();
    assert!(asked.cert_ids[0].is_of(&case.root.certificate(), &AwsLc));
    validation.resume(Some(
        &Answer::new(&case, CertStatus::Good).by(&case.root, &[]),
    ));
    assert!(matches!(validation.step(&AwsLc), Step::Done(result) if result.is_ok()));
    // No answer: the list is asked for.
    let mut validation = begin();
    assert!(matches!(validation.step(&AwsLc), Step::Need(_)));
    validation.resume(None);
    let Step::Need(Fetch {
        kind: FetchKind::List,
        url,
    }) = validation.step(&AwsLc)
    else {
        panic!("the list comes next");
    };
    assert_eq!(url, "http://a.test/1.crl");
    validation.resume(Some(&List::new(&case.root).by(&case.root)));
    assert!(matches!(validation.step(&AwsLc), Step::Done(result) if result.is_ok()));
}
