//! OCSP as relying parties see it.

use chancery_audit::Actor;
use chancery_keys::AwsLc;
use chancery_store::{Batch, Timestamp};
use chancery_x509::{
    Certificate, DigestAlgorithm, RevocationReason, SerialNumber,
    ocsp::{BasicResponse, CertId, CertStatus, Request, Response, ResponseStatus},
};

use crate::support::{
    DAY, Files, NOW, World, pkilint, run, text, today, world, world_today, worlds,
};

fn cert_id(issuer: &Certificate, serial: SerialNumber) -> CertId {
    CertId::new(DigestAlgorithm::Sha1, issuer, serial, &AwsLc)
}

fn request(cert_ids: Vec<CertId>) -> Request {
    Request {
        cert_ids,
        nonce: None,
    }
}

async fn ask(world: &World, request: &Request, now: Timestamp) -> BasicResponse {
    let answer = world.ca.ocsp(&request.to_der(), now).await;
    let response = Response::from_der(&answer.der).unwrap();
    assert_eq!(response.status, ResponseStatus::Successful);
    let basic = response.basic.unwrap();
    let responder = &basic.certificates[0];
    let authorities = world.ca.authorities();
    let issuer = authorities
        .iter()
        .find(|a| responder.is_issued_by(&a.certificate))
        .unwrap();
    let key = issuer.certificate.public_key();
    assert_eq!(responder.verify_signature(key, &AwsLc), Ok(()));
    assert_eq!(
        basic.verify_signature(responder.public_key(), &AwsLc),
        Ok(())
    );
    basic
}

async fn error(world: &World, request: &[u8]) -> ResponseStatus {
    let answer = world.ca.ocsp(request, NOW).await;
    assert!(answer.cacheable.is_none());
    Response::from_der(&answer.der).unwrap().status
}

#[tokio::test]
async fn tells_good_revoked_and_unknown() {
    for world in worlds().await {
        let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
        let serial = issued.certificate.serial();
        let above = &issued.chain[0];
        for digest in [DigestAlgorithm::Sha1, DigestAlgorithm::Sha256] {
            let id = CertId::new(digest, above, serial, &AwsLc);
            let basic = ask(&world, &request(vec![id.clone()]), NOW).await;
            let [single] = basic.data.responses.as_slice() else {
                panic!("{basic:?}");
            };
            assert_eq!(single.cert_id, id);
            assert_eq!(single.status, CertStatus::Good);
            assert_eq!(single.this_update, NOW.as_secs());
            let life = single.next_update.unwrap() - single.this_update;
            assert!((8 * 3_600..=10 * 86_400).contains(&life), "{life}");
        }
        let at = NOW.plus(DAY);
        let reason = RevocationReason::KeyCompromise;
        let revoked = world
            .ca
            .revoke(issued.id, reason, &Actor::System, Batch::new(), at);
        revoked.await.unwrap();
        // At once, though the answer of before was still fresh.
        for digest in [DigestAlgorithm::Sha1, DigestAlgorithm::Sha256] {
            let id = CertId::new(digest, above, serial, &AwsLc);
            let basic = ask(&world, &request(vec![id]), NOW).await;
            let revoked_at = at.as_secs();
            assert_eq!(
                basic.data.responses[0].status,
                CertStatus::Revoked { revoked_at, reason }
            );
        }
        let never = SerialNumber::new(&[1, 2, 3]).unwrap();
        let id = cert_id(above, never);
        let basic = ask(&world, &request(vec![id.clone()]), NOW).await;
        assert_eq!(basic.data.responses[0].status, CertStatus::Unknown);
        let answer = world.ca.ocsp(&request(vec![id]).to_der(), NOW).await;
        assert!(answer.cacheable.is_none());
    }
}

#[tokio::test]
async fn answers_are_kept_until_half_time_and_no_longer() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let der = request(vec![cert_id(&issued.chain[0], issued.certificate.serial())]).to_der();
    let first = world.ca.ocsp(&der, NOW).await;
    let cacheable = first.cacheable.unwrap();
    assert_eq!(cacheable.this_update, NOW);
    assert!(cacheable.until > NOW && cacheable.until < cacheable.next_update);
    let hours = |n| NOW.plus(std::time::Duration::from_hours(n));
    let second = world.ca.ocsp(&der, hours(4)).await;
    assert_eq!(second.der, first.der);
    let third = world.ca.ocsp(&der, hours(5)).await;
    assert_ne!(third.der, first.der);
    assert_eq!(third.cacheable.unwrap().this_update, hours(5));
    // A new responder signs everything anew.
    world.ca.maintain(NOW.plus(DAY * 16)).await.unwrap();
    let later = world.ca.ocsp(&der, NOW.plus(DAY * 16)).await;
    assert_ne!(later.der, third.der);
}

#[tokio::test]
async fn repeats_a_nonce_and_keeps_no_such_answer() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let id = cert_id(&issued.chain[0], issued.certificate.serial());
    for length in [1, 32, 128] {
        let nonce = Some(vec![7; length]);
        let request = Request {
            cert_ids: vec![id.clone()],
            nonce: nonce.clone(),
        };
        assert_eq!(ask(&world, &request, NOW).await.data.nonce, nonce);
        assert!(
            world
                .ca
                .ocsp(&request.to_der(), NOW)
                .await
                .cacheable
                .is_none()
        );
    }
    let too_long = Request {
        cert_ids: vec![id],
        nonce: Some(vec![7; 129]),
    };
    let status = error(&world, &too_long.to_der()).await;
    assert_eq!(status, ResponseStatus::MalformedRequest);
}

