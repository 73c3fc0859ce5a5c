use chancery_audit::Actor;
use chancery_ca::{CertificateState, Search};
use chancery_ra::{EventKind, Notice, ReadError, RevokeError};
use chancery_register::{Denied, Permission, Role};
use chancery_store::Id;
use chancery_x509::RevocationReason as Reason;

use crate::world::{NOW, activation, csr, days, world, worlds};

#[tokio::test]
async fn anothers_certificate_is_not_found_by_a_changed_id() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let (_, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
    for id in [id, Id::from_bytes([9; 16])] {
        let read = world.ra.certificate(&eva, id).await.map(drop);
        assert!(matches!(read, Err(ReadError::NotFound)), "{read:?}");
        let revoked = world.ra.revoke(&eva, id, Reason::KeyCompromise, NOW).await;
        assert!(matches!(revoked, Err(RevokeError::NotFound)), "{revoked:?}");
    }
    let search = Search {
        holder: Some(jana.person.id()),
        ..Search::default()
    };
    let found = world.ra.certificates(&eva, &search, NOW).await.unwrap();
    assert!(
        found.items.is_empty(),
        "the holder asked for is not believed"
    );
    let record = world.ra.certificate(&jana, id).await.unwrap();
    assert_eq!(record.state(NOW), CertificateState::Valid);
}

#[tokio::test]
async fn an_officer_revokes_for_the_reasons_of_officers() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (order, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
        let withdrawn = Reason::PrivilegeWithdrawn;
        for reason in [withdrawn, Reason::CaCompromise, Reason::CertificateHold] {
            let own = world.ra.revoke(&jana, id, reason, NOW).await;
            assert!(matches!(own, Err(RevokeError::Reason { .. })), "{own:?}");
        }
        let hold = world
            .ra
            .revoke(&otto, id, Reason::CertificateHold, NOW)
            .await;
        assert!(matches!(hold, Err(RevokeError::Reason { .. })), "{hold:?}");
        world.letters().await;
        let later = NOW.plus(days(3));
        world.ra.revoke(&otto, id, withdrawn, later).await.unwrap();
        let view = world.order(&jana, &order, later).await;
        assert_eq!(view.events[0].kind, EventKind::CertificateRevoked);
        assert_eq!(view.events[0].by, Some(otto.person));
        let letters = world.letters().await;
        let [(to, Notice::CertificateRevoked { reason, .. })] = letters.as_slice() else {
            panic!("{letters:?}");
        };
        assert_eq!(
            (to.as_str(), reason.as_str()),
            ("jana@example.cz", "privilegeWithdrawn")
        );
        let again = world.ra.revoke(&jana, id, Reason::Superseded, later).await;
        assert!(
            matches!(again, Err(RevokeError::AlreadyRevoked { at, reason }) if at == later && reason == withdrawn),
            "{again:?}"
        );
        assert_eq!(
            world.order(&jana, &order, later).await.events.len(),
            view.events.len()
        );
    }
}

#[tokio::test]
async fn two_revocations_at_once_are_one() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
        world.letters().await;
        let (first, second) = tokio::join!(
            world.ra.revoke(&jana, id, Reason::Superseded, NOW),
            world.ra.revoke(&otto, id, Reason::KeyCompromise, NOW),
        );
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        assert_eq!(world.letters().await.len(), 1);
    }
}

