use chancery_register::{
    Language, NewPerson, PersonError, PersonId, Role, Roles, RolesError, Theme,
};
use chancery_store::Id;

use crate::world::*;

async fn add(world: &World, name: &str, address: &str, roles: &[Role]) -> PersonId {
    let new = NewPerson {
        full_name: name.to_owned(),
        email: email(address),
        language: Language::En,
        roles: Roles::new(roles.iter().copied()),
        password: None,
    };
    world
        .register
        .add_person(&new, operator(), NOW)
        .await
        .unwrap()
}

#[tokio::test]
async fn people_are_found_by_the_start_of_any_word() {
    for world in worlds().await {
        let subscriber = [Role::Subscriber];
        let jana = add(&world, "Jana Nováková", "jana@example.cz", &subscriber).await;
        let ota = add(&world, "Ota Novák", "ota.pavel@firma.example", &subscriber).await;
        let found = async |text: &str| {
            let people = world.register.find_people(text, 10).await.unwrap();
            people.into_iter().map(|p| p.id).collect::<Vec<_>>()
        };
        assert_eq!(found("novák").await.len(), 2);
        assert_eq!(found("NOVÁKOVÁ").await, [jana]);
        assert_eq!(found("no ota").await, [ota]);
        assert_eq!(found("pavel@firma").await, [ota]);
        assert_eq!(found("% _").await, []);
        assert_eq!(found("ovák").await, []);
        let number = world.register.person(jana).await.unwrap().unwrap();
        let number = number.registration_number.to_string();
        assert_eq!(found(&number).await, [jana]);
    }
}

#[tokio::test]
async fn an_address_has_one_account() {
    for world in worlds().await {
        add(
            &world,
            "Jana Nováková",
            "jana@example.cz",
            &[Role::Subscriber],
        )
        .await;
        let again = NewPerson {
            full_name: "Jana Nováková".to_owned(),
            email: email("JANA@example.cz"),
            language: Language::En,
            roles: Roles::default(),
            password: None,
        };
        assert!(matches!(
            world.register.add_person(&again, operator(), NOW).await,
            Err(PersonError::AddressTaken)
        ));
    }
}

#[tokio::test]
async fn preferences_and_name_are_kept() {
    for world in worlds().await {
        let principal = world.subscriber("jana@example.cz").await;
        let register = &world.register;
        register
            .set_language(principal.person, Language::Cs)
            .await
            .unwrap();
        register
            .set_theme(principal.person, Theme::Dark)
            .await
            .unwrap();
        register
            .set_full_name(&principal, " Jana  Dvořáková ", NOW)
            .await
            .unwrap();
        let person = register.person(principal.person).await.unwrap().unwrap();
        assert_eq!((person.language, person.theme), (Language::Cs, Theme::Dark));
        assert_eq!(person.full_name, "Jana Dvořáková");
        assert_eq!(register.find_people("dvořáková", 5).await.unwrap().len(), 1);
        assert!(register.find_people("svoboda", 5).await.unwrap().is_empty());
        assert!(matches!(
            register
                .set_full_name(&principal, "Jana\u{202e}", NOW)
                .await,
            Err(PersonError::Name(_))
        ));
    }
}

#[tokio::test]
async fn staff_are_listed_and_roles_given_by_an_operator() {
    for world in worlds().await {
        let jana = add(
            &world,
            "Jana Nováková",
            "jana@example.cz",
            &[Role::Subscriber],
        )
        .await;
        assert!(world.register.staff().await.unwrap().is_empty());
        let roles = Roles::new([Role::Subscriber, Role::RaOfficer]);
        world
            .register
            .set_roles(jana, &roles, operator(), NOW)
            .await
            .unwrap();
        let staff = world.register.staff().await.unwrap();
        assert_eq!(staff.len(), 1);
        assert_eq!(staff[0].roles, roles);
        let nobody = PersonId::new(Id::from_bytes([7; 16]));
        assert!(matches!(
            world
                .register
                .set_roles(nobody, &roles, operator(), NOW)
                .await,
            Err(RolesError::NoSuchPerson)
        ));
    }
}
