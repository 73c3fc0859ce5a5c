//! Long stops, clocks that were wrong, and the end of an authority.

use chancery_audit::Actor;
use chancery_ca::{Ca, MaintainError};
use chancery_keys::AwsLc;
use chancery_store::{Batch, Timestamp};
use chancery_x509::{
    DigestAlgorithm, RevocationReason,
    ocsp::{CertId, CertStatus, Request, Response, ResponseStatus},
};

use crate::support::{DAY, NOW, World, world};

/// The question about a certificate just issued.
async fn question(world: &World) -> (chancery_store::Id, Vec<u8>) {
    let issued = world.issue("jana@mail-example.com", NOW).await.unwrap();
    let serial = issued.certificate.serial();
    let cert_id = CertId::new(DigestAlgorithm::Sha1, &issued.chain[0], serial, &AwsLc);
    let request = Request {
        cert_ids: vec![cert_id],
        nonce: None,
    };
    (issued.id, request.to_der())
}

async fn answer(world: &World, request: &[u8], now: Timestamp) -> Response {
    Response::from_der(&world.ca.ocsp(request, now).await.der).unwrap()
}

async fn run(world: &World, sql: &'static str) {
    let mut batch = Batch::new();
    batch.any(sql, vec![]);
    world.store.commit(batch).await.unwrap();
}

/// Three weeks off: every list had ended, and after the start none has.
#[tokio::test]
async fn a_long_stop_is_made_up_for_at_the_start() {
    let world = world().await;
    let (_, request) = question(&world).await;
    let back = NOW.plus(DAY * 21);
    for slug in ["smime-g1", "tls-g1", "device-g1"] {
        assert!(world.ca.crl(slug, 0).unwrap().next_update < back);
    }
    let reopened = Ca::open(world.config.clone(), back).await.unwrap();
    for authority in reopened.authorities() {
        let list = authority.crl.unwrap();
        assert!(list.this_update <= back && list.next_update > back.plus(DAY * 6));
        assert!(authority.responder.unwrap().not_after() > back.plus(DAY).as_secs());
    }
    let der = reopened.ocsp(&request, back).await.der;
    let answer = Response::from_der(&der).unwrap();
    assert_eq!(answer.status, ResponseStatus::Successful);
}

/// What was signed while the clock ran ahead is not valid yet once it is right again.
#[tokio::test]
async fn what_a_wrong_clock_signed_is_replaced() {
    let world = world().await;
    let (_, request) = question(&world).await;
    let ahead = NOW.plus(DAY * 400);
    world.ca.maintain(ahead).await.unwrap();
    assert_eq!(world.ca.crl("smime-g1", 0).unwrap().this_update, ahead);
    world.ca.ocsp(&request, ahead).await;

    let right = NOW.plus(DAY);
    let done = world.ca.maintain(right).await.unwrap();
    assert_eq!(done.lists, ["root-g1", "smime-g1", "tls-g1", "device-g1"]);
    assert_eq!(
        done.responders,
        ["root-g1", "smime-g1", "tls-g1", "device-g1"]
    );
    let list = world.ca.crl("smime-g1", 0).unwrap();
    assert_eq!((list.this_update, list.number), (right, 3));
    let told = answer(&world, &request, right).await.basic.unwrap();
    assert_eq!(told.data.produced_at, right.as_secs());
    assert!(told.certificates[0].not_before() <= right.as_secs());
    // Once is enough.
    let done = world.ca.maintain(right).await.unwrap();
    assert_eq!(done, chancery_ca::Maintained::default());
}

/// A look at the revocations of other servers that failed has seen nothing: the next one looks as far back.
#[tokio::test]
async fn revocations_during_a_disturbance_are_followed_after_it() {
    let world = world().await;
    let minute = |n| NOW.plus(std::time::Duration::from_mins(n));
    let (id, request) = question(&world).await;
    answer(&world, &request, NOW).await;
    let other = Ca::open(world.config.clone(), NOW).await.unwrap();
    let reason = RevocationReason::KeyCompromise;
    let revoked = other.revoke(id, reason, &Actor::System, Batch::new(), minute(1));
    revoked.await.unwrap();

    run(&world, "alter table revocation rename to out_of_reach").await;
    let outcome = world.ca.maintain(minute(10)).await;
    assert!(
        matches!(outcome, Err(MaintainError::Read(_))),
        "{outcome:?}"
    );
    run(&world, "alter table out_of_reach rename to revocation").await;

    world.ca.maintain(minute(11)).await.unwrap();
    let told = answer(&world, &request, minute(11)).await.basic.unwrap();
    let status = told.data.responses[0].status;
    assert!(matches!(status, CertStatus::Revoked { .. }), "{status:?}");
}

/// The issuing authorities end after ten years; the root and the server go on.
#[tokio::test]
async fn an_authority_that_ended_stops_nothing_else() {
    let world = world().await;
    let (_, request) = question(&world).await;
    let ends = Timestamp::from_secs(world.ca.authorities()[1].certificate.not_after());

    // In the last days one responder serves to the end.
    world.ca.maintain(ends.minus(DAY)).await.unwrap();
    let before = world.ca.authorities().remove(1).responder.unwrap();
    assert_eq!(before.not_after(), ends.as_secs());
    let last = ends.minus(std::time::Duration::from_mins(1));
    world.ca.maintain(last).await.unwrap();
    assert_eq!(world.ca.authorities().remove(1).responder.unwrap(), before);
    let told = answer(&world, &request, last).await;
    assert_eq!(told.status, ResponseStatus::Successful);

    let later = ends.plus(DAY);
    world.ca.maintain(later).await.unwrap();
    let reopened = Ca::open(world.config.clone(), later).await.unwrap();
    let der = reopened.ocsp(&request, later).await.der;
    let status = Response::from_der(&der).unwrap().status;
    assert_eq!(status, ResponseStatus::Unauthorized);
    let root = reopened.authorities().remove(0);
    assert!(root.responder.unwrap().not_after() > later.as_secs());
}
