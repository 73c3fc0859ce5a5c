//! Renewal: on which data, by which code, with which key, and what becomes of the former certificate.

use chancery_ca::{CertificateState, testing};
use chancery_ra::{
    ActivateError, CertificateField, ConfirmEmailError, CsrCheck, EventKind, KeyPlace, LogInChoice,
    Notice, Obstacle, Problem, RenewError, Renewal, RenewalStage, SendEmailError, Step,
};
use chancery_register::{Language, Principal};
use chancery_store::{Id, Timestamp};
use chancery_x509::RevocationReason;

use crate::world::{NOW, World, activation, csr, days, hours, secs, world, worlds};

const SPONSOR: &str = "smime-sponsor-365";
const MAILBOX: &str = "smime-mailbox-365";

async fn begin(
    world: &World,
    who: &Principal,
    certificate: Id,
    now: Timestamp,
) -> Result<(), RenewError> {
    let renewal = world.ra.renewal(who, certificate, now).await?;
    let stated: Vec<_> = renewal
        .statements
        .iter()
        .map(|one| one.reference())
        .collect();
    world
        .ra
        .begin_renewal(who, certificate, &stated, Language::Cs, now)
        .await
}

/// Begins a renewal; gives its order and the code that was sent.
async fn code(world: &World, who: &Principal, certificate: Id, now: Timestamp) -> (Id, String) {
    world.letters().await;
    begin(world, who, certificate, now).await.unwrap();
    let renewal = world.ra.renewal(who, certificate, now).await.unwrap();
    let RenewalStage::Code { order, .. } = renewal.stage else {
        panic!("{:?}", renewal.stage);
    };
    match world.letters().await.pop() {
        Some((to, Notice::EmailVerification { code, renews, .. })) => {
            assert_eq!(to, "post@example.cz");
            assert_eq!(renews, Some(certificate.to_string()));
            (order, code)
        }
        other => panic!("{other:?}"),
    }
}

async fn renewed(world: &World, who: &Principal, certificate: Id, now: Timestamp) -> Id {
    let (order, code) = code(world, who, certificate, now).await;
    world
        .ra
        .confirm_email_code(who, order, &code, now)
        .await
        .unwrap();
    let view = world.ra.order(who, order, now).await.unwrap();
    let data = activation(&view.order, &csr());
    world.ra.activate(who, order, &data, now).await.unwrap()
}

