use chancery_register::{
    Awaiting, ChangeSecretError, Denied, Enrolled, EnrolmentError, LogIn, Notice, Permission,
    Principal, Role, Timestamp, TotpError,
};
use chancery_store::args;
use secrecy::ExposeSecret;
use totp_rs::Totp;

use crate::world::*;

const ADDRESS: &str = "officer@example.cz";

pub fn code(totp: &Totp, now: Timestamp) -> String {
    totp.generate(u64::try_from(now.as_secs()).unwrap())
        .to_string()
}

/// What an authenticator app does with the QR code.
async fn scan(world: &World, principal: &Principal) -> Totp {
    let enrolment = world.register.begin_enrolment(principal).await.unwrap();
    Totp::from_url(enrolment.otpauth_url.expose_secret()).unwrap()
}

pub async fn enrol(world: &World, principal: &Principal, now: Timestamp) -> (Totp, Enrolled) {
    let app = scan(world, principal).await;
    let enrolled = world
        .register
        .confirm_enrolment(principal, &code(&app, now), now)
        .await
        .unwrap();
    (app, enrolled)
}

async fn officer(world: &World) -> Principal {
    world.person(ADDRESS, &[Role::RaOfficer]).await;
    let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
    assert!(matches!(log_in, LogIn::EnrolTotp(_)));
    world.principal(&log_in, NOW).await
}

fn later(steps: u64) -> Timestamp {
    NOW.plus(secs(30 * steps))
}

#[tokio::test]
async fn staff_work_with_a_second_factor_only() {
    for world in worlds().await {
        let principal = officer(&world).await;
        assert_eq!(
            principal.require(Permission::DecideApplications),
            Err(Denied::Awaiting(Awaiting::TotpEnrolment))
        );
        let (app, enrolled) = enrol(&world, &principal, NOW).await;
        assert_eq!(app.issuer(), Some("Test"));
        let raised = world.principal(&enrolled.log_in, NOW).await;
        assert!(raised.may(Permission::DecideApplications));
        assert!(matches!(
            world.letters().await.pop().unwrap().notice,
            Notice::SecondFactorChanged { .. }
        ));
        // From now on a password alone opens nothing at all.
        let log_in = world
            .log_in(ADDRESS, PASSWORD, HOME, later(2))
            .await
            .unwrap();
        assert!(matches!(log_in, LogIn::TotpNeeded(_)));
        let half = world.principal(&log_in, later(2)).await;
        for permission in Permission::ALL {
            assert_eq!(
                half.require(permission),
                Err(Denied::Awaiting(Awaiting::TotpCode))
            );
        }
        let done = world
            .register
            .verify_totp(log_in.token().expose(), &code(&app, later(2)), later(2))
            .await
            .unwrap();
        assert!(matches!(done, LogIn::Done(_)));
        assert!(
            world
                .principal(&done, later(2))
                .await
                .may(Permission::DecideApplications)
        );
        assert_eq!(world.session(log_in.token().expose(), later(2)).await, None);
    }
}

#[tokio::test]
async fn a_step_is_accepted_once() {
    for world in worlds().await {
        let (app, _) = enrol(&world, &officer(&world).await, NOW).await;
        let verify = |typed: String, now| {
            let world = &world;
            async move {
                let log_in = world.log_in(ADDRESS, PASSWORD, HOME, now).await.unwrap();
                world
                    .register
                    .verify_totp(log_in.token().expose(), &typed, now)
                    .await
            }
        };
        // The code of the enrolment is used up.
        assert!(matches!(
            verify(code(&app, NOW), NOW).await,
            Err(TotpError::Used)
        ));
        let now = later(4);
        let (a, b) = tokio::join!(verify(code(&app, now), now), verify(code(&app, now), now));
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        // Nor one of an earlier step, though the clock would allow it.
        assert!(matches!(
            verify(code(&app, later(3)), now).await,
            Err(TotpError::Used)
        ));
        // A clock one step off is borne, two are not.
        assert!(verify(code(&app, later(11)), later(10)).await.is_ok());
        assert!(matches!(
            verify(code(&app, later(22)), later(20)).await,
            Err(TotpError::WrongCode)
        ));
    }
}

#[tokio::test]
async fn guessing_has_to_wait_and_a_recovery_code_does_not() {
    for world in worlds().await {
        let (app, enrolled) = enrol(&world, &officer(&world).await, NOW).await;
        world.letters().await;
        let now = later(10);
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, now).await.unwrap();
        let token = log_in.token().expose().to_owned();
        let right = code(&app, now);
        let wrong = if right == "000000" {
            "111111"
        } else {
            "000000"
        };
        let mut compared = 0;
        loop {
            match world.register.verify_totp(&token, wrong, now).await {
                Err(TotpError::WrongCode) => compared += 1,
                Err(TotpError::Wait(wait)) => break assert_eq!(wait, secs(30)),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(compared, 6);
        // A new session starts no new count.
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, now).await.unwrap();
        let token = log_in.token().expose();
        assert!(matches!(
            world.register.verify_totp(token, &right, now).await,
            Err(TotpError::Wait(_))
        ));
        let recovery = enrolled.recovery_codes[0].expose_secret().to_lowercase();
        let done = world.register.verify_totp(token, &recovery, now).await;
        assert!(matches!(done, Ok(LogIn::Done(_))), "{done:?}");
        assert!(matches!(
            world.letters().await.pop().unwrap().notice,
            Notice::RecoveryCodeUsed { left: 7, .. }
        ));
        // Once.
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, now).await.unwrap();
        let again = world
            .register
            .verify_totp(log_in.token().expose(), &recovery, now)
            .await;
        assert!(matches!(again, Err(TotpError::WrongCode)));
    }
}

