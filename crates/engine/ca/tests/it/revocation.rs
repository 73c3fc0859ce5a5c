use chancery_audit::Actor;
use chancery_ca::{Ca, CertificateState, Maintained, RevokeError, SUBSCRIBER_REASONS};
use chancery_store::{Batch, Timestamp, args};
use chancery_x509::{CertificateList, RevocationReason, SerialNumber};

use crate::support::{
    DAY, Files, NOW, World, pkilint, run, text, today, world, world_today, worlds,
};

const NOBODY: Actor = Actor::System;

fn list(ca: &Ca, slug: &str) -> CertificateList {
    CertificateList::from_der(&ca.crl(slug, 0).unwrap().der).unwrap()
}

async fn revoke(
    world: &World,
    serial: SerialNumber,
    reason: RevocationReason,
    now: Timestamp,
) -> Result<(), RevokeError> {
    world
        .ca
        .revoke(serial, reason, &NOBODY, Batch::new(), now)
        .await
}

#[tokio::test]
async fn is_recorded_and_listed_at_once() {
    for world in worlds().await {
        for (n, reason) in SUBSCRIBER_REASONS.into_iter().enumerate() {
            let issued = world
                .issue(&format!("p{n}@mail-example.com"), NOW)
                .await
                .unwrap();
            let serial = issued.certificate.serial();
            let before = world.ca.crl("smime-g1", 0).unwrap();
            assert_eq!(list(&world.ca, "smime-g1").find(serial), Ok(None));
            let at = NOW.plus(DAY);
            revoke(&world, serial, reason, at).await.unwrap();

            let record = world.ca.certificate(serial).await.unwrap().unwrap();
            assert_eq!(record.state(at), CertificateState::Revoked { at, reason });
            let after = world.ca.crl("smime-g1", 0).unwrap();
            assert_eq!(after.number, before.number + 1);
            let listed = list(&world.ca, "smime-g1");
            assert_eq!(listed.number(), u64::try_from(after.number).ok());
            assert_eq!(listed.this_update(), at.as_secs());
            assert_eq!(listed.next_update(), Some(at.plus(DAY * 7).as_secs()));
            let entry = listed.find(serial).unwrap().unwrap();
            assert_eq!((entry.revoked_at, entry.reason), (at.as_secs(), reason));
            // Another authority's list is not touched.
            assert_eq!(world.ca.crl("tls-g1", 0).unwrap().number, 1);
        }
        assert!(world.ca.crl("smime-g1", 1).is_none());
        assert!(world.ca.crl("other", 0).is_none());
    }
}

#[tokio::test]
async fn happens_once() {
    for world in worlds().await {
        let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
        let serial = issued.certificate.serial();
        let reason = RevocationReason::Superseded;
        revoke(&world, serial, reason, NOW).await.unwrap();
        let again = revoke(
            &world,
            serial,
            RevocationReason::KeyCompromise,
            NOW.plus(DAY),
        )
        .await;
        let Err(RevokeError::AlreadyRevoked { at, reason: first }) = again else {
            panic!("{again:?}");
        };
        assert_eq!((at, first), (NOW, reason));
        assert_eq!(world.ca.crl("smime-g1", 0).unwrap().number, 2);
    }
}

#[tokio::test]
async fn of_two_at_the_same_moment_one_wins() {
    for world in worlds().await {
        let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (ca, id) = (world.ca.clone(), issued.id);
                let reason = RevocationReason::Superseded;
                tokio::spawn(async move { ca.revoke(id, reason, &NOBODY, Batch::new(), NOW).await })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => won += 1,
                Err(RevokeError::AlreadyRevoked { .. }) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!(won, 1);
    }
}

