use chancery_register::{
    AuthLevel, Loopback, Permission, PersonId, RegisterConfig, Role, SandboxLogInError,
};
use chancery_store::Id;

use crate::world::*;

fn proof() -> Loopback {
    let local = "127.0.0.1".parse().unwrap();
    Loopback::prove(local, local, false).unwrap()
}

#[tokio::test]
async fn one_click_opens_everything_of_the_role_in_the_sandbox() {
    let config = RegisterConfig {
        sandbox: true,
        ..RegisterConfig::new("Sandbox")
    };
    for world in worlds_with(config).await {
        let officer = world.person("officer@example.cz", &[Role::RaOfficer]).await;
        let token = world.register.sandbox_session(officer, proof(), NOW).await;
        let principal = world.session(token.unwrap().expose(), NOW).await.unwrap();
        assert_eq!(principal.level, AuthLevel::SandboxClick);
        assert_eq!(principal.awaiting, None);
        assert!(principal.may(Permission::DecideApplications));
        assert!(!principal.may(Permission::ReadAudit));
        let nobody = PersonId::new(Id::from_bytes([9; 16]));
        assert!(matches!(
            world.register.sandbox_session(nobody, proof(), NOW).await,
            Err(SandboxLogInError::NoSuchPerson)
        ));
    }
}

#[tokio::test]
async fn production_has_no_such_door() {
    for world in worlds().await {
        let officer = world.person("officer@example.cz", &[Role::RaOfficer]).await;
        assert!(matches!(
            world.register.sandbox_session(officer, proof(), NOW).await,
            Err(SandboxLogInError::NoSandbox)
        ));
    }
}
