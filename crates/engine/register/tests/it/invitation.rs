use chancery_register::{
    AcceptError, Awaiting, InvitationError, Invite, InviteError, Language, LogIn, Notice,
    Permission, Principal, Role, Roles, WeakPassword,
};

use crate::{totp::enrol, world::*};

const ADDRESS: &str = "ota@example.cz";

fn invite(roles: &[Role]) -> Invite {
    Invite {
        email: email(ADDRESS),
        full_name: Some("Ota Pavel".to_owned()),
        roles: Roles::new(roles.iter().copied()),
        language: Language::Cs,
    }
}

async fn link(world: &World, roles: &[Role]) -> String {
    let link = world
        .register
        .invite(&invite(roles), operator(), NOW)
        .await
        .unwrap();
    link.token.expose().to_owned()
}

#[tokio::test]
async fn looking_spends_nothing_and_accepting_does() {
    for world in worlds().await {
        let token = link(&world, &[Role::RaOfficer]).await;
        for _ in 0..3 {
            let shown = world.register.invitation(&token, NOW).await.unwrap();
            assert_eq!(shown.email, email(ADDRESS));
            assert_eq!(shown.full_name.as_deref(), Some("Ota Pavel"));
            assert!(!shown.has_password);
        }
        let accept = |password: &'static str| {
            let (register, token) = (world.register.clone(), token.clone());
            async move {
                register
                    .accept_invitation(&token, None, &secret(password), HOME, NOW)
                    .await
            }
        };
        assert!(matches!(
            accept("ota.pavel-1").await,
            Err(AcceptError::Weak(WeakPassword::Personal))
        ));
        let log_in = accept(PASSWORD).await.unwrap();
        assert!(matches!(log_in, LogIn::EnrolTotp(_)));
        let principal = world.principal(&log_in, NOW).await;
        assert_eq!(principal.awaiting, Some(Awaiting::TotpEnrolment));
        assert!(!principal.may(Permission::ReadApplications));
        assert!(matches!(accept(PASSWORD).await, Err(AcceptError::Gone)));
        assert!(matches!(
            world.register.invitation(&token, NOW).await,
            Err(InvitationError::Gone)
        ));
    }
}

#[tokio::test]
async fn of_two_acceptances_at_once_one_succeeds() {
    for world in worlds().await {
        let token = link(&world, &[Role::RaOfficer]).await;
        let accept = || {
            let (register, token) = (world.register.clone(), token.clone());
            async move {
                register
                    .accept_invitation(&token, None, &secret(PASSWORD), HOME, NOW)
                    .await
            }
        };
        let (a, b) = tokio::join!(accept(), accept());
        assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
        assert_eq!(world.register.staff().await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_link_expires_and_is_replaced_by_the_next() {
    for world in worlds().await {
        let first = link(&world, &[Role::RaOfficer]).await;
        let second = link(&world, &[Role::RaOfficer]).await;
        let open = async |token: &str, now| world.register.invitation(token, now).await.is_ok();
        assert!(!open(&first, NOW).await);
        assert!(open(&second, NOW.plus(secs(3 * 24 * 3600 - 1))).await);
        assert!(!open(&second, NOW.plus(secs(3 * 24 * 3600))).await);
        assert!(!open("guess", NOW).await);
    }
}

#[tokio::test]
async fn whoever_has_a_password_gives_it_and_keeps_what_they_were() {
    for world in worlds().await {
        world.person(ADDRESS, &[Role::Subscriber]).await;
        let token = link(&world, &[Role::Auditor]).await;
        assert!(
            world
                .register
                .invitation(&token, NOW)
                .await
                .unwrap()
                .has_password
        );
        let refused = world
            .register
            .accept_invitation(&token, None, &secret(OTHER_PASSWORD), HOME, NOW)
            .await;
        assert!(matches!(refused, Err(AcceptError::WrongPassword)));
        let log_in = world
            .register
            .accept_invitation(&token, None, &secret(PASSWORD), HOME, NOW)
            .await
            .unwrap();
        let principal = world.principal(&log_in, NOW).await;
        assert_eq!(principal.roles.to_stored(), "subscriber auditor");
        assert!(principal.may(Permission::PlaceOrder));
        assert!(!principal.may(Permission::ReadAudit));
    }
}

#[tokio::test]
async fn a_second_factor_that_is_there_is_asked_for() {
    for world in worlds().await {
        let officer = world.person(ADDRESS, &[Role::RaOfficer]).await;
        let log_in = world.log_in(ADDRESS, PASSWORD, HOME, NOW).await.unwrap();
        enrol(&world, &world.principal(&log_in, NOW).await, NOW).await;
        let token = link(&world, &[Role::RaSupervisor]).await;
        let log_in = world
            .register
            .accept_invitation(&token, None, &secret(PASSWORD), HOME, NOW)
            .await
            .unwrap();
        assert!(matches!(log_in, LogIn::TotpNeeded(_)));
        let person = world.register.person(officer).await.unwrap().unwrap();
        assert!(person.roles.contains(Role::RaSupervisor));
    }
}

async fn supervisor(world: &World) -> Principal {
    world
        .person("supervisor@example.cz", &[Role::RaSupervisor])
        .await;
    let log_in = world
        .log_in("supervisor@example.cz", PASSWORD, HOME, NOW)
        .await
        .unwrap();
    let (_, enrolled) = enrol(world, &world.principal(&log_in, NOW).await, NOW).await;
    world.letters().await;
    world.principal(&enrolled.log_in, NOW).await
}

#[tokio::test]
async fn a_supervisor_invites_to_the_registration_authority_only() {
    for world in worlds().await {
        let supervisor = supervisor(&world).await;
        let granted = supervisor.require(Permission::InviteStaff).unwrap();
        let by_mail = async |roles: &[Role]| {
            world
                .register
                .invite_by_mail(&granted, &invite(roles), NOW)
                .await
        };
        by_mail(&[Role::RaOfficer]).await.unwrap();
        let letter = world.letters().await.pop().unwrap();
        let Notice::Invitation { token, roles, .. } = letter.notice else {
            panic!("{letter:?}");
        };
        assert_eq!(roles, [Role::RaOfficer]);
        assert!(world.register.invitation(&token, NOW).await.is_ok());
        for role in [Role::CaOperator, Role::Auditor] {
            assert!(matches!(
                by_mail(&[Role::RaOfficer, role]).await,
                Err(InviteError::RoleNotTheirs(refused)) if refused == role
            ));
        }
        assert!(matches!(
            world
                .register
                .invite(&invite(&[Role::Subscriber]), operator(), NOW)
                .await,
            Err(InviteError::NoStaffRole)
        ));
        // Another permission is no permission to invite.
        let other = supervisor.require(Permission::ReadPeople).unwrap();
        assert!(matches!(
            world
                .register
                .invite_by_mail(&other, &invite(&[Role::RaOfficer]), NOW)
                .await,
            Err(InviteError::NotPermitted(Permission::ReadPeople))
        ));
    }
}
