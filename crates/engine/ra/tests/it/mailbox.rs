use std::collections::HashSet;

use chancery_ra::{
    ActivateError, Answer, ConfirmEmailError, Field, Policy, Problem, SendEmailError, SendingState,
    Step, StepEvidence, StepState,
};

use crate::world::{NOW, activation, csr, days, hours, secs, states, world, world_with, worlds};

const MAILBOX: &str = "smime-mailbox-365";

#[tokio::test]
async fn a_link_is_shown_often_and_used_once() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
        let (token, code) = world.send(&jana, &order, "post@example.cz", NOW).await;
        for _ in 0..3 {
            let shown = world.ra.email_confirmation(&token, NOW).await.unwrap();
            assert_eq!(shown.email, "post@example.cz");
            assert_eq!(shown.applicant, "Jana Nováková");
            assert_eq!(shown.order_number, order.number);
            assert_eq!(shown.expires_at, NOW.plus(hours(24)));
        }
        let view = world.order(&jana, &order, NOW).await;
        assert_eq!(states(&view.order)[0], "waiting-for-verification");
        let (first, second) = tokio::join!(
            world.ra.confirm_email_link(&token, None, NOW),
            world.ra.confirm_email_link(&token, None, NOW),
        );
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        let lost = first.err().or(second.err()).unwrap();
        assert!(matches!(lost, ConfirmEmailError::UsedUp), "{lost:?}");
        for again in [
            world.ra.email_confirmation(&token, NOW).await.map(drop),
            world
                .ra
                .confirm_email_link(&token, None, NOW)
                .await
                .map(drop),
            world
                .ra
                .confirm_email_code(&jana, order.id, &code, NOW)
                .await,
        ] {
            assert!(matches!(again, Err(ConfirmEmailError::UsedUp)), "{again:?}");
        }
        let view = world.order(&jana, &order, NOW).await;
        assert_eq!(states(&view.order), ["verified", "awaiting-data"]);
        assert_eq!(view.sending.unwrap().state, SendingState::Answered);
    }
}

#[tokio::test]
async fn a_code_is_typed_as_people_do_and_used_once() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let (token, code) = world.send(&jana, &order, "post@example.cz", NOW).await;
    let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
    world
        .ra
        .confirm_email_code(&jana, order.id, &typed, NOW)
        .await
        .unwrap();
    let view = world.order(&jana, &order, NOW).await;
    let Some(StepState::Verified { by, evidence, .. }) = view.order.state(Step::EmailVerification)
    else {
        panic!("{view:?}");
    };
    assert_eq!(*by, Some(jana.person.id()));
    assert!(matches!(
        evidence,
        StepEvidence::Mailbox {
            answer: Answer::Code,
            ..
        }
    ));
    let again = world
        .ra
        .confirm_email_code(&jana, order.id, &typed, NOW)
        .await;
    assert!(matches!(again, Err(ConfirmEmailError::UsedUp)), "{again:?}");
    let link = world.ra.confirm_email_link(&token, None, NOW).await;
    assert!(matches!(link, Err(ConfirmEmailError::UsedUp)), "{link:?}");
}