fn obstacle(result: Result<Renewal, RenewError>) -> Obstacle {
    match result {
        Err(RenewError::Obstacle(obstacle)) => obstacle,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_renewal_takes_data_over_and_asks_the_mailbox_anew() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let (order, former) = world.issued(&jana, SPONSOR, NOW).await;
        let later = NOW.plus(days(340));
        let renewal = world.ra.renewal(&jana, former, later).await.unwrap();
        assert_eq!(renewal.stage, RenewalStage::Begin);
        assert_eq!(renewal.email, "post@example.cz");
        assert_eq!(renewal.data_until, Some(NOW.plus(days(825))));
        assert_eq!(renewal.product.code, SPONSOR);

        let unticked = world
            .ra
            .begin_renewal(&jana, former, &[], Language::Cs, later)
            .await;
        assert!(
            matches!(unticked, Err(RenewError::Fields(_))),
            "{unticked:?}"
        );
        let open = world.ra.orders(&jana, 1).await.unwrap();
        assert_eq!(open.total, 1, "nothing is ordered without the statements");

        let (next, code) = code(&world, &jana, former, later).await;
        assert_ne!(next, order.id);
        let wrong = world
            .ra
            .confirm_email_code(&jana, next, &"0".repeat(28), later)
            .await;
        assert!(
            matches!(wrong, Err(ConfirmEmailError::WrongCode { left: 4 })),
            "{wrong:?}"
        );
        world
            .ra
            .confirm_email_code(&jana, next, &code, later)
            .await
            .unwrap();
        let again = world.ra.confirm_email_code(&jana, next, &code, later).await;
        assert!(matches!(again, Err(ConfirmEmailError::UsedUp)), "{again:?}");
        let renewal = world.ra.renewal(&jana, former, later).await.unwrap();
        assert_eq!(renewal.stage, RenewalStage::Activation { order: next });

        // What the former certificate says is chosen from the start.
        let choices = world.ra.activation(&jana, next, later).await.unwrap();
        let former_record = world.ra.certificate(&jana, former).await.unwrap();
        let name = former_record.certificate.subject().common_name().unwrap();
        assert_eq!(choices.common_names[0].value, name);
        let locality = |choices: &chancery_ra::ActivationView| {
            let found = choices.fields.iter();
            found
                .filter(|choice| choice.field == CertificateField::LocalityName)
                .any(|choice| choice.chosen)
        };
        assert!(!locality(&choices), "it was not wanted then");
        assert_eq!(choices.log_in, LogInChoice::Offered);

        let view = world.ra.order(&jana, next, later).await.unwrap();
        let data = activation(&view.order, &csr());
        let certificate = world.ra.activate(&jana, next, &data, later).await.unwrap();
        let record = world.ra.certificate(&jana, certificate).await.unwrap();
        assert_eq!(
            record.certificate.subject(),
            former_record.certificate.subject()
        );
        assert_eq!(
            former_record.state(later),
            CertificateState::Valid,
            "both work side by side"
        );
        let events = world.ra.order(&jana, next, later).await.unwrap().events;
        assert_eq!(events.last().unwrap().kind, EventKind::RenewalBegun);
        assert_eq!(
            obstacle(world.ra.renewal(&jana, former, later).await),
            Obstacle::Renewed { certificate }
        );
        let renewed = world
            .store
            .rows(
                "select 1 from audit_pending where action = 'order.renew'",
                vec![],
            )
            .await;
        assert_eq!(renewed.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_cannot_be_renewed_says_what_to_do_instead() {
    let world = world().await;
    let jana = world.applicant().await;
    let eva = world.stranger().await;
    let (_, sponsor) = world.issued(&jana, SPONSOR, NOW).await;
    let theirs = world.ra.renewal(&eva, sponsor, NOW).await;
    assert!(matches!(theirs, Err(RenewError::NotFound)), "{theirs:?}");

    let old = NOW.plus(days(826));
    assert_eq!(
        obstacle(world.ra.renewal(&jana, sponsor, old).await),
        Obstacle::DataTooOld {
            product: SPONSOR.to_owned()
        }
    );
    // Where the same data were verified again meanwhile, they are fresh enough.
    world.vetted(&jana, SPONSOR, NOW.plus(days(800))).await;
    assert!(world.ra.renewal(&jana, sponsor, old).await.is_ok());

    let (_, mailbox) = world.issued(&jana, MAILBOX, NOW).await;
    assert!(
        world.ra.renewal(&jana, mailbox, old).await.is_ok(),
        "nothing but the mailbox is verified, and that is asked anew"
    );
    world
        .ra
        .revoke(&jana, mailbox, RevocationReason::KeyCompromise, NOW)
        .await
        .unwrap();
    assert_eq!(
        obstacle(world.ra.renewal(&jana, mailbox, NOW).await),
        Obstacle::Revoked
    );
}

/// Data that are fresh when a renewal begins and too old when it ends are not certified (S/MIME BR 4.2.1).
#[tokio::test]
async fn data_grow_old_during_a_renewal() {
    let world = world().await;
    let jana = world.applicant().await;
    let (_, former) = world.issued(&jana, SPONSOR, NOW).await;
    let late = NOW.plus(days(820));
    let (order, code) = code(&world, &jana, former, late).await;
    world
        .ra
        .confirm_email_code(&jana, order, &code, late)
        .await
        .unwrap();
    let view = world.ra.order(&jana, order, late).await.unwrap();
    let data = activation(&view.order, &csr());
    let over = NOW.plus(days(825)).plus(secs(1));
    let refused = world.ra.activate(&jana, order, &data, over).await;
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
}

/// What an officer revokes while its renewal is under way has no successor, asked for by its holder or by codes.
#[tokio::test]
async fn what_is_revoked_during_a_renewal_is_not_renewed() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, former) = world.issued(&jana, SPONSOR, NOW).await;
        let (order, code) = code(&world, &jana, former, NOW).await;
        world
            .ra
            .confirm_email_code(&jana, order, &code, NOW)
            .await
            .unwrap();
        assert!(world.ra.activation(&jana, order, NOW).await.is_ok());
        let reason = RevocationReason::PrivilegeWithdrawn;
        world.ra.revoke(&otto, former, reason, NOW).await.unwrap();
        let view = world.ra.order(&jana, order, NOW).await.unwrap();
        let data = activation(&view.order, &csr());
        let shown = world.ra.activation(&jana, order, NOW).await.map(drop);
        let previewed = world.ra.preview(&jana, order, &data, NOW).await.map(drop);
        let issued = world.ra.activate(&jana, order, &data, NOW).await.map(drop);
        for refused in [shown, previewed, issued] {
            assert!(
                matches!(refused, Err(ActivateError::FormerRevoked { former: told }) if told == former),
                "{refused:?}"
            );
        }
        let view = world.ra.order(&jana, order, NOW).await.unwrap();
        assert_eq!(view.order.certificate, None);
    }
}

