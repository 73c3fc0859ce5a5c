//! Sensitive acts in sessions that a password opened: it has to have been proved lately.

use chancery_register::{
    ChangeSecretError, LogInError, PROOF_LIFE, Principal, ProveAgainError, Role, Timestamp,
};
use chancery_store::args;

use crate::{
    totp::{code, enrol},
    world::*,
};

const ADDRESS: &str = "jana@example.cz";
const ACT: &str = "device";
const WRONG: &str = "krava-za-vodou-21-mek";

fn late() -> Timestamp {
    NOW.plus(PROOF_LIFE)
}

async fn prove(
    world: &World,
    principal: &Principal,
    (password, code): (&str, &str),
    now: Timestamp,
) -> Result<(), ProveAgainError> {
    let password = secret(password);
    let register = &world.register;
    register
        .prove_again(principal, ACT, &password, code, now)
        .await
}

/// The same session as a later request sees it.
async fn seen(world: &World, token: &str, now: Timestamp) -> Principal {
    world.session(token, now).await.unwrap().at(HOME)
}

#[tokio::test]
async fn a_password_stays_fresh_for_a_while_and_is_proved_again_in_one_session() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let one = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let two = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let (one, two) = (one.token().expose(), two.token().expose());
        let fresh = seen(&world, one, NOW).await;
        assert!(fresh.proves_by_password() && !fresh.proves_by_code());
        assert!(fresh.proved_lately(late().minus(secs(1))));
        assert!(!fresh.proved_lately(late()));
        // A clock that was set back proves nothing.
        assert!(!fresh.proved_lately(NOW.minus(secs(1))));

        let stale = seen(&world, one, late()).await;
        assert!(!stale.proved_lately(late()));
        let refused = prove(&world, &stale, (WRONG, ""), late()).await;
        assert!(matches!(refused, Err(ProveAgainError::WrongPassword)));
        let still = seen(&world, one, late()).await;
        assert!(!still.proved_lately(late()));

        prove(&world, &stale, (PASSWORD, ""), late()).await.unwrap();
        // Durable, in this session, and in no other of the same person.
        assert!(seen(&world, one, late()).await.proved_lately(late()));
        assert!(!seen(&world, two, late()).await.proved_lately(late()));
        let audited = world
            .store
            .rows(
                "select id from audit_pending where action = $1",
                args!["session.confirm"],
            )
            .await
            .unwrap();
        assert_eq!(audited.len(), 1);
    }
}

#[tokio::test]
async fn sessions_that_are_over_or_half_open_prove_nothing() {
    for world in worlds().await {
        let code_of = world.newcomer("nova@example.cz").await;
        let log_in = world.log_in("nova@example.cz", &code_of, HOME, NOW).await;
        let by_code = world.principal(&log_in.unwrap(), NOW).await;
        let refused = prove(&world, &by_code, (&code_of, ""), NOW).await;
        assert!(matches!(refused, Err(ProveAgainError::SessionOver)));

        let session = world.subscriber(ADDRESS).await;
        world.register.end_session(&session, NOW).await.unwrap();
        let refused = prove(&world, &session, (PASSWORD, ""), NOW).await;
        assert!(matches!(refused, Err(ProveAgainError::SessionOver)));
    }
}

#[tokio::test]
async fn a_second_factor_is_proved_along_and_each_code_is_good_once() {
    for world in worlds().await {
        let session = world.subscriber(ADDRESS).await;
        let (app, enrolled) = enrol(&world, &session, NOW).await;
        let token = enrolled.log_in.token().expose().to_owned();
        // What was proved before is as old as it is: setting up a factor makes no password fresh.
        let raised = seen(&world, &token, late()).await;
        assert!(raised.proves_by_code() && !raised.proved_lately(late()));

        let refused = prove(&world, &raised, (PASSWORD, ""), late()).await;
        assert!(matches!(refused, Err(ProveAgainError::WrongCode)));
        // The password comes first: without it nothing is learnt of the code.
        let right = code(&app, late());
        let refused = prove(&world, &raised, (WRONG, &right), late()).await;
        assert!(matches!(refused, Err(ProveAgainError::WrongPassword)));
        assert!(!seen(&world, &token, late()).await.proved_lately(late()));

        let both = (PASSWORD, right.as_str());
        prove(&world, &raised, both, late()).await.unwrap();
        assert!(seen(&world, &token, late()).await.proved_lately(late()));
        let replayed = prove(&world, &raised, both, late()).await;
        assert!(matches!(replayed, Err(ProveAgainError::UsedCode)));

        // Half a session, which still waits for the code, is none.
        let half = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let half = world.principal(&half, NOW).await;
        let refused = prove(&world, &half, (PASSWORD, &code(&app, NOW)), NOW).await;
        assert!(matches!(refused, Err(ProveAgainError::SessionOver)));
    }
}

#[tokio::test]
async fn guesses_count_with_those_of_log_in_and_of_changing_the_password() {
    for world in worlds().await {
        let thief = world.subscriber(ADDRESS).await.at(address(7));
        for _ in 0..5 {
            let refused = prove(&world, &thief, (WRONG, ""), NOW).await;
            assert!(matches!(refused, Err(ProveAgainError::WrongPassword)));
        }
        let guess = prove(&world, &thief, (WRONG, ""), NOW).await;
        assert!(matches!(guess, Err(ProveAgainError::WrongPassword)));
        let refused = prove(&world, &thief, (PASSWORD, ""), NOW).await;
        assert!(matches!(refused, Err(ProveAgainError::Wait(_))));
        // Neither at the front door from there, nor at the form that changes the password.
        let refused = world.log_in(ADDRESS, PASSWORD, address(7), NOW).await;
        assert!(matches!(refused, Err(LogInError::Wait(_))));
        let (old, new) = (secret(PASSWORD), secret(OTHER_PASSWORD));
        let changed = world.register.change_secret(&thief, Some(&old), &new, NOW);
        assert!(matches!(changed.await, Err(ChangeSecretError::Wait(_))));
        // The person themselves logs in from where they always do.
        world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        // After the wait the right one goes, and the count begins anew.
        let later = NOW.plus(secs(60));
        prove(&world, &thief, (PASSWORD, ""), later).await.unwrap();
        let refused = prove(&world, &thief, (WRONG, ""), later).await;
        assert!(matches!(refused, Err(ProveAgainError::WrongPassword)));
    }
}

#[tokio::test]
async fn wrong_log_ins_hold_up_a_session_from_the_same_place() {
    for world in worlds().await {
        let session = world.subscriber(ADDRESS).await;
        for _ in 0..6 {
            let refused = world.log_in(ADDRESS, WRONG, address(7), NOW).await;
            assert!(matches!(refused, Err(LogInError::Wrong)));
        }
        let there = session.clone().at(address(7));
        let refused = prove(&world, &there, (PASSWORD, ""), NOW).await;
        assert!(matches!(refused, Err(ProveAgainError::Wait(_))));
        // Refused before it was tried: nothing is counted for it elsewhere.
        let home = session.at(HOME);
        prove(&world, &home, (PASSWORD, ""), NOW).await.unwrap();
    }
}
