//! Data that turn out not to hold, and certificates that are revoked, while orders rest on them.

use chancery_ra::{
    ActivateError, CollectError, Decision, EventKind, GiveOutError, Notice, Order, Policy,
    RenewError, RenewalStage, ReuseError, SendEmailError, StatementAt, Step, StepState,
};
use chancery_register::{Language, Principal, Role};
use chancery_store::{Id, Timestamp};
use chancery_x509::RevocationReason;

use crate::world::{
    NOW, World, activation, csr, days, secs, states, submission, ticked, upload, world, world_with,
    worlds,
};

const SPONSOR: &str = "smime-sponsor-365";
const UNTRUE: RevocationReason = RevocationReason::PrivilegeWithdrawn;

/// An order with data taken over from an earlier one, ready for its key.
async fn reused(world: &World, who: &Principal) -> Order {
    let order = world.ra.place_order(who, SPONSOR, NOW).await.unwrap();
    let offered = world.ra.reusable(who, order.id, NOW).await.unwrap();
    let said = ticked(&order, StatementAt::Data);
    let source = offered[0].application;
    let taken = world
        .ra
        .reuse_data(who, order.id, source, &said, Language::Cs, NOW);
    taken.await.unwrap();
    mailbox_answers(world, who, &order).await
}

async fn mailbox_answers(world: &World, who: &Principal, order: &Order) -> Order {
    let (token, _) = world.send(who, order, "post@example.cz", NOW).await;
    world
        .ra
        .confirm_email_link(&token, None, NOW)
        .await
        .unwrap();
    world.order(who, order, NOW).await.order
}

/// A renewal that waits for its key.
async fn renewing(world: &World, who: &Principal, certificate: Id) -> Order {
    world.letters().await;
    let renewal = world.ra.renewal(who, certificate, NOW).await.unwrap();
    let said: Vec<_> = renewal
        .statements
        .iter()
        .map(|one| one.reference())
        .collect();
    let begun = world
        .ra
        .begin_renewal(who, certificate, &said, Language::Cs, NOW);
    begun.await.unwrap();
    let renewal = world.ra.renewal(who, certificate, NOW).await.unwrap();
    let RenewalStage::Code { order, .. } = renewal.stage else {
        panic!("{:?}", renewal.stage);
    };
    let Some((_, Notice::EmailVerification { code, .. })) = world.letters().await.pop() else {
        panic!("no code came");
    };
    world
        .ra
        .confirm_email_code(who, order, &code, NOW)
        .await
        .unwrap();
    world.ra.order(who, order, NOW).await.unwrap().order
}

async fn activate(world: &World, who: &Principal, order: &Order) -> Result<Id, ActivateError> {
    let data = activation(order, &csr());
    world.ra.activate(who, order.id, &data, NOW).await
}

/// The order asks for data again, and has no certificate.
async fn asks_anew(world: &World, who: &Principal, order: &Order) {
    let issued = activate(world, who, order).await;
    assert!(
        matches!(issued, Err(ActivateError::WrongState(_))),
        "{issued:?}"
    );
    let view = world.order(who, order, NOW).await;
    assert_eq!(
        states(&view.order),
        ["awaiting-data", "verified", "not-available-yet"]
    );
    assert_eq!(view.order.next(), Some(Step::DataVerification));
    assert_eq!(view.events[0].kind, EventKind::DataWithdrawn);
}

/// Taken over, under renewal, or verified at first hand: no certificate comes of data that another certificate was revoked for.
#[tokio::test]
async fn orders_that_rest_on_untrue_data_ask_for_them_again() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, first) = world.issued(&jana, SPONSOR, NOW).await;
        let (_, second) = world.issued(&jana, SPONSOR, NOW).await;
        let taken = reused(&world, &jana).await;
        let renewal = renewing(&world, &jana, first).await;
        let vetted = world.ready(&jana, SPONSOR, NOW).await;
        // Other data, another person's, and what has none go on.
        let other = other_data(&world, &jana).await;
        let mailbox = world.ready(&jana, "smime-mailbox-365", NOW).await;
        let eva = world.stranger().await;
        let hers = world.ready(&eva, SPONSOR, NOW).await;

        world.ra.revoke(&otto, second, UNTRUE, NOW).await.unwrap();
        for order in [&taken, &renewal, &vetted] {
            asks_anew(&world, &jana, order).await;
        }
        // The renewal is for the desk now: no code is sent for it, and no second order opened.
        let stage = world.ra.renewal(&jana, first, NOW).await.unwrap().stage;
        assert_eq!(stage, RenewalStage::Data { order: renewal.id });
        let said = ticked(&renewal, StatementAt::Data);
        let begun = world
            .ra
            .begin_renewal(&jana, first, &said, Language::Cs, NOW)
            .await;
        assert!(matches!(begun, Err(RenewError::Stale)), "{begun:?}");
        for (who, order) in [(&jana, &other), (&jana, &mailbox), (&eva, &hers)] {
            activate(&world, who, order).await.unwrap();
        }
        // What an officer verifies anew is good again, in the renewal too.
        let required = &renewal.product.documents;
        for needed in required {
            let upload = upload(crate::world::PDF, Some(&needed.id));
            let added = world.ra.add_document(&jana, renewal.id, upload, NOW).await;
            added.unwrap();
        }
        let sent = submission(&renewal);
        let sent = world.ra.submit_data(&jana, renewal.id, &sent, NOW).await;
        sent.unwrap();
        let view = world.order(&jana, &renewal, NOW).await.order;
        let decided = world
            .ra
            .decide(&otto, view.id, Decision::Verify, view.version, NOW);
        decided.await.unwrap();
        activate(&world, &jana, &renewal).await.unwrap();
    }
}

