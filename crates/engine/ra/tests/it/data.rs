use chancery_ra::{
    ActivateError, ApplicationData, Decision, DraftError, Event, EventKind, ExistenceProof, Field,
    Outcome, Problem, ReuseError, StatementAt, StatementVersion, Step, SubmitError,
};
use chancery_register::Language;
use chancery_store::StoreConfig;
use chancery_x509::RevocationReason as Reason;

use crate::world::{
    NOW, activation, csr, data, days, is_waiting, states, submission, ticked, world, worlds,
};

const REASON: &str = "Send a newer extract, please.";

fn problems(error: SubmitError) -> Vec<(Field, Problem)> {
    match error {
        SubmitError::Fields(errors) => errors
            .into_iter()
            .map(|error| (error.field, error.problem))
            .collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_draft_is_kept_as_typed() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, "smime-sponsor-365", NOW).await;
    let order = order.unwrap();
    let mut typed = ApplicationData::default();
    typed.organization.name = "  <b>\u{202e}half\0 ".into();
    typed.person.document_number = "12".into();
    world
        .ra
        .save_draft(&jana, order.id, &typed, NOW)
        .await
        .unwrap();
    assert_eq!(
        world.order(&jana, &order, NOW).await.draft,
        Some(typed.clone())
    );
    // A wrong submission loses nothing of it.
    let mut wrong = submission(&order);
    wrong.data = typed.clone();
    assert!(
        world
            .ra
            .submit_data(&jana, order.id, &wrong, NOW)
            .await
            .is_err()
    );
    assert_eq!(
        world.order(&jana, &order, NOW).await.draft,
        Some(typed.clone())
    );
    typed.person.role = "x".repeat(70_000);
    let refused = world.ra.save_draft(&jana, order.id, &typed, NOW).await;
    assert!(
        matches!(refused, Err(DraftError::TooLarge { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, "smime-sponsor-365", NOW).await;
    let order = order.unwrap();
    let mut wrong = submission(&order);
    wrong.data.organization.name = "<script>alert(1)</script>".into();
    wrong.data.organization.number = "45274648".into();
    wrong.data.organization.proof = ExistenceProof::Document;
    wrong.data.person.surname = "Nov\u{2066}ák".into();
    wrong.data.person.given_name = "Jana\r\nBcc: eva@example.org".into();
    wrong.ticked[0].version = "2019-01".into();
    wrong.ticked.remove(1);
    let refused = world.ra.submit_data(&jana, order.id, &wrong, NOW).await;
    let told = problems(refused.unwrap_err());
    let missing = |document: &str| Problem::DocumentMissing {
        document: document.into(),
    };
    let statement = |id: &str| id.to_owned();
    assert_eq!(
        told,
        [
            (Field::OrganizationName, Problem::Markup),
            (Field::Number, Problem::WrongCheckDigit),
            (Field::GivenName, Problem::ForbiddenCharacter),
            (Field::Surname, Problem::ForbiddenCharacter),
            (Field::Documents, missing("identity-document")),
            (Field::Documents, missing("affiliation")),
            (Field::Documents, missing("register-extract")),
            (
                Field::Statements,
                Problem::NewVersion {
                    statement: statement("data-are-true")
                }
            ),
            (
                Field::Statements,
                Problem::NotTicked {
                    statement: statement("organization-sponsors-me")
                }
            ),
        ]
    );
    let checked = world.ra.check_data(&jana, order.id, &wrong, NOW).await;
    assert_eq!(
        problems(checked.unwrap_err()),
        told[..7],
        "statements apart"
    );
    assert_eq!(
        states(&world.order(&jana, &order, NOW).await.order)[0],
        "awaiting-data"
    );
}

#[tokio::test]
async fn a_number_with_a_wrong_check_digit_is_sent_on_knowingly() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let order = order.unwrap();
    let mut insisting = submission(&order);
    insisting.data.organization.number = "45274648".into();
    let refused = world.ra.submit_data(&jana, order.id, &insisting, NOW).await;
    assert_eq!(
        problems(refused.unwrap_err()),
        [(Field::Number, Problem::WrongCheckDigit)]
    );
    insisting.wrong_number_knowingly = true;
    world
        .ra
        .submit_data(&jana, order.id, &insisting, NOW)
        .await
        .unwrap();
    let seen = world.ra.application(&otto, order.id).await.unwrap();
    assert!(
        seen.submissions[0].number_wrong_knowingly,
        "the officer is told"
    );

    // And told again where these data are used once more.
    let (id, version) = (order.id, seen.order.version);
    let decided = world.ra.decide(&otto, id, Decision::Verify, version, NOW);
    decided.await.unwrap();
    let next = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await
        .unwrap();
    let offered = world.ra.reusable(&jana, next.id, NOW).await.unwrap();
    let (application, ticked) = (offered[0].application, submission(&next).ticked);
    let ra = &world.ra;
    ra.reuse_data(&jana, next.id, application, &ticked, Language::Cs, NOW)
        .await
        .unwrap();
    let seen = world.ra.application(&otto, next.id).await.unwrap();
    assert!(seen.submissions[0].number_wrong_knowingly);
}

/// What was verified once and is known not to hold any more is not certified again, whichever certificate on it was revoked.
#[tokio::test]
async fn data_of_a_certificate_revoked_as_untrue_are_not_used_again() {
    let reasons = [
        (Reason::AffiliationChanged, false),
        (Reason::PrivilegeWithdrawn, false),
        (Reason::Superseded, true),
        (Reason::KeyCompromise, true),
    ];
    for (reason, usable) in reasons {
        for later in [false, true] {
            let world = world().await;
            let ra = &world.ra;
            let jana = world.applicant().await;
            let otto = world.officer().await;
            let product = "smime-sponsor-365";
            let (_, mut certificate) = world.issued(&jana, product, NOW).await;
            let next = ra.place_order(&jana, product, NOW).await.unwrap();
            let said = ticked(&next, StatementAt::Data);
            let offered = ra.reusable(&jana, next.id, NOW).await.unwrap();
            let source = offered[0].application;
            if later {
                let again = ra.place_order(&jana, product, NOW).await.unwrap();
                ra.reuse_data(&jana, again.id, source, &said, Language::Cs, NOW)
                    .await
                    .unwrap();
                let (token, _) = world.send(&jana, &again, "post@example.cz", NOW).await;
                ra.confirm_email_link(&token, None, NOW).await.unwrap();
                let again = world.order(&jana, &again, NOW).await.order;
                let data = activation(&again, &csr());
                certificate = ra.activate(&jana, again.id, &data, NOW).await.unwrap();
            }
            ra.revoke(&otto, certificate, reason, NOW).await.unwrap();
            let offered = ra.reusable(&jana, next.id, NOW).await.unwrap();
            assert_eq!(!offered.is_empty(), usable, "{reason} {later}");
            let reused = ra
                .reuse_data(&jana, next.id, source, &said, Language::Cs, NOW)
                .await;
            match reused {
                Ok(()) => assert!(usable, "{reason} {later}"),
                Err(ReuseError::NotUsable) => assert!(!usable, "{reason} {later}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_form_posted_twice_is_one_submission() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let order = world
            .ra
            .place_order(&jana, "smime-organization-365", NOW)
            .await;
        let order = order.unwrap();
        let submission = submission(&order);
        let (first, second) = tokio::join!(
            world.ra.submit_data(&jana, order.id, &submission, NOW),
            world.ra.submit_data(&jana, order.id, &submission, NOW),
        );
        let lost = match (first, second) {
            (Ok(()), Err(lost)) | (Err(lost), Ok(())) => lost,
            both => panic!("{both:?}"),
        };
        assert!(
            matches!(lost, SubmitError::Stale | SubmitError::WrongState(_)),
            "{lost:?}"
        );
        let third = world
            .ra
            .submit_data(&jana, order.id, &submission, NOW)
            .await;
        assert!(
            matches!(third, Err(SubmitError::WrongState(_))),
            "{third:?}"
        );
        let draft = world.ra.save_draft(&jana, order.id, &data(), NOW).await;
        assert!(matches!(draft, Err(DraftError::WrongState(_))), "{draft:?}");
        let seen = world.ra.application(&otto, order.id).await.unwrap();
        assert_eq!(seen.submissions.len(), 1);
        assert_eq!(seen.submissions[0].outcome, Outcome::Waiting);
        assert_eq!(world.letters().await.len(), 1);
    }
}

#[tokio::test]
async fn personal_data_are_sealed_at_rest() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world
        .ra
        .place_order(&jana, "smime-individual-365", NOW)
        .await;
    let order = order.unwrap();
    let mut secret = submission(&order);
    secret.data.person.document_number = "7654321XYZ".into();
    secret.data.person.surname = "Tajuplná".into();
    world
        .ra
        .save_draft(&jana, order.id, &secret.data, NOW)
        .await
        .unwrap();
    world.attach_needed(&jana, &order, NOW).await;
    world
        .ra
        .submit_data(&jana, order.id, &secret, NOW)
        .await
        .unwrap();
    let seen = world.order(&jana, &order, NOW).await;
    assert_eq!(
        seen.submission.unwrap().data.person.document_number,
        "7654321XYZ"
    );
    let StoreConfig::Sqlite { path } = world.store.config() else {
        panic!("not a file")
    };
    for file in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        let octets = std::fs::read(file.unwrap().path()).unwrap();
        for secret in ["7654321XYZ", "Tajuplná"] {
            let found = octets
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} lies open");
        }
    }
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "who may not use them, and then who may"
)]
async fn data_verified_once_serve_the_next_order_of_the_same_person() {
    let world = world().await;
    let ra = &world.ra;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let vetted = world.vetted(&jana, "smime-sponsor-365", NOW).await;
    let source = world.order(&jana, &vetted, NOW).await.submission.unwrap();

    // Not another person's, not another kind's, not without the statements, not unknown.
    let foreign = ra
        .place_order(&eva, "smime-sponsor-365", NOW)
        .await
        .unwrap();
    let said = ticked(&foreign, StatementAt::Data);
    assert!(ra.reusable(&eva, foreign.id, NOW).await.unwrap().is_empty());
    let refused = ra
        .reuse_data(
            &eva,
            foreign.id,
            source.application,
            &said,
            Language::En,
            NOW,
        )
        .await;
    assert!(matches!(refused, Err(ReuseError::NotUsable)), "{refused:?}");
    let whole = ra.place_order(&jana, "smime-organization-365", NOW).await;
    let whole = whole.unwrap();
    let said = ticked(&whole, StatementAt::Data);
    assert!(ra.reusable(&jana, whole.id, NOW).await.unwrap().is_empty());
    let refused = ra
        .reuse_data(
            &jana,
            whole.id,
            source.application,
            &said,
            Language::En,
            NOW,
        )
        .await;
    assert!(
        matches!(refused, Err(ReuseError::NotUsable)),
        "a role is not the right to act: {refused:?}"
    );
    let next = ra.place_order(&jana, "smime-individual-730", NOW).await;
    let next = next.unwrap();
    let unsaid: [StatementVersion; 0] = [];
    let refused = ra
        .reuse_data(
            &jana,
            next.id,
            source.application,
            &unsaid,
            Language::En,
            NOW,
        )
        .await;
    assert!(
        matches!(&refused, Err(ReuseError::Fields(fields)) if fields.len() == 2),
        "{refused:?}"
    );

    // Nor too old.
    let said = ticked(&next, StatementAt::Data);
    let late = NOW.plus(days(825));
    assert!(ra.reusable(&jana, next.id, late).await.unwrap().is_empty());
    let refused = ra
        .reuse_data(
            &jana,
            next.id,
            source.application,
            &said,
            Language::En,
            late,
        )
        .await;
    assert!(matches!(refused, Err(ReuseError::NotUsable)), "{refused:?}");

    // But the person, without the organisation, for an individual; as of then.
    let soon = NOW.plus(days(100));
    let offered = ra.reusable(&jana, next.id, soon).await.unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].verified_at, NOW);
    assert_eq!(offered[0].usable_until, late);
    assert_eq!(offered[0].data.organization.name, "");
    ra.reuse_data(
        &jana,
        next.id,
        source.application,
        &said,
        Language::En,
        soon,
    )
    .await
    .unwrap();
    let view = world.order(&jana, &next, soon).await;
    assert_eq!(view.order.next(), Some(Step::EmailVerification));
    let verified = view.order.state(Step::DataVerification).unwrap();
    assert_eq!(
        verified.evidence_at(),
        Some(NOW),
        "the age counts from the first time"
    );
    let otto = world.officer().await;
    let seen = ra.application(&otto, next.id).await.unwrap();
    assert!(matches!(
        seen.submissions[0].outcome,
        Outcome::Reused { source: from, at: NOW, .. } if from == source.application
    ));
    assert_eq!(seen.documents.len(), 2, "those of then can be seen");
    assert!(
        ra.reuse_data(
            &jana,
            next.id,
            source.application,
            &said,
            Language::En,
            soon
        )
        .await
        .is_err(),
        "once"
    );
}

