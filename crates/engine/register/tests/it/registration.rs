use chancery_register::{
    EmailError, EmailProblem, Language, Notice, RegisterError, Registration, Timestamp,
    mail_domain::MailDomain, text::TextError,
};
use chancery_store::{args, outbox};

use crate::world::*;

const ADDRESS: &str = "Jana.Novakova@example.cz";

fn registration(full_name: &str, email: &str) -> Registration {
    Registration {
        full_name: full_name.to_owned(),
        email: email.to_owned(),
        language: Language::En,
    }
}

#[tokio::test]
async fn a_newcomer_gets_a_number_and_a_code_by_mail() {
    for world in worlds().await {
        world.register_at(ADDRESS, NOW).await;
        let letters = world.letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, email(ADDRESS));
        assert_eq!(letters[0].language, Language::Cs);
        let Notice::AccessCode {
            full_name,
            registration_number,
            code,
            expires_at,
        } = &letters[0].notice
        else {
            panic!("{:?}", letters[0]);
        };
        assert_eq!(full_name, "Jana Nováková");
        assert_eq!(code.len(), 19);
        assert_eq!(*expires_at, NOW.as_secs() + 7 * 24 * 60 * 60);
        let number = registration_number.to_string();
        let person = world.register.find_person(&number).await.unwrap().unwrap();
        assert_eq!(person.email, email(ADDRESS));
        assert!(!person.has_password);
        assert_eq!(person.roles.to_stored(), "subscriber");
    }
}

#[tokio::test]
async fn the_code_is_nowhere_in_the_clear() {
    for world in worlds().await {
        world.register_at(ADDRESS, NOW).await;
        let rows = world
            .store
            .rows("select code from register_people", args![])
            .await
            .unwrap();
        assert!(rows[0].text(0).unwrap().starts_with("$argon2id$"));
        let waiting = outbox::claim(&world.store, NOW, secs(0), 10).await.unwrap();
        let clear = |needle: &[u8]| waiting[0].body.windows(needle.len()).any(|w| w == needle);
        assert!(!clear(b"code") && !clear("Nováková".as_bytes()));
        let code = world.mailed_code().await;
        assert!(!clear(code.as_bytes()));
    }
}

#[tokio::test]
async fn a_known_address_gets_the_same_answer_and_a_letter() {
    for world in worlds().await {
        world.newcomer(ADDRESS).await;
        let again = registration("Eva Jiná", "JANA.novakova@EXAMPLE.cz");
        let accepted = world
            .register
            .register_person(&again, MailDomain::Accepts, address(1), NOW)
            .await
            .unwrap();
        assert_eq!(accepted.email.folded(), email(ADDRESS).folded());
        let letters = world.letters().await;
        assert_eq!(letters.len(), 1);
        // To the address and in the name of the account, not of whoever typed.
        assert_eq!(letters[0].to, email(ADDRESS));
        assert!(matches!(
            &letters[0].notice,
            Notice::AlreadyRegistered { full_name, .. } if full_name == "Jana Nováková"
        ));
        let people = world.register.find_people("example", 10).await.unwrap();
        assert_eq!(people.len(), 1);
    }
}

#[tokio::test]
async fn a_mailbox_is_not_flooded() {
    for world in worlds().await {
        world.newcomer(ADDRESS).await;
        for host in 1..=9 {
            world
                .register
                .register_person(
                    &registration("Eva Jiná", ADDRESS),
                    MailDomain::Accepts,
                    address(host),
                    NOW,
                )
                .await
                .unwrap();
        }
        let sent = world.letters().await.len();
        assert!((1..=3).contains(&sent), "{sent} letters");
    }
}