/// Whichever comes first: a successor is issued before the revocation, or not at all.
#[tokio::test]
async fn a_revocation_and_a_renewal_at_once_come_one_after_the_other() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let otto = world.officer().await;
        let (_, former) = world.issued(&jana, MAILBOX, NOW).await;
        let (order, code) = code(&world, &jana, former, NOW).await;
        world
            .ra
            .confirm_email_code(&jana, order, &code, NOW)
            .await
            .unwrap();
        let view = world.ra.order(&jana, order, NOW).await.unwrap();
        let data = activation(&view.order, &csr());
        let reason = RevocationReason::PrivilegeWithdrawn;
        let (issued, revoked) = tokio::join!(
            world.ra.activate(&jana, order, &data, NOW),
            world.ra.revoke(&otto, former, reason, NOW),
        );
        revoked.unwrap();
        assert!(
            matches!(issued, Ok(_) | Err(ActivateError::FormerRevoked { .. })),
            "{issued:?}"
        );
    }
}

#[tokio::test]
async fn a_code_expires_is_blocked_and_is_replaced_by_the_next() {
    let world = world().await;
    let jana = world.applicant().await;
    let (_, former) = world.issued(&jana, MAILBOX, NOW).await;
    let (order, first) = code(&world, &jana, former, NOW).await;
    let (same, second) = code(&world, &jana, former, NOW.plus(hours(1))).await;
    assert_eq!(order, same, "a renewal is begun once");
    let now = NOW.plus(hours(2));
    let confirm =
        async |code: &str, now| world.ra.confirm_email_code(&jana, order, code, now).await;
    let former_code = confirm(&first, now).await;
    assert!(
        matches!(former_code, Err(ConfirmEmailError::WrongCode { left: 4 })),
        "{former_code:?}"
    );
    for left in (0..4).rev() {
        let wrong = confirm(&"1".repeat(28), now).await;
        match wrong {
            Err(ConfirmEmailError::WrongCode { left: told }) => assert_eq!(told, left),
            Err(ConfirmEmailError::Blocked) => assert_eq!(left, 0),
            other => panic!("{other:?}"),
        }
    }
    let blocked = confirm(&second, now).await;
    assert!(
        matches!(blocked, Err(ConfirmEmailError::Blocked)),
        "{blocked:?}"
    );
    let (_, third) = code(&world, &jana, former, now).await;
    let expired = confirm(&third, now.plus(hours(24))).await;
    assert!(
        matches!(expired, Err(ConfirmEmailError::Expired)),
        "{expired:?}"
    );
}

#[tokio::test]
async fn the_successor_names_the_same_mailbox() {
    let world = world().await;
    let jana = world.applicant().await;
    let (_, former) = world.issued(&jana, MAILBOX, NOW).await;
    let (order, _) = code(&world, &jana, former, NOW).await;
    let other = world
        .ra
        .send_email_verification(&jana, order, "other@example.cz", NOW)
        .await;
    match other {
        Err(SendEmailError::Fields(fields)) => assert_eq!(fields[0].problem, Problem::NotOffered),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_former_key_is_taken_only_where_the_product_allows() {
    let world = world().await;
    let jana = world.applicant().await;
    let (key, request) = testing::request();
    let order = world.ready(&jana, MAILBOX, NOW).await;
    let data = activation(&order, &request.to_pem());
    let former = world
        .ra
        .activate(&jana, order.id, &data, NOW)
        .await
        .unwrap();
    let (next, code) = code(&world, &jana, former, NOW).await;
    world
        .ra
        .confirm_email_code(&jana, next, &code, NOW)
        .await
        .unwrap();
    let again = testing::request_by(&key).to_pem();
    let check = world.ra.check_csr(&jana, next, &again, NOW).await.unwrap();
    assert!(
        matches!(&check, CsrCheck::Wrong(problem) if problem.id == "key-of-former"),
        "{check:?}"
    );
    let view = world.ra.order(&jana, next, NOW).await.unwrap();
    let data = activation(&view.order, &again);
    let refused = world.ra.activate(&jana, next, &data, NOW).await;
    assert!(matches!(refused, Err(ActivateError::Csr(_))), "{refused:?}");
    assert!(!view.order.product.same_key);
}

/// Everything is shown and agreed to before the key is made (G6), and where it was made is remembered.
#[tokio::test]
async fn a_key_of_the_browser_comes_last() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, SPONSOR, NOW).await;
    let mut data = activation(&order, "");
    data.key_place = KeyPlace::Browser;
    data.register = true;
    let preview = world.ra.preview(&jana, order.id, &data, NOW).await.unwrap();
    assert_eq!(preview.emails, ["post@example.cz"]);
    let without = world.ra.activate(&jana, order.id, &data, NOW).await;
    assert!(matches!(without, Err(ActivateError::Csr(_))), "{without:?}");
    data.csr = csr();
    let id = world
        .ra
        .activate(&jana, order.id, &data, NOW)
        .await
        .unwrap();
    let record = world.ra.certificate(&jana, id).await.unwrap();
    assert_eq!(record.certificate.subject(), &preview.subject);
    let view = world.ra.order(&jana, order.id, NOW).await.unwrap();
    assert_eq!(view.order.key_place, Some(KeyPlace::Browser));
    assert_eq!(registered(&world, &jana).await, 1);
    // The successor of a registered certificate is registered beside it, asked for or not.
    renewed(&world, &jana, id, NOW).await;
    assert_eq!(registered(&world, &jana).await, 2);
    // One that is not registered has no successor that is.
    let (_, other) = world.issued(&jana, MAILBOX, NOW).await;
    renewed(&world, &jana, other, NOW).await;
    assert_eq!(registered(&world, &jana).await, 2);
}