#[tokio::test]
async fn a_code_from_the_mailbox_does_not_get_past_it() {
    for world in worlds().await {
        let (app, _) = enrol(&world, &officer(&world).await, NOW).await;
        world.letters().await;
        world
            .register
            .replace_code(ADDRESS, HOME, NOW)
            .await
            .unwrap();
        let mailed = world.mailed_code().await;
        let now = later(10);
        let log_in = world.log_in(ADDRESS, &mailed, HOME, now).await.unwrap();
        assert!(matches!(log_in, LogIn::TotpNeeded(_)));
        let half = world.principal(&log_in, now).await;
        let refused = world
            .register
            .change_secret(&half, None, &secret(OTHER_PASSWORD), now)
            .await;
        assert!(matches!(refused, Err(ChangeSecretError::SecondFactorFirst)));
        let next = world
            .register
            .verify_totp(log_in.token().expose(), &code(&app, now), now)
            .await
            .unwrap();
        assert!(matches!(next, LogIn::ChangeCode(_)));
        let principal = world.principal(&next, now).await;
        assert!(!principal.may(Permission::DecideApplications));
        let done = world
            .register
            .change_secret(&principal, None, &secret(OTHER_PASSWORD), now)
            .await
            .unwrap();
        assert!(matches!(done, LogIn::Done(_)));
        assert!(
            world
                .principal(&done, now)
                .await
                .may(Permission::DecideApplications)
        );
    }
}

#[tokio::test]
async fn set_up_takes_a_password_and_a_right_code() {
    for world in worlds().await {
        let mailed = world.newcomer("jana@example.cz").await;
        let log_in = world.log_in("jana@example.cz", &mailed, HOME, NOW).await;
        let by_code = world.principal(&log_in.unwrap(), NOW).await;
        assert!(matches!(
            world.register.begin_enrolment(&by_code).await,
            Err(EnrolmentError::PasswordFirst)
        ));
        let principal = officer(&world).await;
        let confirm = async |typed: &str| {
            world
                .register
                .confirm_enrolment(&principal, typed, NOW)
                .await
                .map(|_| ())
        };
        assert!(matches!(
            confirm("123456").await,
            Err(EnrolmentError::NotBegun)
        ));
        let app = scan(&world, &principal).await;
        // A page that is loaded again shows the same secret.
        assert_eq!(app, scan(&world, &principal).await);
        let right = code(&app, NOW);
        let wrong = if right == "000000" {
            "111111"
        } else {
            "000000"
        };
        assert!(matches!(
            confirm(wrong).await,
            Err(EnrolmentError::WrongCode)
        ));
        let spaced = format!("{} {}", &right[..3], &right[3..]);
        confirm(&spaced).await.unwrap();
        // A session that knows the password alone replaces nothing.
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let half = world.principal(&log_in, NOW).await;
        assert!(matches!(
            world.register.begin_enrolment(&half).await,
            Err(EnrolmentError::AlreadyEnrolled)
        ));
    }
}

#[tokio::test]
async fn what_one_session_saw_is_not_confirmed_in_another() {
    for world in worlds().await {
        let first = officer(&world).await;
        let seen = scan(&world, &first).await;
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        let second = world.principal(&log_in, NOW).await;
        let confirm = async |principal: &Principal, app: &Totp| {
            world
                .register
                .confirm_enrolment(principal, &code(app, NOW), NOW)
                .await
        };
        assert!(matches!(
            confirm(&second, &seen).await,
            Err(EnrolmentError::NotBegun)
        ));
        let own = scan(&world, &second).await;
        assert_ne!(own, seen);
        assert!(confirm(&second, &own).await.is_ok());
        assert!(confirm(&first, &seen).await.is_err());
    }
}

#[tokio::test]
async fn the_secret_is_sealed_and_an_operator_can_take_it_away() {
    for world in worlds().await {
        let principal = officer(&world).await;
        let enrolment = world.register.begin_enrolment(&principal).await.unwrap();
        let url = enrolment.otpauth_url.expose_secret().to_owned();
        assert!(url.contains(enrolment.secret_base32.expose_secret()));
        let app = Totp::from_url(&url).unwrap();
        let enrolled = world
            .register
            .confirm_enrolment(&principal, &code(&app, NOW), NOW)
            .await
            .unwrap();
        assert_eq!(enrolled.recovery_codes.len(), 8);
        let rows = world
            .store
            .rows("select secret from register_totp", args![])
            .await
            .unwrap();
        assert!(rows[0].bytes(0).unwrap().len() > 20 + 16);
        world
            .register
            .reset_totp(principal.person, operator(), NOW)
            .await
            .unwrap();
        assert_eq!(
            world.session(enrolled.log_in.token().expose(), NOW).await,
            None
        );
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        assert!(matches!(log_in, LogIn::EnrolTotp(_)));
    }
}
