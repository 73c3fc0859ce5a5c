use chancery_audit::EntryActor;
use chancery_ra::{
    ActivateError, DecideError, Decision, Field, Notice, Problem, QueueFilter, ReadError, Step,
    StepEvidence, StepState,
};
use chancery_register::{AuthLevel, Denied, Permission, Role};
use chancery_store::Id;

use crate::world::{
    NOW, PDF, activation, csr, data, hours, states, submission, upload, world, worlds,
};

fn reject() -> Decision {
    Decision::Reject {
        reason: "The extract you sent is older than 3 months.".to_owned(),
    }
}

#[tokio::test]
async fn nobody_decides_on_their_own_application() {
    let world = world().await;
    let both = world
        .person("Bohumil Oboje", &[Role::Subscriber, Role::RaOfficer])
        .await;
    let order = world.submitted(&both, "smime-organization-365", NOW).await;
    let item = world
        .ra
        .queue(&both, &QueueFilter::default())
        .await
        .unwrap();
    assert!(item.items[0].own, "the queue says so");
    assert!(world.ra.application(&both, order.id).await.unwrap().own);
    for decision in [Decision::Verify, reject()] {
        let decided = world
            .ra
            .decide(&both, order.id, decision, order.version, NOW);
        let decided = decided.await;
        assert!(
            matches!(decided, Err(DecideError::OwnApplication)),
            "{decided:?}"
        );
    }
    assert_eq!(world.order(&both, &order, NOW).await.order, order);
}

#[tokio::test]
async fn who_and_when_are_kept() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world.submitted(&jana, "smime-sponsor-365", NOW).await;
    let later = NOW.plus(hours(30));
    world.letters().await;
    world
        .ra
        .decide(&otto, order.id, Decision::Verify, order.version, later)
        .await
        .unwrap();
    let view = world.order(&jana, &order, later).await;
    assert_eq!(
        view.order.state(Step::DataVerification),
        Some(&StepState::Verified {
            by: Some(otto.person.id()),
            at: later,
            evidence: StepEvidence::Vetted { revision: 1 },
        })
    );
    let application = view.submission.unwrap().application.to_string();
    let acts = chancery_audit::of_object(&world.store, "application", &application, 10).await;
    let act = acts.unwrap().remove(0);
    assert_eq!((act.action.as_str(), act.at), ("application.verify", later));
    assert_eq!(
        act.actor,
        EntryActor::Person {
            id: otto.person.id(),
            role: "ra-officer".to_owned(),
            from: otto.from,
        }
    );
    assert!(act.evidence.is_some(), "it commits to what was seen");
    let letters = world.letters().await;
    assert!(matches!(&letters[..], [(to, Notice::DataVerified { .. })] if to == "jana@example.cz"));
    let identity = world.register().identity_of(jana.person).await.unwrap();
    assert_eq!(identity.unwrap().verified.document_number, "123456789");
}

#[tokio::test]
async fn two_officers_at_once_make_one_decision() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let petra = world.person("Petra Pilná", &[Role::RaSupervisor]).await;
        let order = world.submitted(&jana, "smime-organization-365", NOW).await;
        let (first, second) = tokio::join!(
            world
                .ra
                .decide(&otto, order.id, Decision::Verify, order.version, NOW),
            world
                .ra
                .decide(&petra, order.id, reject(), order.version, NOW),
        );
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        let lost = first.err().or(second.err()).unwrap();
        assert!(
            matches!(lost, DecideError::Stale | DecideError::Changed { .. }),
            "{lost:?}"
        );
        let decisions: Vec<_> = world
            .letters()
            .await
            .into_iter()
            .filter(|(_, notice)| !matches!(notice, Notice::DataSubmitted { .. }))
            .collect();
        assert_eq!(decisions.len(), 1, "one letter");
        // A decision is not made twice, not even on the version of now.
        let now = world.order(&jana, &order, NOW).await.order;
        let again = world
            .ra
            .decide(&otto, order.id, reject(), now.version, NOW)
            .await;
        assert!(
            matches!(again, Err(DecideError::WrongState(_))),
            "{again:?}"
        );
        let stale = world
            .ra
            .decide(&otto, order.id, reject(), order.version, NOW)
            .await;
        assert!(
            matches!(stale, Err(DecideError::Changed { seen, .. }) if seen == order.version),
            "{stale:?}"
        );
    }
}