async fn other_data(world: &World, who: &Principal) -> Order {
    let order = world.ra.place_order(who, SPONSOR, NOW).await.unwrap();
    world.attach_needed(who, &order, NOW).await;
    let mut other = submission(&order);
    other.data.person.surname = "Jiná".to_owned();
    world
        .ra
        .submit_data(who, order.id, &other, NOW)
        .await
        .unwrap();
    let view = world.order(who, &order, NOW).await.order;
    let officer = world.person("Jitka Jiná", &[Role::RaOfficer]).await;
    let decided = world
        .ra
        .decide(&officer, view.id, Decision::Verify, view.version, NOW);
    decided.await.unwrap();
    mailbox_answers(world, who, &view).await
}

/// An officer who sends data back has looked last: neither the same order nor another gets past that by an earlier verification.
#[tokio::test]
async fn what_the_desk_sends_back_does_not_stand_on_an_earlier_look() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        world.issued(&jana, SPONSOR, NOW).await;
        let taken = reused(&world, &jana).await;
        let sent = world.submitted(&jana, SPONSOR, NOW).await;
        let source = world.ra.reusable(&jana, sent.id, NOW).await.unwrap()[0].application;
        let reject = Decision::Reject {
            reason: "You have left the organisation.".to_owned(),
        };
        let decided = world.ra.decide(&otto, sent.id, reject, sent.version, NOW);
        decided.await.unwrap();
        asks_anew(&world, &jana, &taken).await;
        let offered = world.ra.reusable(&jana, sent.id, NOW).await.unwrap();
        assert!(offered.is_empty());
        for order in [&sent, &taken] {
            let said = ticked(order, StatementAt::Data);
            let reuse = world
                .ra
                .reuse_data(&jana, order.id, source, &said, Language::Cs, NOW)
                .await;
            assert!(matches!(reuse, Err(ReuseError::NotUsable)), "{reuse:?}");
        }
    }
}

/// Whichever comes first: the certificate is issued before its data are withdrawn, or not at all.
#[tokio::test]
async fn issuing_and_withdrawing_at_once_come_one_after_the_other() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, certificate) = world.issued(&jana, SPONSOR, NOW).await;
        let ready = reused(&world, &jana).await;
        let late = world.ra.place_order(&jana, SPONSOR, NOW).await.unwrap();
        let source = world.ra.reusable(&jana, late.id, NOW).await.unwrap()[0].application;
        let said = ticked(&late, StatementAt::Data);
        let (issued, taken, revoked) = tokio::join!(
            activate(&world, &jana, &ready),
            world
                .ra
                .reuse_data(&jana, late.id, source, &said, Language::Cs, NOW),
            world.ra.revoke(&otto, certificate, UNTRUE, NOW),
        );
        revoked.unwrap();
        assert!(
            matches!(
                issued,
                Ok(_) | Err(ActivateError::WrongState(_) | ActivateError::Stale)
            ),
            "{issued:?}"
        );
        assert!(
            matches!(
                taken,
                Ok(()) | Err(ReuseError::NotUsable | ReuseError::Stale)
            ),
            "{taken:?}"
        );
        // However it went, nothing is left that rests on them.
        for order in [&ready, &late] {
            let order = world.order(&jana, order, NOW).await.order;
            let verified = order
                .state(Step::DataVerification)
                .is_some_and(StepState::is_verified);
            assert_eq!(verified, order.certificate.is_some(), "{order:?}");
        }
    }
}