#[tokio::test]
async fn several_questions_in_one() {
    let world = world().await;
    let first = world.issue("p1@mail-example.com", NOW).await.unwrap();
    let second = world.issue("p2@mail-example.com", NOW).await.unwrap();
    let issuer = &first.chain[0];
    let reason = RevocationReason::Superseded;
    let revoked = world
        .ca
        .revoke(second.id, reason, &Actor::System, Batch::new(), NOW);
    revoked.await.unwrap();
    let other = world.ca.authorities().remove(2).certificate;
    let basic = ask(
        &world,
        &request(vec![
            cert_id(issuer, first.certificate.serial()),
            cert_id(issuer, second.certificate.serial()),
            // Another authority's certificate is not this responder's to speak of.
            cert_id(&other, first.certificate.serial()),
        ]),
        NOW,
    )
    .await;
    let statuses: Vec<CertStatus> = basic.data.responses.iter().map(|r| r.status).collect();
    let revoked_at = NOW.as_secs();
    assert_eq!(
        statuses,
        [
            CertStatus::Good,
            CertStatus::Revoked { revoked_at, reason },
            CertStatus::Unknown
        ]
    );
    let many = vec![cert_id(issuer, first.certificate.serial()); 65];
    let status = error(&world, &request(many).to_der()).await;
    assert_eq!(status, ResponseStatus::MalformedRequest);
}

#[tokio::test]
async fn a_serial_is_good_for_its_own_authority_only() {
    let world = world().await;
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let serial = issued.certificate.serial();
    ask(
        &world,
        &request(vec![cert_id(&issued.chain[0], serial)]),
        NOW,
    )
    .await;
    let other = world.ca.authorities().remove(2).certificate;
    let basic = ask(&world, &request(vec![cert_id(&other, serial)]), NOW).await;
    assert_eq!(basic.data.responses[0].status, CertStatus::Unknown);
}

#[tokio::test]
async fn what_cannot_be_answered_is_said_without_signature() {
    let world = world().await;
    for nonsense in [
        &b""[..],
        b"GET / HTTP/1.0",
        &[0x30, 0x00],
        &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
    ] {
        let status = error(&world, nonsense).await;
        assert_eq!(status, ResponseStatus::MalformedRequest, "{nonsense:?}");
    }
    let stranger = crate::support::world().await;
    let issued = stranger.issue("jana@mail-example.com", NOW).await.unwrap();
    let id = cert_id(&issued.chain[0], issued.certificate.serial());
    let status = error(&world, &request(vec![id]).to_der()).await;
    assert_eq!(status, ResponseStatus::Unauthorized);

    // After a long stop, before anything was renewed, no expired responder signs.
    let own = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let id = cert_id(&own.chain[0], own.certificate.serial());
    let answer = world
        .ca
        .ocsp(&request(vec![id]).to_der(), NOW.plus(DAY * 60))
        .await;
    let status = Response::from_der(&answer.der).unwrap().status;
    assert_eq!(status, ResponseStatus::TryLater);
}

/// A second server on the same database revokes; the first forgets its answers at its next look.
#[tokio::test]
async fn revocations_of_another_server_are_followed() {
    for world in worlds().await {
        let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
        let id = cert_id(&issued.chain[0], issued.certificate.serial());
        let request = request(vec![id]);
        ask(&world, &request, NOW).await;
        let other = chancery_ca::Ca::open(world.config.clone(), NOW)
            .await
            .unwrap();
        let reason = RevocationReason::Superseded;
        let revoked = other.revoke(issued.id, reason, &Actor::System, Batch::new(), NOW);
        revoked.await.unwrap();
        world.ca.maintain(NOW).await.unwrap();
        let basic = ask(&world, &request, NOW).await;
        assert!(matches!(
            basic.data.responses[0].status,
            CertStatus::Revoked { .. }
        ));
        assert_eq!(world.ca.crl("smime-g1", 0).unwrap().number, 2);
    }
}

#[tokio::test]
async fn openssl_and_pkilint_accept_the_answers() {
    let world = world_today().await;
    let issued = world.issue("jana@mail-example.com", today()).await.unwrap();
    let revoked = world.issue("petr@mail-example.com", today()).await.unwrap();
    let reason = RevocationReason::KeyCompromise;
    let done = world
        .ca
        .revoke(revoked.id, reason, &Actor::System, Batch::new(), today());
    done.await.unwrap();
    let files = Files::new();
    let root = files.pem("root.pem", &issued.chain[1..]);
    let above = files.pem("issuer.pem", &issued.chain[..1]);
    let asked = [issued.certificate, revoked.certificate];
    for (certificate, expected) in asked.iter().zip(["good", "revoked"]) {
        let leaf = files.pem("leaf.pem", std::slice::from_ref(certificate));
        let path = files.path("request.der");
        let args = [
            "ocsp",
            "-issuer",
            &above,
            "-cert",
            &leaf,
            "-no_nonce",
            "-reqout",
            &path,
        ];
        if run("openssl", &args).is_none() {
            return;
        }
        let request = std::fs::read(&path).unwrap();
        let answer = world.ca.ocsp(&request, today()).await;
        let response = files.put("response.der", &answer.der);
        let args = [
            "ocsp",
            "-issuer",
            &above,
            "-cert",
            &leaf,
            "-no_nonce",
            "-CAfile",
            &root,
            "-reqin",
            &path,
            "-respin",
            &response,
        ];
        let output = run("openssl", &args).unwrap();
        let shown = text(&output);
        assert!(shown.contains("Response verify OK"), "{shown}");
        assert!(shown.contains(&format!(": {expected}")), "{shown}");
        let findings = pkilint("lint_ocsp_response", &[], &response);
        assert_eq!(findings.unwrap_or_default(), [""; 0]);
    }
}
