use chancery_register::{
    AuthLevel, Awaiting, ChangeSecretError, Denied, LogIn, LogInError, Notice, Permission, Role,
    WeakPassword,
};

use crate::world::*;

const ADDRESS: &str = "jana@example.cz";

#[tokio::test]
async fn the_code_opens_nothing_but_the_choice_of_a_password() {
    for world in worlds().await {
        let code = world.newcomer(ADDRESS).await;
        let log_in = world.log_in(ADDRESS, &code, HOME, NOW).await.unwrap();
        assert!(matches!(log_in, LogIn::ChangeCode(_)));
        let principal = world.principal(&log_in, NOW).await;
        assert_eq!(principal.level, AuthLevel::Code);
        for permission in Permission::ALL {
            assert_eq!(
                principal.require(permission),
                Err(Denied::Awaiting(Awaiting::NewPassword))
            );
        }
        for (weak, why) in [
            ("short", WeakPassword::Short { min: 10 }),
            ("password1234", WeakPassword::Guessable),
            ("nováková-x9$Kq2!v", WeakPassword::Personal),
            (code.as_str(), WeakPassword::Same),
        ] {
            let refused = world
                .register
                .change_secret(&principal, None, &secret(weak), NOW)
                .await;
            assert!(
                matches!(refused, Err(ChangeSecretError::Weak(w)) if w == why),
                "{refused:?}"
            );
        }
        let done = world
            .register
            .change_secret(&principal, None, &secret(PASSWORD), NOW)
            .await
            .unwrap();
        assert!(matches!(done, LogIn::Done(_)));
        assert!(
            world
                .principal(&done, NOW)
                .await
                .may(Permission::PlaceOrder)
        );
        // The former token is gone with the level.
        assert_eq!(world.session(log_in.token().expose(), NOW).await, None);
        assert!(matches!(
            world.letters().await.pop().unwrap().notice,
            Notice::PasswordChanged { .. }
        ));
        // The code is spent, the password good, under either name.
        let person = world.register.find_person(ADDRESS).await.unwrap().unwrap();
        let number = person.registration_number.to_string().to_lowercase();
        assert!(matches!(
            world.log_in(ADDRESS, &code, HOME, NOW).await,
            Err(LogInError::Wrong)
        ));
        for login in [ADDRESS, "JANA@Example.CZ ", number.as_str()] {
            let log_in = world.log_in(login, PASSWORD, HOME, NOW).await.unwrap();
            assert!(matches!(log_in, LogIn::Done(_)), "{login}");
        }
    }
}

#[tokio::test]
async fn a_code_is_typed_leniently_and_a_password_is_not() {
    for world in worlds().await {
        let code = world.newcomer(ADDRESS).await;
        let sloppy = code.to_lowercase().replace('-', " ").replace('0', "o");
        assert!(world.log_in(ADDRESS, &sloppy, HOME, NOW).await.is_ok());
        world.person("petr@example.cz", &[Role::Subscriber]).await;
        let shouted = PASSWORD.to_uppercase();
        assert!(
            world
                .log_in("petr@example.cz", &shouted, HOME, NOW)
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_code_expires_and_only_its_holder_is_told() {
    for world in worlds().await {
        let code = world.newcomer(ADDRESS).await;
        let last = NOW.plus(secs(7 * 24 * 3600 - 1));
        assert!(world.log_in(ADDRESS, &code, HOME, last).await.is_ok());
        let late = NOW.plus(secs(7 * 24 * 3600));
        assert!(matches!(
            world.log_in(ADDRESS, &code, HOME, late).await,
            Err(LogInError::CodeExpired)
        ));
        assert!(matches!(
            world
                .log_in(ADDRESS, "AAAA-BBBB-CCCC-DDDD", HOME, late)
                .await,
            Err(LogInError::Wrong)
        ));
    }
}

#[tokio::test]
async fn unknown_and_wrong_are_the_same() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let person = world.register.find_person(ADDRESS).await.unwrap().unwrap();
        for (login, typed) in [
            (ADDRESS, "wrong-wrong-wrong"),
            (ADDRESS, ""),
            ("nobody@example.cz", PASSWORD),
            ("R-204718-3", PASSWORD),
            ("not a name at all", PASSWORD),
            ("", ""),
        ] {
            let answer = world.log_in(login, typed, HOME, NOW).await;
            assert!(
                matches!(answer, Err(LogInError::Wrong)),
                "{login} {answer:?}"
            );
        }
        world
            .register
            .set_disabled(person.id, true, operator(), NOW)
            .await
            .unwrap();
        assert!(matches!(
            world.log_in(ADDRESS, PASSWORD, HOME, NOW).await,
            Err(LogInError::Wrong)
        ));
    }
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_only() {
    for world in worlds().await {
        let principal = world.subscriber(ADDRESS).await;
        let elsewhere = world
            .log_in(ADDRESS, PASSWORD, address(1), NOW)
            .await
            .unwrap();
        let change = |current: Option<&'static str>, new: &'static str| {
            let (register, principal) = (world.register.clone(), principal.clone());
            async move {
                let current = current.map(secret);
                register
                    .change_secret(&principal, current.as_ref(), &secret(new), NOW)
                    .await
            }
        };
        for current in [None, Some("wrong")] {
            let refused = change(current, OTHER_PASSWORD).await;
            assert!(matches!(refused, Err(ChangeSecretError::WrongCurrent)));
        }
        let same = change(Some(PASSWORD), PASSWORD).await;
        assert!(matches!(
            same,
            Err(ChangeSecretError::Weak(WeakPassword::Same))
        ));
        let done = change(Some(PASSWORD), OTHER_PASSWORD).await.unwrap();
        assert!(world.session(done.token().expose(), NOW).await.is_some());
        // Whoever else was logged in with the old password is not any more.
        assert_eq!(world.session(elsewhere.token().expose(), NOW).await, None);
        // And the session that changed it went on under another token: a second use is refused.
        let again = change(Some(OTHER_PASSWORD), PASSWORD).await;
        assert!(
            matches!(again, Err(ChangeSecretError::SessionOver)),
            "{again:?}"
        );
    }
}

#[tokio::test]
async fn the_present_password_cannot_be_guessed_from_a_stolen_session() {
    for world in worlds().await {
        let principal = world.subscriber(ADDRESS).await;
        let mut waits = 0;
        for n in 0..10 {
            let guess = secret(&format!("guess-{n}"));
            match world
                .register
                .change_secret(&principal, Some(&guess), &secret(OTHER_PASSWORD), NOW)
                .await
            {
                Err(ChangeSecretError::WrongCurrent) => assert_eq!(waits, 0),
                Err(ChangeSecretError::Wait(_)) => waits += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(waits, 4);
    }
}