async fn registered(world: &World, who: &Principal) -> i64 {
    let rows = world
        .store
        .rows(
            "select count(*) from register_certificates where person = $1 and signing and encryption",
            chancery_store::args![who.person],
        )
        .await
        .unwrap();
    rows[0].int(0).unwrap()
}

#[tokio::test]
async fn two_renewals_at_once_are_one() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let (_, former) = world.issued(&jana, MAILBOX, NOW).await;
        let (first, second) = tokio::join!(
            begin(&world, &jana, former, NOW),
            begin(&world, &jana, former, NOW),
        );
        assert!(first.is_ok() || second.is_ok(), "{first:?} {second:?}");
        let orders = world.ra.orders(&jana, 1).await.unwrap();
        assert_eq!(orders.total, 2);
    }
}

async fn told(world: &World, now: Timestamp) -> Vec<u16> {
    world.ra.maintain(now).await.unwrap();
    let mut told = Vec::new();
    for (to, notice) in world.letters().await {
        match notice {
            Notice::CertificateEnds { days, .. } => {
                assert_eq!(to, "jana@example.cz");
                told.push(days);
            }
            other => panic!("{other:?}"),
        }
    }
    told
}

#[tokio::test]
async fn holders_are_told_of_the_end_before_it_comes() {
    for world in worlds().await {
        let jana = world.applicant().await;
        world.issued(&jana, MAILBOX, NOW).await;
        world.letters().await;
        for (day, expected) in [
            (0, vec![]),
            (304, vec![]),
            (305, vec![60]),
            (305, vec![]),
            (334, vec![]),
            (335, vec![30]),
            // Whoever was not told at 14 days is told once, of the days that are left.
            (359, vec![6]),
            (360, vec![]),
            (364, vec![1]),
            (366, vec![]),
        ] {
            let now = NOW.plus(days(day));
            assert_eq!(told(&world, now).await, expected, "day {day}");
        }
        let (_, second) = world.issued(&jana, MAILBOX, NOW.plus(days(366))).await;
        let (_, third) = world.issued(&jana, MAILBOX, NOW.plus(days(366))).await;
        world
            .ra
            .revoke(
                &jana,
                second,
                RevocationReason::Superseded,
                NOW.plus(days(367)),
            )
            .await
            .unwrap();
        renewed(&world, &jana, third, NOW.plus(days(700))).await;
        world.letters().await;
        let now = NOW.plus(days(366 + 305));
        assert_eq!(
            told(&world, now).await,
            Vec::<u16>::new(),
            "neither the revoked nor the renewed one"
        );
    }
}

/// Of a certificate that was issued here and is registered, one letter tells, the one that leads to its renewal.
#[tokio::test]
async fn nobody_is_told_twice_of_one_end() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, MAILBOX, NOW).await;
    let mut data = activation(&order, &csr());
    data.register = true;
    world
        .ra
        .activate(&jana, order.id, &data, NOW)
        .await
        .unwrap();
    world.letters().await;
    let now = NOW.plus(days(340));
    assert_eq!(told(&world, now).await, [25]);
    world.register().maintain(now).await.unwrap();
    let waiting = world
        .store
        .rows(
            "select count(*) from outbox where state = 'waiting'",
            vec![],
        )
        .await;
    assert_eq!(waiting.unwrap()[0].int(0), Ok(0));
}