#[tokio::test]
async fn link_and_code_end_after_a_day() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let (token, code) = world.send(&jana, &order, "post@example.cz", NOW).await;
    let end = NOW.plus(hours(24));
    for late in [
        world.ra.email_confirmation(&token, end).await.map(drop),
        world
            .ra
            .confirm_email_link(&token, None, end)
            .await
            .map(drop),
        world
            .ra
            .confirm_email_code(&jana, order.id, &code, end)
            .await,
    ] {
        assert!(matches!(late, Err(ConfirmEmailError::Expired)), "{late:?}");
    }
    let view = world.order(&jana, &order, end).await;
    assert_eq!(view.sending.unwrap().state, SendingState::Expired);
    let last = end.minus(secs(1));
    assert!(
        world
            .ra
            .confirm_email_link(&token, None, last)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn guessing_ends_with_the_tries() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let (token, code) = world.send(&jana, &order, "post@example.cz", NOW).await;
    let wrong = "0".repeat(28);
    // A slip of the pen is no guess.
    for slip in ["", "ABCD", &format!("{code}X"), &"é".repeat(28)] {
        let answer = world
            .ra
            .confirm_email_code(&jana, order.id, slip, NOW)
            .await;
        assert!(
            matches!(answer, Err(ConfirmEmailError::WrongCode { left: 5 })),
            "{answer:?}"
        );
    }
    for left in (1..5).rev() {
        let answer = world
            .ra
            .confirm_email_code(&jana, order.id, &wrong, NOW)
            .await;
        assert!(
            matches!(answer, Err(ConfirmEmailError::WrongCode { left: said }) if said == left),
            "{answer:?}"
        );
    }
    for code in [&wrong, &code] {
        let answer = world
            .ra
            .confirm_email_code(&jana, order.id, code, NOW)
            .await;
        assert!(
            matches!(answer, Err(ConfirmEmailError::Blocked)),
            "{answer:?}"
        );
    }
    let link = world.ra.confirm_email_link(&token, None, NOW).await;
    assert!(matches!(link, Err(ConfirmEmailError::Blocked)), "{link:?}");
    let sending = world.order(&jana, &order, NOW).await.sending.unwrap();
    assert_eq!(
        (sending.state, sending.tries_left),
        (SendingState::Blocked, 0)
    );
    // A new one helps.
    let (_, code) = world
        .send(&jana, &order, "post@example.cz", NOW.plus(secs(1)))
        .await;
    let now = NOW.plus(secs(2));
    assert!(
        world
            .ra
            .confirm_email_code(&jana, order.id, &code, now)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn guesses_at_once_do_not_share_a_try() {
    for world in worlds().await {
        let jana = world.applicant().await;
        let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
        let (_, code) = world.send(&jana, &order, "post@example.cz", NOW).await;
        let mut guesses = tokio::task::JoinSet::new();
        for guess in 0..40 {
            let (ra, jana, id) = (world.ra.clone(), jana.clone(), order.id);
            guesses.spawn(async move {
                let code = format!("{guess:028}");
                ra.confirm_email_code(&jana, id, &code, NOW).await
            });
        }
        let answers = guesses.join_all().await;
        let looked_at = answers
            .iter()
            .filter(|answer| matches!(answer, Err(ConfirmEmailError::WrongCode { .. })))
            .count();
        assert!(looked_at < 5, "{looked_at}");
        assert!(answers.iter().all(Result::is_err));
        let sending = world.order(&jana, &order, NOW).await.sending.unwrap();
        let right = world
            .ra
            .confirm_email_code(&jana, order.id, &code, NOW)
            .await;
        assert_eq!(right.is_ok(), sending.tries_left > 0, "{right:?}");
    }
}

#[tokio::test]
async fn sending_again_ends_what_was_sent() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let (old_token, old_code) = world.send(&jana, &order, "old@example.cz", NOW).await;
    let now = NOW.plus(secs(60));
    let (token, code) = world.send(&jana, &order, "new@example.cz", now).await;
    let all = HashSet::from([&old_token, &old_code, &token, &code]);
    assert_eq!(all.len(), 4, "each is unique in each mail");
    for former in [
        world.ra.email_confirmation(&old_token, now).await.map(drop),
        world
            .ra
            .confirm_email_link(&old_token, None, now)
            .await
            .map(drop),
    ] {
        assert!(
            matches!(former, Err(ConfirmEmailError::UsedUp)),
            "{former:?}"
        );
    }
    let former = world
        .ra
        .confirm_email_code(&jana, order.id, &old_code, now)
        .await;
    assert!(
        matches!(former, Err(ConfirmEmailError::WrongCode { .. })),
        "{former:?}"
    );
    world
        .ra
        .confirm_email_link(&token, None, now)
        .await
        .unwrap();
    let page = world.ra.activation(&jana, order.id, now).await.unwrap();
    assert_eq!(page.email, "new@example.cz");
}

#[tokio::test]
async fn a_code_answers_for_its_own_order_only() {
    let world = world().await;
    let jana = world.applicant().await;
    let one = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let two = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let (_, code) = world.send(&jana, &one, "post@example.cz", NOW).await;
    let none = world.ra.confirm_email_code(&jana, two.id, &code, NOW).await;
    assert!(matches!(none, Err(ConfirmEmailError::NotFound)), "{none:?}");
    world.send(&jana, &two, "post@example.cz", NOW).await;
    let wrong = world.ra.confirm_email_code(&jana, two.id, &code, NOW).await;
    assert!(
        matches!(wrong, Err(ConfirmEmailError::WrongCode { .. })),
        "{wrong:?}"
    );
    for token in ["", "../../etc/passwd", &"0".repeat(64), &"g".repeat(64)] {
        let unknown = world.ra.confirm_email_link(token, None, NOW).await;
        assert!(
            matches!(unknown, Err(ConfirmEmailError::NotFound)),
            "{unknown:?}"
        );
    }
}

#[tokio::test]
async fn only_addresses_that_can_be_certified_are_written_to() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    world.letters().await;
    for (typed, problem) in [
        ("", Problem::Missing),
        ("jana", Problem::NotAnAddress),
        ("jana@localhost", Problem::NotAnAddress),
        (
            "jana@example.cz\r\nBcc: eva@example.org",
            Problem::NotAnAddress,
        ),
        ("Jana <jana@example.cz>", Problem::NotAnAddress),
        ("jana@example.cz,eva@example.org", Problem::NotAnAddress),
    ] {
        let refused = world
            .ra
            .send_email_verification(&jana, order.id, typed, NOW)
            .await;
        let Err(SendEmailError::Fields(errors)) = refused else {
            panic!("{typed:?}: {refused:?}");
        };
        assert_eq!(
            (errors[0].field, &errors[0].problem),
            (Field::Email, &problem)
        );
    }
    assert!(world.letters().await.is_empty());
    let waits = world
        .ra
        .place_order(&jana, "smime-individual-365", NOW)
        .await;
    let early = world
        .ra
        .send_email_verification(&jana, waits.unwrap().id, "jana@example.cz", NOW)
        .await;
    assert!(
        matches!(early, Err(SendEmailError::WrongState(_))),
        "{early:?}"
    );
}