#[tokio::test]
async fn many_at_once_are_all_listed() {
    for world in worlds().await {
        let mut serials = Vec::new();
        for n in 0..16 {
            let issued = world
                .issue(&format!("p{n}@mail-example.com"), NOW)
                .await
                .unwrap();
            serials.push(issued.certificate.serial());
        }
        let tasks: Vec<_> = serials
            .iter()
            .map(|serial| {
                let (ca, serial) = (world.ca.clone(), *serial);
                tokio::spawn(async move {
                    let reason = RevocationReason::Unspecified;
                    ca.revoke(serial, reason, &NOBODY, Batch::new(), NOW)
                        .await
                        .unwrap();
                    // Told by the list when the call returns, whoever signed it.
                    let list = CertificateList::from_der(&ca.crl("smime-g1", 0).unwrap().der);
                    assert!(list.unwrap().find(serial).unwrap().is_some());
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(list(&world.ca, "smime-g1").entries().count(), 16);
    }
}

#[tokio::test]
async fn refusals_have_names() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let serial = issued.certificate.serial();
    for reason in [
        RevocationReason::RemoveFromCrl,
        RevocationReason::CertificateHold,
        RevocationReason::CaCompromise,
        RevocationReason::AaCompromise,
    ] {
        let outcome = revoke(&world, serial, reason, NOW).await;
        assert!(
            matches!(outcome, Err(RevokeError::Reason { .. })),
            "{outcome:?}"
        );
    }
    let unknown = SerialNumber::new(&[1, 2, 3]).unwrap();
    let reason = RevocationReason::Unspecified;
    let outcome = revoke(&world, unknown, reason, NOW).await;
    assert!(
        matches!(outcome, Err(RevokeError::NotFound { .. })),
        "{outcome:?}"
    );
    let outcome = revoke(&world, serial, reason, NOW.plus(DAY * 365)).await;
    assert!(
        matches!(outcome, Err(RevokeError::Expired { .. })),
        "{outcome:?}"
    );
    let root = world.ca.authorities()[0].certificate.serial();
    let outcome = revoke(&world, root, RevocationReason::CaCompromise, NOW).await;
    assert!(matches!(outcome, Err(RevokeError::Root)), "{outcome:?}");

    let mut also = Batch::new();
    also.one("delete from ceremony where record = $1", args!["absent"]);
    let outcome = world.ca.revoke(serial, reason, &NOBODY, also, NOW).await;
    assert!(
        matches!(outcome, Err(RevokeError::Superseded)),
        "{outcome:?}"
    );
    let record = world.ca.certificate(serial).await.unwrap().unwrap();
    assert_eq!(record.state(NOW), CertificateState::Valid);
}

#[tokio::test]
async fn an_authority_is_listed_by_the_root() {
    let world = world().await;
    let issuing = world.ca.authorities()[1].certificate.serial();
    // Its entry must say why (S/MIME BR 7.2.2).
    let outcome = revoke(&world, issuing, RevocationReason::Unspecified, NOW).await;
    assert!(
        matches!(outcome, Err(RevokeError::Reason { .. })),
        "{outcome:?}"
    );
    revoke(&world, issuing, RevocationReason::CaCompromise, NOW)
        .await
        .unwrap();
    let entry = list(&world.ca, "root-g1").find(issuing).unwrap().unwrap();
    assert_eq!(entry.reason, RevocationReason::CaCompromise);
}

/// The server stops between the commit of a revocation and the signing of the list.
#[tokio::test]
async fn a_revocation_without_list_is_listed_after_a_restart() {
    for world in worlds().await {
        let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
        let serial = issued.certificate.serial();
        let mut batch = Batch::new();
        batch.one(
            "insert into revocation (authority, shard, serial, revoked_at, reason, not_after)
                values ($1, $2, $3, $4, $5, $6)",
            args![
                "smime-g1",
                0_i64,
                serial.as_bytes(),
                NOW,
                1_i64,
                NOW.plus(DAY)
            ],
        );
        world.store.commit(batch).await.unwrap();
        let reopened = Ca::open(world.config.clone(), NOW).await.unwrap();
        assert!(list(&reopened, "smime-g1").find(serial).unwrap().is_some());
        // The first server takes the list over, without signing one more.
        let done = world.ca.maintain(NOW).await.unwrap();
        assert_eq!(done.lists, Vec::<String>::new());
        assert_eq!(
            world.ca.crl("smime-g1", 0).unwrap(),
            reopened.crl("smime-g1", 0).unwrap()
        );
    }
}

#[tokio::test]
async fn lists_and_responders_are_renewed_ahead_of_time() {
    for world in worlds().await {
        assert_eq!(world.ca.maintain(NOW).await.unwrap(), Maintained::default());
        let soon = NOW.plus(DAY);
        let done = world.ca.maintain(soon).await.unwrap();
        assert_eq!(done.lists, ["smime-g1", "tls-g1", "device-g1"]);
        assert_eq!(done.responders, Vec::<String>::new());
        assert_eq!(world.ca.crl("smime-g1", 0).unwrap().this_update, soon);

        let later = NOW.plus(DAY * 31);
        let done = world.ca.maintain(later).await.unwrap();
        assert_eq!(done.lists, ["root-g1", "smime-g1", "tls-g1", "device-g1"]);
        assert_eq!(
            done.responders,
            ["root-g1", "smime-g1", "tls-g1", "device-g1"]
        );
        let before = world.ca.authorities().remove(1).responder.unwrap();
        assert!(before.not_after() > later.as_secs());
        // The new responder is the one that is found again.
        let reopened = Ca::open(world.config.clone(), later).await.unwrap();
        let after = reopened.authorities().remove(1).responder.unwrap();
        assert_eq!(before, after);
        let keys = std::fs::read_dir(world.folder.path().join("keys")).unwrap();
        assert_eq!(
            keys.count(),
            8,
            "keys of earlier responders are still there"
        );
    }
}

/// An entry outlives its certificate by one list (RFC 5280 section 3.3), and not forever.
#[tokio::test]
async fn entries_leave_the_list_after_their_certificates_ended() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let serial = issued.certificate.serial();
    revoke(&world, serial, RevocationReason::Superseded, NOW)
        .await
        .unwrap();
    world.ca.maintain(NOW.plus(DAY * 400)).await.unwrap();
    assert!(list(&world.ca, "smime-g1").find(serial).unwrap().is_some());
    world.ca.maintain(NOW.plus(DAY * 430)).await.unwrap();
    assert!(list(&world.ca, "smime-g1").find(serial).unwrap().is_none());
}

#[tokio::test]
async fn openssl_and_pkilint_accept_the_lists() {
    let world = world_today().await;
    let files = Files::new();
    let authorities = world.ca.authorities();
    let root = files.pem(
        "root.pem",
        std::slice::from_ref(&authorities[0].certificate),
    );
    let issued = world.issue("jana@mail-example.com", today()).await.unwrap();
    let both = [
        authorities[0].certificate.clone(),
        authorities[1].certificate.clone(),
    ];
    let bundle = files.pem("bundle.pem", &both);
    let leaf = files.pem("leaf.pem", std::slice::from_ref(&issued.certificate));
    for reason in [None, Some(RevocationReason::KeyCompromise)] {
        if let Some(reason) = reason {
            revoke(&world, issued.certificate.serial(), reason, today())
                .await
                .unwrap();
            revoke(&world, authorities[2].certificate.serial(), reason, today())
                .await
                .unwrap();
        }
        for authority in &authorities[..2] {
            let list = list(&world.ca, &authority.slug);
            let pem = files.put("list.pem", list.to_pem());
            let ca = if authority.parent.is_none() {
                &root
            } else {
                &bundle
            };
            let args = ["crl", "-in", &pem, "-noout", "-CAfile", ca, "-text"];
            let Some(output) = run("openssl", &args) else {
                return;
            };
            assert!(text(&output).contains("verify OK"), "{}", text(&output));
            let kind = if authority.parent.is_none() {
                "ARL"
            } else {
                "crl"
            };
            let findings = pkilint("lint_crl", &["-t", kind, "-p", "PKIX"], &pem);
            assert_eq!(findings.unwrap_or_default(), [""; 0], "{}", authority.slug);
        }
        let list = files.put("list.pem", list(&world.ca, "smime-g1").to_pem());
        let args = [
            "verify",
            "-crl_check",
            "-CRLfile",
            &list,
            "-CAfile",
            &bundle,
            &leaf,
        ];
        let Some(output) = run("openssl", &args) else {
            return;
        };
        let shown = text(&output);
        assert_eq!(output.status.success(), reason.is_none(), "{shown}");
        assert_eq!(
            shown.contains("certificate revoked"),
            reason.is_some(),
            "{shown}"
        );
    }
}