/// A renewal whose certificate is revoked is over: it does not count as an open order, and neither code nor link nor page goes on with it.
#[tokio::test]
async fn a_renewal_ends_with_the_certificate() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, first) = world.issued(&jana, SPONSOR, NOW).await;
        let ready = renewing(&world, &jana, first).await;
        let (reference, code) = given_out(&world, &ready).await;
        let (_, second) = world.issued(&jana, "smime-mailbox-365", NOW).await;
        world.letters().await;
        let begun = world
            .ra
            .begin_renewal(&jana, second, &[], Language::Cs, NOW);
        begun.await.unwrap();
        let sent = world.letters().await.pop();
        let Some((_, Notice::EmailVerification { token, .. })) = sent else {
            panic!("{sent:?}");
        };
        let waiting = world.ra.renewal(&jana, second, NOW).await.unwrap();
        let RenewalStage::Code { order: waiting, .. } = waiting.stage else {
            panic!("{:?}", waiting.stage);
        };
        let reason = RevocationReason::Superseded;
        for certificate in [first, second] {
            world
                .ra
                .revoke(&otto, certificate, reason, NOW)
                .await
                .unwrap();
        }
        let link = world.ra.confirm_email_link(&token, None, NOW).await;
        assert!(link.is_err(), "{link:?}");
        let found = world.ra.collection(&reference, &code, NOW).await.map(drop);
        assert!(matches!(found, Err(CollectError::UsedUp)), "{found:?}");
        for order in [ready.id, waiting] {
            let view = world.ra.order(&jana, order, NOW).await.unwrap();
            assert!(view.order.closed && !view.order.is_waiting());
            assert_eq!(view.order.next(), None);
            assert_eq!(view.events[0].kind, EventKind::OrderClosed);
            let issued = activate(&world, &jana, &view.order).await;
            assert!(
                matches!(issued, Err(ActivateError::FormerRevoked { .. })),
                "{issued:?}"
            );
            let sent = world
                .ra
                .send_email_verification(&jana, order, "post@example.cz", NOW)
                .await;
            assert!(
                matches!(
                    sent,
                    Err(SendEmailError::WrongState(_) | SendEmailError::Stale)
                ),
                "{sent:?}"
            );
        }
        let data = world
            .ra
            .submit_data(&jana, ready.id, &submission(&ready), NOW.plus(days(900)))
            .await;
        assert!(data.is_err(), "{data:?}");
    }
}

/// Renewals that were refused leave room for other orders.
#[tokio::test]
async fn a_closed_renewal_is_no_open_order() {
    let world = world_with(Policy {
        open_orders_per_person: 1,
        ..Policy::default()
    })
    .await;
    let jana = world.applicant().await;
    let (_, certificate) = world.issued(&jana, SPONSOR, NOW).await;
    renewing(&world, &jana, certificate).await;
    let full = world.ra.place_order(&jana, SPONSOR, NOW).await;
    assert!(full.is_err());
    let reason = RevocationReason::Superseded;
    let revoked = world.ra.revoke(&jana, certificate, reason, NOW).await;
    revoked.unwrap();
    world.ra.place_order(&jana, SPONSOR, NOW).await.unwrap();
}

/// Whichever comes first: the renewal is placed and closed, or not placed.
#[tokio::test]
async fn no_renewal_of_a_revoked_certificate_stays_open() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, certificate) = world.issued(&jana, "smime-mailbox-365", NOW).await;
        let reason = RevocationReason::Superseded;
        let (_, revoked) = tokio::join!(
            world
                .ra
                .begin_renewal(&jana, certificate, &[], Language::Cs, NOW),
            world.ra.revoke(&otto, certificate, reason, NOW),
        );
        revoked.unwrap();
        let open = world
            .store
            .rows("select 1 from ra_orders where not finished", vec![])
            .await;
        assert!(open.unwrap().is_empty());
    }
}

async fn given_out(world: &World, order: &Order) -> (String, String) {
    world.letters().await;
    let officer = world.person("Vydavatel X", &[Role::RaOfficer]).await;
    let given = world.ra.give_out(&officer, order.id, NOW).await.unwrap();
    match world.letters().await.pop() {
        Some((_, Notice::Collection { reference, .. })) => (reference, given.code.to_string()),
        other => panic!("{other:?}"),
    }
}

/// Nobody is sent codes with which nothing can be collected.
#[tokio::test]
async fn codes_are_given_out_for_what_can_be_collected() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let ready = world.ready(&jana, SPONSOR, NOW).await;
    let give = async |order: &Order, now: Timestamp| {
        let given = world.ra.give_out(&otto, order.id, now).await;
        given.map(drop)
    };
    let old = give(&ready, NOW.plus(days(30))).await;
    let too_old = |given: &Result<(), GiveOutError>| match given {
        Err(GiveOutError::NotCollectable(why)) => {
            matches!(**why, ActivateError::EvidenceTooOld { .. })
        }
        _ => false,
    };
    assert!(too_old(&old), "{old:?}");
    assert!(!too_old(&give(&ready, NOW.plus(secs(1))).await));
    // Revoked, and untrue.
    let (_, certificate) = world.issued(&jana, SPONSOR, NOW).await;
    let renewal = renewing(&world, &jana, certificate).await;
    let taken = reused(&world, &jana).await;
    world
        .ra
        .revoke(&otto, certificate, UNTRUE, NOW)
        .await
        .unwrap();
    world.letters().await;
    let given = give(&renewal, NOW).await;
    let revoked = |given: &Result<(), GiveOutError>| match given {
        Err(GiveOutError::NotCollectable(why)) => {
            matches!(**why, ActivateError::FormerRevoked { .. })
        }
        _ => false,
    };
    assert!(revoked(&given), "{given:?}");
    for order in [&taken, &ready] {
        let given = give(order, NOW).await;
        assert!(
            matches!(given, Err(GiveOutError::WrongState(_))),
            "{given:?}"
        );
    }
    assert!(world.letters().await.is_empty(), "nobody is written to");
}
