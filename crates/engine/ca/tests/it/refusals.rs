//! Each refusal by its own name.

use std::time::Duration;

use chancery_audit::Actor;
use chancery_ca::{IssueError, testing};
use chancery_keys::{KeyAlgorithm, Signer, SoftwareKey};
use chancery_profile::PrepareError;
use chancery_store::Batch;
use chancery_x509::{
    CertificationRequest, RequestError, RevocationReason,
    asn1::{Reader, tag},
};

use crate::support::{DAY, MAILBOX, NOW, mailbox, person, wanted, world, worlds};

fn with_key(algorithm: KeyAlgorithm) -> CertificationRequest {
    testing::request_by(&SoftwareKey::generate(algorithm).unwrap())
}

#[tokio::test]
async fn profiles_that_are_not_for_subscribers() {
    let world = world().await;
    let names = world.ca.subscriber_profiles();
    assert!(
        names.iter().any(|name| name == MAILBOX) && names.is_sorted(),
        "{names:?}"
    );
    assert!(
        names
            .iter()
            .all(|name| world.ca.default_days(name).is_some())
    );
    assert_eq!(world.ca.default_days("root"), None);
    for profile in ["root", "issuing-smime", "ocsp-responder", "none", ""] {
        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.profile = profile.to_owned();
        let outcome = world.ca.issue(request, NOW).await;
        let refused = matches!(outcome, Err(IssueError::UnknownProfile { .. }));
        assert!(refused, "{profile}: {outcome:?}");
    }
}

#[tokio::test]
async fn validity_of_nothing_too_long_or_beyond_the_authority() {
    let world = world().await;
    let issue = |validity, now| {
        let mut request = wanted("jana@mail-example.com", testing::request().1);
        request.validity = validity;
        world.ca.issue(request, now)
    };
    let outcome = issue(Duration::ZERO, NOW).await;
    assert!(
        matches!(outcome, Err(IssueError::NoValidity)),
        "{outcome:?}"
    );
    let outcome = issue(DAY * 826, NOW).await;
    let Err(IssueError::Refused(PrepareError::ValidityTooLong { days, maximum })) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!((days, maximum), (826, 825));
    let outcome = issue(DAY * 365, NOW.plus(DAY * 3_600)).await;
    let refused = matches!(outcome, Err(IssueError::BeyondAuthority { .. }));
    assert!(refused, "{outcome:?}");
    let outcome = issue(DAY * 365, NOW.plus(DAY * 3_700)).await;
    let refused = matches!(outcome, Err(IssueError::AuthorityExpired { .. }));
    assert!(refused, "{outcome:?}");
    assert!(issue(DAY * 825, NOW).await.is_ok());
}

/// What somebody sends who would have a key certified that is not theirs.
#[tokio::test]
async fn a_request_signed_by_another_key() {
    let world = world().await;
    let (_, honest) = testing::request();
    let (other, _) = testing::request();
    let mut outer = Reader::sequence(honest.as_der(), "request").unwrap();
    let info = outer.raw(tag::SEQUENCE, "info").unwrap();
    let signature = other.sign(info).unwrap();
    let forged = CertificationRequest::assemble(info, honest.signature_algorithm(), &signature);
    let request = wanted("jana@mail-example.com", forged.unwrap());
    let outcome = world.ca.issue(request, NOW).await;
    let Err(IssueError::Possession(RequestError::SignatureMismatch)) = outcome else {
        panic!("{outcome:?}");
    };
}

#[tokio::test]
async fn keys_that_the_profile_does_not_take() {
    let world = world().await;
    let ed25519 = wanted("jana@mail-example.com", with_key(KeyAlgorithm::Ed25519));
    let outcome = world.ca.issue(ed25519, NOW).await;
    let Err(IssueError::Refused(PrepareError::KeyKind { .. })) = outcome else {
        panic!("{outcome:?}");
    };
    for algorithm in [KeyAlgorithm::EcP384, KeyAlgorithm::Rsa2048] {
        let request = wanted("jana@mail-example.com", with_key(algorithm));
        let outcome = world.ca.issue(request, NOW).await;
        assert!(outcome.is_ok(), "{algorithm}: {outcome:?}");
    }
}

#[tokio::test]
async fn subjects_that_the_profile_does_not_take() {
    let world = world().await;
    let mut request = wanted("jana@mail-example.com", testing::request().1);
    request.subject = mailbox("jana@mail-example.com");
    request.subject.organization = Some("Acme".to_owned());
    let outcome = world.ca.issue(request, NOW).await;
    let Err(IssueError::Refused(PrepareError::NoPlace { .. })) = outcome else {
        panic!("{outcome:?}");
    };
    let mut request = wanted("jana@mail-example.com", testing::request().1);
    request.subject.emails.clear();
    let outcome = world.ca.issue(request, NOW).await;
    assert!(
        matches!(outcome, Err(IssueError::Refused(_))),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_key_of_another_holder() {
    for world in worlds().await {
        let (key, _) = testing::request();
        let issue = |holder| {
            let mut request = wanted("jana@mail-example.com", testing::request_by(&key));
            request.holder = holder;
            world.ca.issue(request, NOW)
        };
        issue(Some(person(1))).await.unwrap();
        for other in [Some(person(2)), None] {
            let outcome = issue(other).await;
            let refused = matches!(outcome, Err(IssueError::KeyOfAnother));
            assert!(refused, "{outcome:?}");
        }
    }
}

#[tokio::test]
async fn one_key_for_two_at_the_same_moment() {
    for world in worlds().await {
        let (key, _) = testing::request();
        let tasks: Vec<_> = (1..=8)
            .map(|n| {
                let ca = world.ca.clone();
                let mut request = wanted("jana@mail-example.com", testing::request_by(&key));
                request.holder = Some(person(n));
                tokio::spawn(async move { ca.issue(request, NOW).await })
            })
            .collect();
        let mut issued = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => issued += 1,
                Err(IssueError::KeyOfAnother) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(issued, 1);
    }
}

#[tokio::test]
async fn the_key_of_an_authority() {
    let world = world().await;
    let key = world.config.vault.software_key("smime-g1").unwrap();
    let request = wanted("jana@mail-example.com", testing::request_by(&key));
    let outcome = world.ca.issue(request, NOW).await;
    assert!(
        matches!(outcome, Err(IssueError::KeyOfAnother)),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_compromised_key() {
    let world = world().await;
    let (key, _) = testing::request();
    let issue = || {
        let mut request = wanted("jana@mail-example.com", testing::request_by(&key));
        request.holder = Some(person(1));
        world.ca.issue(request, NOW)
    };
    let issued = issue().await.unwrap();
    let reason = RevocationReason::KeyCompromise;
    let revoked = world
        .ca
        .revoke(issued.id, reason, &Actor::System, Batch::new(), NOW);
    revoked.await.unwrap();
    let outcome = issue().await;
    assert!(
        matches!(outcome, Err(IssueError::KeyCompromised)),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_revoked_authority() {
    let world = world().await;
    let issuing = world.ca.authorities().remove(1).certificate_id;
    let reason = RevocationReason::CaCompromise;
    let revoked = world
        .ca
        .revoke(issuing, reason, &Actor::System, Batch::new(), NOW);
    revoked.await.unwrap();
    let outcome = world.issue("jana@mail-example.com", NOW).await;
    let refused = matches!(outcome, Err(IssueError::AuthorityRevoked { .. }));
    assert!(refused, "{outcome:?}");
}
