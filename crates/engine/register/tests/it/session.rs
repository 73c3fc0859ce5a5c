use chancery_register::{LogIn, Role};
use chancery_store::args;

use crate::world::*;

const ADDRESS: &str = "jana@example.cz";

async fn logged_in(world: &World) -> LogIn {
    world.person(ADDRESS, &[Role::Subscriber]).await;
    world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap()
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let token = log_in.token().expose();
        let last = NOW.plus(secs(30 * 60 - 1));
        assert!(world.session(token, last).await.is_some());
        // Used then, it lasts another half hour from there.
        let next = last.plus(secs(30 * 60 - 1));
        assert!(world.session(token, next).await.is_some());
        assert!(
            world
                .session(token, next.plus(secs(30 * 60)))
                .await
                .is_none()
        );
    }
}

#[tokio::test]
async fn a_session_ends_however_busy() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let token = log_in.token().expose();
        let end = NOW.plus(secs(12 * 3600));
        let mut now = NOW;
        while now.plus(secs(1200)) < end {
            now = now.plus(secs(1200));
            assert!(world.session(token, now).await.is_some());
        }
        assert!(world.session(token, end).await.is_none());
    }
}

#[tokio::test]
async fn only_the_digest_of_a_token_is_stored() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let token = log_in.token().expose();
        assert_eq!(token.len(), 64);
        let rows = world
            .store
            .rows("select token from register_sessions", args![])
            .await
            .unwrap();
        let stored = rows[0].bytes(0).unwrap();
        assert_eq!(stored, chancery_keys::digest_code(token));
        assert!(!format!("{log_in:?}").contains(token));
        // Whoever reads the table cannot log in with what is in it.
        let stolen = stored
            .iter()
            .fold(String::new(), |text, octet| format!("{text}{octet:02x}"));
        assert!(world.session(&stolen, NOW).await.is_none());
    }
}

#[tokio::test]
async fn a_token_is_made_by_us_or_it_is_nothing() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let long = "a".repeat(100_000);
        let upper = log_in.token().expose().to_uppercase();
        for token in ["", "0", &"0".repeat(64), &long, &upper, "' or 1=1 --"] {
            assert!(world.session(token, NOW).await.is_none());
        }
    }
}

#[tokio::test]
async fn each_log_in_has_a_token_of_its_own() {
    for world in worlds().await {
        let first = logged_in(&world).await;
        let second = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        assert_ne!(first.token().expose(), second.token().expose());
        let principal = world.principal(&first, NOW).await;
        world.register.end_session(&principal, NOW).await.unwrap();
        assert!(world.session(first.token().expose(), NOW).await.is_none());
        assert!(world.session(second.token().expose(), NOW).await.is_some());
        world
            .register
            .end_all_sessions(&principal, NOW)
            .await
            .unwrap();
        assert!(world.session(second.token().expose(), NOW).await.is_none());
    }
}

#[tokio::test]
async fn roles_and_exclusion_take_effect_at_once() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let person = world.principal(&log_in, NOW).await.person;
        world
            .register
            .set_disabled(person, true, operator(), NOW)
            .await
            .unwrap();
        assert!(world.session(log_in.token().expose(), NOW).await.is_none());
        world
            .register
            .set_disabled(person, false, operator(), NOW)
            .await
            .unwrap();
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let roles = chancery_register::Roles::new([Role::Auditor]);
        world
            .register
            .set_roles(person, &roles, operator(), NOW)
            .await
            .unwrap();
        assert!(world.session(log_in.token().expose(), NOW).await.is_none());
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        assert!(matches!(log_in, LogIn::EnrolTotp(_)));
    }
}

#[tokio::test]
async fn every_act_is_recorded() {
    for world in worlds().await {
        let log_in = logged_in(&world).await;
        let principal = world.principal(&log_in, NOW).await.at(HOME);
        world.register.end_session(&principal, NOW).await.unwrap();
        let id = principal.person.to_string();
        let entries = chancery_audit::of_object(&world.store, "person", &id, 10).await;
        let mut actions: Vec<String> = entries.unwrap().into_iter().map(|e| e.action).collect();
        actions.sort();
        assert_eq!(actions, ["person.add", "session.end", "session.start"]);
    }
}

#[tokio::test]
async fn dead_sessions_are_cleared_away() {
    for world in worlds().await {
        logged_in(&world).await;
        world.register.maintain(NOW.plus(secs(60))).await.unwrap();
        let count = async || {
            let rows = world
                .store
                .rows("select id from register_sessions", args![])
                .await;
            rows.unwrap().len()
        };
        assert_eq!(count().await, 1);
        world.register.maintain(NOW.plus(secs(1801))).await.unwrap();
        assert_eq!(count().await, 0);
    }
}
