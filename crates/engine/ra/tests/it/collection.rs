//! Collecting by codes: who gives them out, what they open, how often.

use chancery_audit::Actor;
use chancery_ra::{
    ActivateError, ActivationData, CollectError, EventKind, GiveOutError, KeyPlace, Notice, Order,
    StatementAt,
};
use chancery_register::{Denied, Language, Role};
use chancery_store::Timestamp;

use crate::world::{NOW, World, csr, days, ticked, world, worlds};

const SPONSOR: &str = "smime-sponsor-365";

fn asked(order: &Order, csr: &str) -> ActivationData {
    ActivationData {
        common_name: None,
        fields: Vec::new(),
        key_place: KeyPlace::Browser,
        csr: csr.to_owned(),
        register: true,
        agreed: ticked(order, StatementAt::Activation),
        language: Language::Cs,
    }
}

/// Reference number, as it was mailed, and authorisation code, as the officer was told.
async fn given_out(world: &World, order: &Order, now: Timestamp) -> (String, String) {
    world.letters().await;
    let name = format!("Giver{} X", now.as_secs());
    let officer = world.person(&name, &[Role::RaOfficer]).await;
    let given = world.ra.give_out(&officer, order.id, now).await.unwrap();
    assert_eq!(given.email, "jana@example.cz");
    match world.letters().await.pop() {
        Some((to, Notice::Collection { reference, .. })) => {
            assert_eq!(to, "jana@example.cz");
            assert!(!reference.contains(given.code.as_str()));
            (reference, given.code.to_string())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_codes_together_get_the_certificate_once() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let order = world.ready(&jana, SPONSOR, NOW).await;
        let (reference, code) = given_out(&world, &order, NOW).await;
        let found = world.ra.collection(&reference, &code, NOW).await.unwrap();
        assert_eq!(found.applicant, "Jana Nováková");
        assert_eq!(found.email, "post@example.cz");
        assert_eq!(found.preview.subject.common_name(), Some("Jana Nováková"));
        // Looking costs nothing, however often.
        for _ in 0..6 {
            let again = world
                .ra
                .collection(&reference.to_lowercase(), &code, NOW)
                .await;
            assert!(again.is_ok(), "{again:?}");
        }
        let unticked = ActivationData {
            agreed: Vec::new(),
            ..asked(&order, &csr())
        };
        let refused = world
            .ra
            .collect(&reference, &code, &unticked, None, NOW)
            .await;
        assert!(
            matches!(
                refused,
                Err(CollectError::Activate(ActivateError::Fields(_)))
            ),
            "{refused:?}"
        );
        let data = asked(&order, &csr());
        let id = world
            .ra
            .collect(&reference, &code, &data, None, NOW)
            .await
            .unwrap();
        let record = world.ra.certificate(&jana, id).await.unwrap();
        assert_eq!(record.certificate.subject(), &found.preview.subject);
        let registered = world
            .store
            .rows("select 1 from register_certificates", vec![])
            .await;
        assert!(registered.unwrap().is_empty(), "codes open no account");
        let view = world.order(&jana, &order, NOW).await;
        let kinds: Vec<_> = view.events.iter().map(|event| event.kind).collect();
        assert!(kinds.contains(&EventKind::CodesGivenOut));
        let data = asked(&order, &csr());
        let twice = world.ra.collect(&reference, &code, &data, None, NOW).await;
        assert!(matches!(twice, Err(CollectError::UsedUp)), "{twice:?}");
    }
}

#[tokio::test]
async fn wrong_codes_are_counted_and_old_ones_expire() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, SPONSOR, NOW).await;
    let (first, first_code) = given_out(&world, &order, NOW).await;
    let (reference, code) = given_out(&world, &order, NOW.plus(days(1))).await;
    let now = NOW.plus(days(2));
    let replaced = world
        .ra
        .collection(&first, &first_code, now)
        .await
        .map(drop);
    assert!(
        matches!(replaced, Err(CollectError::UsedUp)),
        "{replaced:?}"
    );
    for slip in ["", "ABC", "0"] {
        let wrong = world.ra.collection(&reference, slip, now).await.map(drop);
        assert!(matches!(wrong, Err(CollectError::Wrong)), "{wrong:?}");
    }
    let unknown = world.ra.collection("0000-0000-0000", &code, now).await;
    assert!(
        matches!(unknown, Err(CollectError::Wrong)),
        "not told apart"
    );
    let expired = world
        .ra
        .collection(&reference, &code, NOW.plus(days(15)))
        .await;
    assert!(matches!(expired, Err(CollectError::Expired)), "{expired:?}");
    for left in (0..5).rev() {
        let wrong = world.ra.collection(&reference, &first_code, now).await;
        match wrong {
            Err(CollectError::Wrong) => assert!(left > 0),
            Err(CollectError::Blocked) => assert_eq!(left, 0),
            other => panic!("{other:?}"),
        }
    }
    let blocked = world.ra.collection(&reference, &code, now).await;
    assert!(matches!(blocked, Err(CollectError::Blocked)), "{blocked:?}");
}