#[tokio::test]
async fn an_expired_certificate_is_not_revoked() {
    let world = world().await;
    let jana = world.applicant().await;
    let (_, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
    let late = world
        .ra
        .revoke(&jana, id, Reason::Superseded, NOW.plus(days(366)))
        .await;
    assert!(matches!(late, Err(RevokeError::Expired)), "{late:?}");
}

#[tokio::test]
async fn an_auditor_sees_and_changes_nothing() {
    let world = world().await;
    let jana = world.applicant().await;
    let auditor = world.person("Alena Auditorka", &[Role::Auditor]).await;
    let (_, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
    assert!(world.ra.certificate(&auditor, id).await.is_ok());
    let found = world
        .ra
        .certificates(&auditor, &Search::default(), NOW)
        .await;
    assert!(found.unwrap().items.iter().any(|record| record.id == id));
    let revoked = world.ra.revoke(&auditor, id, Reason::Superseded, NOW).await;
    assert!(
        matches!(
            revoked,
            Err(RevokeError::Denied(Denied::Role(
                Permission::RevokeOwnCertificates
            )))
        ),
        "{revoked:?}"
    );
}

#[tokio::test]
async fn the_holder_hears_of_an_operators_revocation() {
    let world = world().await;
    let jana = world.applicant().await;
    let (order, id) = world.issued(&jana, "smime-mailbox-365", NOW).await;
    world.letters().await;
    let operator = Actor::Operator {
        user: "root".to_owned(),
    };
    let serial = world.ra.certificate(&jana, id).await.unwrap().serial;
    let revoke = async |reason| {
        let ra = &world.ra;
        ra.revoke_by_operator(serial, reason, &operator, NOW).await
    };
    let hold = revoke(Reason::CertificateHold).await;
    assert!(matches!(hold, Err(RevokeError::Reason { .. })), "{hold:?}");
    revoke(Reason::KeyCompromise).await.unwrap();
    let again = revoke(Reason::Superseded).await;
    assert!(
        matches!(again, Err(RevokeError::AlreadyRevoked { .. })),
        "{again:?}"
    );
    let view = world.order(&jana, &order, NOW).await;
    assert_eq!(view.events[0].kind, EventKind::CertificateRevoked);
    assert_eq!(view.events[0].by, None);
    let letters = world.letters().await;
    assert!(
        matches!(&letters[..], [(_, Notice::CertificateRevoked { .. })]),
        "{letters:?}"
    );
    // A certificate without an order: an authority's own.
    let root = world.ca.authorities()[0].certificate.serial();
    let root = world
        .ra
        .revoke_by_operator(root, Reason::CaCompromise, &operator, NOW)
        .await;
    assert!(matches!(root, Err(RevokeError::Authority(_))), "{root:?}");
}

/// The authority's own certificates are not among those that an officer of the registration authority works with.
#[tokio::test]
async fn an_officer_does_not_revoke_an_authority() {
    let world = world().await;
    let otto = world.officer().await;
    let issuing = world.ca.authorities().remove(1);
    let responder = issuing.responder.clone().unwrap().serial();
    let responder = world.ca.certificate(responder).await.unwrap().unwrap().id;
    for id in [issuing.certificate_id, responder] {
        let revoked = world.ra.revoke(&otto, id, Reason::KeyCompromise, NOW).await;
        assert!(
            matches!(
                revoked,
                Err(RevokeError::Denied(Denied::Role(
                    Permission::OperateAuthorities
                )))
            ),
            "{revoked:?}"
        );
    }
    let operator = world.person("Olga Operátorka", &[Role::CaOperator]).await;
    let revoked = world
        .ra
        .revoke(&operator, responder, Reason::Superseded, NOW)
        .await;
    assert!(revoked.is_ok(), "{revoked:?}");
}

/// A renewal may keep the key: what compromises one certificate compromises both.
#[tokio::test]
async fn a_compromised_key_takes_all_its_certificates_along() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let csr = csr();
        let mut issued = Vec::new();
        for _ in 0..3 {
            let order = world.ready(&jana, "smime-mailbox-365", NOW).await;
            let data = activation(&order, &csr);
            let id = world
                .ra
                .activate(&jana, order.id, &data, NOW)
                .await
                .unwrap();
            issued.push((order, id));
        }
        let (_, another) = world.issued(&jana, "smime-mailbox-365", NOW).await;
        world.letters().await;
        let state = async |id| world.ra.certificate(&jana, id).await.unwrap().state(NOW);

        let [(_, first), (_, second), (order, third)] = &issued[..] else {
            panic!("{issued:?}");
        };
        let superseded = world
            .ra
            .revoke(&jana, *first, Reason::Superseded, NOW)
            .await;
        superseded.unwrap();
        assert_eq!(state(*second).await, CertificateState::Valid);
        let compromised = world
            .ra
            .revoke(&jana, *second, Reason::KeyCompromise, NOW)
            .await;
        compromised.unwrap();
        for id in [*second, *third] {
            let reason = Reason::KeyCompromise;
            assert_eq!(
                state(id).await,
                CertificateState::Revoked { at: NOW, reason }
            );
        }
        assert_eq!(state(another).await, CertificateState::Valid);
        assert_eq!(world.letters().await.len(), 3);
        let view = world.order(&jana, order, NOW).await;
        assert_eq!(view.events[0].kind, EventKind::CertificateRevoked);
    }
}