#[tokio::test]
async fn only_what_was_submitted_is_decided() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let mut draft = data();
    draft.organization.name = "Rozepsáno".into();
    world
        .ra
        .save_draft(&jana, order.id, &draft, NOW)
        .await
        .unwrap();
    let early = world
        .ra
        .decide(&otto, order.id, Decision::Verify, 1, NOW)
        .await;
    assert!(matches!(early, Err(DecideError::NotFound)), "{early:?}");
    let page = world
        .ra
        .queue(&otto, &QueueFilter::default())
        .await
        .unwrap();
    assert!(page.items.is_empty(), "a draft is nobody else's business");
    let mailbox = world.ra.place_order(&jana, "smime-mailbox-365", NOW).await;
    let none = world
        .ra
        .application(&otto, mailbox.unwrap().id)
        .await
        .map(drop);
    assert!(matches!(none, Err(ReadError::NotFound)), "{none:?}");
    let nobody = Id::from_bytes([9; 16]);
    let none = world
        .ra
        .decide(&otto, nobody, Decision::Verify, 1, NOW)
        .await;
    assert!(matches!(none, Err(DecideError::NotFound)), "{none:?}");
}

#[tokio::test]
async fn a_rejection_says_why_and_opens_the_step_again() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world.submitted(&jana, "smime-organization-365", NOW).await;
    for (reason, problem) in [
        ("  ", Problem::Missing),
        ("no", Problem::TooShort { min: 10 }),
        ("<a href=//x.example>click here</a>", Problem::Markup),
    ] {
        let decision = Decision::Reject {
            reason: reason.to_owned(),
        };
        let refused = world
            .ra
            .decide(&otto, order.id, decision, order.version, NOW)
            .await;
        let Err(DecideError::Reason(error)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!((error.field, error.problem), (Field::Reason, problem));
    }
    world.letters().await;
    world
        .ra
        .decide(&otto, order.id, reject(), order.version, NOW)
        .await
        .unwrap();
    let view = world.order(&jana, &order, NOW).await;
    assert_eq!(
        states(&view.order),
        ["rejected", "not-available-yet", "not-available-yet"]
    );
    assert_eq!(view.order.next(), Some(Step::DataVerification));
    let letters = world.letters().await;
    assert!(
        matches!(&letters[..], [(_, Notice::DataRejected { reason, .. })] if reason.contains("3 months"))
    );
    let early = world
        .ra
        .activate(&jana, order.id, &activation(&order, &csr()), NOW)
        .await;
    assert!(
        matches!(early, Err(ActivateError::WrongState(_))),
        "{early:?}"
    );
}

#[tokio::test]
async fn the_queue_is_searched_and_ordered() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let otto = world.officer().await;
    let ra = &world.ra;
    let second = world
        .submitted(&jana, "smime-organization-365", NOW.plus(hours(1)))
        .await;
    let first = world.submitted(&eva, "smime-individual-365", NOW).await;
    let done = world.submitted(&jana, "smime-sponsor-365", NOW).await;
    ra.decide(
        &otto,
        done.id,
        Decision::Verify,
        done.version,
        NOW.plus(hours(2)),
    )
    .await
    .unwrap();
    let list = async |waiting_only: bool, text: &str| {
        let filter = QueueFilter {
            waiting_only,
            text: text.to_owned(),
            page: 1,
        };
        let page = ra.queue(&otto, &filter).await.unwrap();
        page.items.iter().map(|item| item.order).collect::<Vec<_>>()
    };
    assert_eq!(
        list(true, "").await,
        [first.id, second.id],
        "the longest first"
    );
    assert_eq!(
        list(false, "").await,
        [done.id, second.id, first.id],
        "the last changed first"
    );
    assert_eq!(list(true, &first.number.to_lowercase()).await, [first.id]);
    assert_eq!(list(true, "EVA@example.cz").await, [first.id]);
    let person = world.register().person(jana.person).await.unwrap().unwrap();
    let number = person.registration_number.to_string();
    assert_eq!(list(true, &number).await, [second.id]);
    assert_eq!(list(false, &number).await.len(), 2);
    assert!(
        list(true, &done.number).await.is_empty(),
        "it does not wait"
    );
    assert_eq!(list(false, &done.number).await, [done.id]);
    assert!(list(false, "nobody@example.cz").await.is_empty());
    assert!(list(false, "' or 1=1 --").await.is_empty());
    // More documents do not move it back in the queue.
    ra.add_document(&eva, first.id, upload(PDF, None), NOW.plus(hours(5)))
        .await
        .unwrap();
    assert_eq!(list(true, "").await, [first.id, second.id]);
}

#[tokio::test]
async fn a_password_alone_opens_no_application() {
    let world = world().await;
    let jana = world.applicant().await;
    let mut otto = world.officer().await;
    let order = world.submitted(&jana, "smime-organization-365", NOW).await;
    otto.level = AuthLevel::Password;
    let seen = world.ra.application(&otto, order.id).await.map(drop);
    let needs = |permission| Denied::SecondFactor(permission);
    assert!(
        matches!(seen, Err(ReadError::Denied(denied)) if denied == needs(Permission::ReadApplications))
    );
    let decided = world
        .ra
        .decide(&otto, order.id, Decision::Verify, order.version, NOW);
    assert!(
        matches!(decided.await, Err(DecideError::Denied(denied)) if denied == needs(Permission::DecideApplications))
    );
    let again = submission(&order);
    assert_eq!(again.data, data());
}
