//! The whole way, on every store: application, vetting, mailbox, key, certificate, revocation.

use chancery_ca::{CertificateState, Search};
use chancery_ra::{
    CommonName, CsrCheck, Decision, EventKind, Kind, Notice, Outcome, QueueFilter, RevokeError,
    StatementAt, Step,
};
use chancery_register::{Language, Person};
use chancery_x509::RevocationReason;

use crate::world::{NOW, World, activation, csr, data, hours, states, submission, ticked, worlds};

#[tokio::test]
async fn from_an_application_to_a_revoked_certificate() {
    for world in worlds().await {
        let store = world.store.engine();
        Box::pin(whole_way(&world)).await;
        println!("{store}: the whole way");
    }
}

#[expect(clippy::too_many_lines, reason = "a story is read from top to bottom")]
async fn whole_way(world: &World) {
    let ra = &world.ra;
    let jana = world.applicant().await;
    let otto = world.officer().await;

    // The order.
    let order = ra
        .place_order(&jana, "smime-organization-365", NOW)
        .await
        .unwrap();
    assert!(
        order.number.starts_with("O-2026-000001-"),
        "{}",
        order.number
    );
    assert_eq!(
        states(&order),
        ["awaiting-data", "not-available-yet", "not-available-yet"]
    );
    assert_eq!(order.next(), Some(Step::DataVerification));

    // A draft, incomplete and as typed.
    let mut typed = data();
    typed.organization.name = " <unfinished".into();
    typed.organization.number = "45".into();
    ra.save_draft(&jana, order.id, &typed, NOW).await.unwrap();
    let view = ra.order(&jana, order.id, NOW).await.unwrap();
    assert_eq!(view.data(), Some(&typed));

    // Submitted, sent back, corrected.
    ra.submit_data(&jana, order.id, &submission(&order), NOW)
        .await
        .unwrap();
    let queue = ra.queue(&otto, &QueueFilter::default()).await.unwrap();
    assert_eq!((queue.total, queue.items.len()), (1, 1));
    assert_eq!(queue.items[0].applicant, "Jana Nováková");
    assert_eq!(
        queue.items[0].organization.as_deref(),
        Some("Příliš Žluťoučký, s. r. o.")
    );
    let seen = ra.application(&otto, order.id).await.unwrap();
    let reason = "The street is not the one in the register.".to_owned();
    let reject = Decision::Reject {
        reason: reason.clone(),
    };
    ra.decide(
        &otto,
        order.id,
        reject,
        seen.order.version,
        NOW.plus(hours(2)),
    )
    .await
    .unwrap();
    let view = ra.order(&jana, order.id, NOW).await.unwrap();
    assert_eq!(states(&view.order)[0], "rejected");
    assert_eq!(
        view.data().unwrap().organization.number,
        "45274649",
        "everything is kept"
    );
    let mut corrected = submission(&order);
    corrected.data.organization.street = "Na Příkopě 3".into();
    let later = NOW.plus(hours(3));
    ra.submit_data(&jana, order.id, &corrected, later)
        .await
        .unwrap();

    // Verified.
    let seen = ra.application(&otto, order.id).await.unwrap();
    assert_eq!(seen.submissions.len(), 2);
    assert!(matches!(
        &seen.submissions[1].outcome,
        Outcome::Rejected { by, reason: kept, .. } if *by == otto.person && *kept == reason
    ));
    assert_eq!(seen.submissions[0].outcome, Outcome::Waiting);
    assert_eq!(seen.submissions[0].statements.len(), 2);
    ra.decide(&otto, order.id, Decision::Verify, seen.order.version, later)
        .await
        .unwrap();
    let view = ra.order(&jana, order.id, later).await.unwrap();
    assert_eq!(
        states(&view.order),
        ["verified", "awaiting-data", "not-available-yet"]
    );
    let known = world.register().organizations_of(jana.person).await;
    assert_eq!(known.unwrap()[0].verified.street, "Na Příkopě 3");
    let waits = ra.usual_wait(Kind::Organization).await.unwrap();
    assert_eq!(waits, Some(hours(2)), "the middle of 0 and 2 hours");

    // The mailbox.
    let (token, _) = world.send(&jana, &order, "faktury@example.cz", later).await;
    let shown = ra.email_confirmation(&token, later).await.unwrap();
    assert_eq!(shown.email, "faktury@example.cz");
    ra.confirm_email_link(&token, None, later).await.unwrap();

    // The certificate.
    let page = ra.activation(&jana, order.id, later).await.unwrap();
    let names: Vec<_> = page.common_names.iter().map(|name| name.choice).collect();
    assert_eq!(names, [CommonName::Organization, CommonName::Email]);
    let csr = csr();
    let check = ra.check_csr(&jana, order.id, &csr, later).await.unwrap();
    assert!(
        matches!(
            check,
            CsrCheck::Correct {
                bits: Some(256),
                ..
            }
        ),
        "{check:?}"
    );
    let mut chosen = activation(&order, &csr);
    chosen.common_name = Some(CommonName::Organization);
    chosen.fields = page
        .fields
        .iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.field)
        .collect();
    let preview = ra.preview(&jana, order.id, &chosen, later).await.unwrap();
    assert_eq!(preview.emails, ["faktury@example.cz"]);
    world.letters().await;
    let id = ra.activate(&jana, order.id, &chosen, later).await.unwrap();

    let record = ra.certificate(&jana, id).await.unwrap();
    assert_eq!(record.state(later), CertificateState::Valid);
    assert_eq!(record.certificate.subject(), &preview.subject);
    assert_eq!(record.order, Some(order.id));
    let view = ra.order(&jana, order.id, later).await.unwrap();
    assert_eq!(view.order.certificate, Some(id));
    assert_eq!(states(&view.order), ["verified"; 3]);
    mailed(world, &record.certificate).await;
    let agreed = ra.application(&otto, order.id).await.unwrap().agreement;
    assert_eq!(agreed[0].statement, "subscriber-agreement");
    let said: Vec<_> = order
        .product
        .statements_at(StatementAt::Activation)
        .collect();
    assert_eq!(agreed[0].text_hash, said[0].text_hash("cs"));
    assert_ne!(agreed[0].text_hash, said[0].text_hash("en"));

    // The next order takes the verified data over.
    let next = ra
        .place_order(&jana, "smime-organization-730", later)
        .await
        .unwrap();
    assert!(next.number.starts_with("O-2026-000002-"));
    let offered = ra.reusable(&jana, next.id, later).await.unwrap();
    assert_eq!(offered.len(), 1);
    assert_eq!(offered[0].data.organization.street, "Na Příkopě 3");
    let said = ticked(&next, StatementAt::Data);
    ra.reuse_data(
        &jana,
        next.id,
        offered[0].application,
        &said,
        Language::En,
        later,
    )
    .await
    .unwrap();
    let view = ra.order(&jana, next.id, later).await.unwrap();
    assert_eq!(view.order.next(), Some(Step::EmailVerification));

    // Revoked.
    let reason = RevocationReason::KeyCompromise;
    ra.revoke(&jana, id, reason, later).await.unwrap();
    let record = ra.certificate(&jana, id).await.unwrap();
    assert_eq!(
        record.state(later),
        CertificateState::Revoked { at: later, reason }
    );
    let again = ra.revoke(&jana, id, reason, later).await;
    assert!(
        matches!(again, Err(RevokeError::AlreadyRevoked { .. })),
        "{again:?}"
    );
    let letter = world.letters().await.pop().unwrap();
    assert!(
        matches!(letter.1, Notice::CertificateRevoked { .. }),
        "{letter:?}"
    );

    // What happened.
    let view = ra.order(&jana, order.id, later).await.unwrap();
    let kinds: Vec<EventKind> = view.events.iter().rev().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [
            EventKind::OrderPlaced,
            EventKind::DataSubmitted,
            EventKind::DataRejected,
            EventKind::DataSubmitted,
            EventKind::DataVerified,
            EventKind::CodeSent,
            EventKind::EmailVerified,
            EventKind::CertificateIssued,
            EventKind::CertificateRevoked,
        ]
    );
    let all = ra.events(&jana, 100).await.unwrap();
    assert_eq!(all.len(), kinds.len() + 2);
    let mine = ra.certificates(&jana, &Search::default(), later).await;
    assert_eq!(mine.unwrap().items.len(), 1);
    let orders = ra.orders(&jana, 1).await.unwrap();
    let numbers: Vec<_> = orders.items.iter().map(|order| order.id).collect();
    assert_eq!(numbers, [next.id, order.id], "newest first");
    assert_eq!((orders.total, orders.pages()), (2, 1));
}

/// The certificate went to the mailbox that it names, with its chain.
async fn mailed(world: &World, certificate: &chancery_x509::Certificate) {
    let letters = world.letters().await;
    let [(to, notice)] = letters.as_slice() else {
        panic!("{letters:?}");
    };
    assert_eq!(to, "faktury@example.cz");
    let Notice::CertificateIssued {
        about,
        certificate: mailed,
        chain,
        ..
    } = notice
    else {
        panic!("{notice:?}");
    };
    assert_eq!(mailed, certificate.as_der());
    assert_eq!(chain.len(), 2);
    let jana: Option<Person> = world
        .register()
        .find_person("jana@example.cz")
        .await
        .unwrap();
    assert_eq!(about.full_name, jana.unwrap().full_name);
    assert_eq!(
        about.product, "S/MIME Organizace",
        "in the person's language"
    );
}