#[tokio::test]
async fn what_was_sent_back_is_not_reused() {
    let world = world().await;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world.submitted(&jana, "smime-organization-365", NOW).await;
    let reject = Decision::Reject {
        reason: REASON.to_owned(),
    };
    world
        .ra
        .decide(&otto, order.id, reject, order.version, NOW)
        .await
        .unwrap();
    let next = world
        .ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await;
    let next = next.unwrap();
    assert!(
        world
            .ra
            .reusable(&jana, next.id, NOW)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn evidence_that_grew_too_old_is_renewed() {
    let world = world().await;
    let ra = &world.ra;
    let jana = world.applicant().await;
    let otto = world.officer().await;
    let order = world.vetted(&jana, "smime-organization-365", NOW).await;
    let last_day = NOW.plus(days(824));
    let again = ra
        .submit_data(&jana, order.id, &submission(&order), last_day)
        .await;
    assert!(
        matches!(again, Err(SubmitError::WrongState(_))),
        "{again:?}"
    );
    let (token, _) = world.send(&jana, &order, "post@example.cz", last_day).await;
    ra.confirm_email_link(&token, None, last_day).await.unwrap();
    let late = NOW.plus(days(825));
    let chosen = activation(&order, &csr());
    let refused = ra.activate(&jana, order.id, &chosen, late).await;
    assert!(
        matches!(
            refused,
            Err(ActivateError::EvidenceTooOld {
                step: Step::DataVerification,
                ..
            })
        ),
        "{refused:?}"
    );
    ra.submit_data(&jana, order.id, &submission(&order), late)
        .await
        .unwrap();
    let view = world.order(&jana, &order, late).await;
    assert!(is_waiting(&view.order, Step::DataVerification));
    assert_eq!(
        states(&view.order)[1..],
        ["verified", "not-available-yet"],
        "the mailbox stays, activation waits"
    );
    ra.decide(&otto, order.id, Decision::Verify, view.order.version, late)
        .await
        .unwrap();
    ra.activate(&jana, order.id, &chosen, late).await.unwrap();
    let view = world.order(&jana, &order, late).await;
    let reopened = |event: &Event| event.kind == EventKind::DataReopened;
    assert_eq!(
        view.events.iter().filter(|event| reopened(event)).count(),
        1
    );
}