#[tokio::test]
async fn a_place_cannot_register_without_end() {
    for world in worlds().await {
        let mut refused = None;
        for n in 0..40 {
            let one = registration("Eva Jiná", &format!("eva{n}@example.cz"));
            match world
                .register
                .register_person(&one, MailDomain::Accepts, HOME, NOW)
                .await
            {
                Ok(_) => assert!(refused.is_none()),
                Err(RegisterError::Wait(wait)) => refused = refused.or(Some((n, wait))),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(refused, Some((21, secs(60))));
    }
}

#[tokio::test]
async fn every_wrong_field_is_told() {
    for world in worlds().await {
        let refused = |name: &str, address: &str, domain| {
            let one = registration(name, address);
            let register = world.register.clone();
            async move {
                match register.register_person(&one, domain, HOME, NOW).await {
                    Err(RegisterError::Fields { full_name, email }) => (full_name, email),
                    other => panic!("{other:?}"),
                }
            }
        };
        assert_eq!(
            refused("<script>", "nobody", MailDomain::Unknown).await,
            (
                Some(TextError::Markup {
                    position: 1,
                    character: '<'
                }),
                Some(EmailProblem::Syntax(EmailError::NoAt))
            )
        );
        for verdict in [
            MailDomain::NoSuchDomain,
            MailDomain::NullMx,
            MailDomain::NoMailServer,
        ] {
            assert_eq!(
                refused("Jana Nováková", ADDRESS, verdict).await,
                (None, Some(EmailProblem::Domain(verdict)))
            );
        }
        assert!(world.letters().await.is_empty());
        // Name servers out of reach are no reason to refuse.
        let fine = registration("Jana Nováková", ADDRESS);
        assert_eq!(fine.mail_domain().as_deref(), Some("example.cz"));
        let unknown = MailDomain::Unknown;
        world
            .register
            .register_person(&fine, unknown, HOME, NOW)
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn two_at_once_make_one_account() {
    for world in worlds().await {
        let (a, b) = tokio::join!(
            world.register_at(ADDRESS, NOW),
            world.register_at(ADDRESS, NOW)
        );
        let ((), ()) = (a, b);
        let letters = world.letters().await;
        let kinds: Vec<String> = letters.iter().map(|l| format!("{:?}", l.notice)).collect();
        assert_eq!(kinds.iter().filter(|k| *k == "AccessCode").count(), 1);
        assert_eq!(kinds.len(), 2, "{kinds:?}");
    }
}

#[tokio::test]
async fn a_lost_code_is_replaced_and_nobody_learns_who_has_one() {
    for world in worlds().await {
        let first = world.newcomer(ADDRESS).await;
        let later: Timestamp = NOW.plus(secs(3600));
        world
            .register
            .replace_code(ADDRESS, HOME, later)
            .await
            .unwrap();
        world
            .register
            .replace_code("nobody@example.cz", HOME, later)
            .await
            .unwrap();
        world
            .register
            .replace_code("nonsense", HOME, later)
            .await
            .unwrap();
        let letters = world.letters().await;
        assert_eq!(letters.len(), 1);
        let Notice::NewAccessCode { code, .. } = &letters[0].notice else {
            panic!("{:?}", letters[0]);
        };
        assert_ne!(*code, first);
        assert!(world.log_in(ADDRESS, &first, HOME, later).await.is_err());
        assert!(world.log_in(ADDRESS, code, HOME, later).await.is_ok());
    }
}

#[tokio::test]
async fn asking_for_a_code_takes_no_password_away() {
    for world in worlds().await {
        world.subscriber("petr@example.cz").await;
        world
            .register
            .replace_code("petr@example.cz", address(9), NOW)
            .await
            .unwrap();
        let code = world.mailed_code().await;
        assert!(
            world
                .log_in("petr@example.cz", PASSWORD, HOME, NOW)
                .await
                .is_ok()
        );
        // Until the code is used to choose another.
        let log_in = world
            .log_in("petr@example.cz", &code, HOME, NOW)
            .await
            .unwrap();
        let principal = world.principal(&log_in, NOW).await;
        world
            .register
            .change_secret(&principal, None, &secret(OTHER_PASSWORD), NOW)
            .await
            .unwrap();
        assert!(
            world
                .log_in("petr@example.cz", PASSWORD, HOME, NOW)
                .await
                .is_err()
        );
        assert!(
            world
                .log_in("petr@example.cz", &code, HOME, NOW)
                .await
                .is_err()
        );
    }
}
