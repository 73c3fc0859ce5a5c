use std::net::IpAddr;

use chancery_register::{LogIn, LogInError, Role};

use crate::world::*;

const ADDRESS: &str = "jana@example.cz";

#[tokio::test]
async fn guessing_from_one_place_has_to_wait_longer_and_longer() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let mut now = NOW;
        let mut waits = Vec::new();
        for _ in 0..9 {
            loop {
                match world.log_in(ADDRESS, "wrong-wrong", HOME, now).await {
                    Err(LogInError::Wrong) => break,
                    Err(LogInError::Wait(wait)) => {
                        waits.push(wait.as_secs());
                        now = now.plus(wait);
                    }
                    other => panic!("{other:?}"),
                }
            }
        }
        assert_eq!(waits, [10, 20, 40]);
        // The right password waits too, and is good as soon as the wait is over.
        let Err(LogInError::Wait(wait)) = world.log_in(ADDRESS, PASSWORD, HOME, now).await else {
            panic!("not held up");
        };
        let log_in = world
            .log_in(ADDRESS, PASSWORD, HOME, now.plus(wait))
            .await
            .unwrap();
        assert!(matches!(log_in, LogIn::Done(_)));
        // Which clears the slate of this name here.
        assert!(matches!(
            world
                .log_in(ADDRESS, "wrong-wrong", HOME, now.plus(wait))
                .await,
            Err(LogInError::Wrong)
        ));
    }
}

#[tokio::test]
async fn an_unknown_name_waits_just_so() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let mut answers = Vec::new();
        for login in [ADDRESS, "nobody@example.cz"] {
            let mut course = Vec::new();
            for _ in 0..9 {
                course.push(match world.log_in(login, "wrong-wrong", HOME, NOW).await {
                    Err(LogInError::Wrong) => None,
                    Err(LogInError::Wait(wait)) => Some(wait),
                    other => panic!("{other:?}"),
                });
            }
            answers.push(course);
        }
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].contains(&None) && answers[0].contains(&Some(secs(10))));
    }
}

#[tokio::test]
async fn a_hundred_at_once_are_counted_one_by_one() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let mut tries = tokio::task::JoinSet::new();
        for n in 0..100 {
            let register = world.register.clone();
            tries.spawn(async move {
                let guess = secret(&format!("guess number {n}"));
                register.log_in(ADDRESS, &guess, HOME, NOW).await
            });
        }
        let mut compared = 0;
        while let Some(answer) = tries.join_next().await {
            match answer.unwrap() {
                Err(LogInError::Wrong) => compared += 1,
                Err(LogInError::Wait(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        // Five are free, the sixth is let through and starts the first wait.
        assert!(
            (1..=6).contains(&compared),
            "{compared} guesses were compared"
        );
    }
}

/// Wrong tries from as many networks as it takes to hold the name up everywhere.
async fn crowd(world: &World) {
    for n in 0..60 {
        let from = IpAddr::from([203, 0, 113, n]);
        let answer = world.log_in(ADDRESS, "wrong-wrong", from, NOW).await;
        assert!(answer.is_err());
    }
}

#[tokio::test]
async fn a_crowd_cannot_guess_and_cannot_lock_anybody_out() {
    for world in worlds().await {
        world.subscriber(ADDRESS).await;
        crowd(&world).await;
        // From nowhere known, even the right password waits: that is what stops the crowd.
        let stranger = world.log_in(ADDRESS, PASSWORD, address(1), NOW).await;
        assert!(matches!(stranger, Err(LogInError::Wait(wait)) if wait <= secs(300)));
        // From where the person logs in, it does not.
        assert!(world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.is_ok());
        // And from anywhere a mailed code opens.
        world
            .register
            .replace_code(ADDRESS, address(2), NOW)
            .await
            .unwrap();
        let code = world.mailed_code().await;
        let by_code = world.log_in(ADDRESS, &code, address(2), NOW).await;
        assert!(matches!(by_code, Ok(LogIn::ChangeCode(_))), "{by_code:?}");
    }
}

#[tokio::test]
async fn an_account_of_ones_own_does_not_wash_a_network_clean() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let mut wrong = 0;
        // One guess at each of many names, with a good log-in between.
        for n in 0..60 {
            let guess = world
                .log_in(&format!("p{n}@example.cz"), "spring-2026", HOME, NOW)
                .await;
            wrong += u32::from(matches!(guess, Err(LogInError::Wrong)));
            let _own = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await;
        }
        assert!(wrong <= 31, "{wrong} names were tried");
    }
}

#[tokio::test]
async fn what_is_over_is_forgotten() {
    for world in worlds().await {
        let _wrong = world.log_in(ADDRESS, "wrong-wrong", HOME, NOW).await;
        let count = async || {
            let rows = world
                .store
                .rows("select place from register_attempts", vec![])
                .await;
            rows.unwrap().len()
        };
        assert_eq!(count().await, 3);
        world.register.maintain(NOW.plus(secs(60))).await.unwrap();
        assert_eq!(count().await, 3);
        world
            .register
            .maintain(NOW.plus(secs(24 * 3600 + 1)))
            .await
            .unwrap();
        assert_eq!(count().await, 0);
    }
}

#[tokio::test]
async fn a_clock_that_ran_ahead_locks_nobody_out() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let ahead = NOW.plus(secs(400 * 24 * 3600));
        for _ in 0..9 {
            let answer = world.log_in(ADDRESS, "wrong-wrong", HOME, ahead).await;
            assert!(answer.is_err());
        }
        let held_up = world.log_in(ADDRESS, PASSWORD, HOME, ahead).await;
        assert!(matches!(held_up, Err(LogInError::Wait(_))), "{held_up:?}");
        // Set right, the clock knows no wait of more than a quarter of an hour.
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await;
        assert!(matches!(log_in, Ok(LogIn::Done(_))), "{log_in:?}");
    }
}