#[tokio::test]
async fn mails_a_day_are_limited_whatever_the_order() {
    let policy = Policy {
        email_sends_per_day: 2,
        ..Policy::default()
    };
    let world = world_with(policy).await;
    let jana = world.applicant().await;
    let one = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    let two = world.ra.place_order(&jana, MAILBOX, NOW).await.unwrap();
    world.send(&jana, &one, "post@example.cz", NOW).await;
    world.send(&jana, &two, "post@example.cz", NOW).await;
    let send = async |now| {
        let email = "post@example.cz";
        world
            .ra
            .send_email_verification(&jana, one.id, email, now)
            .await
    };
    let third = send(NOW.plus(hours(23))).await;
    assert!(
        matches!(third, Err(SendEmailError::TooMany { max: 2 })),
        "{third:?}"
    );
    assert!(send(NOW.plus(hours(24))).await.is_ok());
}

#[tokio::test]
async fn another_mailbox_is_verified_anew() {
    let world = world().await;
    let jana = world.applicant().await;
    let order = world.ready(&jana, MAILBOX, NOW).await;
    let now = NOW.plus(days(1));
    let (token, _) = world.send(&jana, &order, "other@example.cz", now).await;
    let view = world.order(&jana, &order, now).await;
    assert_eq!(
        states(&view.order),
        ["waiting-for-verification", "not-available-yet"]
    );
    let chosen = activation(&order, &csr());
    let early = world.ra.activate(&jana, order.id, &chosen, now).await;
    assert!(
        matches!(early, Err(ActivateError::WrongState(_))),
        "{early:?}"
    );
    world
        .ra
        .confirm_email_link(&token, None, now)
        .await
        .unwrap();
    let id = world
        .ra
        .activate(&jana, order.id, &chosen, now)
        .await
        .unwrap();
    let record = world.ra.certificate(&jana, id).await.unwrap();
    assert_eq!(record.emails, ["other@example.cz"]);
    let done = world
        .ra
        .send_email_verification(&jana, order.id, "third@example.cz", now)
        .await;
    assert!(
        matches!(done, Err(SendEmailError::WrongState(_))),
        "{done:?}"
    );
}