#[tokio::test]
async fn officers_give_codes_out_for_others_that_are_ready() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, "smime-mailbox-365", NOW).await;
    let own = world.ra.give_out(&jana, order.id, NOW).await.map(drop);
    assert!(
        matches!(own, Err(GiveOutError::Denied(Denied::Role(_)))),
        "{own:?}"
    );
    let auditor = world.person("Alena Auditorka", &[Role::Auditor]).await;
    let seen = world.ra.give_out(&auditor, order.id, NOW).await.map(drop);
    assert!(matches!(seen, Err(GiveOutError::Denied(_))), "{seen:?}");
    let both = [Role::Subscriber, Role::RaOfficer];
    let officer = world.person("Oba Dva", &both).await;
    let theirs = world.ready(&officer, "smime-mailbox-365", NOW).await;
    let theirs = world.ra.give_out(&officer, theirs.id, NOW).await.map(drop);
    assert!(
        matches!(theirs, Err(GiveOutError::OwnApplication)),
        "{theirs:?}"
    );
    let early = world.submitted(&jana, SPONSOR, NOW).await;
    let early = world.ra.give_out(&officer, early.id, NOW).await.map(drop);
    assert!(
        matches!(early, Err(GiveOutError::WrongState(_))),
        "{early:?}"
    );
    // Evidence grows too old while codes lie about (S/MIME BR 4.2.1).
    let (reference, code) = given_out(&world, &order, NOW.plus(days(29))).await;
    let late = world
        .ra
        .collection(&reference, &code, NOW.plus(days(31)))
        .await
        .map(drop);
    assert!(
        matches!(
            late,
            Err(CollectError::Activate(ActivateError::EvidenceTooOld { .. }))
        ),
        "{late:?}"
    );
}

/// To whoever is shut out codes are of no use, given out before or after; let in again, they are good.
#[tokio::test]
async fn a_disabled_applicant_collects_nothing() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let order = world.ready(&jana, SPONSOR, NOW).await;
        let (reference, code) = given_out(&world, &order, NOW).await;
        let data = asked(&order, &csr());
        let shut = async |disabled| {
            let register = world.register();
            let done = register.set_disabled(jana.person, disabled, Actor::System, NOW);
            done.await.unwrap();
        };
        shut(true).await;
        let seen = world.ra.collection(&reference, &code, NOW).await.map(drop);
        assert!(matches!(seen, Err(CollectError::Wrong)), "{seen:?}");
        let issued = world.ra.collect(&reference, &code, &data, None, NOW).await;
        assert!(matches!(issued, Err(CollectError::Wrong)), "{issued:?}");
        let officer = world.person("Oba Dva", &[Role::RaOfficer]).await;
        let given = world.ra.give_out(&officer, order.id, NOW).await.map(drop);
        assert!(matches!(given, Err(GiveOutError::NotFound)), "{given:?}");
        let kept = world
            .store
            .rows(
                "select 1 from ra_orders where certificate is not null",
                vec![],
            )
            .await;
        assert!(kept.unwrap().is_empty());
        shut(false).await;
        let issued = world.ra.collect(&reference, &code, &data, None, NOW).await;
        assert!(issued.is_ok(), "{issued:?}");
    }
}
